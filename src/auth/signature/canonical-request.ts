import type { Json } from '../../model/json.ts';
import type { RequestDraft } from './request-draft.ts';
import type { SignStep } from './signature-spec.ts';

type Join = Extract<SignStep, { kind: 'join' }>;
type Pair = readonly [name: string, value: string];

/** What a `join` step yields for a request: decoded values, since signatures cover these and not their encoding. */
export function canonicalRequest(draft: RequestDraft, join: Join): string {
  const pairs = join.from
    .flatMap((origin) => pairsFrom(draft, origin))
    .filter(([name]) => join.only === undefined || matches(name, join.only))
    .filter(([name]) => !matches(name, join.drop))
    .filter(([, value]) => value !== '' || join.empty !== 'drop');
  const sorted = join.sort ? pairs.toSorted(byName) : pairs;
  return sorted.map((pair) => written(pair, join)).join(join.by);
}

function written([name, value]: Pair, join: Join): string {
  if (value === '' && join.empty === 'name') return name;
  return join.pair.render((wanted) => (wanted === 'name' ? name : wanted === 'value' ? value : undefined));
}

/** By UTF-16 code units, which is the order of ASCII; equal names by value. */
function byName([a, x]: Pair, [b, y]: Pair): number {
  if (a !== b) return a < b ? -1 : 1;
  return x < y ? -1 : x > y ? 1 : 0;
}

function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

function pairsFrom(draft: RequestDraft, origin: Join['from'][number]): readonly Pair[] {
  switch (origin) {
    case 'query':
      return [...draft.url.searchParams];
    case 'form':
      return draft.isForm ? [...new URLSearchParams(draft.text)] : [];
    case 'json':
      return Object.entries(draft.fields ?? {}).map(([name, value]): Pair => [name, scalarText(value)]);
    case 'headers':
      return ['host', ...Object.keys(draft.request.headers).filter((name) => name !== 'host')].map(
        (name): Pair => [name, draft.header(name)?.trim() ?? ''],
      );
  }
}

function scalarText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
