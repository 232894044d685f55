import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { StatusPage as StatusPageData, StatusPost } from '../../../../src/server/api/status-page.ts';
import { api, part } from '../../api/client.ts';
import { root } from '../../api/root.ts';
import { useMay, useStatusPage } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { whoText } from '../../kit/audit-text.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import { changed, NewPost } from './new-post.tsx';
import styles from './settings.module.css';

/** What the public reads: about incidents, and notices and maintenance. */
export function StatusPage() {
  return <Loaded query={useStatusPage()}>{(page) => <Found page={page} />}</Loaded>;
}

function Found({ page }: { page: StatusPageData }) {
  const t = useTranslate();
  const mayWrite = useMay('operator');
  /** Of which incident somebody writes; `null`: a notice. */
  const [about, setAbout] = useState<StatusPageData['incidents'][number] | null>();
  return (
    <div className={styles.page}>
      {!page.isPublic && <Empty title={t('status.notPublic')}>{t('status.notPublic.more')}</Empty>}
      <Panel
        title={t('status.posts')}
        aside={
          <>
            {page.isPublic && (
              <a href={`${root}/status`} target="_blank" rel="noopener">
                {t('status.see')}
              </a>
            )}
            {mayWrite && <Button onClick={() => setAbout(null)}>{t('status.new')}</Button>}
          </>
        }
      >
        {page.posts.length === 0 ? (
          <Empty title={t('status.noPosts')}>{t('status.noPosts.more')}</Empty>
        ) : (
          page.posts.toReversed().map((post) => <Post key={post.id} post={post} mayWrite={mayWrite} />)
        )}
      </Panel>
      <Panel title={t('status.incidents')}>
        {page.incidents.length === 0 ? (
          <Empty title={t('status.noIncidents')}>{t('status.noIncidents.more')}</Empty>
        ) : (
          page.incidents.map((incident) => (
            <IncidentTexts
              key={`${incident.id} ${incident.openedAt}`}
              incident={incident}
              mayWrite={mayWrite}
              onWrite={() => setAbout(incident)}
            />
          ))
        )}
      </Panel>
      <NewPost
        about={about}
        services={page.services}
        onClose={() => {
          setAbout(undefined);
        }}
      />
    </div>
  );
}

function IncidentTexts(props: {
  readonly incident: StatusPageData['incidents'][number];
  readonly mayWrite: boolean;
  readonly onWrite: () => void;
}) {
  const { incident, mayWrite, onWrite } = props;
  const t = useTranslate();
  const format = useFormat();
  const { id, openedAt, failedUntil, label, services, posts } = incident;
  const title = posts.findLast((post) => post.title !== undefined)?.title;
  return (
    <section className={styles.post}>
      <header>
        <b>{title ?? services.join(', ')}</b>
        <small>
          #{id} · {format.time(openedAt)} ·{' '}
          {failedUntil === undefined
            ? t('status.ongoing')
            : `${t('status.over')} ${format.time(failedUntil)}`}{' '}
          · {t('status.inside', { label })}
        </small>
        {mayWrite && <Button onClick={onWrite}>{t('status.write')}</Button>}
      </header>
      {posts.toReversed().map((post) => (
        <Post key={post.id} post={post} mayWrite={mayWrite} />
      ))}
    </section>
  );
}

function Post({ post, mayWrite }: { post: StatusPost; mayWrite: boolean }) {
  const t = useTranslate();
  const format = useFormat();
  const [text, setText] = useState<string>();
  const path = `/status-page/posts/${part(post.id)}`;
  const save = useMutation({
    mutationFn: () => api.patch(path, { text: text?.trim() }),
    onSuccess: async () => {
      await changed();
      setText(undefined);
    },
  });
  const remove = useMutation({ mutationFn: () => api.delete(path), onSuccess: changed });
  const error = save.error ?? remove.error;
  const span = [post.from, post.until].flatMap((at) =>
    at === undefined ? [] : [format.full(at).slice(0, 16)],
  );
  return (
    <article className={styles.post}>
      <header>
        <b>{t(`post.${post.kind}`)}</b>
        <small>
          {[
            ...(post.incident === undefined && post.title !== undefined ? [post.title] : []),
            ...(post.services ?? []),
            ...(span.length === 0 ? [] : [span.join(' – ')]),
            `${format.time(post.at)} ${whoText(t, post.by)}`,
            ...(post.changedAt === undefined
              ? []
              : [`${t('status.changed')} ${format.time(post.changedAt)}`]),
          ].join(' · ')}
        </small>
        {mayWrite && text === undefined && (
          <>
            <Button onClick={() => setText(post.text)}>{t('status.change')}</Button>
            <Button loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('remove')}
            </Button>
          </>
        )}
      </header>
      {text === undefined ? (
        <p>{post.text}</p>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Textarea
            aria-label={t('status.text')}
            rows={3}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={styles.buttons}>
            <Button onClick={() => setText(undefined)}>{t('cancel')}</Button>
            <Button type="submit" variant="filled" loading={save.isPending} disabled={text.trim() === ''}>
              {t('status.save')}
            </Button>
          </div>
        </form>
      )}
      {error !== null && <Fault error={error} />}
    </article>
  );
}
