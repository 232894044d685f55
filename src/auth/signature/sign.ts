import { randomUUID } from 'node:crypto';
import type { OutgoingRequest } from '../../model/check.ts';
import { isObject } from '../../model/json.ts';
import { place } from '../place.ts';
import { parseJson } from '../refusal.ts';
import { bodyText, collect, isForm, withHost } from './collect.ts';
import type { SignStep } from './recipe.ts';

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
  let current = request;
  const valueOf = (name: string) => values.get(name) ?? fixed[name] ?? ofRequest(current, name);
  for (const step of steps) {
    switch (step.kind) {
      case 'set':
        values.set(step.name, step.value.render(valueOf));
        break;
      case 'join':
        values.set(step.as, collect(current, step));
        break;
      case 'put':
        if (!step.unlessPresent || !has(current, step))
          current = putOn(current, step, step.value.render(valueOf));
        break;
    }
  }
  return { request: current, values };
}

/** A header or parameter that is not there counts as empty: canonical texts have a place for each. */
function ofRequest(request: OutgoingRequest, name: string): string | undefined {
  const [kind, rest = ''] = name.split(/:(.*)/s);
  if (kind === 'header') return withHost(request)[rest.toLowerCase()] ?? '';
  const url = new URL(request.url);
  if (kind === 'query' && name.includes(':')) return url.searchParams.get(rest) ?? '';
  switch (name) {
    case 'method':
      return request.method;
    case 'host':
      return url.host;
    case 'path':
      return url.pathname;
    case 'query':
      return url.search.slice(1);
    case 'url':
      return `${url.pathname}${url.search}`;
    case 'body':
      return bodyText(request);
    default:
      return undefined;
  }
}

type Put = Extract<SignStep, { kind: 'put' }>;

function has(request: OutgoingRequest, put: Put): boolean {
  if (put.in === 'header') return request.headers[put.name.toLowerCase()] !== undefined;
  if (put.in === 'query') return new URL(request.url).searchParams.has(put.name);
  return isForm(request)
    ? new URLSearchParams(bodyText(request)).has(put.name)
    : isObject(parseJson(bodyText(request))) && put.name in (parseJson(bodyText(request)) as object);
}

function putOn(request: OutgoingRequest, put: Put, value: string): OutgoingRequest {
  if (put.in !== 'body') return place(request, { in: put.in, name: put.name }, value);
  if (isForm(request)) {
    const form = new URLSearchParams(bodyText(request));
    form.set(put.name, value);
    return { ...request, body: form.toString() };
  }
  const body = parseJson(bodyText(request));
  if (!isObject(body)) throw new Error(`"${put.name}" can be put only into a form or a JSON object`);
  return { ...request, body: JSON.stringify({ ...body, [put.name]: value }) };
}
