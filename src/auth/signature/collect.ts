import type { OutgoingRequest } from '../../model/check.ts';
import { isObject, type Json } from '../../model/json.ts';
import { parseJson } from '../refusal.ts';
import type { SignStep } from './recipe.ts';

type Join = Extract<SignStep, { kind: 'join' }>;
type Pair = readonly [name: string, value: string];

/** What a `join` step yields for a request: decoded values, since signatures cover these and not their encoding. */
export function collect(request: OutgoingRequest, join: Join): string {
  const pairs = join.from
    .flatMap((origin) => pairsFrom(request, origin))
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

function pairsFrom(request: OutgoingRequest, origin: Join['from'][number]): readonly Pair[] {
  switch (origin) {
    case 'query':
      return [...new URL(request.url).searchParams];
    case 'form':
      return isForm(request) ? [...new URLSearchParams(bodyText(request))] : [];
    case 'json':
      return jsonPairs(request);
    case 'headers':
      return Object.entries(withHost(request)).map(([name, value]): Pair => [name, value.trim()]);
  }
}

/** The header that goes out although nobody sets it. */
export function withHost({ headers, url }: OutgoingRequest): Readonly<Record<string, string>> {
  return { host: new URL(url).host, ...headers };
}

function jsonPairs(request: OutgoingRequest): readonly Pair[] {
  const body = parseJson(bodyText(request));
  if (!isObject(body)) return [];
  return Object.entries(body).map(([name, value]): Pair => [name, scalarText(value)]);
}

function scalarText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function isForm({ headers }: OutgoingRequest): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}

export function bodyText({ body = '' }: OutgoingRequest): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString();
}
