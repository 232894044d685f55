import { z } from 'zod';
import { problemDetails } from './api/common.ts';
import type { Endpoint } from './api/endpoint.ts';
import { endpoints } from './api/endpoints.ts';
import { scopeNames } from './api/roles.ts';
import { isRepeatable } from './http/route.ts';
import { liveEvent } from './api/overview.ts';

type Schema = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of everything below `/api/v1`, from the schemas that requests are checked against. */
export function openApiDocument(version: string): Schema {
  const components: Record<string, Schema> = {};
  const paths: Record<string, Record<string, Schema>> = {};
  for (const endpoint of Object.values(endpoints) as readonly Endpoint[])
    (paths[endpoint.path] ??= {})[endpoint.method] = operationOf(endpoint, components);
  paths['/events'] = { get: eventsOperation(components) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'API Patrol',
      version,
      description: 'Everything that the page shows and does. Times are milliseconds since 1970-01-01 UTC.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `An API token; one that was made for some scopes alone must have the one that is named. Scopes: ${scopeNames.join(', ')}.`,
        },
        session: { type: 'apiKey', in: 'cookie', name: 'apipatrol_session' },
      },
    },
  };
}

function operationOf(endpoint: Endpoint, components: Record<string, Schema>): Schema {
  const { id, tag, summary, role, scope = 'read', query, body, answer } = endpoint;
  const status = String(endpoint.status ?? (answer === undefined ? 204 : 200));
  const parameters = [
    ...[...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...queryParameters(query, components),
    ...(isRepeatable(endpoint)
      ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }]
      : []),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: role === 'public' ? 'Needs no sign-in.' : `Takes the role ${role}.`,
    security: role === 'public' ? [] : [{ token: scope === 'any' ? [] : [scope] }, { session: [] }],
    ...(tag === 'setup' ? { 'x-patrol': { skip: 'answers only while there is no configuration' } } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input', components)) } }),
    responses: {
      [status]: {
        description: 'As asked for.',
        ...(answer === undefined ? {} : { content: json(schemaOf(answer, 'output', components)) }),
      },
      default: {
        description: 'Not as asked for; says why.',
        content: { 'application/problem+json': { schema: schemaOf(problemDetails, 'output', components) } },
      },
    },
  };
}

function eventsOperation(components: Record<string, Schema>): Schema {
  return {
    operationId: 'listenToEvents',
    tags: ['overview'],
    summary: 'Live events (server-sent); `data` of each is a LiveEvent',
    security: [{ token: ['read'] }, { session: [] }],
    responses: {
      '200': {
        description: 'A stream without end.',
        content: { 'text/event-stream': { schema: schemaOf(liveEvent, 'output', components) } },
      },
    },
  };
}

function queryParameters(
  query: z.ZodObject | undefined,
  components: Record<string, Schema>,
): readonly Schema[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'output', components) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    // What has a default need not be given.
    required: required.includes(name) && !('default' in schema),
    description,
    schema,
  }));
}

function json(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

/** Schemas with an `id` become components and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Record<string, Schema>): Schema {
  const {
    $schema: _,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Schema & { readonly $defs?: Readonly<Record<string, Schema>> };
  for (const [name, definition] of Object.entries($defs)) components[name] ??= moved(definition);
  const { id, ...plain } = moved(own) as Schema & { readonly id?: string };
  if (typeof id !== 'string') return plain;
  components[id] ??= plain;
  return { $ref: `#/components/schemas/${id}` };
}

function moved(value: Schema): Schema {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, child]) => [
        key,
        key === '$ref' && typeof child === 'string'
          ? child.replace('#/$defs/', '#/components/schemas/')
          : walk(child),
      ]),
    );
  };
  return walk(value) as Schema;
}
