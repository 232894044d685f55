import { sentence } from '../../messages/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { randomUUID } from 'node:crypto';
import type { OutgoingRequest } from '../../model/check.ts';
import { placeCredential } from '../credential-placement.ts';
import type { SignStep } from './signature-spec.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { jsonOf } from '../../lib/json/json-of.ts';

export interface Signed {
  readonly request: OutgoingRequest;
  /** What `set` and `join` steps yielded, in their order: what a person compares when a signature is refused. */
  readonly values: ReadonlyMap<string, string>;
}

/** Takes a request through the steps. `given` are the credential's own values; `now` is epoch ms by the server. */
export function signRequest(
  request: OutgoingRequest,
  steps: readonly SignStep[],
  given: Readonly<Record<string, string>>,
  now: number,
): Signed {
  const values = new Map<string, string>();
  const fixed: Readonly<Record<string, string>> = { now: String(now), uuid: randomUUID(), ...given };
  let draft = new RequestDraft(request);
  const valueOf = (name: string) => values.get(name) ?? fixed[name] ?? ofRequest(draft, name);
  for (const step of steps) {
    switch (step.kind) {
      case 'set':
        values.set(step.name, step.value.render(valueOf));
        break;
      case 'join':
        values.set(step.as, canonicalRequest(draft, step));
        break;
      case 'put':
        if (!step.unlessPresent || !has(draft, step)) draft = putOn(draft, step, step.value.render(valueOf));
        break;
    }
  }
  return { request: draft.request, values };
}

/** A header or parameter that is not there counts as empty: canonical texts have a place for each. */
function ofRequest(draft: RequestDraft, name: string): string | undefined {
  if (name.startsWith('header.')) return draft.header(name.slice('header.'.length).toLowerCase()) ?? '';
  if (name.startsWith('query.')) return draft.url.searchParams.get(name.slice('query.'.length)) ?? '';
  switch (name) {
    case 'method':
      return draft.request.method;
    case 'host':
      return draft.url.host;
    case 'path':
      return draft.url.pathname;
    case 'queryString':
      return draft.url.search.slice(1);
    case 'url':
      return `${draft.url.pathname}${draft.url.search}`;
    case 'body':
      return draft.text;
    default:
      return undefined;
  }
}

type Put = Extract<SignStep, { kind: 'put' }>;

function has(draft: RequestDraft, put: Put): boolean {
  if (put.in === 'header') return draft.header(put.name.toLowerCase()) !== undefined;
  if (put.in === 'query') return draft.url.searchParams.has(put.name);
  return draft.isForm
    ? new URLSearchParams(draft.text).has(put.name)
    : Object.hasOwn(draft.fields ?? {}, put.name);
}

function putOn(draft: RequestDraft, put: Put, value: string): RequestDraft {
  const { request } = draft;
  if (put.in !== 'body')
    return new RequestDraft(placeCredential(request, { in: put.in, name: put.name }, value));
  if (draft.isForm) {
    const form = new URLSearchParams(draft.text);
    form.set(put.name, value);
    return new RequestDraft({ ...request, body: form.toString() });
  }
  const { fields } = draft;
  if (fields === undefined) throw new SaidError(sentence('putNowhere', { name: put.name }));
  return new RequestDraft({ ...request, body: JSON.stringify({ ...fields, [put.name]: value }) });
}

type Join = Extract<SignStep, { kind: 'join' }>;
type Pair = readonly [name: string, value: string];

/** What a `join` step yields for a request: decoded values, since signatures cover these and not their encoding. */
function canonicalRequest(draft: RequestDraft, join: Join): string {
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

/** A request on its way to being signed; what is read from it again and again is taken apart once. */
class RequestDraft {
  readonly request: OutgoingRequest;
  #url: URL | undefined;

  constructor(request: OutgoingRequest) {
    this.request = request;
  }

  get url(): URL {
    this.#url ??= new URL(this.request.url);
    return this.#url;
  }

  get isForm(): boolean {
    return /^application\/x-www-form-urlencoded\b/i.test(this.request.headers['content-type'] ?? '');
  }

  get text(): string {
    const { body = '' } = this.request;
    return typeof body === 'string' ? body : Buffer.from(body).toString();
  }

  /** The body's fields; `undefined` when it is not a JSON object. */
  get fields(): JsonObject | undefined {
    // Most requests have no body, and a parser that throws costs more than the whole signature.
    const body = this.text.startsWith('{') ? jsonOf(this.text) : undefined;
    return isObject(body) ? body : undefined;
  }

  /** By lower-case name. `host` goes out although nobody sets it. */
  header(name: string): string | undefined {
    return this.request.headers[name] ?? (name === 'host' ? this.url.host : undefined);
  }
}
