import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { OperationRow } from '../../../../src/server/api/operations.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { MethodName } from '../../kit/method-name.tsx';
import { Sparkline } from '../../kit/sparkline.tsx';
import { StateBar } from '../../kit/state-bar.tsx';
import { Strip } from '../../kit/strip.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { type Line, linesOf } from './tree.ts';
import styles from './operations.module.css';

/** Only the lines in sight are in the page; arrow keys, `j` and `k` go through all of them. */
export function OperationTree({ rows }: { rows: readonly OperationRow[] }) {
  const t = useTranslate();
  const narrow = useMediaQuery('(max-width: 860px)') ?? false;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const [, navigate] = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(rows, closed), [rows, closed]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (narrow && lines[index]?.kind === 'operation' ? 56 : 34),
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 12,
  });
  const toggle = useCallback((id: string) => {
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const press = (event: KeyboardEvent) => {
    const line = lines[active];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'j') go(active + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') go(active - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(lines.length - 1);
    else if (line?.kind === 'operation' && event.key === 'Enter') navigate(`/operations/${line.id}`);
    else if (line?.kind === 'group' && opensOrCloses(event.key, line.open)) toggle(line.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={t('nav.operations')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a tree is one stop, its lines are gone through by arrows
      tabIndex={0}
      aria-activedescendant={
        virtualizer.getVirtualItems().some(({ index }) => index === active) ? `line-${active}` : undefined
      }
      onKeyDown={press}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="none">
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          return (
            <div
              key={item.key}
              id={`line-${item.index}`}
              role="treeitem"
              aria-level={line.depth + 1}
              aria-expanded={line.kind === 'group' ? line.open : undefined}
              aria-selected={item.index === active}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              className={styles.line}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {line.kind === 'group' ? (
                <Group line={line} toggle={toggle} />
              ) : (
                <OperationLine row={line.row} narrow={narrow} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const opensOrCloses = (key: string, open: boolean): boolean =>
  key === 'Enter' || key === ' ' || key === (open ? 'ArrowLeft' : 'ArrowRight');

function Group({ line, toggle }: { line: Line & { kind: 'group' }; toggle: (id: string) => void }) {
  const format = useFormat();
  return (
    <button
      type="button"
      className={styles.group}
      data-depth={line.depth}
      tabIndex={-1}
      onClick={() => toggle(line.id)}
    >
      <ChevronRight size={14} aria-hidden className={styles.chevron} data-open={line.open} />
      <span className={styles.groupName}>{line.name}</span>
      <span className={styles.groupCount}>{format.count(line.total)}</span>
      <span className={styles.groupBar}>
        <StateBar counts={line.counts} />
      </span>
    </button>
  );
}

function OperationLine({ row, narrow }: { row: OperationRow; narrow: boolean }) {
  const t = useTranslate();
  const reason = row.reason === undefined ? undefined : row.reason;
  const format = useFormat();
  return (
    <Link href={`/operations/${row.id}`} className={styles.operation} tabIndex={-1} data-state={row.state}>
      <VerdictMark mark={row.state} />
      <MethodName method={row.method} />
      <span className={styles.path} title={`${row.method} ${row.path}`}>
        {row.path}
        {row.title !== undefined && <em>{row.title}</em>}
      </span>
      <span className={styles.reason} title={reason}>
        {reason ?? (narrow ? row.title : undefined)}
      </span>
      <span className={styles.strip}>{row.state !== 'skipped' && <Strip cells={row.strip} cell={3} />}</span>
      <span className={styles.spark}>
        {row.p95s.length > 0 && (
          <Sparkline
            values={row.p95s}
            label={t('operations.p95', { p95: format.ms(row.p95Ms) })}
            width={64}
          />
        )}
      </span>
      <span className={styles.p95}>{row.p95Ms === undefined ? '' : format.ms(row.p95Ms)}</span>
    </Link>
  );
}
