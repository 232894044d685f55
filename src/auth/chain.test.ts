import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../test/support/auth-harness.ts';
import { circleFrom, referencesIn, resolveReferences } from './chain.ts';
import { Secret } from '../lib/secrets/secret.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe('references', () => {
  const find = () => undefined;
  const options = {
    url: 'http://h/?t={{token.a}}',
    list: [{ deep: new Secret('{{ token.b.refresh }}{{token.a}}') }, 5, null, '{{other}}'],
    path: { text: '$.x', find },
  };

  it('are found in texts and secrets', () => {
    expect(referencesIn(options)).toEqual(['a', 'b']);
  });

  it('are filled in, and nothing else is touched', () => {
    const filled = resolveReferences(options, (name, field) => `<${name} ${field ?? ''}>`) as typeof options;
    expect(filled.url).toBe('http://h/?t=<a >');
    expect((filled.list[0] as { deep: Secret }).deep.reveal()).toBe('<b refresh><a >');
    expect(filled.list.slice(1)).toEqual([5, null, '{{other}}']);
    expect(filled.path).toEqual({ text: '$.x', find });
  });

  it.each<[Record<string, string[]>, string | undefined]>([
    [{ a: ['b'], b: ['c'], c: [] }, undefined],
    [{ a: ['b'], b: ['c'], c: ['a'] }, 'a → b → c → a'],
    [{ a: ['a'] }, 'a → a'],
    [{ a: ['b'], b: ['c'], c: ['b'] }, undefined],
  ])('of %j go in the circle %s', (needs, expected) => {
    expect(circleFrom('a', (name) => needs[name] ?? [])).toBe(expected);
  });
});

/** Logins at /first and /second; /second wants the token of /first and the key of the gateway. */
async function chained(answer: (request: Received) => Reply, more: object = {}) {
  const server = await startServer(answer);
  const test = harness([
    credential('gateway', 'api-key', { value: 'gw-key' }),
    credential('first', 'login', { url: `${server.url}/first`, json: {}, token: '$.t', uses: 'gateway' }),
    credential('second', 'login', {
      url: `${server.url}/second`,
      json: { ticket: '{{token.first}}' },
      token: '$.t',
      uses: ['gateway'],
      ...more,
    }),
  ]);
  closers.push(server.close, test.close);
  return { ...test, server };
}

describe('a credential that needs others', () => {
  it('signs in with the token of another, and puts both on the request', async () => {
    const { sign, server } = await chained(({ path }) => ({ body: { t: `${path.slice(1)}-token` } }));
    expect(await sign('second')).toMatchObject({
      ok: true,
      request: { headers: { 'x-api-key': 'gw-key', authorization: 'Bearer second-token' } },
    });
    expect(server.requests.map((one) => [one.path, one.headers['x-api-key'], one.body])).toEqual([
      ['/first', 'gw-key', '{}'],
      ['/second', 'gw-key', '{"ticket":"first-token"}'],
    ]);
  });

  it('names the one that is to blame', async () => {
    const { sign, manager, server } = await chained(() => ({ status: 401, body: 'no' }));
    const message = `needs credential "first": POST ${server.url}/first answered 401: no`;
    expect(await sign('second')).toEqual({ ok: false, message: `credential "second": ${message}` });
    expect(await manager.prepare(['second'], 1000, never)).toMatchObject([{ credential: 'second', message }]);
    expect(server.requests).toHaveLength(1);
  });

  it('is tried again as soon as the other one is well', async () => {
    let down = true;
    const { sign, clock } = await chained(({ path }) =>
      down ? { status: 503 } : { body: { t: `${path.slice(1)}-token` } },
    );
    await sign('second');
    down = false;
    await clock.advance(5000);
    expect(await sign('second')).toMatchObject({ ok: true });
  });

  it('renews its own token first and then that of the other when it is refused', async () => {
    let count = 0;
    const { sign, manager, server } = await chained(() => ({ body: { t: `t-${++count}` } }));
    const signed = await sign('second');
    const generation = signed.ok ? signed.generation : 0;
    expect(await manager.rejected('second', generation, never)).toBe(true);
    expect(await manager.rejected('second', generation, never)).toBe(true);
    expect(await manager.rejected('second', generation + 1, never)).toBe(true);
    expect(await manager.rejected('second', generation + 2, never)).toBe(false);
    expect(server.requests.map((one) => one.path)).toEqual(['/first', '/second', '/second', '/first']);
  });

  it.each<[object, string]>([
    [{ json: { t: '{{token.nobody}}' } }, 'needs credential "nobody", which is not configured'],
    [{ json: { t: '{{token.gateway}}' } }, 'needs a token of credential "gateway", but api-key has none'],
    [{ json: { t: '{{token.second}}' } }, 'credentials need each other: second → second'],
    [{ json: { t: '{{token.first.other}}' } }, 'credential "first" has no value "other"; it has token'],
  ])('says what is wrong with %j', async (more, message) => {
    const { sign } = await chained(() => ({ body: { t: 'tok' } }), more);
    expect(await sign('second')).toEqual({ ok: false, message: `credential "second": ${message}` });
  });

  it('may be a static one that carries a token of another', async () => {
    const server = await startServer(() => ({ body: { t: 'tok' } }));
    const test = harness([
      credential('first', 'login', { url: server.url, json: {}, token: '$.t' }),
      credential('both', 'api-key', {
        keys: [{ in: 'query', name: 'access_token', value: '{{token.first}}' }],
      }),
    ]);
    closers.push(server.close, test.close);
    expect(await test.sign('both')).toMatchObject({
      generation: 1,
      request: { url: 'http://api.example/orders?page=1&access_token=tok' },
    });
    expect(await test.manager.rejected('both', 1, never)).toBe(true);
    expect(await test.sign('both')).toMatchObject({ generation: 2 });
  });
});
