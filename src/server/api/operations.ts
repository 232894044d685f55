import { z } from 'zod';
import { anyJson, milliseconds, next, pageQuery, periodQuery, sentence, severity, time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { incident } from './incidents.ts';
import { type finding, result } from './results.ts';
import { setUpItem } from './set-up.ts';

/** `waiting`: it is going to be called and has not been yet. */
export const operationState = z
  .enum(['pass', 'degraded', 'fail', 'blocked', 'unknown', 'waiting', 'skipped'])
  .meta({ id: 'OperationState' });

export const operationRow = z
  .object({
    id: z.string(),
    service: z.string(),
    document: z.string().describe('Id of the document it stands in.'),
    method: z.string(),
    path: z.string(),
    title: z.string().optional(),
    tags: z.array(z.string()),
    state: operationState,
    reason: sentence.optional().describe('Why it is not called, or what was wrong with the last answer.'),
    incident: z.string().optional().describe('Id of the open incident it belongs to.'),
    strip: z
      .string()
      .describe(
        'The last 24 hours, oldest first, a letter each half hour: p pass, d degraded, f fail, b blocked, u unknown, . none; the worst of the half hour wins.',
      ),
    p95Ms: milliseconds.optional().describe('95th percentile of the last 24 hours, within 2 %.'),
    p95s: z
      .array(z.number().nullable())
      .describe('95th percentile of each of the last 24 hours, ms, oldest first; empty when never called.'),
  })
  .meta({ id: 'OperationRow' });

const documentedMedia = z.object({
  contentType: z.string(),
  schema: anyJson.optional(),
  examples: z.array(anyJson),
});

export const documented = z
  .object({
    deprecated: z.boolean(),
    parameters: z.array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header', 'cookie']),
        required: z.boolean(),
        description: z.string().optional(),
        schema: anyJson,
      }),
    ),
    body: z.object({ required: z.boolean(), media: z.array(documentedMedia) }).optional(),
    responses: z.array(
      z.object({ status: z.string(), description: z.string().optional(), media: z.array(documentedMedia) }),
    ),
    schemas: z
      .record(z.string(), anyJson)
      .describe('Targets of the `$ref`s in it, by the text of the `$ref`; cycles are normal.'),
    pointer: z.string().describe('Where it stands in the document.'),
  })
  .meta({ id: 'Documented' });

export const operationDetail = operationRow
  .extend({
    operationId: z.string().optional(),
    owners: z.array(z.string()),
    origin: z.string().optional(),
    credential: z.string().optional(),
    severity: severity.optional(),
    intervalMs: z.int().optional(),
    skip: z
      .object({ code: z.string(), reason: sentence, hint: sentence.optional() })
      .optional()
      .describe('Set when it is not called: why, and the lines of configuration that would change it.'),
    setUp: setUpItem
      .optional()
      .describe('Set when it has never worked the way it is called: what would help.'),
    file: z.object({
      id: z.string(),
      title: z.string(),
      uri: z.string(),
      format: z.string(),
      version: z.string().optional(),
    }),
    documented: documented.optional().describe('What the document says; absent when it is gone by now.'),
    request: z
      .object({
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        values: z.array(
          z.object({
            name: z.string(),
            in: z.enum(['path', 'query', 'header', 'cookie', 'body']),
            value: anyJson,
            origin: z
              .enum(['config', 'example', 'default', 'enum', 'paging', 'captured', 'generated'])
              .describe('Where the value comes from.'),
            from: z
              .string()
              .optional()
              .describe('The operation of the same service whose answer held it, when it is `captured`.'),
          }),
        ),
      })
      .optional(),
    promise: z
      .object({
        statuses: z.array(z.string()),
        p95Ms: milliseconds,
        success: sentence
          .optional()
          .describe('What counts as success in the body, and what says so; absent where nothing does.'),
        expectations: z.array(z.object({ kind: z.string(), settings: anyJson })),
      })
      .optional()
      .describe('What an answer is held to.'),
    results: z.array(result).describe('The latest 50, newest first.'),
    curl: z.string().optional().describe('The call as a command; secrets are `***`.'),
    incidents: z.array(incident).describe('Open and recent ones that are about this operation.'),
    change: z
      .object({ at: time, breaking: z.boolean(), details: z.array(sentence) })
      .optional()
      .describe('The latest change of what the document says about it.'),
  })
  .meta({ id: 'OperationDetail' });

export const listOperations = endpoint({
  id: 'listOperations',
  method: 'get',
  path: '/operations',
  tag: 'operations',
  role: 'viewer',
  answer: z
    .object({
      now: time,
      items: z.array(operationRow).describe('By service, document and place in the document.'),
    })
    .meta({ id: 'Operations' }),
});

export const getOperation = endpoint({
  id: 'getOperation',
  method: 'get',
  path: '/operations/{id}',
  tag: 'operations',
  role: 'viewer',
  answer: operationDetail,
});

export const listResults = endpoint({
  id: 'listResults',
  method: 'get',
  path: '/operations/{id}/results',
  tag: 'operations',
  role: 'viewer',
  query: pageQuery.extend(periodQuery.shape),
  answer: z.object({ items: z.array(result), next }).meta({ id: 'ResultPage' }),
});

export const checkOperation = endpoint({
  id: 'checkOperation',
  method: 'post',
  path: '/operations/{id}/check',
  tag: 'operations',
  role: 'operator',
  scope: 'checks:run',
  answer: result,
});

export type OperationState = z.output<typeof operationState>;
export type OperationRow = z.output<typeof operationRow>;
export type OperationDetail = z.output<typeof operationDetail>;
export type Documented = z.output<typeof documented>;
export type Result = z.output<typeof result>;
export type Finding = z.output<typeof finding>;
