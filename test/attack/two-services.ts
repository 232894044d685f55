import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isFirstReport, startWecom, type Wecom } from '../../demo/wecom.ts';
import { sha256 } from '../../src/lib/text/text.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Transition } from '../../src/model/incident.ts';
import { hashPassword } from '../../src/server/access/password.ts';
import type { ApiToken } from '../../src/store/access/accounts.ts';
import type { Daemon } from '../../src/app/daemon.ts';
import { type Running, serveConfig } from '../support/served.ts';

/** Stands in everything that is of the other service alone, and is nowhere in what those of `orders` may see. */
export const canary = 'kanarie';
export const foreign = `${canary}-pay`;
export const password = 'a long password';

export interface Ids {
  readonly operation: string;
  readonly incident: string;
  readonly silence: string;
  readonly message: number;
}

export interface World extends Running {
  readonly folder: string;
  readonly configFile: string;
  readonly wecom: Wecom;
  /** Ids of what is of `orders`, of the other service, and of both. */
  readonly ids: Readonly<Record<'own' | 'foreign', Ids>> & {
    readonly shared: Pick<Ids, 'incident' | 'silence'>;
  };
  /** What has been asked of the program since this was last called, beyond reading: `run orders`, `look everything`. */
  deeds(): readonly string[];
  /** How often the other service was called for a cycle so far. */
  foreignCycles(): number;
  /** Puts a token into the store; yields what is sent. */
  token(grant: Partial<ApiToken> & Pick<ApiToken, 'role'>): Promise<string>;
}

/** Answers `/broken` with 500 once it has been told to. */
interface Api {
  readonly url: string;
  /** Calls of what never fails: between two cycles nobody looks at it. */
  listed: number;
  broken: boolean;
  readonly server: Server;
}

async function startApi(): Promise<Api> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/list') === true) api.listed++;
    const fails = api.broken && request.url?.startsWith('/broken') === true;
    response.writeHead(fails ? 500 : 200, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const api: Api = { url: `http://127.0.0.1:${port}`, listed: 0, broken: false, server };
  return api;
}

function documentOf(name: string): string {
  const responses = { '200': { description: 'As asked.' } };
  const at = (what: string) => ({
    get: { operationId: `${name}-${what}`, tags: [`${name}-tag`], responses },
  });
  const paths = { [`/list-${name}`]: at('list'), [`/broken-${name}`]: at('broken') };
  return JSON.stringify({ openapi: '3.1.0', info: { title: name, version: '1' }, paths });
}

/** Two services, each with a document, a credential, a robot, an objective and a failing operation of its own. */
export async function startWorld(): Promise<World> {
  const [apis, wecom] = [
    { own: await startApi(), foreign: await startApi() },
    await startWecom({ keepApart: isFirstReport }),
  ];
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-roles-'));
  const hash = await hashPassword(password);
  const user = (name: string, role: string, services?: readonly string[]) => ({
    name,
    password: hash,
    role,
    services,
  });
  await writeFile(path.join(folder, 'orders.json'), documentOf('orders'));
  await writeFile(path.join(folder, `${canary}.json`), documentOf(canary));
  const configFile = path.join(folder, 'apipatrol.yaml');
  const key = (value: string) => ({ scheme: 'api-key', name: 'X-Api-Key', value });
  const robot = (name: string) => ({ kind: 'wecom-robot', webhook: wecom.webhook(name) });
  const config = {
    language: 'en',
    services: [
      {
        name: 'orders',
        docs: './orders.json',
        baseUrl: apis.own.url,
        credential: 'orders-key',
        owners: ['li'],
      },
      {
        name: foreign,
        docs: `./${canary}.json`,
        baseUrl: apis.foreign.url,
        credential: `${canary}-key`,
        owners: [`${canary}-owner`],
        // Fits nothing: a notice of the plan.
        operations: [{ match: `GET /${canary}-nowhere`, skip: true }],
      },
    ],
    credentials: { 'orders-key': key('one'), [`${canary}-key`]: key('two') },
    channels: { orders: robot('orders'), [`${canary}-robot`]: robot('foreign'), everybody: robot('all') },
    routes: [
      { to: ['orders'], services: ['orders'] },
      { to: [`${canary}-robot`], services: [foreign] },
      { to: ['everybody'] },
    ],
    slo: [
      { name: 'orders-goal', services: ['orders'], availability: 99 },
      { name: `${canary}-goal`, services: [foreign], availability: 99 },
      { name: `${canary}-both`, services: ['orders', foreign], availability: 99 },
    ],
    maintenance: [{ name: `${canary}-window`, services: [foreign], cron: '0 3 * * 6', duration: '1h' }],
    server: {
      signIn: {
        users: [
          user('boss', 'admin'),
          user('chief', 'admin', ['orders']),
          user('zhang', 'operator', ['orders']),
          user(`${canary}-user`, 'admin', [foreign]),
        ],
      },
    },
  };
  await writeFile(configFile, JSON.stringify(config));
  const running = await serveConfig(configFile);
  apis.own.broken = true;
  apis.foreign.broken = true;
  await running.cycle();
  await running.cycle();
  const ids = await fill(running);
  let tokens = 0;
  return {
    ...running,
    deeds: watchDeeds(running.daemon),
    foreignCycles: () => apis.foreign.listed,
    folder,
    configFile,
    wecom,
    ids,
    async token({ role, ...more }) {
      const secret = `apt_${role}-${tokens++}`;
      const token = { id: sha256(secret).slice(0, 12), name: `t${tokens}`, by: 'test', createdAt: 0, role };
      await running.daemon.store.people.addToken({ ...token, ...more, hash: sha256(secret) });
      return secret;
    },
    async close() {
      await running.close();
      await wecom.close();
      for (const { server } of Object.values(apis)) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** Everything by which a handler makes the patrol do something, and what it writes of services. */
function watchDeeds(daemon: Daemon): World['deeds'] {
  const deeds: string[] = [];
  const watch = <K extends string>(
    of: Readonly<Record<K, (...args: never[]) => unknown>>,
    name: K,
    verb: string,
  ): void => {
    const act = of[name] as (...args: readonly unknown[]) => unknown;
    const watched = (...args: readonly unknown[]): unknown => {
      deeds.push(
        `${verb} ${args.length === 0 || args[0] === undefined ? 'everything' : JSON.stringify(args[0])}`,
      );
      return act.apply(of, [...args]);
    };
    Object.defineProperty(of, name, { value: watched });
  };
  const { tokens, store } = daemon;
  watch(daemon, 'runNow', 'run');
  watch(daemon, 'checkNow', 'call');
  watch(daemon, 'lookNow', 'look');
  watch(daemon, 'reload', 'reload');
  watch(tokens, 'forget', 'forget');
  watch(tokens, 'retry', 'sign in');
  watch(store.tokens, 'clear', 'clear');
  watch(store.outbox, 'revive', 'resend');
  watch(store.desk, 'acknowledge', 'acknowledge');
  watch(store.desk, 'unacknowledge', 'unacknowledge');
  watch(store.desk, 'silence', 'silence');
  watch(store.desk, 'endSilence', 'end silence');
  watch(store.statusPosts, 'add', 'post');
  watch(store.statusPosts, 'change', 'change post');
  watch(store.statusPosts, 'remove', 'remove post');
  return () => deeds.splice(0);
}

async function fill({ daemon }: Running): Promise<World['ids']> {
  const { store } = daemon;
  const at = Date.now();
  const open = await store.openIncidents();
  const of = (service: string): Incident => {
    const found = open.find(({ services, state }) => services.includes(service) && state === 'firing');
    if (found === undefined) throw new Error(`nothing is wrong with ${service}: ${JSON.stringify(open)}`);
    return found;
  };
  const both: Incident = {
    ...of(foreign),
    id: 'B0TH',
    fingerprint: 'gateway:https://gateway.example',
    cause: { level: 'gateway', subject: 'https://gateway.example' },
    subjectLabel: 'https://gateway.example',
    services: ['orders', foreign],
    reason: { code: 'status', message: '2 of 2 get the same answer' },
  };
  const transition = (incident: Incident): Transition => ({ kind: 'opened', at, incident });
  await store.record({ open: [...open, both], transitions: [transition(both)], messages: [] });
  const silence = async (services: readonly string[], reason: string): Promise<string> => {
    const silenced = await store.desk.silence({
      matcher: { services, subject: 'nothing' },
      from: at,
      until: at + 3_600_000,
      by: 'page:boss',
      reason,
      createdAt: at,
    });
    return String(silenced.id);
  };
  const message = async (channel: string, incidents: readonly Incident[]): Promise<number> => {
    const dedupKey = `${channel} ${incidents.map(({ id }) => id).join(' ')}`;
    const content = {
      cycleId: 1,
      transitions: incidents.map(transition),
      totals: { failing: 1, checks: 2 },
      mentions: [],
    };
    await store.outbox.insert([{ dedupKey, channel, createdAt: at, content }]);
    const id = (await store.gallery.messageId(dedupKey)) ?? 0;
    await store.outbox.freeze(id, [
      JSON.stringify({
        text: { content: dedupKey + incidents.map(({ subjectLabel }) => subjectLabel).join(' ') },
      }),
    ]);
    await store.outbox.settle(id, { state: 'undelivered', code: '1', message: 'given up' });
    return id;
  };
  await message('everybody', [of('orders'), of(foreign)]);
  await message('everybody', [of(foreign)]);
  await store.desk.comment(of(foreign).id, 'page:boss', at, `${canary} comment`);
  await store.gallery.addChanges(
    [
      {
        kind: 'changed',
        documentId: `${foreign}:x`,
        service: foreign,
        uri: `${canary}.json`,
        added: [`GET /${canary}`],
        removed: [],
        changed: [],
      },
    ],
    at,
  );
  const operationOf = (service: string): string => of(service).cause.subject;
  return {
    own: {
      operation: operationOf('orders'),
      incident: of('orders').id,
      silence: await silence(['orders'], 'a deployment'),
      message: await message('orders', [of('orders')]),
    },
    foreign: {
      operation: operationOf(foreign),
      incident: of(foreign).id,
      silence: await silence([foreign], `${canary} deployment`),
      message: await message(`${canary}-robot`, [of(foreign)]),
    },
    shared: { incident: both.id, silence: await silence(['orders', foreign], `${canary} too`) },
  };
}
