import type { Sentence } from '../../model/sentence.ts';
import { localised, inEnglish } from '../../messages/in-language.ts';
import type { Language } from '../../model/settings.ts';
import type { problemDetails } from '../api/common.ts';
import type { DataOf } from '../api/endpoint.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** An answer that is not what was asked for. Its texts are for a person and free of secrets. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly detail: Sentence;
  readonly more: Omit<DataOf<typeof problemDetails>, 'type' | 'title' | 'status' | 'detail'>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: Sentence,
    more: HttpProblem['more'] = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(inEnglish(detail));
    this.detail = detail;
    this.name = 'HttpProblem';
    this.status = status;
    this.more = more;
    this.headers = headers;
  }
}

/** RFC 9457. */
export function problemResponse(problem: HttpProblem, instance: string, language: Language): Response {
  const details: DataOf<typeof problemDetails> = {
    type: 'about:blank',
    title: titles[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    instance,
    ...problem.more,
  };
  return new Response(JSON.stringify(localised(details, language)), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...problem.headers,
    },
  });
}
