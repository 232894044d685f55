import { z } from 'zod';
import type { Role, Scope } from './roles.ts';

/** What one endpoint takes and gives. The OpenAPI document, the checks of requests and the types derive from it. */
export interface Endpoint {
  /** `operationId` of the OpenAPI document; what it does is said by the entry `api.ID` of `src/messages/catalogue/api.ts`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly tag: string;
  /** The least role; `public` needs no sign-in at all. */
  readonly role: Role | 'public';
  /** What a token with scopes must have been made for; default: `read`. `any`: whatever it was made for. */
  readonly scope?: Scope | 'any';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent: 204 without a body. */
  readonly answer?: z.ZodType;
  /** Of the answer when all went well; default 200, or 204 without an answer. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Values with which the first parameter can be called by those who try the API out. */
  readonly example?: Readonly<Record<string, string>>;
}

/** A key that is misspelt would be none, and what it narrows would be all: the body is the keys that it may have. */
export function bodyOf({ body }: Endpoint): z.ZodType | undefined {
  return body instanceof z.ZodObject ? body.strict() : body;
}

/** Keeps the precise types of the schemas. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

/** What is given for a schema of an answer: its sentences are put into words on the way out. */
export type DataOf<Schema extends z.ZodType> = z.input<Schema>;
/** What a handler gives: sentences are put into words on the way out. */
export type AnswerOf<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? DataOf<A>
  : undefined;
/** What whoever calls it gets. */
export type WordedAnswerOf<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? z.output<A>
  : undefined;
export type BodyOf<E extends Endpoint> = E extends { readonly body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined;
export type QueryOf<E extends Endpoint> = E extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : Readonly<Record<string, never>>;
