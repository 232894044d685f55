import path from 'node:path';
import { z } from 'zod';
import { defineScheme } from '../auth/scheme.ts';
import { defineExpectation } from '../check/expectation.ts';
import { duration, httpUrl, secretText } from '../lib/zod.ts';
import { formatProblem } from '../messages/in-language.ts';
import { says } from '../messages/sentence.ts';
import type { Settings } from '../model/settings.ts';
import { defineChannel } from '../notify/channels/channel.ts';
import { loadConfig } from './load.ts';
import type { Registries } from './registries.ts';

const robotOptions = z.strictObject({
  webhook: secretText.refine((address) => address.reveal().startsWith('http'), {
    error: 'is not an address',
  }),
});

export const registries: Registries = {
  schemes: [
    defineScheme({
      kind: 'bearer',
      title: { en: 'bearer', zh: 'bearer' },
      example: { token: 'x' },
      summary: 'A fixed token.',
      satisfies: ['bearer'],
      options: z.strictObject({ token: secretText }),
      apply: (request) => request,
    }),
    defineScheme({
      kind: 'login',
      title: { en: 'login', zh: 'login' },
      example: { request: { url: 'https://sso' } },
      summary: 'A login request.',
      satisfies: ['bearer'],
      // Nested and not strict: unknown keys in it must be found all the same.
      options: z
        .object({
          request: z.object({ url: httpUrl, method: z.string().default('POST') }),
          ttl: duration.optional(),
        })
        .refine(({ request }) => request.method !== 'GET', { error: 'needs another method than GET' }),
      apply: (request) => request,
    }),
    defineScheme({
      kind: 'key',
      title: { en: 'key', zh: 'key' },
      example: { header: 'x' },
      summary: 'One of two ways.',
      satisfies: ['apiKey'],
      options: z.union([z.strictObject({ header: secretText }), z.strictObject({ query: secretText })]),
      apply: (request) => request,
    }),
  ],
  channels: [
    defineChannel({
      kind: 'wecom-robot',
      title: { en: 'robot', zh: '机器人' },
      summary: 'A robot.',
      options: robotOptions,
      examples: [{ webhook: 'http://robot' }],
      address: {
        form: /(?:)/,
        example: 'http://robot',
        found: says('In the group.', '群里。'),
        options: (webhook) => ({ webhook }),
      },
      limits: { perMinute: 20 },
      render: () => ({ parts: [] }),
      send: () => Promise.resolve({ kind: 'sent' }),
    }),
  ],
  expectations: [
    defineExpectation({
      kind: 'status',
      code: 'status',
      summary: 'Statuses that are right.',
      settings: z.union([z.int(), z.array(z.int())]),
      judge: () => [],
    }),
    defineExpectation({
      kind: 'schema',
      code: 'schema',
      summary: 'The documented schema.',
      settings: z.union([z.literal('off'), z.strictObject({ strict: z.boolean() })]),
      judge: () => [],
    }),
  ],
};

export const load = (text: string, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
  loadConfig('conf/apipatrol.yaml', {
    env,
    registries,
    hostTimeZone: 'Europe/Berlin',
    readFile: (file) => {
      const known: Record<string, string> = { [path.resolve('conf/apipatrol.yaml')]: text };
      for (const [name, content] of Object.entries(files)) known[path.resolve('conf', name)] = content;
      const found = known[file];
      return found === undefined ? Promise.reject(new Error(`ENOENT: ${file}`)) : Promise.resolve(found);
    },
  });

export async function settingsOf(
  text: string,
  env?: Record<string, string>,
  files?: Record<string, string>,
): Promise<Settings> {
  const loaded = await load(text, env, files);
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.settings;
}

export async function problemsOf(
  text: string,
  env?: Record<string, string>,
  files?: Record<string, string>,
): Promise<string[]> {
  const loaded = await load(text, env, files);
  return loaded.ok ? [] : loaded.problems.map(formatProblem);
}

export const folder = path.resolve('conf');
