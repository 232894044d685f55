import type { Incident, TransitionKind } from '../../model/incident.ts';
import type { FollowUp, MessageContent } from '../../model/message.ts';

/** Something that a message tells about one incident. */
export interface MessageEvent {
  readonly kind: TransitionKind | FollowUp['kind'];
  readonly at: number;
  readonly incident: Incident;
  /** Services for which it is over while it goes on. */
  readonly relieved?: readonly string[];
  /** Of what somebody looks after now: who, as in the audit, and what was said. */
  readonly by?: string;
  readonly note?: string;
}

/** News first, then what goes on. */
export function eventsOf(content: MessageContent): readonly MessageEvent[] {
  return [...content.transitions, ...(content.followUps ?? [])];
}

/** The incident has ended, by recovering or by being removed. */
export function isOver({ kind }: MessageEvent): boolean {
  return kind === 'resolved' || kind === 'removed';
}

/** It has been told before and still goes on; what people were only warned of and fails by now does not "still" fail. */
export function isOngoing({ kind, at, incident: { failingSince = -Infinity } }: MessageEvent): boolean {
  if (at - failingSince < justNowMs) return false;
  return kind === 'changed' || kind === 'reminder' || kind === 'escalation';
}

/** Nothing is said of how long it has been so far. */
const justNowMs = 60_000;
