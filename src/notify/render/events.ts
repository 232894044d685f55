import type { Incident, TransitionKind } from '../../model/incident.ts';
import type { FollowUp, MessageContent } from '../../model/message.ts';

/** Something that a message tells about one incident. */
export interface MessageEvent {
  readonly kind: TransitionKind | FollowUp['kind'];
  readonly at: number;
  readonly incident: Incident;
}

/** News first, then what goes on. */
export function eventsOf(content: MessageContent): readonly MessageEvent[] {
  return [...content.transitions, ...(content.followUps ?? [])];
}

/** The incident has ended, by recovering or by being removed. */
export function isOver({ kind }: MessageEvent): boolean {
  return kind === 'resolved' || kind === 'removed';
}

/** It has been told before and still goes on. */
export function isOngoing({ kind }: MessageEvent): boolean {
  return kind === 'changed' || kind === 'reminder' || kind === 'escalation';
}
