import type { Method } from '../src/model/document.ts';
import type { Json, JsonObject, JsonSchema } from '../src/model/json.ts';

/** One operation of a demo service: what its document says and what it does, side by side. */
export interface DemoOperation {
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Answers 401 without what the service signs in with. */
  readonly secured: boolean;
  readonly parameters?: readonly DemoParameter[];
  readonly body?: { readonly schema: JsonSchema; readonly example: Json };
  /** Of the answer that a valid call gets; `$ref` holds the bare name of a schema of the service. */
  readonly answer?: JsonSchema;
  /** Status of that answer; default 200. */
  readonly status?: number;
  /** Further documented statuses with what they mean. */
  readonly others?: Readonly<Record<string, string>>;
  readonly deprecated?: boolean;
  handle(request: DemoRequest): DemoAnswer;
}

export interface DemoParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonObject;
  readonly required?: boolean;
  readonly example?: string | number;
  readonly description?: string;
}

export interface DemoRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON or form, parsed; `undefined` when there is none or it is neither. */
  readonly body: unknown;
}

export interface DemoAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: Json): DemoAnswer => ({ status: 200, body });

export const ref = (name: string): JsonObject => ({ $ref: name });

export const list = (items: JsonSchema): JsonObject => ({ type: 'array', items });

/** An object whose properties are all required unless their name ends in `?`. */
export function record(properties: Readonly<Record<string, JsonSchema>>): JsonObject {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
  };
}

export const text: JsonObject = { type: 'string' };
export const dateTime: JsonObject = { type: 'string', format: 'date-time' };
export const date: JsonObject = { type: 'string', format: 'date' };
export const count: JsonObject = { type: 'integer', minimum: 0 };
export const money: JsonObject = { type: 'number', minimum: 0 };
export const oneOf = (...values: readonly string[]): JsonObject => ({ type: 'string', enum: values });

/** The page `page` (from 1) of `size` entries of a list. */
export function pageOf<T>(all: readonly T[], page: string | null, size: string | null): readonly T[] {
  const length = Math.min(100, Math.max(1, Number(size ?? 20) || 20));
  const start = (Math.max(1, Number(page ?? 1) || 1) - 1) * length;
  return all.slice(start, start + length);
}
