import type { matchesIncident } from '../../incidents/suppression/suppression.ts';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
export type Matcher = Parameters<typeof matchesIncident>[0];
type Writable = {
  -readonly [K in keyof Matcher]: Matcher[K] extends readonly (infer T)[] | undefined ? T[] : Matcher[K];
};

/** The same without keys that are not given. */
export function plain(matcher: Loose<Matcher>): Writable {
  return Object.fromEntries(Object.entries(matcher).filter(([, value]) => value !== undefined)) as Writable;
}
