import type { Sentence } from '../../model/sentence.ts';
import { sentence, type SentenceCode } from '../../messages/sentence.ts';
import { localised } from '../../messages/in-language.ts';
import { SaidError } from '../../messages/said-error.ts';
import type { Language } from '../../model/settings.ts';
import type { problemDetails } from '../api/common.ts';
import type { DataOf } from '../api/endpoint.ts';

type Title = Extract<SentenceCode, `title${string}`>;

const titles: Readonly<Record<number, Title>> = {
  400: 'titleBadRequest',
  401: 'titleNotSignedIn',
  403: 'titleNotAllowed',
  404: 'titleNotFound',
  405: 'titleMethodNotAllowed',
  409: 'titleConflict',
  413: 'titleTooLarge',
  415: 'titleUnsupportedMediaType',
  421: 'titleMisdirected',
  422: 'titleNotValid',
  429: 'titleTooManyRequests',
  500: 'titleInternalError',
  503: 'titleNotAvailable',
};

/** An answer that is not what was asked for. Its texts are for a person and free of secrets. */
export class HttpProblem extends SaidError {
  readonly status: number;
  readonly more: Omit<DataOf<typeof problemDetails>, 'type' | 'title' | 'status' | 'detail'>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: Sentence,
    more: HttpProblem['more'] = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
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
    title: sentence(titles[problem.status] ?? 'titleOther'),
    status: problem.status,
    detail: problem.said,
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
