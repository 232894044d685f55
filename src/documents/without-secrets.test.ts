import { expect, it } from 'vitest';
import { Redactor } from '../lib/secrets/secret.ts';
import { isPlain } from '../lib/secrets/sent-secrets.ts';
import { formats } from './formats/registry.ts';
import { readDocument } from './read.ts';
import { withoutSecrets } from './without-secrets.ts';

const token = 'wT7pXz9Kq3Vb12Tm';
const redactor = new Redactor();
for (const secret of [token, 'zq81', 'admin', 'orders']) redactor.add(secret);

async function clean(text: string, breathe = () => Promise.resolve()) {
  const raw = { uri: 'a.json', bytes: Buffer.from(text) };
  const access = { load: () => Promise.reject(new Error('none')), list: () => Promise.resolve([]) };
  const outcome = await readDocument(raw, formats, access, new AbortController().signal);
  return withoutSecrets(
    outcome,
    redactor.knownOnly((value) => !isPlain(value)),
    breathe,
  );
}

const ok = { responses: { 200: { description: 'ok' } } };

it('takes a credential out of all that a document says, and leaves it callable by the configuration alone', async () => {
  const answer = {
    description: token,
    content: {
      'application/json': { schema: { required: [`need_${token}`], $ref: '#/components/schemas/A' } },
    },
  };
  const outcome = await clean(
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: `Shop of ${token}`, version: token },
      components: { schemas: { A: { enum: [token], description: 'zq81' } } },
      paths: {
        [`/u/${token}/items`]: {
          get: { ...ok, summary: `of ${token}`, tags: [`tag ${token}`], operationId: `o${token}` },
        },
        [`/u/zq81/items`]: { get: ok },
        '/q': {
          get: {
            parameters: [
              { name: 'a', in: 'query', required: true, schema: { type: 'string', default: token } },
              { name: 'b', in: 'query', example: token, schema: { type: 'string' } },
            ],
            responses: { 200: answer },
          },
        },
        '/orders/admin/{id}': { get: { ...ok, tags: ['orders', 'admin'], summary: 'the admin of orders' } },
      },
    }),
  );
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  const { title, version, operations } = outcome.document;
  expect([title, version]).toEqual(['Shop of ***', '***']);
  expect(operations.map(({ key, path, summary, tags }) => [key, path, summary, tags])).toEqual([
    ['GET /u/{masked-secret}/items', '/u/{masked-secret}/items', 'of ***', ['tag ***']],
    ['GET /u/{masked-secret}/items #2', '/u/{masked-secret}/items', undefined, []],
    ['GET /q', '/q', undefined, []],
    ['GET /orders/admin/{id}', '/orders/admin/{id}', 'the admin of orders', ['orders', 'admin']],
  ]);
  expect(operations[2]?.parameters.map(({ schema, examples }) => [schema, examples])).toEqual([
    [{ type: 'string' }, []],
    [{ type: 'string' }, []],
  ]);
  expect(JSON.stringify(outcome)).not.toMatch(/wT7p|zq81/);
});

it('takes it out of what is said about a document that cannot be read', async () => {
  const outcome = await clean(`<html><title>Sign in, ${token}</title></html>`);
  expect(JSON.stringify(outcome)).toContain('Sign in, ***');
});

it('looks through what is long in steps, also for what stands across two of them', async () => {
  const longest = 40_000;
  for (let length = longest - 8192; length < longest; length += 397) {
    let steps = 0;
    const description = `${'x '.repeat(length / 2)}${token}${' y'.repeat(longest)}`;
    const paths = { '/a': { get: { ...ok, description } } };
    const outcome = await clean(JSON.stringify({ openapi: '3.0.1', info: {}, paths }), async () => {
      steps++;
    });
    expect(JSON.stringify(outcome)).not.toContain(token);
    const long = { '/a': { get: { ...ok, description: description.replace(token, '') } } };
    await clean(JSON.stringify({ openapi: '3.0.1', info: {}, paths: long }), async () => {
      steps++;
    });
    // Of each piece as well.
    expect(steps).toBeGreaterThan(20);
  }
});
