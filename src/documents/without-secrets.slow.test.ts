import { expect, it } from 'vitest';
import { Redactor } from '../lib/secrets/secret.ts';
import { formats } from './formats/registry.ts';
import { readDocument } from './read.ts';
import { withoutSecrets } from './without-secrets.ts';

it.each([
  ['searches little more than once where there is none, however it is cut', '', 100, 0],
  ['takes them out of very many texts in steps', 'wT7pXz9Kq3', Number.POSITIVE_INFINITY, 5000],
])('%s', async (_, secret, mostSearches, leastSteps) => {
  const given = new Redactor();
  // As most addresses do, it begins like a webhook.
  given.add('https://hooks.example/send?key=wT7pXz9Kq3');
  given.add('wT7pXz9Kq3');
  const scrub = given.knownOnly(() => true);
  const access = { load: () => Promise.reject(new Error('none')), list: () => Promise.resolve([]) };
  const values = Array.from({ length: 6000 }, (_, at) => `https://e${at}.example/`);
  const content = { 'application/json': { schema: { enum: values } } };
  for (let pad = 0; pad < 24; pad += secret === '' ? 1 : 8) {
    const operation = {
      summary: `${'x'.repeat(pad)} ${secret}`,
      responses: { 200: { description: 'ok', content } },
    };
    const text = JSON.stringify({ openapi: '3.0.1', info: {}, paths: { '/a': { get: operation } } });
    const raw = { uri: 'a.json', bytes: Buffer.from(text) };
    const outcome = await readDocument(raw, formats, access, new AbortController().signal);
    let [searches, steps] = [0, 0];
    const clean = await withoutSecrets(
      outcome,
      Object.assign((one: string) => scrub(one), {
        inSteps(one: string) {
          searches++;
          return scrub.inSteps(one);
        },
      }),
      async () => {
        steps++;
      },
    );
    expect([searches < mostSearches, steps > leastSteps]).toEqual([true, true]);
    expect(JSON.stringify(clean)).not.toContain('wT7pXz9Kq3');
  }
});
