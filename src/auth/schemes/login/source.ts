import { RE2JS } from 're2js';
import { z } from 'zod';
import type { Json } from '../../../model/json.ts';
import type { Jar } from '../../token/cookies.ts';
import { compileFirstByPath, type FirstByPath } from '../../../lib/json/json-path.ts';
import { dataOf, headerOf } from '../../token/answer.ts';
import type { SchemeResponse } from '../../scheme.ts';

/** Where in an answer a value is. */
export interface Source {
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
