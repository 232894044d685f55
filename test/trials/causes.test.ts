import { expect } from 'vitest';
import { Island } from './support/island.ts';
import { idOf } from './support/robot.ts';
import { intervalMs, type Trial } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep, until } from './support/until.ts';
import { type Answer, badGateway, failing, hang, json, type Upstream, well } from './support/upstream.ts';

const paths = ['/a', '/b', '/c', '/d', '/e', '/f'];

interface Fault {
  readonly name: string;
  readonly level: string;
  /** What the message must name. */
  readonly names: RegExp;
  readonly begin: (world: World) => Promise<void> | void;
  readonly end: (world: World) => Promise<void> | void;
}

interface World {
  readonly trial: Trial;
  readonly server: Upstream;
  readonly others: readonly Upstream[];
}

const faults: readonly Fault[] = [
  {
    name: 'an operation that answers 500',
    level: 'operation',
    names: /GET \/b .*500/,
    begin: ({ server }) => server.answersAt(['/b'], failing(500)),
    end: ({ server }) => server.answersAt([], failing(500)),
  },
  {
    name: 'a service that answers 500 to everything',
    level: 'service',
    names: /orders.*6\/6/,
    begin: ({ server }) => server.answers(failing(500)),
    end: ({ server }) => server.answersAt([], failing(500)),
  },
  {
    name: 'a host whose process is gone',
    level: 'origin',
    names: /127\.0\.0\.1:\d+ .*6\/6/,
    begin: ({ server }) => server.down(),
    end: ({ server }) => server.up(),
  },
  {
    name: 'a gateway in front of what is gone',
    level: 'gateway',
    names: /127\.0\.0\.1:\d+ .*6\/6/,
    begin: ({ server }) => server.answers(badGateway),
    end: ({ server }) => server.answersAt([], failing(500)),
  },
  {
    name: 'a document that cannot be read',
    level: 'document',
    names: /orders\.json/,
    begin: async ({ trial }) => void (await trial.write('orders.json', '{ "openapi": "3.0.3", "paths": [')),
    end: async ({ trial, server }) => void (await trial.service('orders', server, paths)),
  },
];

for (const { name, level, names, begin, end } of faults) {
  trial(`${name} is told once when it comes and once when it goes`, async (trial) => {
    const server = await trial.upstream();
    await trial.configure({
      services: [await trial.service('orders', server, paths)],
      channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
    });
    trial.run();
    await server.called(paths, 2);
    await server.quiet();
    const world = { trial, server, others: [] };
    await begin(world);
    const told = await trial.robots.untilBegun();
    expect(told.text.replaceAll('\n', ' ')).toMatch(names);
    await stillOnce(trial);
    await end(world);
    await overOnce(trial, told.text, level);
  });
}

for (const [what, begin] of [
  ['answers 503 for what is behind it', (server: Upstream) => server.answers(failing(503))],
  ['takes requests and answers none', (server: Upstream) => server.answers(hang)],
  ['is gone', (server: Upstream) => server.down()],
] as const)
  trial(
    `a gateway of two services of one operation each that ${what} is one incident of both`,
    async (trial) => {
      const server = await trial.upstream();
      const [orders, users] = ['/orders/list', '/users/list'];
      const groups = { team: undefined, orders: ['orders'], users: ['users'] };
      await trial.configure({
        services: [
          await trial.service('orders', server, [orders]),
          await trial.service('users', server, [users], { interval: '30s' }),
        ],
        channels: {
          chat: trial.robots.channel(),
          ...Object.fromEntries(Object.keys(groups).map((key) => [key, trial.robots.hook(key)])),
        },
        routes: [
          { to: ['chat'] },
          ...Object.entries(groups).map(([key, services]) => ({ to: [key], ...(services && { services }) })),
        ],
      });
      trial.run();
      await server.called([orders, users], 2);
      await server.quiet();
      await begin(server);
      const told = await trial.robots.untilBegun();
      expect(told.text).toContain('2/2');
      await sleep(2 * intervalMs);
      if (what === 'is gone') await server.up();
      else server.answers(well);
      await trial.robots.untilEnded('team', 1, 120_000);
      await sleep(2 * intervalMs);
      const story = (key: string) =>
        trial.robots.incidents
          .filter((one) => one.key === key)
          .map(({ event, id, services, count }) => [event, id, services.toSorted().join(' '), count]);
      const id = idOf(told);
      const all = (who: string, count: number) => [
        ['opened', id, who, count],
        ['resolved', id, who, count],
      ];
      expect(story('team')).toEqual(all('orders users', 2));
      expect(story('orders')).toEqual(all('orders', 1));
      expect(story('users')).toEqual(all('users', 1));
      expect(trial.robots.told).toHaveLength(2);
      expect(await trial.status()).toMatchObject({ code: 0, json: { incidents: [] } });
    },
  );

trial(
  'a token endpoint that dies is told as one credential, and its return within two minutes',
  async (trial) => {
    const [server, issuer] = [await trial.upstream(), await trial.upstream()];
    const tokens = issueTokens(issuer, 12_000);
    server.answers((asked, response) => {
      const [, token] = (asked.headers.authorization ?? '').split(' ');
      json(response, tokens.isGood(token) ? 200 : 401, { ok: true });
    });
    await trial.configure({
      services: [await trial.service('orders', server, paths, { credential: 'sso' })],
      credentials: {
        sso: {
          scheme: 'oauth2-client-credentials',
          tokenUrl: `${issuer.url}/token`,
          clientId: 'patrol',
          clientSecret: 'not-for-you',
        },
      },
      channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
    });
    trial.run();
    await server.called(paths, 2);
    await server.quiet();
    await issuer.down();
    const told = await trial.robots.untilBegun();
    expect(told.text).toContain('sso');
    expect(await until('the hook', () => trial.robots.incidents[0]?.level)).toBe('credential');
    await stillOnce(trial);
    await issuer.up();
    await overOnce(trial, told.text, 'credential');
  },
);

trial(
  'a network of our own that is gone is told once as such, and not as the fault of anybody',
  async (trial) => {
    const names = ['one', 'two', 'three', 'four'];
    const island = await Island.start(names.length + 1);
    try {
      const [canary = '', ...urls] = island.urls;
      // By names: what is called by an address of the loopback needs no network.
      const hosts = names.map((name) => `api.${name}.example`);
      const named = urls.map((url, index) => ({ url: url.replace('127.0.0.1', hosts[index] ?? '') }));
      await trial.configure({
        timeout: { connect: '1s', firstByte: '4s', total: '5s' },
        network: { resolve: Object.fromEntries(hosts.map((host) => [host, '127.0.0.1'])) },
        connectivityCheck: { url: `${canary}/up` },
        services: await Promise.all(
          names.map((name, index) => trial.service(name, named[index]!, ['/a', '/b', '/c'])),
        ),
        channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
      });
      trial.run();
      await island.answered(2 * 3 * names.length);
      island.cutOff();
      const told = await trial.robots.untilBegun();
      expect(told.text).toContain('巡检');
      await sleep(2 * intervalMs);
      expect(trial.robots.incidents.map(({ level }) => level)).toEqual(['self']);
      island.reconnect();
      await overOnce(trial, told.text, 'self');
    } finally {
      await island.close();
    }
  },
);

trial(
  'connections that are refused are an answer of their hosts: never the network of the patrol',
  async (trial) => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    const servers = await Promise.all(names.map(() => trial.upstream()));
    await trial.configure({
      services: await Promise.all(
        names.map((name, index) => trial.service(name, servers[index]!, ['/a', '/b', '/c'])),
      ),
      channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
    });
    trial.run();
    await Promise.all(servers.map((server) => server.called(['/a', '/b', '/c'], 2)));
    await servers[0]!.quiet();
    const dead = servers.slice(0, 4);
    await Promise.all(dead.map((server) => server.down()));
    await until('each dead host to be told', () => {
      const told = new Set(trial.robots.incidents.flatMap(({ services }) => services));
      return names.slice(0, 4).every((name) => told.has(name));
    });
    expect(trial.robots.incidents.map(({ level }) => level)).not.toContain('self');
    expect(trial.robots.incidents.flatMap(({ services }) => services)).not.toContain('five');
  },
);

/** Two more cycles say nothing new. */
async function stillOnce(trial: Trial): Promise<void> {
  const [begun] = trial.robots.told;
  await sleep(2 * intervalMs + 3000);
  expect(trial.robots.told.map(({ text }) => text)).toEqual([begun?.text]);
  expect((await trial.status()).code).toBe(1);
}

/** The end is told with the id of the beginning, and after two more cycles that is all. */
async function overOnce(trial: Trial, beginning: string, level: string): Promise<void> {
  const over = await trial.robots.untilEnded('team', 1, 120_000);
  const all = trial.robots.told.map(({ text }) => text).join('\n');
  expect(idOf(over), `all that was told: ${all}`).toBe(/#(\w{4})/.exec(beginning)?.[1]);
  await sleep(2 * intervalMs + 3000);
  expect(trial.robots.told.map(({ text }) => text)).toEqual([beginning, over.text]);
  expect(trial.robots.incidents.map((one) => [one.event, one.level])).toEqual([
    ['opened', level],
    ['resolved', level],
  ]);
  expect(await trial.status()).toMatchObject({ code: 0, json: { incidents: [] } });
}

/** Lets `/token` hand out tokens that are good for so long. */
function issueTokens(issuer: Upstream, lifeMs: number): { isGood(token: string | undefined): boolean } {
  const ends = new Map<string, number>();
  const issue: Answer = (_, response) => {
    const token = `token-${ends.size + 1}`;
    ends.set(token, Date.now() + lifeMs);
    json(response, 200, { access_token: token, token_type: 'Bearer', expires_in: lifeMs / 1000 });
  };
  issuer.answers(issue);
  return { isGood: (token) => (ends.get(token ?? '') ?? 0) > Date.now() };
}
