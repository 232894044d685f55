import type { Pair } from '../shared/url-template.ts';

/** Media types of the kinds of body that both forms of Bruno's files know. */
export const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  sparql: 'application/sparql-query',
};

/** The last of a name, in any case, wins: the nearest one comes last. */
export function nearestOfName(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair.name.toLowerCase(), pair])).values()];
}
