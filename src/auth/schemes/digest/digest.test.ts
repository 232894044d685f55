import { inEnglish } from '../../../messages/in-language.ts';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../../../test/support/auth-harness.ts';
import { digestAuthorization, readDigestChallenge } from './digest.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const get = (url: string) => ({ method: 'GET' as const, url, headers: {} });

describe('the examples of RFC 7616', () => {
  const challenge = {
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
    qop: 'auth',
    stale: false,
    userhash: false,
  } as const;
  const answer = {
    username: 'Mufasa',
    password: 'Circle of Life',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    use: 1,
  };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('§3.9.1 with %s', (algorithm, response) => {
    const header = digestAuthorization(
      get('http://www.example.org/dir/index.html'),
      { ...challenge, algorithm },
      answer,
    );
    expect(header).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="${challenge.nonce}", uri="/dir/index.html", ` +
        `algorithm=${algorithm}, response="${response}", qop=auth, nc=00000001, cnonce="${answer.cnonce}", ` +
        `opaque="${challenge.opaque}"`,
    );
  });

  it('§3.9.2 with SHA-512-256, a hashed name and UTF-8, as corrected by erratum 4897', () => {
    const header = digestAuthorization(
      get('http://api.example.org/doe.json'),
      {
        realm: 'api@example.org',
        nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
        opaque: 'HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS',
        algorithm: 'SHA-512-256',
        qop: 'auth',
        stale: false,
        userhash: true,
        charset: 'UTF-8',
      },
      {
        username: 'Jäsøn Doe',
        password: 'Secret, or not?',
        cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
        use: 1,
      },
    );
    expect(header).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
    expect(header).toContain('response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"');
    expect(header).toContain('userhash=true');
  });
});

describe('a challenge', () => {
  it.each<[string, object | undefined]>([
    [
      'Digest realm="a", nonce="n"',
      { realm: 'a', nonce: 'n', algorithm: 'MD5', stale: false, userhash: false },
    ],
    [
      'Basic realm="x", Digest realm="a, \\"b\\"", nonce="n", qop="auth-int, auth", algorithm=md5, stale=TRUE',
      { realm: 'a, "b"', nonce: 'n', algorithm: 'MD5', qop: 'auth', stale: true, userhash: false },
    ],
    [
      'Digest realm="a", nonce="n", algorithm=MD5, Digest realm="a", nonce="m", algorithm=SHA-256, qop="auth-int", charset=utf-8',
      {
        realm: 'a',
        nonce: 'm',
        algorithm: 'SHA-256',
        qop: 'auth-int',
        charset: 'UTF-8',
        stale: false,
        userhash: false,
      },
    ],
    ['Digest realm="a", nonce="n", algorithm=SHA3', undefined],
    ['Digest realm="a", nonce="n", qop="other"', undefined],
    ['Digest realm="a"', undefined],
    ['Bearer', undefined],
    ['', undefined],
  ])('is read from %s', (header, expected) => {
    expect(readDigestChallenge(header)).toEqual(expected);
  });
});

/** A server that checks every field and counts the uses of a nonce, which is good for `usesPerNonce`. */
function digestServer(usesPerNonce: number, extra = 'qop="auth"', sayStale = true) {
  let issued = 0;
  let used = 0;
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  return ({ method, url, headers }: Received): Reply => {
    const found = Object.fromEntries(
      [...(headers.authorization ?? '').matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const { nonce = '', nc = '', cnonce = '', qop = '', response } = found as Record<string, string>;
    const middle = qop === '' ? nonce : [nonce, nc, cnonce, qop].join(':');
    const secret = md5('patrol:orders:p4ss');
    const a1 = extra.includes('-sess') ? md5(`${secret}:${nonce}:${cnonce}`) : secret;
    const good = response === md5(`${a1}:${middle}:${md5(`${method}:${url}`)}`);
    const fresh =
      nonce === `n-${issued}` && used < usesPerNonce && (qop === '' || Number.parseInt(nc, 16) === used + 1);
    if (good && fresh && found['uri'] === url) {
      used++;
      return { body: 'in' };
    }
    issued++;
    used = 0;
    const stale = good && sayStale ? ', stale=true' : '';
    return {
      status: 401,
      headers: { 'www-authenticate': `Digest realm="orders", nonce="n-${issued}", ${extra}${stale}` },
    };
  };
}

async function patrol(answer: (request: Received) => Reply, password = 'p4ss') {
  const server = await startServer(answer);
  const test = harness([credential('c', 'digest', { username: 'patrol', password })]);
  closers.push(server.close, test.close);
  /** One check as the engine runs it: sent again once when the manager says so. */
  const check = async (): Promise<number[]> => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 2; attempt++) {
      const signed = await test.sign('c', { url: `${server.url}/orders?page=1` });
      if (!signed.ok) throw new Error(inEnglish(signed.message));
      const response = await fetch(signed.request.url, { headers: signed.request.headers });
      await response.text();
      statuses.push(response.status);
      if (response.status !== 401 || attempt > 0) break;
      const header = (name: string) => response.headers.get(name) ?? undefined;
      if (!(await test.manager.rejected('c', signed.generation, never, header))) break;
    }
    return statuses;
  };
  return { ...test, check };
}

describe('a digest credential', () => {
  it.each(['qop="auth"', 'qop="auth", algorithm=MD5-sess', 'opaque="o"'])(
    'meets the first challenge and counts the uses of its nonce: %s',
    async (extra) => {
      const { check } = await patrol(digestServer(3, extra));
      expect([await check(), await check(), await check()]).toEqual([[401, 200], [200], [200]]);
    },
  );

  it('takes a new nonce as often as the server calls the old one stale', async () => {
    const { check } = await patrol(digestServer(1));
    expect([await check(), await check(), await check()]).toEqual([
      [401, 200],
      [401, 200],
      [401, 200],
    ]);
  });

  it('takes one that was not called stale once in a cycle: it may mean a wrong password', async () => {
    const { check, manager } = await patrol(digestServer(9), 'wrong');
    expect(await check()).toEqual([401, 401]);
    expect(await check()).toEqual([401, 401]);
    expect(await check()).toEqual([401]);
    manager.beginCycle();
    expect(await check()).toEqual([401, 401]);
  });

  it('asks once for all who meet the first challenge together', async () => {
    const test = harness([credential('c', 'digest', { username: 'patrol', password: 'p4ss' })]);
    closers.push(test.close);
    const header = () => 'Digest realm="a", nonce="n", qop="auth"';
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => test.manager.rejected('c', 0, never, header)),
    );
    expect(new Set(answers)).toEqual(new Set([true]));
    expect(await test.sign('c')).toMatchObject({ generation: 1 });
  });

  it('gives up when the server does not speak Digest', async () => {
    const { check } = await patrol(() => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="a"' },
    }));
    expect(await check()).toEqual([401]);
  });

  it('covers the body where the server wants that', () => {
    const challenge = readDigestChallenge('Digest realm="a", nonce="n", qop="auth-int"');
    const sign = (body: string) =>
      challenge === undefined
        ? ''
        : digestAuthorization({ ...get('http://h/'), body }, challenge, {
            username: 'ü',
            password: 'p',
            cnonce: 'c',
            use: 255,
          });
    expect(sign('one')).toContain("username*=UTF-8''%C3%BC");
    expect(sign('one')).toContain('nc=000000ff');
    expect(sign('one')).not.toBe(sign('two'));
  });
});
