import { z } from 'zod';
import type { Clock } from '../../kit/clock.ts';
import { type Secret } from '../../kit/secret.ts';
import { duration, httpUrl, secretText } from '../../kit/zod.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { clockSkewMs, expiryFromJwt, expiryFromLife, expiryFromTime } from '../expiry.ts';
import { place } from '../place.ts';
import { parseJson, refusalOf } from '../refusal.ts';
import { type SchemeContext, type SchemeResponse, type TokenOutcome, defineScheme } from '../scheme.ts';
import { describe } from '../send.ts';
import { conditions, jsonPath, sealedJson, sealedRecord, shared, tokenPlace, unseal } from './options.ts';

const options = z
  .strictObject({
    url: httpUrl.describe('Address of the login request.'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH']).default('POST').describe('Its method.'),
    headers: sealedRecord.default({}).describe('Its headers.'),
    json: sealedJson.optional().describe('Its body as JSON.'),
    form: sealedRecord.optional().describe('Its body as a form.'),
    body: secretText.optional().describe('Its body as it is; set `content-type` under `headers`.'),
    success: conditions
      .optional()
      .describe('Must hold for the answer: `$.code == 0`. A list means any of them.'),
    token: jsonPath.describe('Where the token is in the answer: `$.data.token`.'),
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
    send: tokenPlace.describe('Where the token goes; default `Authorization: Bearer …`.'),
    ...shared,
  })
  .refine(({ json, form, body }) => [json, form, body].filter((one) => one !== undefined).length <= 1, {
    message: 'has more than one body; keep one of `json`, `form` and `body`',
  });

type Options = z.output<typeof options>;

export const login = defineScheme({
  kind: 'login',
  summary: 'A login request of the system itself; the token is taken from its answer.',
  satisfies: ['bearer', 'apiKey', 'oauth2', 'openIdConnect', 'other'],
  options,
  async obtain(written, context) {
    const request = loginRequest(written);
    const startedAt = context.clock.now();
    const response = await context.send(request);
    return tokenIn(response, written, { what: describe(request), startedAt, context });
  },
  apply: (request, { send }, token) => place(request, send, `${send.prefix}${token?.value['token'] ?? ''}`),
});

function loginRequest(written: Options): OutgoingRequest {
  const headers = Object.fromEntries(
    Object.entries(written.headers).map(([name, value]) => [name.toLowerCase(), text(value)]),
  );
  const { method, url } = written;
  const accept = { accept: 'application/json, */*;q=0.5' };
  if (written.json !== undefined) {
    const body = JSON.stringify(unseal(written.json));
    return { method, url, headers: { ...accept, 'content-type': 'application/json', ...headers }, body };
  }
  if (written.form !== undefined) {
    const body = new URLSearchParams(
      Object.entries(written.form).map(([name, value]): [string, string] => [name, text(value)]),
    ).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method, url, headers: { ...accept, ...type, ...headers }, body };
  }
  const body = written.body === undefined ? {} : { body: written.body.reveal() };
  return { method, url, headers: { ...accept, ...headers }, ...body };
}

function text(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

interface Sent {
  readonly what: string;
  readonly startedAt: number;
  readonly context: SchemeContext;
}

function tokenIn(response: SchemeResponse, written: Options, sent: Sent): TokenOutcome {
  const { clock } = sent.context;
  const json = parseJson(response.body);
  const fail = (problem?: { readonly text: string; readonly hint: string }): TokenOutcome => ({
    ok: false,
    failure: refusalOf(sent.what, response, clock.now(), problem),
  });
  if (response.status >= 400) return fail();
  if (written.success?.some((rule) => rule.holds({ status: response.status, json: () => json })) === false) {
    const text = `and \`${written.success.map((rule) => rule.text).join('` or `')}\` does not hold`;
    return fail({ text, hint: 'check the user name and the password in the config' });
  }
  const found = json === undefined ? undefined : written.token.find(json);
  if ((typeof found !== 'string' && typeof found !== 'number') || found === '') {
    const text = json === undefined ? 'which is not JSON' : `without a token at ${written.token.text}`;
    return fail({ text, hint: 'check `token` (a JSONPath) and the login data in the config' });
  }
  const token = String(found);
  const expiresAt = expiryOf(response, token, written, sent, clock);
  return { ok: true, token: { value: { token }, ...(expiresAt === undefined ? {} : { expiresAt }) } };
}

function expiryOf(response: SchemeResponse, token: string, written: Options, sent: Sent, clock: Clock) {
  const json = parseJson(response.body) ?? null;
  const skewMs = clockSkewMs(response, clock.now());
  return (
    expiryFromLife(written.expiresIn?.find(json), written.expiresInUnit, sent.startedAt) ??
    expiryFromTime(written.expiresAt?.find(json), skewMs) ??
    (written.ttl === undefined ? expiryFromJwt(token, skewMs) : sent.startedAt + written.ttl)
  );
}
