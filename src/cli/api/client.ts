import type { z } from 'zod';
import type { Language } from '../../model/settings.ts';
import type { ProblemDetails } from '../../server/api/common.ts';
import type { Endpoint, WordedAnswerOf } from '../../server/api/endpoint.ts';
import type { ApiAnswer, ApiTransport } from './transport.ts';

interface Asked<E extends Endpoint> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: E extends { readonly query: infer Q extends z.ZodType } ? z.input<Q> : never;
  readonly body?: E extends { readonly body: infer B extends z.ZodType } ? z.input<B> : never;
}

/** Calls endpoints; rejects with an `ApiRefusal` when one answers with a problem. */
export interface Api {
  call<E extends Endpoint>(endpoint: E, asked?: Asked<E>): Promise<WordedAnswerOf<E>>;
}

/** The API has said no. `problem` is for a person and free of secrets. */
export class ApiRefusal extends Error {
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiRefusal';
    this.problem = problem;
  }
}

/**
 * @param user Who does it, for the audit: `zhangsan`.
 * @param language Of the sentences in answers.
 */
export function apiOver(transport: ApiTransport, user: string, language: Language): Api {
  return {
    async call<E extends Endpoint>({ method, path, answer }: E, { params = {}, query, body }: Asked<E> = {}) {
      const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const asked = new URLSearchParams(query ?? {}).toString();
      const given = await transport({
        method: method.toUpperCase(),
        path: `/api/v1${at}${asked === '' ? '' : `?${asked}`}`,
        headers: {
          'accept-language': language,
          'x-apipatrol-user': encodeURIComponent(user),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (given.status >= 400) throw new ApiRefusal(problemOf(given));
      return (answer === undefined ? undefined : JSON.parse(given.text)) as WordedAnswerOf<E>;
    },
  };
}

function problemOf({ status, text }: ApiAnswer): ProblemDetails {
  try {
    return JSON.parse(text) as ProblemDetails;
  } catch {
    return { type: 'about:blank', title: `HTTP ${status}`, status };
  }
}
