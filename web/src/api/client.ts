import { preferredLanguage } from '../i18n/translate.ts';
import { root } from './root.ts';
import type { ProblemDetails } from '../../../src/server/api/common.ts';

/** An answer that is not what was asked for; `message` is for a person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

const base = `${root}/api/v1`;
/** Told apart from an answer of the server: there was none. */
export const unreachable = 0;

type Query = Readonly<Record<string, string | number | undefined>>;

export function apiPath(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${base}${path}${text === '' ? '' : `?${text}`}`;
}

/** Goes with everything that changes something; a page of a stranger cannot know it. */
let csrf: string | undefined;

export function setCsrf(token: string): void {
  csrf = token;
}

async function call<Answer>(method: string, url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': preferredLanguage(),
      ...(method === 'GET' || csrf === undefined ? {} : { 'x-csrf-token': csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (response === undefined) {
    throw new ApiError({ type: 'about:blank', title: 'unreachable', status: unreachable });
  }
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new ApiError(
    (answer as ProblemDetails | undefined) ?? {
      type: 'about:blank',
      title: `HTTP ${response.status}`,
      status: response.status,
    },
  );
}

export const api = {
  get: <Answer>(path: string, query?: Query) => call<Answer>('GET', apiPath(path, query)),
  post: <Answer>(path: string, body?: unknown) => call<Answer>('POST', apiPath(path), body),
  patch: <Answer>(path: string, body: unknown) => call<Answer>('PATCH', apiPath(path), body),
  delete: (path: string) => call<void>('DELETE', apiPath(path)),
};

/** A part of a path: ids may hold anything. */
export const part = (text: string | number): string => encodeURIComponent(text);
