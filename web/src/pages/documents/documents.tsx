import { FileText } from 'lucide-react';
import { useSearchParams } from 'wouter';
import type { Problem } from '../../../../src/server/api/common.ts';
import type { ChangeSet, DocumentRow } from '../../../../src/server/api/documents.ts';
import { useChanges, useDocuments } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { LastEdit } from '../../kit/last-edit.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Empty, PageHead, Panel } from '../../kit/panel.tsx';
import { Pages } from '../../kit/pages.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { useTitle } from '../../layout/title.ts';
import { Said } from '../../kit/said.tsx';
import styles from './documents.module.css';

/** What was found, what is wrong with it, what changed in it. `?id=` narrows it to one document. */
export function Documents() {
  const t = useTranslate();
  useTitle(t('nav.documents'));
  const [params, setParams] = useSearchParams();
  const id = params.get('id') ?? undefined;
  const documents = useDocuments();
  const changes = useChanges(id);
  return (
    <>
      <PageHead
        title={t('nav.documents')}
        actions={
          id !== undefined && (
            <button type="button" className={styles.clear} onClick={() => setParams({})}>
              {t('documents.all')}
            </button>
          )
        }
      />
      <div className={styles.page}>
        <Loaded query={documents}>
          {({ items: all, problems }) => (
            <>
              {problems.length > 0 && id === undefined && (
                <Panel title={t('documents.problems')}>
                  <Problems problems={problems} />
                </Panel>
              )}
              <Panel flush>
                <List all={all} id={id} choose={(chosen) => setParams({ id: chosen })} />
              </Panel>
            </>
          )}
        </Loaded>
        <Panel title={t('documents.changes')}>
          <Pages query={changes} empty={<Empty title={t('documents.noChanges')} />}>
            {(sets) =>
              sets.map((set) => (
                <Change
                  key={`${set.document} ${set.at}`}
                  set={set}
                  title={documents.data?.items.find((one) => one.id === set.document)?.title}
                />
              ))
            }
          </Pages>
        </Panel>
      </div>
    </>
  );
}

/** All of them, or the one that is asked for, which may be gone by now. */
function List(props: {
  readonly all: readonly DocumentRow[];
  readonly id: string | undefined;
  readonly choose: (id: string) => void;
}) {
  const { all, id, choose } = props;
  const t = useTranslate();
  const items = id === undefined ? all : all.filter((document) => document.id === id);
  if (items.length === 0)
    return id === undefined ? (
      <Empty title={t('documents.none')}>{t('documents.none.more')}</Empty>
    ) : (
      <Empty title={t('documents.gone')}>
        <code>{id}</code>
      </Empty>
    );
  return (
    <ul className={styles.list}>
      {items.map((document) => (
        <Row key={document.id} document={document} onChoose={() => choose(document.id)} />
      ))}
    </ul>
  );
}

function Row({ document, onChoose }: { document: DocumentRow; onChoose: () => void }) {
  const t = useTranslate();
  const format = useFormat();
  const {
    title,
    uri,
    service,
    format: kind,
    version,
    operations,
    checked,
    problems,
    readAt,
    askedAt,
    lastEdit,
  } = document;
  const errors = problems.some(({ level }) => level === 'error');
  return (
    <li>
      <div className={styles.row}>
        <FileText size={16} strokeWidth={1.5} aria-hidden className={styles.icon} />
        <div className={styles.what}>
          <button type="button" className={styles.name} onClick={onChoose} data-row>
            {title ?? uri}
          </button>{' '}
          {version !== undefined && <span className={styles.dim}>{version}</span>}
          <div className={styles.dim}>
            {uri}
            {lastEdit !== undefined && (
              <>
                {` · ${t('edit.title')} `}
                <LastEdit edit={lastEdit} />
              </>
            )}
          </div>
        </div>
        <div className={styles.facts}>
          <span>{service}</span>
          <span className={styles.kind}>{kind ?? t('documents.unreadable')}</span>
          <span>
            {t('documents.checked', { checked: format.count(checked), all: format.count(operations) })}
          </span>
          <span className={styles.dim} title={format.full(readAt)}>
            {t('documents.changed', { time: format.time(readAt) })}
            {askedAt !== undefined && ` · ${t('documents.read', { time: format.time(askedAt) })}`}
          </span>
        </div>
      </div>
      {problems.length > 0 && (
        <details className={styles.more} open={errors}>
          <summary>{t('documents.count', { count: problems.length })}</summary>
          <Problems problems={problems} />
        </details>
      )}
    </li>
  );
}

const marks = { error: 'fail', warning: 'degraded', info: 'unknown' } as const;

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => {
        const place = [problem.file, problem.line, problem.column]
          .filter((one) => one !== undefined)
          .join(':');
        return (
          <li key={`${place} ${problem.pointer ?? ''} ${problem.code} ${problem.message}`}>
            <VerdictMark mark={marks[problem.level]} label={false} />
            <div>
              <Said text={problem.message} />
              <div className={styles.dim}>
                <code>
                  {place} {problem.pointer}
                </code>
                {problem.hint !== undefined && (
                  <div>
                    → <Said text={problem.hint} />
                  </div>
                )}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** @param title Of the document, while there is one. */
function Change({ set, title }: { set: ChangeSet; title: string | undefined }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <section className={styles.change}>
      <h3>
        {title ?? set.uri} <span className={styles.dim}>{format.time(set.at)}</span>{' '}
        {set.lastEdit?.uncommitted !== true && <span className={styles.dim}>{set.lastEdit?.by}</span>}
      </h3>
      {title !== undefined && (
        <p className={styles.dim}>
          {set.service} · {set.uri}
        </p>
      )}
      <Keys keys={set.added} kind="added" />
      <Keys keys={set.removed} kind="removed" />
      <ul>
        {set.changed.map(({ key, breaking, details }) => (
          <li key={key} data-kind={breaking ? 'removed' : 'changed'}>
            <code>~ {key}</code> {breaking && <b>{t('change.breaking')}</b>}
            <ul className={styles.details}>
              {details.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** More than these are a document that is new, or gone: its number says enough until somebody wants to know. */
const mostListed = 8;
const signs = { added: '+', removed: '−' } as const;

function Keys({ keys, kind }: { keys: readonly string[]; kind: keyof typeof signs }) {
  const t = useTranslate();
  const list = (
    <ul>
      {keys.map((key) => (
        <li key={key} data-kind={kind}>
          <code>
            {signs[kind]} {key}
          </code>{' '}
          {kind === 'removed' && <b>{t('change.breaking')}</b>}
        </li>
      ))}
    </ul>
  );
  if (keys.length <= mostListed) return list;
  return (
    <details>
      <summary>{t(`change.${kind}`, { count: keys.length })}</summary>
      {list}
    </details>
  );
}
