import { describe, expect, it } from 'vitest';
import { isSecretLooking, RememberedSecrets, secretsOfAnswer, secretsOfCookies } from './given-secrets.ts';
import { Redactor } from './secret.ts';
import { sha256 } from '../text/text.ts';

it.each([
  ['in capitals', 'JSESSIONID=C449375B894C08D862641B2FECF47B19; Path=/; HttpOnly'],
  ['in hex', 'PHPSESSID=c449375b894c08d862641b2fecf47b19'],
  ['of a node', 'JSESSIONID=node0abcdefghijk1234567890.node0; Path=/'],
  ['in letters alone', 'SESSION=AbCdEfGhIjKlMnOpQrStUvWxYz'],
  ['in base64 as a URL has it', 'remember=ITKbk5CS0cshVquSc3GQVF4HtafNRPrU'],
  ['in base64', 'id=YWRtaW46MTIzNDU2Nzg5MGFiY2RlZg=='],
  ['in words', 'SESSION=quiet-river-stone'],
  ['quoted', 'x="1TKbk5CS0cshVquSc3GQVF4HtafNRPrU"'],
])('a session is a secret whatever it looks like: %s', (_, line) => {
  const value = /=\s*"?([^;"]*)/.exec(line)?.[1] ?? '';
  expect(secretsOfCookies([line])).toEqual([value]);
  const redactor = new Redactor();
  redactor.add(value);
  expect(redactor.scrub(`session ${value} unknown`)).toBe('session *** unknown');
});

it('is one as it is written and as it is meant', () => {
  expect(secretsOfCookies(['connect.sid=s%3AAbCdEfGhIjKl.MnOp%2BQr; Path=/'])).toEqual([
    's%3AAbCdEfGhIjKl.MnOp%2BQr',
    's:AbCdEfGhIjKl.MnOp+Qr',
  ]);
  expect(secretsOfCookies(['sid=100%ABCDE'])).toEqual(['100%ABCDE']);
});

it.each([
  'lang=zh-CN',
  'locale=zh_CN.UTF-8',
  'theme=default',
  'timezone=Asia/Shanghai',
  'path=/admin/index; Path=/',
  'user=patrol',
  'username=liWei',
  'tenant=production',
  'page=100234',
  'version=v2.14.1',
  'sidebar=opened',
  'rememberMe=deleteMe; Path=/; Max-Age=0; Expires=Thu, 05-Nov-2026 00:00:00 GMT',
  'JSESSIONID=C449375B894C08D862641B2FECF47B19; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  'SESSION=anonymous',
  'pre=1',
  'nonsense',
  '',
])('%s is none', (line) => {
  expect(secretsOfCookies([line])).toEqual([]);
});

it.each(['c449375b894c', 'A1b2C3', 'wang@corp2x.example', 'a sentence that goes on for long'])(
  '%s may tell who has signed in',
  (value) => {
    expect(isSecretLooking(value)).toBe(true);
  },
);

const roomy = { fresh: 2, all: 64, together: 64, disguised: 64, values: 256, units: 1 << 18 };

it('remembers so many, the newest in every disguise', () => {
  const redactor = new Redactor();
  const remembered = new RememberedSecrets([redactor], { ...roomy, fresh: 2, all: 4 });
  const token = (age: number): string =>
    sha256(String(age))
      .replace(/[ace]/g, (one) => one.toUpperCase())
      .slice(0, 20);
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  for (const age of [4, 3, 2, 1, 0]) remembered.add([token(age)]);
  const shown = (write: (text: string) => string): readonly number[] =>
    [0, 1, 2, 3, 4].filter((age) => redactor.scrub(write(token(age))) !== '***');
  expect(shown((text) => text)).toEqual([4]);
  expect(redactor.scrub(`${token(3).slice(-12)} ${token(4).slice(-12)}`)).toBe(`*** ${token(4).slice(-12)}`);
  expect(shown(hex)).toEqual([2, 3, 4]);
  remembered.add([token(3)]);
  expect(shown(hex)).toEqual([1, 2, 4]);
  remembered.add([]);
  remembered.add([token(3)]);
  expect(shown(hex)).toEqual([1, 2, 4]);
});

describe('a server that hands out many', () => {
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  const values = Array.from({ length: 12 }, (_, at) => `Q${sha256(String(at)).slice(0, 20)}Z`);
  const shownOf = (redactor: Redactor): readonly number[] =>
    values.flatMap((value, at) => (redactor.scrub(value) === '***' ? [] : [at]));

  it('has all of them remembered, the first of them encoded, and of those the first in every disguise', () => {
    const redactor = new Redactor();
    new RememberedSecrets([redactor], { ...roomy, together: 4, disguised: 2 }).add(values);
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const hiddenAs = (write: (text: string) => string): readonly number[] =>
      values.flatMap((value, at) => (redactor.scrub(write(value)).includes('***') ? [at] : []));
    expect(shownOf(redactor)).toEqual([]);
    expect(hiddenAs(base64)).toEqual([0, 1, 2, 3]);
    expect(hiddenAs(hex)).toEqual([0, 1]);
  });

  it('has one that is not among the first found by its pieces, and no words in it', () => {
    const redactor = new Redactor();
    const late = [
      'aB3/xK9vQ2mZ7+LpR4sW8n=',
      'eyJhbGciOi.eyJzdWIiOjF9.s1gNaTuRe0',
      'orders-list/Kj8sLq02xPzW',
    ];
    const remembered = new RememberedSecrets([redactor], { ...roomy, together: 1 });
    remembered.add(['first-ofAll-8271', ...late]);
    expect(redactor.scrub('got aB3%2FxK9vQ2mZ7%2BLpR4sW8n%3D')).toBe('got aB3%2F***%2B***%3D');
    expect(redactor.scrub('got "eyJhbGciOi.eyJzdWIiOjF9.s1gNaT…')).toBe('got "***.***.***…');
    expect(redactor.scrub('orders-list: Kj8sLq02xPzW')).toBe('orders-list: ***');
    remembered.add(['another-One-8272']);
    expect(redactor.scrub('got Kj8sLq02xPzW')).toBe('got ***');
    for (let age = 0; age < roomy.all; age++) remembered.add([`another-One-${age}`]);
    expect(redactor.scrub('got Kj8sLq02xPzW')).toBe('got Kj8sLq02xPzW');
  });

  it('has twenty thousand remembered in little time', () => {
    const redactor = new Redactor();
    const many = Array.from({ length: 20_000 }, (_, at) => `eyJhbGciOiJIUzI1NiJ9.${sha256(String(at))}`);
    const started = process.cpuUsage();
    new RememberedSecrets([redactor], { ...roomy, together: 16, disguised: 4, values: 128 }).add(many);
    expect(redactor.scrub(`<${many[19_999]}>`)).toBe('<***>');
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });

  it.each([{ values: 6 }, { units: 6 * 22 }])('has the newest remembered: %o', (bound) => {
    const redactor = new Redactor();
    const remembered = new RememberedSecrets([redactor], { ...roomy, ...bound });
    for (let at = 0; at < 12; at += 3) remembered.add(values.slice(at, at + 3));
    expect(shownOf(redactor)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has one remembered that is longer than all may be', () => {
    const redactor = new Redactor();
    const remembered = new RememberedSecrets([redactor], { ...roomy, units: 10 });
    remembered.add(values.slice(0, 1));
    expect(shownOf(redactor)).not.toContain(0);
  });

  it('has those of sessions remembered before others', () => {
    const lines = [...values.slice(0, 3).map((value, at) => `x${at}=${value}`), `SESSION=${values[3]}`];
    expect(secretsOfCookies(lines)).toEqual([values[3], ...values.slice(0, 3)]);
  });

  it('costs little when nothing is shown in between', () => {
    const redactor = new Redactor();
    const remembered = new RememberedSecrets([redactor], {
      ...roomy,
      together: 16,
      disguised: 4,
      values: 128,
    });
    const started = process.cpuUsage();
    for (let answer = 0; answer < 300; answer++)
      remembered.add(
        Array.from({ length: 40 }, (_, at) => sha256(`${answer} ${at}`) + sha256(`${at} ${answer}`)),
      );
    const { user } = process.cpuUsage(started);
    expect(user).toBeLessThan(2_000_000);
  });
});

describe('what an answer to a sign-in gives beside the token that is used', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMQ';

  it.each([
    ['tokens in a list', { data: { tokens: ['aB3xK9vQ', 'bC4yL0wR'] } }, ['aB3xK9vQ', 'bC4yL0wR']],
    [
      'one for each system',
      { tokens: { crm: 'aB3xK9vQ', erp: { value: 'bC4yL0wR' } } },
      ['aB3xK9vQ', 'bC4yL0wR'],
    ],
    [
      'what is named so',
      { refresh_token: 'aB3xK9vQ', csrf: 'x1y2z3w4v5', ticket: 'ST-1-aB3xK9' },
      ['aB3xK9vQ', 'x1y2z3w4v5', 'ST-1-aB3xK9'],
    ],
    ['what looks so', { crm: jwt }, [jwt]],
    [
      'and no other word, name, date, place or number',
      {
        token_type: 'bearer',
        tokenHead: 'Bearer ',
        tokenName: 'satoken',
        expires: '7200',
        tokenTimeout: '2592000',
        tokenExpires: '2026-12-01T08:00:00Z',
        user: 'zhangsan',
        phone: '13800138000',
        roles: ['admin'],
        permissions: ['system:user:list', 'monitor:operlog:export'],
        tokenUrl: 'https://sso.example/token/aB3xK9',
        avatar: 'aB3xK9vQ2mZ7LpR4sW8nYb3HcD6f.png',
        userId: 'aB3xK9vQ2mZ7LpR4sW8nYb3HcD6f',
        uuid: '0b7c3f7e-1d2a-4c3b-9e8f-a1b2c3d4e5f6',
      },
      [],
    ],
  ])('%s', (_, answer, secrets) => {
    expect(secretsOfAnswer(answer).toSorted()).toEqual([...secrets].toSorted());
  });
});
