import { formatDuration } from '../lib/time/duration.ts';
import type { NodesView, NodeView } from '../server/api/nodes.ts';
import type { Terminal } from './output.ts';
import { pc } from './paint.ts';

/** Every node with how it is, and the last fail-over. */
export function printNodes({ out, say }: Terminal, now: number, nodes: NodesView): void {
  const { items, leader, lastFailover } = nodes;
  const span = (ms: number): string => formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
  const stateIn = ({ state }: NodeView): string => {
    if (state === 'silent') return pc.red(say('status.node.silent'));
    if (state === 'follower') return say('status.node.follower');
    return say('status.node.leader', { time: span(now - (leader?.since ?? now)) });
  };
  for (const one of items) {
    const clock = say('status.node.clock', { by: `${one.aheadMs < 0 ? '−' : '+'}${clockOff(one)}` });
    out(
      say('status.node', {
        name: pc.bold(one.name),
        state: stateIn(one),
        version: one.version,
        lag: span(one.lagMs),
        clock: one.isClockOff ? pc.yellow(clock) : clock,
      }),
    );
  }
  if (lastFailover === undefined) return;
  const { at, from, to, unledMs } = lastFailover;
  const about = { time: span(now - at), from, to };
  out(
    unledMs === undefined
      ? say('status.failover', about)
      : say('status.failoverUnled', { ...about, unled: `${(unledMs / 1000).toFixed(1)} s` }),
  );
}

function clockOff({ aheadMs }: NodeView): string {
  const byMs = Math.abs(aheadMs);
  return byMs < 1000 ? `${Math.round(byMs)} ms` : `${(byMs / 1000).toFixed(1)} s`;
}
