import { expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { loadConfig } from './load.ts';

async function redactorOf(
  text: string,
  env: Record<string, string>,
  files: Record<string, string> = {},
): Promise<Redactor> {
  const readFile = (file: string) =>
    Promise.resolve(Object.entries(files).find(([name]) => file.endsWith(name))?.[1] ?? text);
  const loaded = await loadConfig('apipatrol.yaml', { env, readFile });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const redactor = new Redactor();
  for (const secret of loaded.secrets) redactor.add(secret);
  return redactor;
}

it('is what a sign-in takes from elsewhere or sends, under whatever name', async () => {
  const redactor = await redactorOf(
    `
credentials:
  c:
    scheme: login
    url: "https://sso.example/\${env:PATH_PART}/login?k9=\${env:IN_QUERY}&pw=query-pw1"
    before: [{ url: "https://sso.example/form?x=\${env:BEFORE}", json: { mm: before-mm1 } }]
    json: { loginName: patrol, loginPwd: "\${env:JSON}", list: [{ a: ["x \${env:DEEP} y"] }], mima: literal-1, pin: 20260101 }
  f: { scheme: login, url: https://sso.example/f, multipart: { 密码: "\${file:pass}", type: web } }
  b: { scheme: login, url: https://sso.example/b, body: '{"user":"patrol","userPass":"in-body-1"}' }
  o: { scheme: oauth2-client-credentials, tokenUrl: https://sso.example/t, clientId: i, clientSecret: s-1234567, parameters: { x: "\${env:PARAMETER}" } }
services:
  - docs: a
    operations: [{ match: POST /a, allow: true, body: { note: "\${env:BODY}" } }]
`,
    {
      PATH_PART: 'p4th-part-9',
      IN_QUERY: 'qu3ry-part-9',
      BEFORE: 'b3fore-9',
      JSON: 'hunter',
      DEEP: 'd33p-9',
      PARAMETER: 'par4meter-9',
      BODY: 'b0dy-9-1',
    },
    { pass: '巡检口令2026\n' },
  );
  const hidden =
    'p4th-part-9 qu3ry-part-9 query-pw1 b3fore-9 before-mm1 hunter d33p-9 literal-1 20260101 巡检口令2026 in-body-1 ' +
    'par4meter-9 b0dy-9-1';
  for (const one of hidden.split(' '))
    expect([one, redactor.scrub(`login with patrol/${one} refused`)]).toEqual([
      one,
      'login with patrol/*** refused',
    ]);
});

it('is no host, place, user or setting that comes from elsewhere', async () => {
  const redactor = await redactorOf(
    `
credentials:
  c: { scheme: login, url: "https://\${env:HOST}/login", json: { loginName: "\${env:NAME}", x: "\${env:HOST}", region: "\${env:REGION}", type: "\${env:KIND}" } }
services:
  - { name: "\${env:SERVICE}", docs: "https://\${env:HOST}/docs", baseUrl: "https://\${env:HOST}/api", params: { stage: "\${env:STAGE}" }, headers: { X-From: "\${env:NAME}" } }
timeZone: "\${env:ZONE}"
`,
    {
      HOST: 'orders-7.example',
      NAME: 'patrol2026',
      REGION: 'cn-north-1',
      KIND: 'account',
      SERVICE: 'order-service',
      STAGE: 'staging',
      ZONE: 'Asia/Shanghai',
    },
  );
  const open = 'orders-7.example patrol2026 cn-north-1 account order-service staging Asia/Shanghai';
  expect(redactor.scrub(open)).toBe(open);
});

it('is a key that is sent under the name of a tenant or an account, in parameters, headers and bodies', async () => {
  const redactor = await redactorOf(
    `
credentials:
  c: { scheme: login, url: https://sso.example/l, json: { tenant: "\${env:TENANT}", account: "\${env:MAIL}", pwd: "\${file:pass}" } }
services:
  - docs: a
    params: { tenant: "\${env:TENANT}", account: "\${env:ACCOUNT}", phone: "\${env:PHONE}", org: "\${env:ORG}", licence: "\${env:LICENCE}" }
    headers: { X-Tenant: "\${file:header}" }
    operations: [{ match: POST /a, allow: true, body: { user: "\${env:BODY}" }, params: { member: "\${env:MEMBER}" } }]
`,
    {
      TENANT: 'tnX7q2Lz9kV',
      MAIL: 'li.lei2026@corp.example',
      ACCOUNT: 'acZ5mQ9xT3w',
      PHONE: '13800138000',
      ORG: 'headquarters',
      LICENCE: 'lcW8nB4vR6y',
      BODY: 'us3Kd8Qx',
      MEMBER: 'mm4Jf7Wz',
    },
    { header: 'hd9Lm2Vp\n', pass: 'pw6Xc1Bn' },
  );
  const hidden = 'tnX7q2Lz9kV acZ5mQ9xT3w 13800138000 lcW8nB4vR6y us3Kd8Qx mm4Jf7Wz hd9Lm2Vp pw6Xc1Bn';
  for (const one of hidden.split(' '))
    expect([one, redactor.scrub(`unknown tenant ${one}, sorry`)]).toEqual([one, 'unknown tenant ***, sorry']);
  const shown = 'li.lei2026@corp.example of headquarters';
  expect(redactor.scrub(shown)).toBe(shown);
});

it('is what a header lets in with, written out or not', async () => {
  const redactor = await redactorOf(
    `
credentials:
  c: { scheme: login, url: "https://sso.example/login", headers: { X-Sign: s1gned-by-us, X-Any: hell0-X9-th3re, Content-Type: application/json } }
services:
  - docs: a
    headers: { X-Gate-Key: gate-2026, X-Route: 9f86d081884c7d65, X-Region: cn-north-1 }
`,
    {},
  );
  for (const one of ['s1gned-by-us', 'hell0-X9-th3re', 'gate-2026', '9f86d081884c7d65'])
    expect([one, redactor.scrub(`with ${one} refused`)]).toEqual([one, 'with *** refused']);
  for (const one of ['application/json', 'cn-north-1']) expect(redactor.scrub(`with ${one}`)).toContain(one);
});

it.each([
  // Where it stands, and what is in the environment.
  ['store: "postgres://patrol:hunter-2@db-1.example:5432/apis"', {}],
  ['store: { url: "postgres://patrol:hunter-2@db-1.example:5432/apis" }', {}],
  ['store: "postgres://patrol:${env:P}@db-1.example:5432/apis"', { P: 'hunter-2' }],
  [
    'store: "postgres://${env:U}:${env:P}@${env:H}:5432/${env:D}"',
    { U: 'patrol', P: 'hunter-2', H: 'db-1.example', D: 'apis' },
  ],
  ['store: "${env:URL}"', { URL: 'postgres://patrol:hunter-2@db-1.example:5432/apis' }],
  [
    'store: { url: "${env:URL}" }',
    { URL: 'postgresql://patrol:hunter-2@db-1.example:5432/apis?sslmode=require' },
  ],
  ['store: "postgres://patrol:hunter%2D2@db-1.example:5432/apis"', {}],
])('the password of a database is hidden and its place is not: %s %j', async (store, env) => {
  const redactor = await redactorOf(`services: [{ docs: a }]\n${store}\n`, env);
  const line = 'postgres://patrol@db-1.example:5432/apis: no answer from db-1.example (10.2.0.7:5432)';
  expect(redactor.scrub(line)).toBe(line);
  expect(redactor.scrub('hunter-2')).toBe('***');
  expect(redactor.scrub('postgres://patrol:hunter-2@db-1.example:5432/apis')).toBe(
    'postgres://patrol:***@db-1.example:5432/apis',
  );
});

it.each([
  ['p@ss:w rd[1]', 'p@ss:w rd[1]'],
  ['p%40ss%23w%2Frd', 'p@ss#w/rd'],
])('a password that is %s is hidden as it is written and as it is meant', async (written, meant) => {
  const redactor = await redactorOf(
    `services: [{ docs: a }]\nstore: "postgres://patrol:${written}@db-1.example/apis"\n`,
    {},
  );
  expect(redactor.scrub(`as "${meant}" to db-1.example`)).toBe('as "***" to db-1.example');
  expect(redactor.scrub(`as ${encodeURIComponent(meant)} to db-1.example`)).toBe('as *** to db-1.example');
});

const unencoded = [
  'p@ss#w0rd',
  'p/ssw0rd',
  'p?ssw0rd',
  'p#ssw0rd',
  'pssw0rd%',
  'p%ssw0rd',
  'p@s?a=ssw0rd',
  'ssw0rd/@x?y',
];

it.each(unencoded)(
  'a password %s that is not percent-encoded is refused where it stands, and not shown',
  async (password) => {
    for (const [store, env] of [
      [`store: "postgres://patrol:${password}@db-1.example:5432/apis"`, {}],
      ['store: { url: "postgres://patrol:${env:P}@db-1.example:5432/apis" }', { P: password }],
    ] as const) {
      const readFile = () => Promise.resolve(`services: [{ docs: a }]\n${store}\n`);
      const loaded = await loadConfig('apipatrol.yaml', { env, readFile });
      const told = loaded.ok ? [] : loaded.problems.map(formatProblem);
      expect(told).toEqual([
        expect.stringMatching(
          /^apipatrol\.yaml:2:\d+ store(?:\.url)?: its password has characters that end it in an address; write %40 for @/,
        ),
      ]);
      expect(told.join()).not.toMatch(/ssw0rd|w0rd/);
    }
  },
);
