import { sentence } from '../../messages/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { randomUUID } from 'node:crypto';
import type { OutgoingRequest } from '../../model/check.ts';
import { placeCredential } from '../credential-placement.ts';
import { canonicalRequest } from './canonical-request.ts';
import { RequestDraft } from './request-draft.ts';
import type { SignStep } from './signature-spec.ts';

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
