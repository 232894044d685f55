import { z } from 'zod';
import type { OutgoingRequest } from '../../model/check.ts';
import { placeCredential } from '../credential-placement.ts';
import { Secret, isSensitiveName } from '../../lib/secrets/secret.ts';
import { isSecretHeader } from '../../lib/secrets/token-segments.ts';
import { isPlain, isSecretSent, namesWhatLetsIn } from '../../lib/secrets/sent-secrets.ts';
import type { Json } from '../../model/json.ts';
import { type Condition, parseCondition } from '../../lib/condition/condition.ts';
import { conditionTexts } from '../../lib/zod.ts';
import { Guarded, mayBeSecret } from '../guarded.ts';
import { compileFirstByPath, type FirstByPath } from '../../lib/json/json-path.ts';

/** `$.code == 0`, or several. Yields a list. */
export const conditions = conditionTexts.transform((texts): readonly Condition[] =>
  texts.map(parseCondition),
);

/** `$.data.token` (RFC 9535). Yields the text and the compiled path. */
export const jsonPath = z
  .string()
  .meta({ pattern: '^\\$', examples: ['$.data.token'] })
  .transform((text, context): { readonly text: string; readonly find: FirstByPath } => {
    try {
      return { text, find: compileFirstByPath(text) };
    } catch {
      context.addIssue({ code: 'custom', message: 'is not a JSONPath; write for example $.data.token' });
      return z.NEVER;
    }
  });

const host = z.string().regex(/^(?:\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i, {
  error: 'is not a host; write for example api.corp.example, *.corp.example or api.corp.example:8443',
});

/** Keys that every scheme has. */
export const shared = {
  hosts: z
    .array(host)
    .min(1)
    .optional()
    .describe(
      'Hosts that it may be sent to beside those that the services which use it name in `baseUrl` and `docs`: ' +
        '`api.corp.example`, `*.corp.example`, `api.corp.example:8443`. Documents cannot add to them. When it signs in, what is secret ' +
        'of it and what it `uses` go to them as well, beside the hosts of its own addresses, wherever an answer leads.',
    ),
  rejectedWhen: conditions
    .optional()
    .describe(
      'Says which answers mean that the token is not accepted, besides HTTP 401. Many systems answer HTTP 200 with ' +
        'a code in the body: `$.code == 40101`. A list means any of them.',
    ),
  uses: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((names): readonly string[] => (typeof names === 'string' ? [names] : names))
    .optional()
    .describe(
      'Other credentials that are put on every request before this one, also on its own token requests: a client ' +
        'certificate, the key of a gateway. The token alone of another one is written `{{ token.name }}`.',
    ),
};

const places = z.enum(['header', 'query', 'cookie']);

/** Where a value goes on the requests of the checks. */
export const placeShape = {
  in: places.describe('Where it goes.'),
  name: z.string().min(1).describe('Name of the header, query parameter or cookie.'),
};

/** Where a fetched token goes; `Authorization: Bearer …` unless said otherwise. */
export const tokenPlace = z
  .strictObject({
    in: places.default('header').describe('Where the token goes.'),
    name: z.string().min(1).default('Authorization').describe('Name of the header, parameter or cookie.'),
    prefix: z
      .string()
      .optional()
      .describe('Stands before the token; default `Bearer ` in the Authorization header, else nothing.'),
  })
  .transform(({ prefix, ...where }) => ({
    ...where,
    prefix:
      prefix ?? (where.in === 'header' && where.name.toLowerCase() === 'authorization' ? 'Bearer ' : ''),
    /** As it is when nothing is said. */
    isUsual: prefix === undefined && where.in === 'header' && where.name === 'Authorization',
  }))
  .prefault({});

/** Puts a fetched token where the settings say; where they say nothing, the document of the request may. */
export function placeToken(
  request: OutgoingRequest,
  send: z.output<typeof tokenPlace>,
  token: string,
): OutgoingRequest {
  const { tokenHeader } = request;
  return send.isUsual && tokenHeader !== undefined
    ? placeCredential(request, { in: 'header', name: tokenHeader }, token)
    : placeCredential(request, send, `${send.prefix}${token}`);
}

/** A text of the user's own: a `Secret` where what is sent under its name may be one, else perhaps `Guarded`. */
export type SealedText = string | Secret | Guarded;

/** JSON of the user's own, its texts sealed. */
export type Sealed =
  | null
  | boolean
  | number
  | SealedText
  | readonly Sealed[]
  | { readonly [key: string]: Sealed };

export const sealedJson = z.json().transform((value) => seal(value as Json, ''));

export const sealedRecord = z
  .record(z.string(), z.string())
  .transform((record) => seal(record, '') as Readonly<Record<string, SealedText>>);

/** What is no header of the protocol lets in; short words are masked where they are shown, and not wherever they stand. */
export const sealedHeaders = z
  .record(z.string(), z.string())
  .transform(
    (record): Readonly<Record<string, SealedText>> =>
      Object.fromEntries(
        Object.entries(record).map(([name, text]) => [
          name,
          sealed(
            text,
            isSensitiveName(name) ||
              (isSecretHeader(name, text, true) && (namesWhatLetsIn(name) || !isPlain(text))),
          ),
        ]),
      ),
  );

function seal(value: Json, name: string): Sealed {
  if (typeof value === 'string') return sealed(value, isSecretSent(name, value));
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => seal(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, Json>).map(([key, item]) => [key, seal(item, key)]),
  );
}

function sealed(text: string, isSecret: boolean): SealedText {
  if (isSecret) return new Secret(text);
  return mayBeSecret(text) ? new Guarded(text) : text;
}

/** The other way, for the moment at which it is sent. */
export function unsealText(text: SealedText): string {
  return typeof text === 'string' ? text : text.reveal();
}

export function isSealedText(value: Sealed): value is SealedText {
  return typeof value === 'string' || value instanceof Secret || value instanceof Guarded;
}

export function unsealRecord(record: Readonly<Record<string, SealedText>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [name, unsealText(text)]));
}
