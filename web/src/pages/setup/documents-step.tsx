import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ScanPreview } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault } from '../../kit/loaded.tsx';
import { DocumentsSignIn } from './documents-sign-in.tsx';
import { type Credential, type Draft, requestOf, type StepProps } from './draft.ts';
import { OwnCa } from './own-ca.tsx';
import { Problems } from './problems.tsx';
import styles from './setup.module.css';
import { usePreview } from './use-preview.ts';

/** Where the documents are; then what would be called and what not, before anything is called. */
export function DocumentsStep({
  number,
  draft,
  change,
  done,
  found,
}: StepProps & { readonly found: (preview: ScanPreview) => void }) {
  const t = useTranslate();
  const [isLocked, setLocked] = useState(false);
  const scan = useMutation({
    mutationFn: (asked: Draft) => {
      const { docs, baseUrl, docsCredential, ca } = requestOf(asked);
      return api.post<ScanPreview>('/setup/scan', { docs, baseUrl, docsCredential, ca });
    },
    // Those that need a sign-in are counted as not called until there is one.
    onSuccess: (preview, { docsCredential }) => {
      found(preview);
      setLocked(preview.isLocked);
      const { docs, baseUrl = '', name, docsLearned } = preview;
      change({ docs, baseUrl, name, docsCredential: withOptions(docsCredential, docsLearned) });
      if (preview.documents.some(({ operations }) => operations > 0)) done();
    },
  });
  const isAsScanned =
    scan.data !== undefined && scan.data.docs === draft.docs && (scan.data.baseUrl ?? '') === draft.baseUrl;
  // Those that wanted a sign-in are called once there is one.
  const signedIn = usePreview(draft, isAsScanned && draft.credential !== undefined);
  return (
    <section className={styles.step} data-open>
      <h2>
        <i>{number}</i> {t('setup.documents')}
      </h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          scan.mutate(draft);
        }}
      >
        <TextInput
          size="sm"
          label={t('setup.docs')}
          description={t('setup.docs.more')}
          placeholder="https://orders.internal.example/v3/api-docs"
          value={draft.docs}
          onChange={(event) => {
            // What was given for one address is sent to no other.
            change({ docs: event.currentTarget.value, docsCredential: undefined });
            setLocked(false);
          }}
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          size="sm"
          label={t('setup.baseUrl')}
          description={t('setup.baseUrl.more')}
          placeholder="https://orders.internal.example"
          value={draft.baseUrl}
          onChange={(event) => change({ baseUrl: event.currentTarget.value })}
        />
        {scan.error !== null && <Fault error={scan.error} />}
        <Button type="submit" size="sm" variant="filled" loading={scan.isPending}>
          {t('setup.scan')}
        </Button>
      </form>
      {scan.data !== undefined && (
        <Preview
          preview={signedIn.data ?? scan.data}
          onBaseUrl={(baseUrl) => {
            change({ baseUrl });
            scan.mutate({ ...draft, baseUrl });
          }}
        />
      )}
      {(scan.data?.isOfUnknownCa === true || draft.ca !== undefined) && (
        <OwnCa
          ca={draft.ca ?? ''}
          isPending={scan.isPending}
          change={(ca) => change({ ca })}
          read={() => scan.mutate(draft)}
        />
      )}
      {isLocked && (
        <DocumentsSignIn
          isPending={scan.isPending}
          give={(docsCredential) => scan.mutate({ ...draft, docsCredential })}
        />
      )}
    </section>
  );
}

const withOptions = (credential: Credential | undefined, more: Credential['options']) =>
  credential && { ...credential, options: { ...credential.options, ...more } };

export function Preview({
  preview,
  onBaseUrl,
}: {
  readonly preview: ScanPreview;
  /** Takes the address that only the document names. */
  readonly onBaseUrl?: (baseUrl: string) => void;
}) {
  const t = useTranslate();
  const format = useFormat();
  const { documents, checks, checkCount, skipped, skippedCount, problems } = preview;
  const named = namedAddress(skipped);
  return (
    <div className={styles.result} role="status">
      <p>
        <b>
          {t('setup.found', {
            documents: format.count(documents.length),
            checks: format.count(checkCount),
            skipped: format.count(skippedCount),
          })}
        </b>
      </p>
      <ul className={styles.plain}>
        {documents.map(({ uri, title, format: kind, operations }) => (
          <li key={uri}>
            {title} <small>{`${kind} · ${t('overview.operations', { count: operations })} · ${uri}`}</small>
          </li>
        ))}
      </ul>
      <Problems problems={problems} />
      {documents.length > 0 && documents.every(({ operations }) => operations === 0) && (
        <p className={styles.problem}>{t('setup.noOperations')}</p>
      )}
      <ul className={styles.plain}>
        {reasonsOf(skipped).map(([reason, count]) => (
          <li key={reason}>
            <small>{t('setup.reason', { count, reason: reason })}</small>
          </li>
        ))}
      </ul>
      {named !== undefined && onBaseUrl !== undefined && (
        <Button size="xs" className={styles.use} onClick={() => onBaseUrl(named)}>
          {t('setup.useBaseUrl', { url: named })}
        </Button>
      )}
      <Listed title={t('setup.called', { count: format.count(checkCount) })}>
        {checks.map(({ operation, url }) => (
          <li key={`${operation} ${url}`}>
            <code>{operation}</code>
          </li>
        ))}
      </Listed>
      {skippedCount > 0 && (
        <Listed title={t('setup.skipped', { count: format.count(skippedCount) })}>
          {skipped.map(({ operation, reason }) => (
            <li key={operation}>
              <code>{operation}</code> <small>{reason}</small>
            </li>
          ))}
        </Listed>
      )}
    </div>
  );
}

type Skipped = ScanPreview['skipped'];

const mostReasons = 4;

/** Why operations are not called, the most common reason first: unsafe methods are as they should be. */
function reasonsOf(skipped: Skipped): readonly (readonly [reason: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { code, reason } of skipped) {
    if (code !== 'unsafe-method') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, mostReasons);
}

/** An internal address that only the document names is called when a person has said so. */
function namedAddress(skipped: Skipped): string | undefined {
  const hint = skipped.find(
    ({ code, reason }) => code === 'no-base-url' && reason.includes('internal'),
  )?.hint;
  const [, url] = /baseUrl: "?(https?:[^\s"]+)/.exec(hint ?? '') ?? [];
  return url;
}

/** Opened by those who want to know; long ones scroll. */
function Listed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details>
      <summary>{title}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={styles.operations} tabIndex={0} role="region" aria-label={title}>
        <ul className={styles.plain}>{children}</ul>
      </div>
    </details>
  );
}
