import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { z } from 'zod';
import { saidBy } from '../../messages/said-error.ts';
import { duration, secretText } from '../../lib/zod.ts';
import { exactJsonOf } from '../../lib/json/json-of.ts';
import { lifeOf, statedByJwt, statedEnd, statedLife } from '../token/expiry.ts';
import { defineScheme, type TokenOutcome, type TokenRetry } from '../scheme.ts';
import { jsonPath, placeToken, shared, tokenPlace, unsealRecord } from './options.ts';

const options = z.strictObject({
  command: z
    .array(z.string())
    .refine(([program = '']) => program !== '', 'needs at least the name of a program')
    .describe('Program and arguments; no shell. Its output is the token, or JSON in which `token` finds it.'),
  env: z
    .record(z.string(), secretText)
    .default({})
    .describe('Environment variables besides those of the patrol.'),
  timeout: duration.prefault('10s').describe('It is ended after this long.'),
  token: jsonPath.optional().describe('Where the token is when the output is JSON: `$.data.value`.'),
  expiresIn: jsonPath.optional().describe('Where the output says how many seconds it lives.'),
  expiresAt: jsonPath
    .optional()
    .describe('Where the output says when it ends: epoch or a date with time zone.'),
  ttl: duration
    .optional()
    .describe('How long it lives when the output does not say. Default: `exp` of a JWT.'),
  send: tokenPlace.describe(
    'Where the token goes; default: in the header that the document of an operation names for a key, else `Authorization: Bearer …`.',
  ),
  ...shared,
});

export const exec = defineScheme({
  kind: 'exec',
  title: { en: 'A command that prints a token', zh: '执行命令取得令牌' },
  summary: 'A command that prints a token. Off unless the configuration allows commands.',
  example: { command: ['./token.sh'] },
  satisfies: ['bearer', 'apiKey', 'oauth2', 'openIdConnect', 'other'],
  options,
  async obtain(written, { run, signal, clock }) {
    const name = written.command[0] ?? '';
    if (run === undefined) {
      return failed('never', sentence('commandsOff', { command: name }), sentence('allowCommands'));
    }
    const startedAt = clock.now();
    try {
      const env = unsealRecord(written.env);
      const { exitCode, stdout } = await run(written.command, { env, timeoutMs: written.timeout, signal });
      if (exitCode !== 0) return failed('later', sentence('commandEnded', { command: name, code: exitCode }));
      return tokenIn(stdout.trim(), written, startedAt, clock.now());
    } catch (error) {
      return failed('later', saidBy(error));
    }
  },
  apply: (request, { send }, token) => placeToken(request, send, token?.value['token'] ?? ''),
});

function tokenIn(
  output: string,
  written: z.output<typeof options>,
  startedAt: number,
  now: number,
): TokenOutcome {
  const json = exactJsonOf(output) ?? null;
  const value = written.token === undefined ? output : written.token.find(json);
  const found = typeof value === 'number' ? String(value) : value;
  if (typeof found !== 'string' || found === '') {
    const command = written.command[0] ?? '';
    return failed(
      'later',
      written.token === undefined
        ? sentence('commandSilent', { command })
        : sentence('commandWithout', { command, path: written.token.text }),
    );
  }
  const { expiresIn, expiresAt, ttl } = written;
  const stated = [
    statedLife(expiresIn?.text ?? '', expiresIn?.find(json), 's', startedAt),
    statedEnd(expiresAt?.text ?? '', expiresAt?.find(json), 0),
    ttl === undefined ? statedByJwt(found, 0) : { name: 'ttl', end: startedAt + ttl, startedAt },
  ];
  return { ok: true, token: { value: { token: found }, ...lifeOf(stated, now) } };
}

function failed(kind: TokenRetry['kind'], message: Sentence, hint?: Sentence): TokenOutcome {
  return { ok: false, failure: { retry: { kind }, message, hint } };
}
