import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { ServiceSetUp, SetUpGroup, SetUpItem } from '../../../../src/server/api/set-up.ts';
import { part } from '../../api/client.ts';
import { useOverview, useSession, useSetUp } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { useFormat } from '../../kit/format.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Empty, PageHead, Panel } from '../../kit/panel.tsx';
import { useTitle } from '../../layout/title.ts';
import { LastChange, WriteLines, type Written } from './change.tsx';
import { Said } from '../../kit/said.tsx';
import { forgetWritten, writtenFile } from '../../kit/written-file.ts';
import styles from './set-up.module.css';

/** What has never worked or is not called, why, and the lines that would help. */
export function SetUp() {
  const t = useTranslate();
  useTitle(t('setUp.title'));
  const [written, setWritten] = useState<Written>();
  const [undone, setUndone] = useState(0);
  const [begunWith] = useState(writtenFile);
  useEffect(forgetWritten, []);
  const wrote = (what: Written): void => {
    setWritten(what);
    if (what.isUndo) setUndone((times) => times + 1);
  };
  const isHeard = useOverview().data?.concerns.every(({ kind }) => kind !== 'no-channel') === true;
  const mayWrite = useSession().data?.role === 'admin';
  return (
    <>
      <PageHead title={t('setUp.title')} note={t('setUp.note')} />
      {begunWith !== undefined && written === undefined && (
        <div className={styles.latest}>
          <Panel>
            <p role="status">{t('setUp.begunWith', { file: begunWith })}</p>
          </Panel>
        </div>
      )}
      {written !== undefined && (
        <div className={styles.latest}>
          <LastChange written={written} wrote={wrote} />
        </div>
      )}
      <Loaded query={useSetUp()}>
        {({ items }) => (
          <div className={styles.page}>
            {items.filter(isBare).map(({ service }) => (
              <Panel key={service} title={service}>
                <Empty title={t('setUp.empty')}>
                  <Link href="/documents">{t('setUp.empty.more')}</Link>
                </Empty>
              </Panel>
            ))}
            {items.every(isSettled) && (
              <Panel>
                <Empty title={t(items.length === 0 ? 'setUp.notYet' : 'setUp.none')}>
                  {t(
                    items.length === 0
                      ? 'setUp.notYet.more'
                      : isHeard
                        ? 'setUp.none.more'
                        : 'setUp.none.unheard',
                  )}
                </Empty>
              </Panel>
            )}
            {items
              .filter(({ groups, unread }) => groups.length + unread.length > 0)
              .map((setUp) => (
                <SetUpOfService
                  key={`${setUp.service} ${undone}`}
                  setUp={setUp}
                  wrote={mayWrite ? wrote : undefined}
                />
              ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

/** Nothing of it could be read, or there is nothing in it. */
function isEmpty({ counts }: ServiceSetUp): boolean {
  return counts.called === 0 && Object.keys(counts.notCalled).length === 0;
}

/** The same, and nothing says why. */
function isBare(setUp: ServiceSetUp): boolean {
  return isEmpty(setUp) && setUp.unread.length === 0;
}

function isSettled(setUp: ServiceSetUp): boolean {
  return setUp.waiting === 0 && setUp.unread.length === 0 && !isEmpty(setUp);
}

/** Absent: whoever looks may not write. */
type Wrote = ((written: Written) => void) | undefined;

function SetUpOfService({ setUp, wrote }: { setUp: ServiceSetUp; wrote: Wrote }) {
  const t = useTranslate();
  const format = useFormat();
  const { service, since, counts, waiting, groups, unread, intervalMs } = setUp;
  return (
    <Panel
      flush
      title={service}
      aside={
        <span>
          {counts.called === 0
            ? t('overview.nothingCalled')
            : t('overview.answering', {
                good: format.count(counts.pass),
                all: format.count(counts.called),
              })}
          {' · '}
          {waiting > 0
            ? t('setUp.waiting', { count: waiting })
            : unread.length > 0
              ? t('setUp.unread', { count: unread.length })
              : counts.failing > 0
                ? t('setUp.failing', { count: counts.failing })
                : t('setUp.done')}
          {' · '}
          {t('setUp.since', { time: format.time(since) })}
        </span>
      }
    >
      <ul className={styles.groups}>
        {unread.map(({ uri, why, hint }) => (
          <li key={uri} className={styles.group} data-kind="unread">
            <p className={styles.why}>
              <em>{t('setUp.kind.unread')}</em> {uri}
            </p>
            <p className={styles.dim}>{t('setUp.unread.why', { why: why })}</p>
            {hint !== undefined && (
              <p className={styles.dim}>
                <Said text={hint} />
              </p>
            )}
          </li>
        ))}
        {groups.map((group) => (
          <Group
            key={`${group.kind} ${group.why} ${group.items[0]?.checkId ?? ''}`}
            group={group}
            intervalMs={intervalMs}
            wrote={wrote}
          />
        ))}
      </ul>
    </Panel>
  );
}

/** So many are shown at once; the others on demand. */
const shownAtOnce = 5;

interface GroupProps {
  readonly group: SetUpGroup;
  readonly intervalMs: number;
  readonly wrote: Wrote;
}

function Group({ group, intervalMs, wrote }: GroupProps) {
  const t = useTranslate();
  const format = useFormat();
  const { kind, why, count, items, lines } = group;
  const [one] = items;
  const isOne = count === 1;
  const [first, rest] = [items.slice(0, shownAtOnce), items.slice(shownAtOnce)];
  const own = { hasLines: lines !== undefined, wrote: lines === undefined ? wrote : undefined };
  return (
    <li className={styles.group} data-kind={kind}>
      <p className={styles.why}>
        <em>{t(`setUp.kind.${kind}`)}</em> <Said text={why} />
      </p>
      {kind === 'allow' && intervalMs > 0 && (
        <p className={styles.dim}>
          {t(items.some(sendsBody) ? 'setUp.allow.would' : 'setUp.allow.wouldRead', {
            every: format.span(intervalMs),
            times: format.count(Math.max(1, Math.round(dayMs / intervalMs))),
          })}
        </p>
      )}
      {lines !== undefined && (
        <Lines text={lines} about={[group.service, t(`setUp.kind.${kind}`), one?.operation].join(' ')} />
      )}
      {lines !== undefined && one !== undefined && wrote !== undefined && (
        <WriteLines item={one} lines={lines} all={!isOne} canSkip={isSkippable(kind)} wrote={wrote} />
      )}
      <Items items={first} isOne={isOne} {...own} />
      {rest.length > 0 && (
        <details>
          <summary>{t('setUp.others', { count: count - first.length })}</summary>
          <Items items={rest} isOne={false} {...own} />
        </details>
      )}
    </li>
  );
}

/** A body is made up for what is not a plain read alone. */
const sendsBody = ({ operation }: SetUpItem): boolean => !/^(?:GET|HEAD|OPTIONS) /.test(operation);

const dayMs = 86_400_000;

/** What is not called needs nothing to be left out. */
const isSkippable = (kind: SetUpItem['kind']): boolean => kind !== 'left-out' && kind !== 'document';

function Items(props: {
  readonly items: readonly SetUpItem[];
  readonly hasLines: boolean;
  readonly isOne: boolean;
  readonly wrote: Wrote;
}) {
  const { items, hasLines, isOne, wrote } = props;
  return (
    <ul className={styles.items}>
      {items.map((item) => (
        <li key={item.checkId}>
          <Link href={`/operations/${part(item.checkId)}`}>{item.operation}</Link>
          <SetUpDetail item={item} hasLines={hasLines} hasWhy={!isOne && item.called} />
          {wrote !== undefined && isSkippable(item.kind) && (
            <WriteLines item={item} lines={item.lines[0]} all={false} canSkip wrote={wrote} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Why one operation proves nothing, what it answered, and lines to copy. */
export function SetUpDetail(props: {
  readonly item: SetUpItem;
  /** Lines that help all of its kind are shown already. */
  readonly hasLines?: boolean;
  readonly hasWhy?: boolean;
}) {
  const { item, hasLines = false, hasWhy = true } = props;
  const t = useTranslate();
  const [line] = item.lines;
  return (
    <>
      {hasWhy && (
        <p className={styles.dim}>
          <Said text={item.why} />
        </p>
      )}
      {item.said !== undefined && (
        <p className={styles.dim}>
          {t('setUp.said')} <q>{item.said}</q>
        </p>
      )}
      {!hasLines && line !== undefined && <Lines text={line} about={item.operation} />}
    </>
  );
}

/** @param about What tells these lines from others on the page. */
function Lines({ text, about }: { text: string; about: string }) {
  const t = useTranslate();
  return (
    <div className={styles.lines}>
      <Code text={text} label={`${t('operation.skipped.hint')} ${about}`} />
      <CopyButton text={text} />
    </div>
  );
}
