import { z } from 'zod';
import type { MessageContent } from '../../../model/message.ts';
import type { Severity } from '../../../model/settings.ts';
import { eventsOf, isOver } from '../../render/events.ts';
import { isAtLeast } from '../../routing.ts';

/** The option of channels that can call everybody in a group. */
export const mentionAll = z.enum(['critical', 'major', 'minor']).optional().meta({
  description: 'Mention everybody in the group for incidents of this severity and above.',
});

/** Something new or worse of the severity asked for: never a recovery. */
export function callsEverybody(content: MessageContent, from: Severity | undefined): boolean {
  if (from === undefined || content.isTest === true) return false;
  return eventsOf(content).some((told) => !isOver(told) && isAtLeast(told.incident.severity, from));
}
