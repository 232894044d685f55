import { isClockOff, memberState } from '../../app/node/member-state.ts';
import type { Member, Members } from '../../store/nodes.ts';
import type { NodesView, NodeView } from '../api/nodes.ts';
import type { Handlers } from '../context.ts';

export const nodeHandlers: Handlers<'listNodes'> = {
  async listNodes({ context }) {
    const { patrol, clock } = context;
    if (patrol.members === undefined) return { items: [], failovers: 0 };
    return viewOf(await patrol.members(), clock.now(), patrol.role?.id);
  },
};

/** @param here `Member.id` of this node. */
function viewOf(members: Members, now: number, here: string | undefined): NodesView {
  const { nodes, leading, leaseAgeMs, failovers, lastFailover } = members;
  const leader = leading === undefined ? undefined : nodes.find(({ id }) => id === leading.id);
  return {
    items: nodes.map((one) => ({ ...seen(one, now, leading?.id), isHere: one.id === here })),
    leader:
      leading === undefined ? undefined : { name: leader?.told ?? leading.told, since: now - leading.forMs },
    leaseAgeMs,
    failovers,
    lastFailover: lastFailover && {
      at: now - lastFailover.agoMs,
      from: lastFailover.from,
      to: lastFailover.to,
      unledMs: lastFailover.unledMs,
    },
  };
}

function seen(one: Member, now: number, leading: string | undefined): Omit<NodeView, 'isHere'> {
  const { id, host, told: name, version, forMs, lagMs, aheadMs } = one;
  const state = memberState(one, leading);
  const since = now - forMs;
  return {
    id,
    host,
    name,
    version,
    state,
    since,
    seenAt: now - lagMs,
    lagMs,
    aheadMs,
    isClockOff: isClockOff(one),
  };
}
