import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/time/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Redactor } from '../../src/lib/secrets/secret.ts';
import { roles } from '../../src/server/api/roles.ts';
import { LiveState } from '../../src/server/live/live-state.ts';
import { appOver } from '../../src/server/server.ts';
import type { Answer } from '../support/served.ts';
import { canary, foreign, password, startWorld, type World } from './two-services.ts';

/** Somebody for each role, for all services and for `orders` alone. */
const callers = ['nobody', ...roles, ...roles.map((role) => `orders ${role}` as const)] as const;
type Who = (typeof callers)[number];

let world: World;
const headers = new Map<Who, Readonly<Record<string, string>>>();

beforeAll(async () => {
  world = await startWorld();
  headers.set('nobody', {});
  for (const role of roles) {
    headers.set(role, { authorization: `Bearer ${await world.token({ role, name: role })}` });
    const secret = await world.token({ role, name: `orders-${role}`, services: ['orders'] });
    headers.set(`orders ${role}`, { authorization: `Bearer ${secret}` });
  }
}, 120_000);
afterAll(() => world.close());

interface Try {
  /** `operationId` of the API document. */
  readonly id: string;
  readonly what?: string;
  readonly least: (typeof roles)[number];
  readonly method: string;
  /** Asked anew for every caller: what is removed is gone. */
  readonly path: () => string | Promise<string>;
  readonly body?: () => unknown;
  /** What whoever has the role for everything gets, and what whoever has it for `orders`. */
  readonly all: number;
  readonly orders: number;
  /** What everybody gets, whoever they are. */
  readonly anybody?: number;
  /** What it makes the patrol do for whoever has the role for everything, and for whoever has it for `orders`. */
  readonly does?: () => Readonly<Record<'all' | 'orders', readonly string[]>>;
  /** It has no end: its beginning is all that is read. */
  readonly isStream?: boolean;
}

const at = (path: string) => () => path;
const get = (id: string, path: Try['path'], orders = 200, least: Try['least'] = 'viewer'): Try => ({
  id,
  least,
  method: 'GET',
  path,
  all: 200,
  orders,
});
const steer = (
  id: string,
  what: string,
  method: string,
  path: Try['path'],
  [all, orders]: readonly [number, number],
  more: Partial<Pick<Try, 'body' | 'least' | 'does'>> = {},
): Try => ({ id, what, least: 'operator', method, path, all, orders, ...more });

let made = 0;
const incident =
  (which: 'own' | 'foreign' | 'shared', rest = '') =>
  () =>
    `/incidents/${world.ids[which].incident}${rest}`;
const operation =
  (which: 'own' | 'foreign', rest = '') =>
  () =>
    `/operations/${world.ids[which].operation}${rest}`;
const newSilence = (services: readonly string[] | undefined) => async () => {
  const { desk } = world.daemon.store;
  const from = Date.now();
  const matcher = services === undefined ? { subject: `nothing ${canary}` } : { services };
  const until = from + 60_000;
  const reason = services?.length === 1 && services[0] === 'orders' ? 'once' : `${canary} once`;
  const silence = { matcher, from, until, by: 'test', reason, createdAt: from };
  return `/silences/${(await desk.silence(silence)).id}`;
};
const post = (services?: readonly string[]) => () => ({
  kind: 'notice',
  text: 'seen',
  ...(services === undefined ? {} : { services }),
});
const newPost = (services?: readonly string[]) => async () => {
  const { statusPosts } = world.daemon.store;
  // What is written for everybody is for everybody.
  const text = services === others ? `${canary} once` : 'once';
  const given = services === undefined ? {} : { services };
  const made = await statusPosts.add({ kind: 'notice', text, by: 'test', at: Date.now(), ...given });
  return `/status-page/posts/${made?.id}`;
};
const newToken = (services?: readonly string[]) => async () => {
  const id = `made${made++}`;
  const token = { id, hash: id, name: id, role: 'viewer', by: 'test', createdAt: 0 };
  await world.daemon.store.people.addToken(services === undefined ? token : { ...token, services });
  return `/tokens/${id}`;
};
const newUser = (services?: readonly string[]) => async () => {
  const name = `user${made++}`;
  const account = { name, role: 'viewer', password: 'none', createdAt: 0 };
  await world.daemon.store.people.putAccount(services === undefined ? account : { ...account, services });
  return `/users/${name}`;
};
const grant = (services?: readonly string[]) => () => ({ name: `made${made++}`, role: 'admin', services });
const user = (services?: readonly string[]) => () => ({ ...grant(services)(), password });
const silence = (services?: readonly string[]) => () => ({
  matcher: services === undefined ? { subject: 'nothing' } : { services, subject: 'nothing' },
  reason: 'r',
});
let names = 0;
const forAnybody = (id: string, method: string, path: string, anybody: number, body?: object): Try => ({
  ...get(id, at(path)),
  method,
  anybody,
  ...(body === undefined ? {} : { body: () => body }),
});
/** It does the same, whoever does it. */
const both = (deeds: readonly string[]): Readonly<Record<'all' | 'orders', readonly string[]>> => ({
  all: deeds,
  orders: deeds,
});
const admin = { least: 'admin' } as const;
const [own, others] = [['orders'], [foreign]];

const tries: readonly Try[] = [
  get('getOverview', at('/overview')),
  get('getServiceDays', at('/services/days')),
  get('listNodes', at('/nodes')),
  get('listOperations', at('/operations')),
  get('getOperation', operation('own')),
  get('getOperation', operation('foreign'), 404),
  get('listResults', operation('own', '/results')),
  get('listResults', operation('foreign', '/results'), 404),
  get('listIncidents', at('/incidents?state=all')),
  get('listIncidents', at(`/incidents?state=all&service=${foreign}`)),
  get('getIncident', incident('own')),
  get('getIncident', incident('foreign'), 404),
  get('getIncident', incident('shared')),
  get('listSilences', at('/silences')),
  get('listDocuments', at('/documents')),
  get('listChanges', at('/changes')),
  get('getReport', at('/reports')),
  ...['html', 'markdown', 'csv', 'json'].map((form) =>
    get('getReportFile', at(`/reports/file?form=${form}`)),
  ),
  get('getSlo', at('/slo')),
  get('getSetUp', at('/set-up')),
  get('listChannels', at('/channels')),
  get('listMessages', at('/channels/orders/messages')),
  get('listMessages', at('/channels/everybody/messages')),
  get('listMessages', at(`/channels/${canary}-robot/messages`), 404),
  get('getConfig', at('/config'), 200, 'operator'),
  get('listAudit', at('/audit?limit=500'), 200, 'operator'),
  get('getSession', at('/session')),
  get('listUsers', at('/users'), 200, 'admin'),
  get('listTokens', at('/tokens'), 200, 'admin'),
  get('listWorkers', at('/workers'), 403, 'operator'),
  steer('acknowledgeIncident', 'its own', 'POST', incident('own', '/ack'), [200, 200]),
  steer('acknowledgeIncident', 'a foreign one', 'POST', incident('foreign', '/ack'), [200, 404]),
  steer('acknowledgeIncident', 'a shared one', 'POST', incident('shared', '/ack'), [200, 403]),
  steer('checkIncident', 'its own', 'POST', incident('own', '/check'), [200, 200], {
    does: () => both([`call ${JSON.stringify(world.ids.own.operation)}`]),
  }),
  steer('checkIncident', 'a foreign one', 'POST', incident('foreign', '/check'), [200, 404]),
  steer('unacknowledgeIncident', 'its own', 'POST', incident('own', '/unack'), [200, 200]),
  steer('unacknowledgeIncident', 'a foreign one', 'POST', incident('foreign', '/unack'), [200, 404]),
  steer('unacknowledgeIncident', 'a shared one', 'POST', incident('shared', '/unack'), [200, 403]),
  ...(
    [
      ['own', 201],
      ['foreign', 404],
      ['shared', 201],
    ] as const
  ).map(([which, status]) =>
    steer('commentIncident', which, 'POST', incident(which, '/comments'), [201, status], {
      body: () => ({ text: 'seen' }),
    }),
  ),
  steer('createSilence', 'of its own', 'POST', at('/silences'), [201, 201], { body: silence(own) }),
  steer('createSilence', 'of another', 'POST', at('/silences'), [201, 403], { body: silence(others) }),
  steer('createSilence', 'of both', 'POST', at('/silences'), [201, 403], {
    body: silence(['orders', foreign]),
  }),
  steer('createSilence', 'of all', 'POST', at('/silences'), [201, 403], { body: silence() }),
  steer('createSilence', 'of nothing', 'POST', at('/silences'), [422, 403], { body: silence(['nobody']) }),
  steer('previewSilence', 'of its own', 'POST', at('/silences/preview'), [200, 200], {
    body: () => ({ matcher: { services: ['orders'] } }),
  }),
  steer('endSilence', 'of its own', 'DELETE', newSilence(own), [204, 204]),
  steer('endSilence', 'of another', 'DELETE', newSilence(others), [204, 404]),
  steer('endSilence', 'of both', 'DELETE', newSilence(['orders', foreign]), [204, 403]),
  steer('endSilence', 'of all', 'DELETE', newSilence(undefined), [204, 404]),
  get('getStatusPage', at('/status-page')),
  ...(
    [
      ['own', 201],
      ['foreign', 404],
      ['shared', 403],
    ] as const
  ).map(([which, status]) =>
    steer('createStatusPost', `about ${which}`, 'POST', at('/status-page/posts'), [201, status], {
      body: () => ({ incident: world.ids[which].incident, kind: 'investigating', text: 'seen' }),
    }),
  ),
  steer('createStatusPost', 'of its own', 'POST', at('/status-page/posts'), [201, 201], { body: post(own) }),
  steer('createStatusPost', 'of another', 'POST', at('/status-page/posts'), [201, 403], {
    body: post(others),
  }),
  steer('createStatusPost', 'of all', 'POST', at('/status-page/posts'), [201, 403], { body: post() }),
  ...(
    [
      ['its own', own, [200, 200], [204, 204]],
      ['another', others, [200, 404], [204, 404]],
      ['all', undefined, [200, 403], [204, 403]],
    ] as const
  ).flatMap(([what, services, changed, removed]) => [
    steer('changeStatusPost', what, 'PATCH', newPost(services), changed, { body: () => ({ text: 'seen' }) }),
    steer('removeStatusPost', what, 'DELETE', newPost(services), removed),
  ]),
  steer('checkOperation', 'its own', 'POST', operation('own', '/check'), [200, 200], {
    does: () => both([`call ${JSON.stringify(world.ids.own.operation)}`]),
  }),
  steer('checkOperation', 'a foreign one', 'POST', operation('foreign', '/check'), [200, 404], {
    does: () => both([`call ${JSON.stringify(world.ids.foreign.operation)}`]),
  }),
  steer('testChannel', 'its own', 'POST', at('/channels/orders/test'), [200, 200]),
  steer('testChannel', 'a foreign one', 'POST', at(`/channels/${canary}-robot/test`), [200, 404]),
  steer('testChannel', 'a shared one', 'POST', at('/channels/everybody/test'), [200, 403]),
  ...['toString', '__proto__', 'constructor', 'hasOwnProperty'].flatMap((name) => [
    steer('testChannel', 'one that is none', 'POST', at(`/channels/${name}/test`), [404, 404]),
    { ...get('listMessages', at(`/channels/${name}/messages`), 404), all: 404 },
  ]),
  steer('forgetTokens', 'of its own', 'POST', at('/credentials/forget'), [200, 200], {
    body: () => ({ credential: 'orders-key' }),
  }),
  ...[`${canary}-key`, 'nothing', 'toString'].map((credential) =>
    steer(
      'forgetTokens',
      `of ${credential}`,
      'POST',
      at('/credentials/forget'),
      [credential === `${canary}-key` ? 200 : 404, 404],
      { body: () => ({ credential }) },
    ),
  ),
  steer('retrySignIn', 'of its own', 'POST', at('/credentials/orders-key/retry'), [200, 200], {
    does: () => ({
      all: ['sign in "orders-key"', 'look everything'],
      orders: ['sign in "orders-key"', 'look ["orders"]'],
    }),
  }),
  ...[`${canary}-key`, 'nothing', 'toString'].map((credential) =>
    steer('retrySignIn', `of ${credential}`, 'POST', at(`/credentials/${credential}/retry`), [
      credential === `${canary}-key` ? 200 : 404,
      404,
    ]),
  ),
  steer('createUser', 'for its own', 'POST', at('/users'), [201, 201], { ...admin, body: user(own) }),
  steer('createUser', 'for another', 'POST', at('/users'), [201, 403], { ...admin, body: user(others) }),
  steer('createUser', 'for both', 'POST', at('/users'), [201, 403], {
    ...admin,
    body: user(['orders', foreign]),
  }),
  steer('createUser', 'for all', 'POST', at('/users'), [201, 403], { ...admin, body: user() }),
  steer('changeUser', 'of its own', 'PATCH', newUser(own), [200, 200], {
    ...admin,
    body: () => ({ role: 'operator' }),
  }),
  steer('changeUser', 'to all', 'PATCH', newUser(own), [200, 403], {
    ...admin,
    body: () => ({ services: null }),
  }),
  steer('changeUser', 'to another', 'PATCH', newUser(own), [200, 403], {
    ...admin,
    body: () => ({ services: others }),
  }),
  steer('changeUser', 'of another', 'PATCH', newUser(others), [200, 404], {
    ...admin,
    body: () => ({ password }),
  }),
  steer('changeUser', 'of all', 'PATCH', newUser(), [200, 404], { ...admin, body: () => ({ password }) }),
  steer('changeUser', 'who is in the file', 'PATCH', at(`/users/${canary}-user`), [409, 404], {
    ...admin,
    body: () => ({ password }),
  }),
  steer('removeUser', 'of its own', 'DELETE', newUser(own), [200, 200], admin),
  steer('removeUser', 'of another', 'DELETE', newUser(others), [200, 404], admin),
  steer('removeUser', 'of all', 'DELETE', newUser(), [200, 404], admin),
  steer('createToken', 'for its own', 'POST', at('/tokens'), [201, 201], { ...admin, body: grant(own) }),
  steer('createToken', 'for another', 'POST', at('/tokens'), [201, 403], { ...admin, body: grant(others) }),
  steer('createToken', 'for all', 'POST', at('/tokens'), [201, 403], { ...admin, body: grant() }),
  steer('createWorkerToken', 'of any', 'POST', at('/workers/tokens'), [409, 403], {
    ...admin,
    body: () => ({ location: 'shanghai' }),
  }),
  steer('listWorkerTokens', 'of any', 'GET', at('/workers/tokens'), [200, 403], admin),
  steer('removeWorkerToken', 'of any', 'DELETE', at('/workers/tokens/none'), [409, 403], admin),
  steer('removeWorker', 'of any', 'DELETE', at('/workers/none'), [409, 403], admin),
  steer('removeToken', 'of its own', 'DELETE', newToken(own), [204, 204], admin),
  steer('removeToken', 'of another', 'DELETE', newToken(others), [204, 404], admin),
  steer('removeToken', 'of all', 'DELETE', newToken(), [204, 404], admin),
  {
    ...steer('requeueMessages', 'a foreign one', 'POST', at('/messages/requeue'), [200, 409]),
    async path() {
      const { outbox } = world.daemon.store;
      await outbox.settle(world.ids.foreign.message, {
        state: 'undelivered',
        code: '1',
        message: 'given up',
      });
      return '/messages/requeue';
    },
    body: () => ({ ids: [world.ids.foreign.message] }),
  },
  steer('forgetTokens', 'of all that are its own', 'POST', at('/credentials/forget'), [200, 200], {
    body: () => ({}),
    does: () => ({
      all: ['forget everything', 'clear everything'],
      orders: ['forget "orders-key"', 'clear "orders-key"'],
    }),
  }),
  steer('requeueMessages', 'all', 'POST', at('/messages/requeue'), [200, 200], { body: () => ({}) }),
  steer('reloadConfig', 'all of it', 'POST', at('/config/reload'), [200, 403], admin),
  // Nothing waits to be set up, and nothing has been changed that could be taken back.
  steer('changeSetUp', 'of nothing', 'POST', at('/set-up/changes'), [404, 403], {
    ...admin,
    body: () => ({ checkId: 'none' }),
  }),
  steer('undoSetUp', 'of nothing', 'POST', at('/set-up/undo'), [409, 403], admin),
  steer('runCycle', 'of what is its own', 'POST', at('/cycles'), [202, 202], {
    does: () => ({ all: ['run everything'], orders: ['run "orders"'] }),
  }),
  { ...get('signOut', at('/session'), 204), method: 'DELETE', all: 204 },
  { ...get('listenToEvents', at('/events')), isStream: true },
  forAnybody('getMeta', 'GET', '/meta', 200),
  {
    ...forAnybody('signIn', 'POST', '/session', 401),
    // A name of its own each time: it is no matter of limits.
    body: () => ({ name: `nobody${names++}`, password: 'wrong password' }),
  },
  forAnybody('setupScan', 'POST', '/setup/scan', 409, {}),
  forAnybody('setupSchemes', 'GET', '/setup/schemes', 409),
  forAnybody('setupChannels', 'GET', '/setup/channels', 409),
  forAnybody('setupSignIn', 'POST', '/setup/sign-in', 409, {}),
  forAnybody('setupMessage', 'POST', '/setup/message', 409, {}),
  forAnybody('setupSave', 'POST', '/setup/config', 409, {}),
];

async function attempt(who: Who, one: Try): Promise<Omit<Answer, 'headers'> & { readonly asked: string }> {
  const { method, path, body, isStream } = one;
  const asked = await path();
  if (isStream === true) return { ...(await begin(asked, headers.get(who) ?? {})), asked };
  const given = body?.();
  world.deeds();
  const options = { headers: headers.get(who) ?? {}, body: given };
  return { ...(await world.call(method, asked, options)), asked: asked + JSON.stringify(given ?? '') };
}

async function begin(
  asked: string,
  sent: Readonly<Record<string, string>>,
): Promise<Omit<Answer, 'headers'>> {
  const stop = new AbortController();
  const { status, body } = await fetch(`${world.server.url}/api/v1${asked}`, {
    headers: sent,
    signal: stop.signal,
  });
  const first = await body?.getReader().read();
  stop.abort();
  return { status, body: new TextDecoder().decode(first?.value) };
}

/** What nobody may make the patrol do who has `orders` alone. */
function foreignDeeds(deeds: readonly string[]): readonly string[] {
  const { operation, incident, silence, message } = world.ids.foreign;
  const { shared } = world.ids;
  const others = [canary, 'everything', operation, incident, shared.incident].map(String);
  const numbered = new Set([`end silence ${silence}`, `end silence ${shared.silence}`]);
  return deeds.filter(
    (deed) =>
      others.some((one) => deed.includes(one)) ||
      numbered.has(deed) ||
      (deed.startsWith('resend') && deed.includes(String(message))),
  );
}

function expected(who: Who, { least, all, orders, anybody }: Try): number {
  if (anybody !== undefined) return anybody;
  if (who === 'nobody') return 401;
  const [first, second] = who.split(' ');
  const role = roles.find((one) => one === (second ?? first));
  if (role === undefined || roles.indexOf(role) < roles.indexOf(least)) return 403;
  return second === undefined ? all : orders;
}

/** What an answer says beyond what was asked for by name. */
function saidBeyond(asked: string, body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const names = asked.split(/[^\w-]+/).filter((word) => word.includes(canary));
  return names.reduce((rest, name) => rest.replaceAll(name, ''), text);
}

describe('every endpoint of the API, as everybody', () => {
  it('is in the table', async () => {
    const { body } = await world.get('/openapi.json');
    const documented = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((item) => Object.values(item))
      .map(({ operationId }) => operationId);
    expect([...new Set(tries.map(({ id }) => id))].toSorted()).toEqual(documented.toSorted());
  });

  it('has something to hide', async () => {
    const seen = await Promise.all(
      [
        '/overview',
        '/operations',
        '/incidents',
        '/silences',
        '/documents',
        '/changes',
        '/reports',
        '/slo',
        '/channels',
        '/channels/everybody/messages',
        '/config',
        '/audit',
        '/users',
        '//metrics',
      ].map(async (path) => [path, (await world.get(path, headers.get('admin') ?? {})).body] as const),
    );
    const silent = seen.filter(([, body]) => !saidBeyond('', body).includes(canary));
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it.each(tries.map((one) => [`${one.id} ${one.what ?? ''}`.trim(), one] as const))('%s', async (_, one) => {
    for (const who of callers) {
      const { status, body, asked } = await attempt(who, one);
      expect([who, asked, status, status >= 400 || status !== expected(who, one) ? body : '']).toEqual([
        who,
        asked,
        expected(who, one),
        status >= 400 ? body : '',
      ]);
      const mayKnow = who !== 'nobody' && !who.startsWith('orders');
      const told = mayKnow ? '' : saidBeyond(asked, body);
      expect([who, asked, told]).toEqual([who, asked, expect.not.stringContaining(canary)]);
      const deeds = world.deeds();
      const done = mayKnow ? [] : foreignDeeds(deeds);
      expect([who, asked, done]).toEqual([who, asked, []]);
      const does = status >= 400 ? [] : one.does?.()[mayKnow ? 'all' : 'orders'];
      expect([who, asked, deeds]).toEqual([who, asked, one.does === undefined ? deeds : does]);
    }
  });
});

describe('a cycle that somebody has begun who has one service', () => {
  const operator = () => headers.get('orders operator') ?? {};
  /** All that was begun before has ended. */
  const calm = async (): Promise<void> => {
    await expect
      .poll(async () => (await world.get('/overview', headers.get('admin') ?? {})).body.running)
      .toBe(false);
  };

  it('is a cycle of that one, and says so', async () => {
    await world.cycle();
    await calm();
    const before = world.foreignCycles();
    const { status, body } = await world.call('POST', '/cycles', { headers: operator() });
    expect([status, body]).toEqual([202, { started: true, services: ['orders'] }]);
    await calm();
    expect(world.foreignCycles()).toBe(before);
    const { body: audit } = await world.get('/audit?limit=1', headers.get('admin') ?? {});
    expect(audit.items[0]).toMatchObject({ action: 'run-cycle', subject: 'orders' });
  });

  it('is none when the service is gone', async () => {
    const secret = await world.token({ role: 'operator', name: 'late', services: ['gone'] });
    const authorization = `Bearer ${secret}`;
    world.deeds();
    const { status } = await world.call('POST', '/cycles', { headers: { authorization } });
    expect([status, world.deeds()]).toEqual([403, []]);
  });
});

describe('what can be read without a sign-in', () => {
  /** First column of the table in the guide: `/healthz`, `/badges/*`. */
  const listed = readFileSync(new URL('../../docs/guide/server.md', import.meta.url), 'utf8')
    .split('Without a sign-in, these can be read')[1]
    ?.split('\n- ')[0]
    ?.split('\n| ')
    .flatMap((row) => [...(row.split(' |')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));

  it('is what the guide lists', () => {
    const parts = {
      patrol: world.daemon,
      configFile: world.configFile,
      clock: systemClock,
      log: silentLogger,
      redactor: new Redactor(),
    };
    const { routes } = appOver(parts, new LiveState(systemClock)).app;
    const open = routes.flatMap(({ method, path }) => (method === 'GET' && !isOfApi(path) ? [path] : []));
    expect(open).toContain('/healthz');
    const missing = open.filter((path) => !listed?.some((one) => covers(one, path)));
    expect(missing).toEqual([]);
    expect(listed?.filter((one) => !open.some((path) => covers(one, path)))).toEqual([]);
  });

  it('is nothing else of the API', async () => {
    const { body } = await world.get('/openapi.json');
    for (const [path, item] of Object.entries(body.paths as Record<string, object>)) {
      if (!('get' in item) || path.startsWith('/setup')) continue;
      const { status } = await world.get(path.replaceAll(/\{\w+\}/g, 'x'));
      const isListed = listed?.some((one) => covers(one, `/api/v1${path}`));
      expect([path, status]).toEqual([path, isListed === true ? 200 : 401]);
    }
  });

  function covers(one: string, path: string): boolean {
    return one.endsWith('*') ? path.startsWith(one.slice(0, -1)) : one === path;
  }

  /** Of what the document describes, which is asked one by one. */
  function isOfApi(path: string): boolean {
    return path.startsWith('/api/v1/') && path !== '/api/v1/meta' && path !== '/api/v1/openapi.json';
  }
});

describe('what is beside the API', () => {
  it('/metrics takes a sign-in and names what is the caller’s', async () => {
    expect((await world.get('//metrics')).status).toBe(401);
    const scoped = await world.get('//metrics', headers.get('orders viewer') ?? {});
    expect(scoped.status).toBe(200);
    expect(scoped.body).toContain('apipatrol_operations{service="orders",state="fail"}');
    expect(scoped.body).toContain('apipatrol_channel_up{channel="orders"}');
    expect(scoped.body).not.toContain(canary);
  });

  it.each(['//', '//healthz', '//readyz', '//status', '//status.json', `//badges/${foreign}.svg`, '/meta'])(
    '%s tells nobody a name',
    async (path) => {
      const { body } = await world.get(path);
      expect(saidBeyond(path, body)).not.toContain(canary);
    },
  );
});

describe('what somebody shares with others', () => {
  it('shows its part of an incident', async () => {
    const { body } = await world.get(incident('shared')(), headers.get('orders viewer') ?? {});
    expect(body).toMatchObject({
      services: ['orders'],
      label: 'https://gateway.example',
      reason: { message: '2 of 2 get the same answer' },
      worst: [],
    });
    expect(body.curl).toBeUndefined();
  });

  it('shows that there is a silence', async () => {
    const { body } = await world.get('/silences', headers.get('orders viewer') ?? {});
    const { silence: own_ } = world.ids.own;
    const items = body.items as readonly { id: number; reason: string; matcher: object }[];
    expect(items.find(({ id }) => String(id) === own_)?.reason).toBe('a deployment');
    expect(items.find(({ id }) => String(id) === world.ids.shared.silence)).toMatchObject({
      reason: '…',
      matcher: { services: ['orders'] },
    });
  });

  it('shows the messages that are about its services alone', async () => {
    const { body } = await world.get('/channels/everybody/messages', headers.get('orders viewer') ?? {});
    // What is new is introduced without an incident.
    for (const { incidents } of body.items)
      expect(incidents.filter((id: string) => id !== world.ids.own.incident)).toEqual([]);
  });

  it('counts the messages that are about its services alone', async () => {
    const everybody = async (who: Who) => {
      const { body } = await world.get('/channels', headers.get(who) ?? {});
      const items = body.items as unknown as readonly { name: string; givenUp: number; refusal?: object }[];
      return items.find(({ name }) => name === 'everybody');
    };
    const { outbox, gallery } = world.daemon.store;
    const all = await gallery.messages('everybody', { limit: 100 });
    const isForeign = (one: (typeof all)[number]) =>
      one.content.transitions.some(({ incident: { services } }) => services.includes(foreign));
    const { id = 0 } = all.find(isForeign) ?? {};
    await outbox.settle(id, { state: 'undelivered', code: '40033', message: 'refused', hint: canary });
    expect(await everybody('viewer')).toMatchObject({ givenUp: 1 });
    const seen = await everybody('orders viewer');
    expect(seen).toMatchObject({ givenUp: 0, waiting: 0 });
    expect(seen).not.toHaveProperty('refusal');
  });
});

describe('nobody gives more than they have', () => {
  const make = async (grantOf: object, body: object, path = '/tokens') => {
    const secret = await world.token({ role: 'admin', ...grantOf });
    return world.call('POST', path, { headers: { authorization: `Bearer ${secret}` }, body });
  };

  it('not more scopes', async () => {
    const only = { scopes: ['access:manage', 'read'] };
    expect((await make(only, { name: 'x', role: 'admin' })).status).toBe(403);
    expect((await make(only, { name: 'x', role: 'admin', scopes: ['config:write'] })).status).toBe(403);
    expect((await make(only, { name: 'x', role: 'viewer', scopes: ['read'] })).status).toBe(201);
    // A user has no scopes: it may do everything that its role may.
    expect((await make(only, { name: 'x', role: 'viewer', password }, '/users')).status).toBe(403);
  });

  it('not for longer', async () => {
    const until = { expiresAt: Date.now() + 3_600_000 };
    expect((await make(until, { name: 'x', role: 'viewer' })).status).toBe(403);
    expect((await make(until, { name: 'x', role: 'viewer', forMs: 7_200_000 })).status).toBe(403);
    expect((await make(until, { name: 'x', role: 'viewer', forMs: 600_000 })).status).toBe(201);
  });

  it('nor by taking over somebody who has more', async () => {
    const { people } = world.daemon.store;
    await people.putAccount({ name: 'root', role: 'admin', password: 'none', createdAt: 0 });
    const limited = await world.token({ role: 'admin', scopes: ['access:manage'] });
    const scoped = await world.token({ role: 'admin', services: ['orders'] });
    for (const [secret, status] of [
      [limited, 403],
      [scoped, 404],
    ] as const) {
      const options = { headers: { authorization: `Bearer ${secret}` }, body: { password } };
      expect((await world.call('PATCH', '/users/root', options)).status).toBe(status);
    }
    const again = { name: 'root', role: 'viewer', services: ['orders'], password };
    expect((await make({ services: ['orders'] }, again, '/users')).status).toBe(409);
    expect(await people.account('root')).toMatchObject({ role: 'admin', password: 'none' });
  });

  it('nor by an answer to somebody else of the same name', async () => {
    const body = { name: 'ci', role: 'admin' };
    const [all, some] = [
      await world.token({ role: 'admin', name: 'twin' }),
      await world.token({ role: 'admin', name: 'twin', services: ['orders'] }),
    ];
    const ask = (secret: string) =>
      world.call('POST', '/tokens', {
        headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'the same' },
        body,
      });
    expect((await ask(all)).status).toBe(201);
    expect((await ask(some)).status).toBe(403);
  });
});
