import { z } from 'zod';
import { Secret } from '../../../lib/secrets/secret.ts';
import { duration, httpUrl, secretText } from '../../../lib/zod.ts';
import { Guarded } from '../../guarded.ts';
import { withoutReferences } from '../../chain.ts';
import { compileTemplate } from '../../template/template.ts';
import {
  conditions,
  jsonPath,
  sealedHeaders,
  sealedJson,
  sealedRecord,
  shared,
  tokenPlace,
} from '../options.ts';
import { RE2JS } from 're2js';
import type { Json } from '../../../model/json.ts';
import type { Jar } from '../../token/cookies.ts';
import { compileFirstByPath, type FirstByPath } from '../../../lib/json/json-path.ts';
import { dataOf, headerOf } from '../../token/answer.ts';
import type { SchemeResponse } from '../../scheme.ts';

/** Where in an answer a value is. */
interface Source {
  /** For messages: `$.data.token`, `header X-Auth-Token`. */
  readonly text: string;
  find(answer: SchemeResponse, jar: Jar): string | undefined;
}

const written = z.union([
  z.string(),
  z.strictObject({ json: z.string().describe('JSONPath into the body.') }),
  z.strictObject({ header: z.string().min(1).describe('Name of a header.') }),
  z.strictObject({ cookie: z.string().min(1).describe('Name of a cookie.') }),
  z.strictObject({
    regex: z
      .string()
      .min(1)
      .describe('Regular expression (RE2) over the body; its first group is the value.'),
  }),
]);

const help =
  'is not a place in an answer; write a JSONPath (`$.data.token`), `{ header: X-Auth-Token }`, `{ cookie: SESSION }` ' +
  'or `{ regex: \'name="_csrf" value="([^"]+)"\' }`';

/** `$.data.token`, `{ header: … }`, `{ cookie: … }`, `{ regex: … }`. Yields a `Source`. */
export const source = written
  .meta({ examples: ['$.data.token', { header: 'X-Auth-Token' }, { cookie: 'SESSION' }] })
  .transform((value, context): Source => {
    const made = sourceOf(value);
    if (made !== undefined) return made;
    context.addIssue({ code: 'custom', message: help });
    return z.NEVER;
  });

function sourceOf(value: z.output<typeof written>): Source | undefined {
  if (typeof value === 'string') return fromJson(value);
  if ('json' in value) return fromJson(value.json);
  if ('header' in value) {
    const header = value.header.toLowerCase();
    return { text: `header ${value.header}`, find: (answer) => headerOf(answer, header) };
  }
  if ('cookie' in value) return { text: `cookie ${value.cookie}`, find: (_, jar) => jar.value(value.cookie) };
  return fromText(value.regex);
}

function fromJson(expression: string): Source | undefined {
  const path = compiled(expression);
  if (path === undefined) return undefined;
  return { text: expression, find: (answer) => scalar(path(dataOf(answer) ?? null)) };
}

function compiled(expression: string): FirstByPath | undefined {
  try {
    return compileFirstByPath(expression);
  } catch {
    return undefined;
  }
}

function scalar(value: Json | undefined): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** RE2 runs in linear time, whatever the body is. */
function fromText(pattern: string): Source | undefined {
  const expression = compiledPattern(pattern);
  if (expression === undefined) return undefined;
  return {
    text: `/${pattern}/`,
    find: (answer) => {
      const matcher = expression.matcher(answer.body);
      if (!matcher.find()) return undefined;
      return matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? undefined;
    },
  };
}

function compiledPattern(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

const request = {
  url: httpUrl.describe('Address of the request.'),
  headers: sealedHeaders.default({}).describe('Headers.'),
  json: sealedJson.optional().describe('Body as JSON.'),
  form: sealedRecord.optional().describe('Body as a form (`application/x-www-form-urlencoded`).'),
  multipart: sealedRecord.optional().describe('Body as `multipart/form-data`.'),
  body: secretText.optional().describe('Body as it is; set `content-type` under `headers`.'),
};

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH']);

const before = z.strictObject({
  ...request,
  method: method.default('GET').describe('Method.'),
  take: z
    .record(z.string().regex(/^[A-Za-z]\w*$/, 'must be a letter, then letters, digits or `_`'), source)
    .default({})
    .describe(
      'Values to take from the answer, by the name under which later requests use them: `{{ csrf }}`.',
    ),
});

const shape = z.strictObject({
  ...request,
  method: method.default('POST').describe('Method.'),
  before: z
    .array(before)
    .default([])
    .describe(
      'Requests that come first: for a CSRF token, a nonce, a public key. Cookies are kept over all of them.',
    ),
  values: z
    .record(z.string().regex(/^[A-Za-z]\w*$/, 'must be a letter, then letters, digits or `_`'), secretText)
    .default({})
    .describe('Secrets for templates: `{{ password | md5 }}` in a body, header or address.'),
  success: conditions
    .optional()
    .describe('Must hold for the answer: `$.code == 0`. Of a list, each of them.'),
  followRedirects: z
    .boolean()
    .default(false)
    .describe('Follow redirects of the login request, as a browser does.'),
  token: source
    .optional()
    .describe(
      'Where the token is in the answer: `$.data.token`. Without it the session cookies are the token.',
    ),
  cookies: z
    .enum(['no', 'match', 'all'])
    .optional()
    .describe(
      'Cookies to send with the checks: those that belong to the address, or all. Default: `match` without `token`.',
    ),
  expiresIn: jsonPath.optional().describe('Where the answer says how long it lives: `$.data.expiresIn`.'),
  expiresInUnit: z.enum(['ms', 's', 'm']).default('s').describe('Unit of `expiresIn`.'),
  expiresAt: jsonPath
    .optional()
    .describe('Where the answer says when it ends: epoch seconds, epoch ms, or a date with time zone.'),
  ttl: duration
    .optional()
    .describe(
      'How long it lives when the answer does not say. Default: `exp` of a JWT, else until it is refused.',
    ),
  send: tokenPlace.describe(
    'Where the token goes; default: in the header that the document of an operation names for a key, else `Authorization: Bearer …`.',
  ),
  ...shared,
});

/** What every request of a login has. */
export type LoginRequest = Pick<
  z.output<typeof before>,
  'url' | 'method' | 'headers' | 'json' | 'form' | 'multipart' | 'body'
>;
export type LoginOptions = z.output<typeof shape>;

export const loginOptions = shape.superRefine((options, context) => {
  const known = new Set([...builtInValues, ...Object.keys(options.values)]);
  const check = (one: LoginRequest, path: (string | number)[]) => {
    for (const message of problemsOf(one, known)) context.addIssue({ code: 'custom', message, path });
  };
  for (const [index, step] of options.before.entries()) {
    check(step, ['before', index]);
    for (const name of Object.keys(step.take)) known.add(name);
  }
  check(options, []);
});

/** Values that need no configuration. */
export const builtInValues = ['now', 'nowSeconds', 'uuid'] as const;

function problemsOf(one: LoginRequest, known: ReadonlySet<string>): readonly string[] {
  const { url, headers, json, form, multipart, body } = one;
  const bodies = { json, form, multipart, body };
  const present = Object.values(bodies).filter((value) => value !== undefined);
  const several =
    present.length > 1 ? ['has more than one body; keep one of `json`, `form`, `multipart` and `body`'] : [];
  return [...several, ...[url, headers, present].flatMap((part) => templateProblems(part, known))];
}

function templateProblems(value: unknown, known: ReadonlySet<string>): readonly string[] {
  if (value instanceof Secret || value instanceof Guarded) return textProblems(value.reveal(), known);
  if (typeof value === 'string') return textProblems(value, known);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item) => templateProblems(item, known));
}

function textProblems(text: string, known: ReadonlySet<string>): readonly string[] {
  const compiled = compileTemplate(withoutReferences(text));
  if (!compiled.ok) return [compiled.message];
  return compiled.template.names
    .filter((name) => !known.has(name))
    .map((name) => `there is no value "${name}"; known here are ${[...known].join(', ')}`);
}
