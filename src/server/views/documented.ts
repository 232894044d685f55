import type { Document, MediaType, Operation } from '../../model/document.ts';
import { isObject, type JsonSchema } from '../../model/json.ts';
import type { documented } from '../api/operations.ts';
import type { result } from '../api/results.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { Evidence, Result } from '../../model/result.ts';

type Documented = DataOf<typeof documented>;

/** Schemas beyond these are left out: a page shows what a person can read. */
const mostSchemas = 200;

/** What a document says about one of its operations. */
export function documentedView(document: Document, operation: Operation): Documented {
  const { deprecated, parameters, body, responses, pointer } = operation;
  const shown = {
    deprecated,
    parameters: parameters.map(({ name, in: place, required, description, schema }) => ({
      name,
      in: place,
      required,
      description,
      schema,
    })),
    ...(body === undefined ? {} : { body: { required: body.required, media: body.media.map(mediaView) } }),
    responses: responses.map(({ status, description, media }) => ({
      status,
      description,
      media: media.map(mediaView),
    })),
    pointer,
  };
  return { ...shown, schemas: reachable(document, shown) };
}

function mediaView({ contentType, schema, examples }: MediaType): {
  contentType: string;
  schema?: JsonSchema;
  examples: unknown[];
} {
  return { contentType, schema, examples: examples.slice(0, 5) };
}

/** The schemas that `$ref`s lead to, from one to the next. */
function reachable({ schemas }: Document, from: unknown): Record<string, JsonSchema> {
  const found: Record<string, JsonSchema> = {};
  const queue = [from];
  let count = 0;
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (Array.isArray(value)) queue.push(...(value as unknown[]));
    else if (isObject(value)) {
      const { $ref: reference } = value;
      if (typeof reference === 'string' && found[reference] === undefined && count < mostSchemas) {
        const target = schemas[reference];
        if (target !== undefined) {
          count++;
          found[reference] = target;
          queue.push(target);
        }
      }
      queue.push(...Object.values(value));
    }
  }
  return found;
}

type ResultView = DataOf<typeof result>;

export function resultView(result: Result): ResultView {
  const { at, verdict, reason, status, bytes, phases, attempts, findings, evidence, locations } = result;
  return {
    at,
    verdict,
    reason,
    status,
    bytes,
    phases,
    attempts,
    findings: [...findings],
    traceId: evidence?.traceId,
    ...(locations === undefined ? {} : { locations: [...locations] }),
    ...(evidence === undefined ? {} : { evidence: evidenceView(evidence) }),
  };
}

function evidenceView({
  curl,
  responseHeaders,
  excerpt,
  attempts,
}: Evidence): NonNullable<ResultView['evidence']> {
  return {
    curl,
    responseHeaders,
    excerpt,
    ...(attempts === undefined ? {} : { attempts: [...attempts] }),
  };
}
