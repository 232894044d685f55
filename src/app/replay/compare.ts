import type { Incident, TransitionKind } from '../../model/incident.ts';
import type { FollowUp, OutboxEntry } from '../../model/message.ts';
import { hourMs } from '../../model/rollup.ts';

/** One piece of news in a message to a channel. */
export interface Told {
  /** Epoch ms. */
  readonly at: number;
  readonly channel: string;
  readonly kind: TransitionKind | FollowUp['kind'];
  readonly incident: Incident;
}

/** News that was told, would have been told, or both. */
export interface Comparison {
  readonly would?: Told;
  readonly was?: Told;
}

/** The same news of the same thing this close together is the same news. */
const sameMs = hourMs;

/** What would have been told beside what was, the oldest first. */
export function compareMessages(
  would: readonly OutboxEntry[],
  was: readonly OutboxEntry[],
): readonly Comparison[] {
  const rest = toldIn(was);
  const compared = toldIn(would).map((one): Comparison => {
    const index = rest.findIndex((other) => isSame(one, other));
    const [same] = index === -1 ? [] : rest.splice(index, 1);
    return { would: one, ...(same === undefined ? {} : { was: same }) };
  });
  const atOf = ({ would: w, was: s }: Comparison): number => w?.at ?? s?.at ?? 0;
  return [...compared, ...rest.map((one): Comparison => ({ was: one }))].toSorted(
    (a, b) => atOf(a) - atOf(b),
  );
}

/** The news of incidents as it was first written down: not what was put together or passed on later. */
function toldIn(messages: readonly OutboxEntry[]): Told[] {
  return messages
    .filter(({ content }) => content.folded === undefined && content.forwardedFrom === undefined)
    .filter(({ content }) => content.isTest !== true)
    .flatMap(({ channel, createdAt: at, content: { transitions, followUps = [] } }) =>
      [...transitions, ...followUps]
        .filter(({ incident }) => incident.reason.code !== 'channel' && incident.reason.code !== 'store')
        .map(({ kind, incident }): Told => ({ at, channel, kind, incident })),
    );
}

function isSame(a: Told, b: Told): boolean {
  return (
    a.kind === b.kind &&
    a.channel === b.channel &&
    a.incident.fingerprint === b.incident.fingerprint &&
    Math.abs(a.at - b.at) <= sameMs
  );
}
