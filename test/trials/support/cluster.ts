import { type Blow, type ClusterFindings, checkCluster, type Fault } from './cluster-checker.ts';
import { Command } from './command.ts';
import { startPostgres } from './postgres.ts';
import type { Robots } from './robot.ts';
import { Trial } from './scene.ts';
import { sleep, until } from './until.ts';
import { failing, type Upstream, well } from './upstream.ts';

const services = ['north', 'south'];
/** Is always well, and so is called once a cycle. */
const steady = '/steady';
const intervalMs = 10_000;
/** Answers take their time, so that a cycle can be hit in the middle. */
const answerMs = 400;
/** A fault lasts until it is told, and is not told of later than this; nor is its end. */
const toldWithinMs = 150_000;
/** The shortest that a fault, and the rest after it, can take. */
const faultMs = 60_000;
const restMs = 5000;
/** What is done to a leader takes no longer, until the next. */
const strikeMs = 30_000;

export interface Plan {
  readonly kills: number;
  readonly stops: number;
  /** 0 … 1 */
  readonly random: () => number;
}

export interface ClusterReport extends ClusterFindings {
  readonly blows: readonly Blow[];
  readonly faults: number;
  readonly messages: number;
  /** From the signal by which a leader is asked to end until the other one leads. */
  readonly handOverMs: number;
  /** What the nodes have written, for whoever looks into what went wrong. */
  readonly written: string;
}

interface Node {
  readonly name: string;
  readonly port: number;
  command: Command;
}

/** Two nodes of the built program on one database, two services with faults, and somebody who kills and stops whoever leads. */
export async function clusterTrial({ kills, stops, random }: Plan): Promise<ClusterReport> {
  const server = await startPostgres();
  const trial = await Trial.set();
  // Each operation breaks once: of what breaks again and again people are told otherwise.
  const faults = Math.ceil(((kills + stops) * strikeMs) / faultMs) + 2;
  const world = new World(trial, `${server.url}?search_path=cluster`, faults);
  try {
    await world.begin();
    for (const kind of order(kills, stops, random)) await world.strike(kind, random);
    return await world.end();
  } finally {
    await world.close();
    await trial.close();
    server.remove();
  }
}

/** Both kinds mixed. */
function order(kills: number, stops: number, random: () => number): readonly Blow['kind'][] {
  const all: Blow['kind'][] = [
    ...Array.from({ length: kills }, () => 'killed' as const),
    ...Array.from({ length: stops }, () => 'stopped' as const),
  ];
  return all
    .map((kind) => ({ kind, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

class World {
  readonly #trial: Trial;
  readonly #store: string;
  readonly #breakable: readonly string[];
  readonly #upstreams = new Map<string, Upstream>();
  readonly #nodes: Node[] = [];
  readonly #commands: Command[] = [];
  readonly #faults: Fault[] = [];
  readonly #blows: Blow[] = [];
  readonly #stop = new AbortController();
  #breaking: Promise<void>[] = [];

  constructor(trial: Trial, store: string, faults: number) {
    this.#trial = trial;
    this.#store = store;
    this.#breakable = Array.from({ length: faults }, (_, no) => `/op-${no}-`);
  }

  async begin(): Promise<void> {
    const configured: unknown[] = [];
    for (const name of services) {
      const upstream = await this.#trial.upstream();
      this.#upstreams.set(name, upstream);
      this.#answers(name);
      configured.push(await this.#trial.service(name, upstream, [...this.#breakable, steady]));
    }
    await this.#trial.configure({
      store: this.#store,
      services: configured,
      channels: { team: this.#trial.robots.hook() },
      routes: [{ to: ['team'] }],
    });
    for (const name of ['one', 'other']) await this.#addNode(name);
    await until('a leader', () => this.#leader());
    for (const upstream of this.#upstreams.values()) await upstream.called([steady], 3);
    this.#breaking = services.map((name, index) => this.#breakOn(name, index));
  }

  /** In the middle of a cycle; then the other one leads, and the first comes back as a follower. */
  async strike(kind: Blow['kind'], random: () => number): Promise<void> {
    const leader = await until('a leader', () => this.#leader());
    const other = await until('a follower', () => this.#follower());
    const [upstream] = this.#upstreams.values();
    const asked = upstream?.asked.length ?? 0;
    await until('a cycle', () => (upstream?.asked.length ?? 0) > asked);
    await sleep(random() * 2500);
    const at = Date.now();
    leader.command.signal(kind === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    await until(`${other.name} to lead`, async () => (await roleOf(other)) === 'leader', 60_000);
    const ledAt = Date.now();
    const seen = new Map([...this.#upstreams].map(([name, { asked: all }]) => [name, all.length]));
    const all = [...this.#upstreams];
    await until('the first call', () =>
      all.some(([name, { asked: own }]) => own.length > (seen.get(name) ?? 0)),
    );
    this.#blows.push({ kind, at, ledAt, calledAt: Date.now() });
    if (kind === 'killed') {
      await leader.command.ended;
      leader.command = this.#serve(leader.port);
    } else {
      await sleep(random() * 3000);
      leader.command.signal('SIGCONT');
    }
    await until(`${leader.name} to follow`, async () => (await roleOf(leader)) === 'follower');
    await sleep(intervalMs * (0.3 + random() / 2));
  }

  async end(): Promise<ClusterReport> {
    this.#stop.abort();
    await Promise.all(this.#breaking);
    await sleep(intervalMs);
    const handOverMs = await this.#handOver();
    const calls = Object.fromEntries(
      [...this.#upstreams].map(([name, { asked }]) => [
        name,
        asked.filter(({ path }) => path === steady).map(({ at }) => at),
      ]),
    );
    const told = this.#trial.robots.incidents;
    const findings = checkCluster({
      intervalMs,
      blows: this.#blows,
      faults: this.#faults,
      calls,
      told,
    });
    return {
      ...findings,
      blows: this.#blows,
      faults: this.#faults.length,
      messages: told.length,
      handOverMs,
      written: this.#written,
    };
  }

  get #written(): string {
    return this.#commands.map(({ pid, written }) => `process ${pid}\n${written}`).join('\n');
  }

  async #handOver(): Promise<number> {
    const leader = await until('a leader', () => this.#leader());
    const other = await until('a follower', () => this.#follower());
    const at = Date.now();
    leader.command.signal('SIGTERM');
    await until(`${other.name} to lead`, async () => (await roleOf(other)) === 'leader', 60_000);
    return Date.now() - at;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const { command } of this.#nodes) command.signal('SIGCONT');
    await Promise.all(this.#nodes.map(({ command }) => command.kill()));
    await Promise.all(this.#breaking);
  }

  /** One operation after the other, each until people know that it is broken, and whole until they know that it is over. */
  async #breakOn(service: string, index: number): Promise<void> {
    const { signal } = this.#stop;
    const rest = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
    await rest(index * 10_000);
    for (const path of this.#breakable) {
      if (signal.aborted) return;
      const from = Date.now();
      this.#answers(service, path);
      await this.#told('opened', service, path);
      this.#answers(service);
      this.#faults.push({ service, operation: `GET ${path}`, from, to: Date.now() });
      await this.#told('resolved', service, path);
      await rest(restMs);
    }
  }

  /** What is not told in time the checker finds. */
  async #told(event: string, service: string, path: string): Promise<void> {
    const isIt = (one: Robots['incidents'][number]): boolean =>
      one.event === event && one.services.includes(service) && one.subject.includes(path);
    const find = (): boolean => this.#trial.robots.incidents.some(isIt);
    await until(`${event} of ${path}`, find, toldWithinMs).catch(() => undefined);
  }

  #answers(service: string, broken?: string): void {
    this.#upstreams.get(service)?.answers((asked, response) => {
      setTimeout(() => (asked.path === broken ? failing(500) : well)(asked, response), answerMs);
    });
  }

  async #addNode(name: string): Promise<void> {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    this.#nodes.push({ name, port, command: this.#serve(port) });
    await until(`${name} to answer`, () => roleOf({ port }));
  }

  #serve(port: number): Command {
    const args = ['serve', '--log', 'json', '--port', String(port)];
    const env = { APIPATROL_KEY: 'a key for the trial of several nodes' };
    const command = new Command(this.#trial.folder, args, env);
    this.#commands.push(command);
    return command;
  }

  async #leader(): Promise<Node | undefined> {
    return this.#withRole('leader');
  }

  async #follower(): Promise<Node | undefined> {
    return this.#withRole('follower');
  }

  async #withRole(role: string): Promise<Node | undefined> {
    for (const node of this.#nodes) if ((await roleOf(node)) === role) return node;
    return undefined;
  }
}

/** What a server says of itself: `leader` or `follower`; `undefined`: nothing. */
export async function roleOf({ port }: Pick<Node, 'port'>): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1500) });
    return ((await answer.json()) as { readonly role?: string }).role;
  } catch {
    return undefined;
  }
}
