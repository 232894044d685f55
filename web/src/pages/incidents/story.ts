import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';

/** One thing that happened: to the incident, to a message about it, or by a person's hand. */
export type StoryEntry =
  | {
      readonly at: number;
      readonly kind: 'transition';
      readonly transition: IncidentDetail['transitions'][number];
    }
  | { readonly at: number; readonly kind: 'message'; readonly message: IncidentDetail['messages'][number] }
  | { readonly at: number; readonly kind: 'person'; readonly audit: IncidentDetail['audit'][number] };

/** Oldest first. */
export function storyOf(incident: IncidentDetail): readonly StoryEntry[] {
  return [
    ...incident.transitions.map((transition) => ({
      // Over since its first good answer, as everywhere: what it took to be sure of that is no part of it.
      at: transition.kind === 'resolved' ? (incident.failedUntil ?? transition.at) : transition.at,
      kind: 'transition' as const,
      transition,
    })),
    ...incident.messages.map((message) => ({
      at: message.sentAt ?? message.createdAt,
      kind: 'message' as const,
      message,
    })),
    ...incident.audit.map((audit) => ({ at: audit.at, kind: 'person' as const, audit })),
  ].sort((a, b) => a.at - b.at);
}
