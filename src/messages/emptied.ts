import type { Cause } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import type { Sentence } from '../model/sentence.ts';
import { isSaid } from './sentence.ts';

/** Nothing is wrong with what is answered but that there is nothing in it. */
export function isEmptied(message: Sentence): boolean {
  return isSaid(message, 'emptiedAtOnce', 'nullEverywhere', 'nullForRecord');
}

/** What people are told that it is pinned to: a document whose service answers nothing is not to blame, as incidents of 0.2 and older say. */
export function causeShown({
  cause,
  reason,
  services,
}: Pick<Incident, 'cause' | 'reason' | 'services'>): Cause {
  const [service] = services;
  if (cause.level !== 'document' || service === undefined || !isEmptied(reason.message)) return cause;
  return { level: 'service', subject: service };
}
