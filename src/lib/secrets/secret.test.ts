import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSensitiveName, Redactor, Secret, secretsIn } from './secret.ts';

describe('a secret', () => {
  const secret = new Secret('hunter2!');

  it('prints as *** however it is printed', () => {
    const printed = [
      ['', secret].join(''),
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret),
      String(secret),
    ];
    expect(printed).toEqual(['***', '{"secret":"***"}', '{ secret: *** }', '***', '***']);
    expect(Object.keys(secret)).toEqual([]);
  });

  it('gives its value to those who ask for it', () => {
    expect(secret.reveal()).toBe('hunter2!');
  });

  it('is found at any depth', () => {
    const found = secretsIn({ a: [secret, { b: new Secret('x') }], c: null, d: 'text', e: 5 });
    expect(found.map((one) => one.reveal())).toEqual(['hunter2!', 'x']);
  });
});

it.each([
  'password',
  'userPassword',
  'passwd',
  'pwd',
  'secret',
  'client_secret',
  'clientSecret',
  'token',
  'access_token',
  'refreshToken',
  'X-Api-Key',
  'apikey',
  'api_key',
  'secretKey',
  'private_key',
  'access-key',
  'sign',
  'signature',
  'X-Ca-Signature',
  'authorization',
  'Cookie',
  'set-cookie',
  'JSESSIONID',
  'sid',
  'sessionId',
  'key',
  'jwt',
])('%s is the name of something secret', (name) => {
  expect(isSensitiveName(name)).toBe(true);
});

it.each([
  'user',
  'username',
  'tokenType',
  'tokenUrl',
  'signal',
  'design',
  'keyword',
  'monkey',
  'compass',
  'code',
])('%s is not', (name) => {
  expect(isSensitiveName(name)).toBe(false);
});

describe('the redactor', () => {
  const value = 'pä/ss+w"ord 1&2';

  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['percent-encoded', encodeURIComponent],
    ['percent-encoded in lower case', (secret) => encodeURIComponent(secret).toLowerCase()],
    ['in a form', (secret) => new URLSearchParams({ x: secret }).toString()],
    ['in JSON', (secret) => JSON.stringify({ x: secret })],
    ['in JSON in JSON', (secret) => JSON.stringify({ x: JSON.stringify({ y: secret }) })],
    ['in JSON as PHP writes it', (secret) => JSON.stringify(secret).replaceAll('/', '\\/')],
    ['in JSON as Python writes it', (secret) => JSON.stringify(secret).replace('ä', '\\u00e4')],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
    ['in base64 in a query', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64'))],
    ['as the password of Basic', (secret) => Buffer.from(`a:${secret}`).toString('base64')],
    [
      'as the password of Basic with a longer user',
      (secret) => Buffer.from(`ab:${secret}`).toString('base64'),
    ],
    ['as the user of Basic', (secret) => Buffer.from(`${secret}:x`).toString('base64')],
  ])('masks a value %s', (_, encode) => {
    const redactor = new Redactor();
    redactor.add(new Secret(value));
    const scrubbed = redactor.scrub(`before ${encode(value)} after`);
    expect(scrubbed).toMatch(/^before .*\*\*\*.* after$/);
    expect(scrubbed).not.toMatch(/ss.w.*ord|c3Mrdy/i);
  });

  it('masks a client secret as OAuth2 encodes it, also inside the Authorization header', () => {
    const redactor = new Redactor();
    redactor.add('s3cret-with.dots_and spaces');
    const encoded = 's3cret%2Dwith%2Edots%5Fand+spaces';
    expect(redactor.scrub(`a ${encoded} b`)).toBe('a *** b');
    expect(redactor.scrub(Buffer.from(`client:${encoded}`).toString('base64'))).toContain('***');
  });

  it('leaves no trace of any value in any of its forms', () => {
    const encoders = [
      (text: string) => text,
      encodeURIComponent,
      (text: string) => JSON.stringify(text).slice(1, -1),
      (text: string) => Buffer.from(text).toString('base64'),
      (text: string) => Buffer.from(text).toString('base64url'),
    ];
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, unit: 'grapheme' }),
        fc.nat(encoders.length - 1),
        (secret, index) => {
          const redactor = new Redactor();
          redactor.add(secret);
          const form = encoders[index]?.(secret) ?? '';
          expect(redactor.scrub(`(${form})`).replaceAll('***', '')).not.toContain(form);
        },
      ),
    );
  });

  it('masks the longer of two values that begin alike as a whole', () => {
    const redactor = new Redactor();
    redactor.add('abcdef');
    redactor.add('abcdefgh');
    expect(redactor.scrub('x abcdefgh y abcdef')).toBe('x *** y ***');
  });

  describe('a secret of less than six characters', () => {
    const redactor = new Redactor();
    for (const short of ['admin', '123', 's3', 'p"/x', 'x']) redactor.add(short);

    it.each<[string, string]>([
      ['admin', '***'],
      ['GET /a?pw=admin&n=2', 'GET /a?pw=***&n=2'],
      ['n=123', 'n=***'],
      ['{"pw":"admin","n":123,"a":["s3", "b"]}', '{"pw":"***","n":***,"a":["***", "b"]}'],
      ['{\\"pw\\":\\"admin\\"}', '{\\"pw\\":\\"***\\"}'],
      ['X-Pin: 123\nhost: a', 'X-Pin: ***\nhost: a'],
      ["curl -H 'x-pin: 123' http://h", "curl -H 'x-pin: ***' http://h"],
      ['http://user:admin@h/', 'http://user:***@h/'],
      ['<pw>admin</pw>', '<pw>***</pw>'],
      ['{"pw":"p\\"/x"}', '{"pw":"***"}'],
      ['a=p%22%2Fx', 'a=***'],
    ])('is masked where it is a value of its own: %s', (text, expected) => {
      expect(redactor.scrub(text)).toBe(expected);
    });

    it.each([
      'GET /api/admin/users',
      'https://admin.corp.example:8123/admin?administrator=1',
      'administrators and the admin of page 123',
      '{"admin":true,"administrators":["administrator"],"n":1234}',
      'answered 1234 after 123 ms: admin pages are closed',
      'curl http://h:123/s3/buckets',
      'x=x1&y=x',
    ])('is left where it is part of something else: %s', (text) => {
      expect(redactor.scrub(text)).toBe(text);
    });
  });

  describe('a secret of four or five characters that is no word', () => {
    const redactor = new Redactor();
    for (const short of ['zq81', 'kx9Pq', '8124', 'kxpqz', 'a-b1', 'admin']) redactor.add(short);

    it.each<[string, string]>([
      ['credentials (kx9Pq) rejected', 'credentials (***) rejected'],
      ['invalid token zq81', 'invalid token ***'],
      ['password kx9Pq has expired for kx9Pq', 'password *** has expired for ***'],
      ['302 → http://h:1/steal/zq81?t=zq81&u=1', '302 → http://h:1/steal/***?t=***&u=1'],
      ['302 → /denied/8124/x', '302 → /denied/***/x'],
      ['/a%2Fkx9Pq%2Fb', '/a%2F***%2Fb'],
      ['{"m":"no: zq81."}', '{"m":"no: ***."}'],
      ['{"m":"a\\nzq81\\n"}', '{"m":"a\\n***\\n"}'],
      ['令牌zq81无效，口令「8124」', '令牌***无效，口令「***」'],
      ['PIN 8124 is wrong', 'PIN *** is wrong'],
      ['key [kxpqz], key_kxpqz', 'key [***], key_***'],
      ['a-b1 is no key', '*** is no key'],
      ['password (admin) rejected, `admin`, 口令「admin」', 'password (***) rejected, `***`, 口令「***」'],
      ['Basic: a3g5UHE= is wrong', 'Basic: *** is wrong'],
    ])('is masked where it is a token of its own: %s', (text, expected) => {
      expect(redactor.scrub(text)).toBe(expected);
    });

    it.each([
      'zq812 and xzq81',
      'GET /api/administrators/admin',
      '81245 of 18124, 3.8124 s, 1,8124',
      'http://h:8124/a and 8124-11-29',
      'akx9Pq',
    ])('is left inside of something longer, a word in a path too: %s', (text) => {
      expect(redactor.scrub(text)).toBe(text);
    });
  });

  it('accepts text that is not well-formed', () => {
    const redactor = new Redactor();
    redactor.add('abc\ud800def');
    expect(redactor.scrub('x abc\ud800def')).toBe('x ***');
  });

  it('forgets a value when all who added it took it back', () => {
    const redactor = new Redactor();
    redactor.add('value-1');
    redactor.add('value-1');
    redactor.remove('value-1');
    expect(redactor.scrub('value-1')).toBe('***');
    redactor.remove(new Secret('value-1'));
    redactor.remove('value-1');
    expect(redactor.scrub('value-1')).toBe('value-1');
  });

  it.each<[string, string]>([
    ['GET /a?access_token=abc&page=2', 'GET /a?access_token=***&page=2'],
    [
      '{"nested":{"token":"abc"},"list":[{"secret":"abc"}]}',
      '{"nested":{"token":"***"},"list":[{"secret":"***"}]}',
    ],
    ['{"password":"a\\"b","user":"u","key":5}', '{"password":"***","user":"u","key":"***"}'],
    ['{"pass":123456}', '{"pass":"***"}'],
    ['{"body":"{\\"token\\":\\"abc\\",\\"page\\":1}"}', '{"body":"{\\"token\\":\\"***\\",\\"page\\":1}"}'],
    ['id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123 end', 'id *** end'],
    ['cut eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0', 'cut ***'],
    ['{"a":1,"password":"cut off\\', '{"a":1,"password":"***"'],
    ['Bearer abc123', 'Bearer ***'],
    [
      'curl -H \'authorization: Digest username="u", response="r"\' http://h',
      "curl -H 'authorization: ***' http://h",
    ],
    ['Set-Cookie: a=1; Path=/\nx: y', 'Set-Cookie: ***\nx: y'],
    ['POST http://sso/token answered 503', 'POST http://sso/token answered 503'],
    ['Basic information about the token endpoint', 'Basic information about the token endpoint'],
    ['WWW-Authenticate: Digest realm="a"', 'WWW-Authenticate: Digest realm="a"'],
    ['WWW-Authenticate: Basic realm="orders service"', 'WWW-Authenticate: Basic realm="orders service"'],
    ['Bearer realm="a", error="invalid_token"', 'Bearer realm="a", error="invalid_token"'],
    ['basic YTpi and BASIC  YTpi', 'basic *** and BASIC  ***'],
    ['X-Sent: basic Ym9iOmZvcmVpZ24=', 'X-Sent: basic ***'],
    ['next=Basic+Ym9iOmZvcmVpZ24%3D&page=2', 'next=Basic+***&page=2'],
    ['Authorization=Basic Ym9iOmZvcmVpZ24=&page=2', 'Authorization=***&page=2'],
    ['map[Authorization:[Basic Ym9iOmZvcmVpZ24=] Accept:[*/*]]', 'map[Authorization:***] Accept:[*/*]]'],
    ['authorization: basic Ym9iOmZvcmVpZ24= | accept: a/b', 'authorization: *** | accept: a/b'],
    ['Authorization: Basic bob foreign words', 'Authorization: ***'],
    ['Authorization: Basic YTpi other words', 'Authorization: *** other words'],
    ['curl -H Authorization:\\ Basic\\ Ym9iOmZvcmVpZ24= http://h/a', 'curl -H Authorization:*** http://h/a'],
    ['curl -H Authorization:\\ Bearer\\ s3cret http://h/a', 'curl -H Authorization:*** http://h/a'],
    ["curl -u bob:foreign --user='a:b c' http://h/a", "curl -u '***' --user='***' http://h/a"],
    ['curl -u bob http://h:1/a', 'curl -u bob http://h:1/a'],
  ])('masks by name and shape: %s', (text, expected) => {
    expect(new Redactor().scrub(text)).toBe(expected);
  });
});
