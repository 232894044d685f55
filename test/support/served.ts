import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoEnvironment, writeDemo } from '../../demo/config.ts';
import { type DemoSystem, startDemoSystem } from '../../demo/system.ts';
import { isFirstReport, startWecom, type Wecom } from '../../demo/wecom.ts';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Redactor } from '../../src/lib/secrets/secret.ts';
import type { LiveEvent } from '../../src/server/api/overview.ts';
import { type PatrolServer, startServer } from '../../src/server/server.ts';
import { Daemon } from '../../src/app/daemon.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A patrol of the demo system with its server, in this process. */
export interface Served extends Running {
  readonly system: DemoSystem;
  readonly wecom: Wecom;
  readonly folder: string;
  readonly config: string;
}

/** A patrol with its server, in this process. */
export interface Running {
  readonly daemon: Daemon;
  readonly server: PatrolServer;
  /** `/incidents` is below `/api/v1`; what starts with `//` is below the server itself. */
  call(method: string, path: string, options?: Ask): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Live events from now on; resolves with the next one of this kind. */
  next<K extends LiveEvent['kind']>(kind: K): Promise<Extract<LiveEvent, { kind: K }>>;
  /** Runs a cycle of every service and waits for the end of all. */
  cycle(): Promise<void>;
  close(): Promise<void>;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts everything and waits until the first cycles have closed; live events need a patrol that is open to all. */
export async function serve(more: Readonly<Record<string, unknown>> = {}): Promise<Served> {
  const system = await startDemoSystem();
  const wecom = await startWecom({ keepApart: isFirstReport });
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-served-'));
  const config = await writeDemo(system, folder, { webhook: wecom.webhook('group'), more });
  const running = await serveConfig(config, { ...demoEnvironment });
  return {
    ...running,
    system,
    wecom,
    folder,
    config,
    async close() {
      await running.close();
      await Promise.all([system.close(), wecom.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** The same for any configuration. */
export async function serveConfig(
  configFile: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const folder = path.dirname(configFile);
  const config = await loadConfig(configFile, { env });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const redactor = new Redactor();
  for (const secret of config.secrets) redactor.add(secret);
  const tools = { clock: systemClock, log: silentLogger, redactor };
  const daemon = await Daemon.open({ configFile, config, env, root: folder, ...tools });
  const server = await startServer({ patrol: daemon, configFile, host: '127.0.0.1', port: 0, ...tools });
  const listeners: ((event: LiveEvent) => void)[] = [];
  const live = await listen(`${server.url}/api/v1/events`, (event) => {
    for (const listener of listeners.slice()) listener(event);
  });
  const next = <K extends LiveEvent['kind']>(kind: K): Promise<Extract<LiveEvent, { kind: K }>> =>
    new Promise((resolve) => {
      const listener = (event: LiveEvent): void => {
        if (event.kind !== kind) return;
        listeners.splice(listeners.indexOf(listener), 1);
        resolve(event as Extract<LiveEvent, { kind: K }>);
      };
      listeners.push(listener);
    });
  const running = daemon.run();
  while (!(await haveClosed(daemon, 0))) await systemClock.sleep(50);
  const call = async (method: string, at: string, { body, headers = {} }: Ask = {}): Promise<Answer> => {
    const url = at.startsWith('//') ? server.url + at.slice(1) : `${server.url}/api/v1${at}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
  return {
    daemon,
    server,
    call,
    get: (at, headers = {}) => call('GET', at, { headers }),
    next,
    async cycle() {
      const before = await lastCycle(daemon);
      daemon.runNow();
      while (!(await haveClosed(daemon, before))) await systemClock.sleep(50);
    },
    async close() {
      daemon.stop();
      await running;
      await server.close();
      live.abort();
    },
  };
}

async function listen(url: string, tell: (event: LiveEvent) => void): Promise<AbortController> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  const read = async (): Promise<void> => {
    if (response.body === null) return;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) tell(JSON.parse(data) as LiveEvent);
      }
    }
  };
  read().catch(() => undefined);
  return stop;
}

/** Number of the last cycle that has closed; 0: none has. */
async function lastCycle({ store }: Daemon): Promise<number> {
  const [closed] = await store.cycles({ from: 0, to: systemClock.now(), limit: 1 });
  return closed?.cycleId ?? 0;
}

/** Every service has a cycle that has closed, with a higher number. */
async function haveClosed({ store, config }: Daemon, before: number): Promise<boolean> {
  const cycles = await store.cycles({ from: 0, to: systemClock.now() });
  const closed = new Set(cycles.filter(({ cycleId }) => cycleId > before).flatMap(({ scope = [] }) => scope));
  return config.settings.services.every(({ name }) => closed.has(name));
}
