import type { matchesIncident } from '../../incidents/suppression/suppression.ts';
import { reasonSentence } from '../../messages/audited.ts';
import type { Silence } from '../../model/silence.ts';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
export type Matcher = Parameters<typeof matchesIncident>[0];
type Writable = {
  -readonly [K in keyof Matcher]: Matcher[K] extends readonly (infer T)[] | undefined ? T[] : Matcher[K];
};

/** A silence as it is shown: why in the reader's language, where nobody has written it. */
export function silenceView({ matcher, reason, ...rest }: Silence) {
  return { ...rest, reason: reasonSentence(rest.by, reason), matcher: plain(matcher) };
}

/** The same without keys that are not given. */
export function plain(matcher: Loose<Matcher>): Writable {
  return Object.fromEntries(Object.entries(matcher).filter(([, value]) => value !== undefined)) as Writable;
}
