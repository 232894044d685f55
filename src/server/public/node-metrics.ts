import { Counter, Gauge, type Registry } from 'prom-client';
import { memberState } from '../../app/node/member-state.ts';
import type { Members } from '../../store/nodes.ts';
import type { HandlerContext } from '../context.ts';

/** Of several nodes; with a single one none of them has a value. */
export const nodeMetricHelp = {
  apipatrol_node_role: 'Whether this node leads or follows; always 1, absent where there are not several.',
  apipatrol_nodes: 'Nodes by their state; silent: not heard of for 10 s, and not stopped.',
  apipatrol_lease_age_seconds: 'Since the leader has said last that it leads; absent while no node leads.',
  apipatrol_failovers_total: 'How often a node took over from another one.',
  apipatrol_failover_timestamp_seconds: 'When a node took over from another one last.',
  apipatrol_failover_unled_seconds: 'How long no node led at the last fail-over, at the most.',
  apipatrol_node_clock_skew_seconds: 'By how much the clock of this node is ahead of that of the database.',
} as const;

type Name = keyof typeof nodeMetricHelp;
/** Absent: it has no value now. */
type Value = number | undefined;

/** Adds them to what is scraped. */
export function nodeMetrics(registry: Registry, contextNow: () => HandlerContext): void {
  const seen = membersOnce(contextNow);
  const registers = [registry];
  const gauge = (
    name: Name,
    labelNames: readonly string[],
    fill: (gauge: Gauge, members: Members) => void,
  ): void => {
    const made: Gauge = new Gauge({
      name,
      help: nodeMetricHelp[name],
      labelNames,
      registers,
      async collect() {
        made.reset();
        if (labelNames.length === 0) made.remove();
        const members = await seen();
        if (members !== undefined) fill(made, members);
      },
    });
  };
  const seconds = (name: Name, ms: (members: Members) => Value): void =>
    gauge(name, [], (made, members) => {
      const value = ms(members);
      if (value !== undefined) made.set(value / 1000);
    });
  gauge('apipatrol_node_role', ['role'], (made) => {
    const { role } = contextNow().patrol;
    if (role !== undefined) made.set({ role: role.role }, 1);
  });
  gauge('apipatrol_nodes', ['state'], (made, { nodes, leading }) => {
    for (const state of ['leader', 'follower', 'silent']) made.set({ state }, 0);
    for (const one of nodes) made.inc({ state: memberState(one, leading?.id) });
  });
  seconds('apipatrol_lease_age_seconds', ({ leaseAgeMs }) => leaseAgeMs);
  failovers(registry, seen);
  seconds(
    'apipatrol_failover_timestamp_seconds',
    ({ lastFailover }) => lastFailover && contextNow().clock.now() - lastFailover.agoMs,
  );
  seconds('apipatrol_failover_unled_seconds', ({ lastFailover }) => lastFailover?.unledMs);
  seconds('apipatrol_node_clock_skew_seconds', ({ nodes }) => {
    const here = contextNow().patrol.role?.id;
    return nodes.find(({ id }) => id === here)?.aheadMs;
  });
}

function failovers(registry: Registry, seen: () => Promise<Members | undefined>): void {
  const name = 'apipatrol_failovers_total';
  const counter: Counter = new Counter({
    name,
    help: nodeMetricHelp[name],
    registers: [registry],
    async collect() {
      counter.reset();
      counter.remove();
      const members = await seen();
      if (members !== undefined) counter.inc(members.failovers);
    },
  });
}

/** Asked once a scrape. While the database is away nothing of it is known, and all else is scraped. */
function membersOnce(contextNow: () => HandlerContext): () => Promise<Members | undefined> {
  let asking: Promise<Members | undefined> | undefined;
  return () => {
    asking ??= (contextNow().patrol.members?.() ?? Promise.resolve(undefined))
      .catch(() => undefined)
      .finally(() => (asking = undefined));
    return asking;
  };
}
