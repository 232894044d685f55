import type { NodesView, NodeView } from '../../../../src/server/api/nodes.ts';
import { useNodes } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { type Mark, VerdictMark } from '../../kit/verdict.tsx';
import styles from './settings.module.css';

const marks = { leader: 'pass', follower: 'pass', silent: 'fail' } as const satisfies Readonly<
  Record<NodeView['state'], Mark>
>;

/** Which nodes there are, who leads, and how that went from one to another. */
export function Nodes() {
  return <Loaded query={useNodes(true)}>{(nodes) => <Found nodes={nodes} />}</Loaded>;
}

function Found({ nodes }: { nodes: NodesView }) {
  const t = useTranslate();
  const format = useFormat();
  const { items, leader, lastFailover, failovers } = nodes;
  return (
    <div className={styles.page}>
      <Panel
        flush
        title={t('nodes.title')}
        aside={
          leader === undefined ? t('nodes.nobody') : t('nodes.since', { time: format.time(leader.since) })
        }
      >
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{t('nodes.node')}</th>
              <th scope="col">{t('nodes.state')}</th>
              <th scope="col">{t('nodes.seen')}</th>
              <th scope="col">{t('nodes.clock')}</th>
              <th scope="col" className={tables.wide}>
                {t('nodes.version')}
              </th>
              <th scope="col" className={tables.wide}>
                {t('nodes.started')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <Row key={one.id} node={one} />
            ))}
          </tbody>
        </table>
      </Panel>
      {lastFailover !== undefined && (
        <Panel title={t('nodes.failover')} aside={t('nodes.failovers', { count: failovers })}>
          <p>
            {t('nodes.tookOver', {
              time: format.full(lastFailover.at),
              from: lastFailover.from,
              to: lastFailover.to,
            })}
          </p>
          {lastFailover.unledMs !== undefined && (
            <p>{t('nodes.unled', { time: format.ms(lastFailover.unledMs) })}</p>
          )}
        </Panel>
      )}
    </div>
  );
}

function Row({ node }: { node: NodeView }) {
  const t = useTranslate();
  const format = useFormat();
  const { name, state, isHere, lagMs, aheadMs, isClockOff, version, since } = node;
  return (
    <tr>
      <td>
        {name}
        {isHere && <small> {t('nodes.here')}</small>}
      </td>
      <td className={tables.time}>
        <VerdictMark mark={marks[state]} label={false} /> {t(`nodes.${state}`)}
      </td>
      <td className={tables.time}>{t('nodes.ago', { time: format.span(lagMs) })}</td>
      <td className={tables.time}>
        {isClockOff && <VerdictMark mark="degraded" label={false} />} {aheadMs < 0 ? '−' : '+'}
        {format.ms(Math.abs(aheadMs))}
      </td>
      <td className={tables.wide}>{version}</td>
      <td className={`${tables.time} ${tables.wide}`}>{format.time(since)}</td>
    </tr>
  );
}
