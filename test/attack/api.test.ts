import { Agent, request as ask } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from './two-services.ts';

/** Requests that are made: few within `npm test`, many in `npm run test:attack`. */
const requests = process.env['APIPATROL_ATTACK'] === 'long' ? 20_000 : 1500;
const atOnce = 8;
const longestMs = 15_000;

type Schema = Readonly<Record<string, unknown>>;

interface Documented {
  readonly method: string;
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  readonly body: Schema | undefined;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

let world: World;
let agent: Agent;
let operations: readonly Documented[];
let schemas: Readonly<Record<string, Schema>>;
/** Values that lead somewhere. */
let good: readonly string[];
let tokens: readonly string[];

beforeAll(async () => {
  agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  world = await startWorld();
  tokens = [
    await world.token({ role: 'admin' }),
    await world.token({ role: 'admin', services: ['orders'] }),
    await world.token({ role: 'operator', scopes: ['silences:write', 'read'] }),
  ];
  const headers = { authorization: `Bearer ${tokens[0]}` };
  const { body: document } = await world.get('/openapi.json');
  schemas = document.components.schemas;
  operations = documented(document.paths);
  const { body: rows } = await world.get('/operations', headers);
  const passing = rows.items.filter(({ state }: { state: string }) => state === 'pass');
  const { own, foreign, shared } = world.ids;
  good = [
    ...passing.map(({ id }: { id: string }) => id),
    ...[own, foreign, shared].flatMap(({ incident, silence }) => [incident, silence]),
    'orders',
    'everybody',
    'boss',
    'zhang',
  ];
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await world.close();
});

function documented(paths: Readonly<Record<string, Schema>>): readonly Documented[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, given]) => {
      const { parameters = [], requestBody } = given as {
        readonly parameters?: readonly {
          readonly name: string;
          readonly in: string;
          readonly schema: Schema;
        }[];
        readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
      };
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((one) => one.in === 'query'),
        body: requestBody?.content['application/json']?.schema,
      };
    }),
  );
}

const nasty = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..%2f..%2f',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202E',
  "'; drop table silence; --",
  '${env:HOME}',
  '{{token.orders-key}}',
  '<script>',
  '*',
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  '%00',
  'ZZZZ',
  'x'.repeat(5000),
];

const text = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...good) },
    { weight: 2, arbitrary: fc.constantFrom(...nasty) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 1, 60_000, 28_800_000, Number.MAX_SAFE_INTEGER, 1e300, Date.now()),
);

/** Mostly what the schema asks for, now and then something else. */
function valueOf(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    text(),
    number,
    fc.constantFrom(null, true, [], {}),
    fc.jsonValue({ maxDepth: 3 }),
  );
  if (schema === undefined || depth > 5) return anything;
  return fc.oneof({ weight: 6, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const {
    $ref,
    type,
    items,
    properties = {},
    required = [],
    enum: names,
    anyOf,
    oneOf,
  } = schema as {
    readonly $ref?: string;
    readonly type?: string;
    readonly items?: Schema;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly enum?: readonly unknown[];
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
  };
  if ($ref !== undefined) return valueOf(schemas[$ref.split('/').at(-1) ?? ''], depth + 1);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => valueOf(one, depth + 1)));
  if (names !== undefined) return fc.constantFrom(...names);
  switch (type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one, depth + 1)])),
        { requiredKeys: [...required] },
      );
    case 'array':
      return fc.array(valueOf(items, depth + 1), { maxLength: 4 });
    case 'integer':
    case 'number':
      return number;
    case 'boolean':
      return fc.boolean();
    default:
      return text();
  }
}

const megabyte = 'x'.repeat(1 << 20);
/** Too much of one thing; the first two of them in the place of a value that would do. */
const huge = [
  JSON.stringify(megabyte),
  JSON.stringify(Array(100_000).fill('orders')),
  JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]))),
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
];
const notUtf8 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d]);

/** What would do with one of its values too large, of another type, or there twice. */
function spoilt(one: Documented): fc.Arbitrary<string | Buffer> {
  const values = fc.oneof(
    fc.constantFrom(...huge),
    fc.constantFrom('null', '[]', '{}', '1e999', '"__proto__"'),
  );
  return fc
    .tuple(fitting(one.body ?? {}, 0), fc.nat(), values, fc.constantFrom('replaced', 'twice', 'bytes'))
    .map(([value, at, other, how]) => {
      const given = JSON.stringify(value) ?? '';
      const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
      const [name] = fields[at % Math.max(1, fields.length)] ?? [];
      if (name === undefined || Array.isArray(value)) return other;
      if (how === 'twice') return `${given.slice(0, -1)},${JSON.stringify(name)}:${other}}`;
      if (how === 'bytes') return Buffer.concat([Buffer.from(given.slice(0, -2)), notUtf8]);
      const rest = fields.map(([key, field]) =>
        key === name ? `${JSON.stringify(key)}:${other}` : `${JSON.stringify(key)}:${JSON.stringify(field)}`,
      );
      return `{${rest.join(',')}}`;
    });
}

const rawBodies: readonly (string | Buffer)[] = [
  ...huge,
  notUtf8,
  '{"a":1,"a":{"a":2},"__proto__":1,"__proto__":{}}',
  '{',
  '[]',
  'null',
  '"',
  '{"__proto__":{"role":"admin"}}',
  '['.repeat(20_000),
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  '\u0000',
  '\ufeff{}',
];

function sentTo(one: Documented): fc.Arbitrary<Sent> {
  const params = fc.array(text(), { minLength: 3, maxLength: 3 });
  const queryOf = (some: Documented['query']) =>
    fc.record(Object.fromEntries(some.map(({ name, schema }) => [name, valueOf(schema)])), {
      requiredKeys: [],
    });
  const unknown = ['cursor', '__proto__x'].map((name) => ({ name, schema: {} }));
  // One name that it does not know is the end of a request: most have none.
  const query = fc.oneof(
    { weight: 9, arbitrary: queryOf(one.query) },
    { weight: 1, arbitrary: queryOf([...one.query, ...unknown]) },
  );
  const body = fc.oneof<fc.WeightedArbitrary<string | Buffer>[]>(
    { weight: 8, arbitrary: valueOf(one.body).map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: fc.constantFrom(...rawBodies) },
    ...(one.body === undefined ? [] : [{ weight: 2, arbitrary: spoilt(one) }]),
    { weight: 1, arbitrary: fc.constant('') },
  );
  const headers = fc.record(
    {
      authorization: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...tokens.map((token) => `Bearer ${token}`)) },
        fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp5', 'Bearer ../..'),
      ),
      'content-type': fc.oneof(
        { weight: 8, arbitrary: fc.constant('application/json') },
        fc.constantFrom(
          'text/plain',
          'application/json; charset=gbk',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'application/json; charset="',
          ';',
        ),
      ),
      'idempotency-key': fc.constantFrom('a', 'b', 'x'.repeat(300), '__proto__'),
      'if-none-match': fc.constantFrom('*', 'W/"x"', '"', ',,,'),
      'accept-encoding': fc.constantFrom('gzip', 'br', 'gzip;q=0', '*'),
      cookie: fc.constantFrom('apipatrol_session=x', 'apipatrol_known=v1.AAAA', '=;=;', 'a'),
      origin: fc.constantFrom('null', 'https://evil.example', 'x'),
      'x-csrf-token': fc.constantFrom('', 'x'),
      'x-http-method-override': fc.constantFrom('DELETE', 'PATCH'),
      range: fc.constant('bytes=0-1'),
    },
    { requiredKeys: ['authorization', 'content-type'] },
  );
  const usual = fc.constant(one.method);
  const method = fc.oneof(
    { weight: 12, arbitrary: usual },
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  );
  return fc.tuple(method, params, query, body, headers).map(([how, values, asked, given, sent]) => {
    let next = 0;
    const at = one.path.replaceAll(/\{\w+\}/g, () => encoded(values[next++] ?? ''));
    const search = Object.entries(asked).map(([name, value]) => `${encoded(name)}=${encoded(textOf(value))}`);
    const isReading = how === 'GET' || how === 'HEAD' || how === 'OPTIONS';
    return {
      method: how,
      path: `/api/v1${at}${search.length === 0 ? '' : `?${search.join('&')}`}`,
      headers: sent,
      body: isReading ? undefined : given,
    };
  });
}

/** Some objects have a `toString` of their own that is no function. */
function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

/** As it is where it may stand in a request line: what is no UTF-8 is for the server to refuse. */
function encoded(value: string): string {
  if (/^[!-~]*%[!-~]*$/.test(value)) return value;
  return encodeURIComponent(Buffer.from(value).toString());
}

function send({
  method,
  path,
  headers,
  body,
}: Sent): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.server.url);
    const sent = ask({ agent, hostname, port, method, path, headers, timeout: longestMs }, (answer) => {
      // Live events have no end.
      if (answer.headers['content-type'] === 'text/event-stream') {
        answer.destroy();
        resolve({ status: answer.statusCode ?? 0, text: '' });
        return;
      }
      let given = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        given += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: given }));
      answer.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${longestMs} ms: ${method} ${path}`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

it(`answers ${requests} requests that its own document suggests, and many that it does not, without a fault`, async () => {
  const seed = Number(process.env['APIPATROL_SEED'] ?? 20_261_128);
  const each = Math.ceil(requests / operations.length);
  const all = operations.flatMap((one, index) =>
    fc.sample(sentTo(one), { seed: seed + index, numRuns: each }),
  );
  const counts = new Map<number, number>();
  const faults: object[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) {
      const { status, text: given } = await send(one).catch((error: unknown) => ({
        status: 0,
        text: String(error),
      }));
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status >= 500 || status === 0)
        faults.push({ ...one, body: one.body?.slice(0, 500), status, given });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect(faults.slice(0, 5)).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(requests);
  // It went deep, and not to the gate alone.
  expect((counts.get(200) ?? 0) + (counts.get(201) ?? 0) + (counts.get(204) ?? 0)).toBeGreaterThan(
    all.length / 20,
  );
  expect((await world.get('//healthz')).status).toBe(200);
}, 900_000);
