import { z } from 'zod';
import { apiFieldSentences } from '../messages/catalogue/api-fields.ts';
import { apiMoreFieldSentences } from '../messages/catalogue/api-more-fields.ts';
import { apiSentences } from '../messages/catalogue/api.ts';
import { inLanguage } from '../messages/in-language.ts';
import { type GivenOf, sentence, type SentenceCode } from '../messages/sentence.ts';
import type { Language } from '../model/settings.ts';
import { problemDetails } from './api/common.ts';
import { bodyOf, type Endpoint } from './api/endpoint.ts';
import { endpoints } from './api/endpoints.ts';
import { scopeNames } from './api/roles.ts';
import { isRepeatable } from './http/route.ts';
import { liveEvent } from './api/overview.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What the document says, in one language. */
interface Words {
  readonly say: <Code extends SentenceCode>(code: Code, ...given: GivenOf<Code>) => string;
  /** Of an endpoint or a tag; a test goes over all of them. */
  readonly named: (name: string) => string;
  /** What a schema says in English, in this language where there is an entry of it. */
  readonly again: (english: string) => string;
}

interface DocumentOptions {
  readonly version: string;
  readonly language: Language;
  /** Below which path of its host the server is reached, without a slash at the end: `/patrol`. */
  readonly base: string;
}

/** OpenAPI 3.1 of everything below `/api/v1`, from the schemas that requests are checked against. */
export function openApiDocument({ version, language, base }: DocumentOptions): Schema {
  const components: Record<string, Schema> = {};
  const paths: Record<string, Record<string, Schema>> = {};
  const words = wordsIn(language);
  const { say, named } = words;
  const all = Object.values(endpoints) as readonly Endpoint[];
  for (const endpoint of all)
    (paths[endpoint.path] ??= {})[endpoint.method] = operationOf(endpoint, components, words);
  paths['/events'] = { get: eventsOperation(components, words) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'API Patrol',
      version,
      description: say('api.about'),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${base}/api/v1` }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(all.map(({ tag }) => tag))].map((name) => ({
      name,
      // Redocly and Scalar show it in the name's place.
      'x-displayName': named(`tag.${name}`),
    })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: say('api.token', { scopes: scopeNames }) },
        session: { type: 'apiKey', in: 'cookie', name: 'apipatrol_session' },
      },
    },
  };
}

function wordsIn(language: Language): Words {
  return {
    say: (code, ...given) => inLanguage(sentence(code, ...given), language),
    named: (name) => inLanguage({ $say: `api.${name}` }, language),
    again: (english) => inLanguage({ $say: codes.get(english) ?? { en: english, zh: english } }, language),
  };
}

/** By what they say in English, as the schemas have it. */
const codes: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...apiSentences, ...apiFieldSentences, ...apiMoreFieldSentences }).map(
    ([code, [english]]) => [english, code],
  ),
);

function operationOf(endpoint: Endpoint, components: Record<string, Schema>, words: Words): Schema {
  const { say, named } = words;
  const { id, tag, role, scope = 'read', query, answer } = endpoint;
  const body = bodyOf(endpoint);
  const status = String(endpoint.status ?? (answer === undefined ? 204 : 200));
  const parameters = [
    ...[...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...queryParameters(query, components, words),
    ...(isRepeatable(endpoint)
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: say('api.param.idempotencyKey'),
            schema: { type: 'string' },
          },
        ]
      : []),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary: named(id),
    description: accessOf(endpoint, say),
    security: role === 'public' ? [] : [{ token: scope === 'any' ? [] : [scope] }, { session: [] }],
    ...(tag === 'setup' ? { 'x-patrol': { skip: 'answers only while there is no configuration' } } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input', components, words)) } }),
    responses: {
      [status]: {
        description: say('api.done'),
        ...(answer === undefined ? {} : { content: json(schemaOf(answer, 'output', components, words)) }),
      },
      default: {
        description: say('api.notDone'),
        content: {
          'application/problem+json': { schema: schemaOf(problemDetails, 'output', components, words) },
        },
      },
    },
  };
}

function accessOf({ role, scope = 'read' }: Endpoint, say: Words['say']): string {
  if (role === 'public') return say('api.public');
  return scope === 'any' ? say('api.takesRole', { role }) : say('api.takesRoleAndScope', { role, scope });
}

function eventsOperation(components: Record<string, Schema>, words: Words): Schema {
  const { say } = words;
  return {
    operationId: 'listenToEvents',
    tags: ['overview'],
    summary: say('api.listenToEvents'),
    description: say('api.takesRoleAndScope', { role: 'viewer', scope: 'read' }),
    security: [{ token: ['read'] }, { session: [] }],
    responses: {
      '200': {
        description: say('api.stream'),
        content: { 'text/event-stream': { schema: schemaOf(liveEvent, 'output', components, words) } },
      },
    },
  };
}

function queryParameters(
  query: z.ZodObject | undefined,
  components: Record<string, Schema>,
  words: Words,
): readonly Schema[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'output', components, words) as {
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
function schemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Record<string, Schema>,
  words: Words,
): Schema {
  const {
    $schema: _,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Schema & { readonly $defs?: Readonly<Record<string, Schema>> };
  for (const [name, definition] of Object.entries($defs)) components[name] ??= shown(definition, words);
  const { id, ...plain } = shown(own, words) as Schema & { readonly id?: string };
  if (typeof id !== 'string') return plain;
  components[id] ??= plain;
  return { $ref: `#/components/schemas/${id}` };
}

/** With references to the components, and what it says in the language of the document. */
function shown(schema: Schema, { again }: Words): Schema {
  const walk = (one: unknown, isNamed = false): unknown => {
    if (Array.isArray(one)) return one.map((item) => walk(item));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([, child]) => !isNoBound(child))
        .map(([key, child]) => {
          // Properties may be called like keywords.
          const isText = typeof child === 'string' && !isNamed;
          if (isText && key === '$ref') return [key, child.replace('#/$defs/', '#/components/schemas/')];
          if (isText && key === 'description') return [key, again(child)];
          return [key, walk(child, key === 'properties' && !isNamed)];
        }),
    );
  };
  return walk(schema) as Schema;
}

/** Every whole number of zod's lies between these; to a reader they say nothing. */
function isNoBound(value: unknown): boolean {
  return value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
}
