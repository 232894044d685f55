import { roleOf } from './cluster.ts';
import { type Blow, type ClusterFindings, checkCluster, type Fault } from './cluster-checker.ts';
import { Command } from './command.ts';
import { Detour } from './detour.ts';
import { startPostgres } from './postgres.ts';
import type { ToldIncident } from './robot.ts';
import { Trial } from './scene.ts';
import { sleep, until } from './until.ts';
import { failing, Upstream, well } from './upstream.ts';

const services = ['north', 'south'] as const;
const places = ['shanghai', 'beijing'] as const;
type Service = (typeof services)[number];
type Place = (typeof places)[number];

/** Is always well, and so is called once a cycle and location. */
const steady = '/steady';
const breakable = ['/op-a', '/op-b'];
const intervalMs = 10_000;
/** Answers take their time, so that a batch can be hit in the middle. */
const answerMs = 400;
const token = 'tok-5d1e8b02c9-trial';
const env = { APIPATROL_KEY: 'a key for the trial of locations' };
/** Whoever leads last tells by then of what it finds silent. */
const restMs = 20_000;

export interface LocationsReport extends ClusterFindings {
  /** From the `kill -9` of a worker until another one went on with its batch. */
  readonly takenOverMs: number;
  readonly blows: readonly Blow[];
  /** Beginnings and ends that were told of a location without a worker. */
  readonly silent: readonly string[];
  /** What was told of an operation that one location alone could not reach. */
  readonly alone: readonly ToldIncident[];
  /** From how many requests the token was missing. */
  readonly unsigned: number;
  readonly written: string;
}

interface Running {
  readonly name: string;
  readonly location: Place;
  command: Command;
}

interface Server {
  readonly port: number;
  command: Command;
}

/** Two servers on one database and three workers at two locations, from which the same services are seen in two ways. */
export async function locationsTrial(): Promise<LocationsReport> {
  const database = await startPostgres();
  const trial = await Trial.set();
  const world = await World.make(trial, `${database.url}?search_path=locations`);
  try {
    await world.begin();
    const breaking = world.breakOn('south');
    const [alone, takenOverMs] = await Promise.all([world.aloneAtBeijing(), world.killWorker()]);
    await world.loseBeijing();
    await world.strike('killed');
    await world.strike('stopped');
    await sleep(restMs);
    await world.findBeijing();
    await breaking;
    await sleep(intervalMs);
    return { ...world.report(), alone, takenOverMs };
  } finally {
    await world.close();
    await trial.close();
    database.remove();
  }
}

class World {
  readonly #trial: Trial;
  readonly #store: string;
  /** By service, then by the location from which it is seen. */
  readonly #systems: Readonly<Record<Service, Readonly<Record<Place, Upstream>>>>;
  readonly #detour: Detour;
  readonly #servers: Server[] = [];
  readonly #workers: Running[] = [];
  readonly #commands: Command[] = [];
  readonly #blows: Blow[] = [];
  readonly #faults: Fault[] = [];
  /** When all had been called a few times. */
  #begunAt = 0;

  static async make(trial: Trial, store: string): Promise<World> {
    const both = async () => ({ shanghai: await trial.upstream(), beijing: await trial.upstream() });
    const systems = { north: await both(), south: await both() };
    const ways = new Map(services.map((name) => [systems[name].shanghai.port, systems[name].beijing.port]));
    return new World(trial, store, systems, await Detour.start(ways));
  }

  private constructor(
    trial: Trial,
    store: string,
    systems: Readonly<Record<Service, Readonly<Record<Place, Upstream>>>>,
    detour: Detour,
  ) {
    this.#trial = trial;
    this.#store = store;
    this.#systems = systems;
    this.#detour = detour;
  }

  async begin(): Promise<void> {
    const configured: unknown[] = [];
    for (const name of services) {
      const { port } = this.#systems[name].shanghai;
      for (const place of places) this.#answers(name, place);
      const more = { credential: 'sso', locations: places };
      const url = `http://localhost:${port}`;
      configured.push(await this.#trial.service(name, { url }, [...breakable, steady], more));
    }
    await this.#trial.configure({
      store: this.#store,
      language: 'en',
      credentials: { sso: { scheme: 'bearer', token } },
      locations: { shanghai: { credentials: ['sso'] }, beijing: { credentials: ['sso'] } },
      services: configured,
      channels: { team: this.#trial.robots.hook() },
      routes: [{ to: ['team'] }],
    });
    for (let no = 0; no < 2; no++) await this.#addServer();
    await until('a leader', () => this.#withRole('leader'));
    await this.#addWorker('first', 'shanghai');
    await this.#addWorker('second', 'shanghai');
    await this.#addWorker('third', 'beijing');
    for (const system of this.#all) await system.called([steady], 3);
    this.#begunAt = Date.now();
  }

  /** Something that nobody else sees is told with the name of the location. */
  async aloneAtBeijing(): Promise<readonly ToldIncident[]> {
    const [path = ''] = breakable;
    const from = Date.now();
    this.#answers('north', 'beijing', path);
    const isIt = ({ subject }: ToldIncident): boolean => subject.includes('beijing');
    await this.#told('opened', isIt);
    this.#answers('north', 'beijing');
    await this.#told('resolved', isIt);
    this.#faults.push({ service: 'north', operation: 'beijing', from, to: Date.now() });
    return this.#trial.robots.incidents.filter(isIt);
  }

  /** What all see is the service's; one operation after the other. */
  async breakOn(service: Service): Promise<void> {
    for (const path of breakable) {
      const from = Date.now();
      for (const place of places) this.#answers(service, place, path);
      const isIt = (one: ToldIncident): boolean =>
        one.services.includes(service) && one.subject.includes(path);
      await this.#told('opened', isIt);
      for (const place of places) this.#answers(service, place);
      this.#faults.push({ service, operation: `GET ${path}`, from, to: Date.now() });
      await this.#told('resolved', isIt);
      await sleep(3000);
    }
  }

  /** Whoever of Shanghai has just begun a batch; returns how long it was nobody's, ms. */
  async killWorker(): Promise<number> {
    const both = this.#workers.filter(({ location }) => location === 'shanghai');
    const begun = ({ command }: Running): number => command.written.split('batch begun').length;
    const before = new Map(both.map((one) => [one, begun(one)]));
    const victim = await until('a batch', () => both.find((one) => begun(one) > (before.get(one) ?? 0)));
    const batch = victim.command.written.match(/(?<="batch":")[^"]+(?=".*"batch begun")/g)?.at(-1) ?? '';
    const at = Date.now();
    await victim.command.kill();
    const heir = both.find((one) => one !== victim);
    const isTakenOver = (): boolean =>
      heir?.command.written.includes(`"batch":"${batch}","attempt":2`) === true;
    await until('its batch to be taken over', isTakenOver, 60_000);
    const takenOverMs = Date.now() - at;
    this.#blows.push({ kind: 'killed', at, ledAt: Date.now(), calledAt: Date.now() });
    victim.command = this.#work(victim.name, victim.location);
    return takenOverMs;
  }

  /** Until it is told that nobody is there. */
  async loseBeijing(): Promise<void> {
    const one = this.#workers.find(({ location }) => location === 'beijing');
    await one?.command.kill();
    await this.#told('opened', isOfSilence);
  }

  async findBeijing(): Promise<void> {
    const one = this.#workers.find(({ location }) => location === 'beijing');
    if (one !== undefined) one.command = this.#work(one.name, one.location);
    await this.#told('resolved', isOfSilence);
    for (const name of services) await this.#systems[name].beijing.called([steady], 1, Date.now());
  }

  /** In the middle of a cycle; then the other one leads, and the first comes back as a follower. */
  async strike(kind: Blow['kind']): Promise<void> {
    const leader = await until('a leader', () => this.#withRole('leader'));
    const other = await until('a follower', () => this.#withRole('follower'));
    const { shanghai } = this.#systems.north;
    const asked = shanghai.asked.length;
    await until('a cycle', () => shanghai.asked.length > asked);
    await sleep(500);
    const at = Date.now();
    leader.command.signal(kind === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    await until('another to lead', async () => (await roleOf(other)) === 'leader', 60_000);
    const ledAt = Date.now();
    const before = shanghai.asked.length;
    await until('the first call', () => shanghai.asked.length > before);
    this.#blows.push({ kind, at, ledAt, calledAt: Date.now() });
    if (kind === 'killed') {
      await leader.command.ended;
      leader.command = this.#serve(leader.port);
    } else leader.command.signal('SIGCONT');
    await until('the first to follow', async () => (await roleOf(leader)) === 'follower');
    await sleep(intervalMs);
  }

  report(): Omit<LocationsReport, 'alone' | 'takenOverMs'> {
    const { incidents } = this.#trial.robots;
    // From Beijing nothing is called while nobody is there.
    const calls = services.map((name): [string, readonly number[]] => {
      const { asked } = this.#systems[name].shanghai;
      return [
        `${name} from shanghai`,
        asked.filter(({ path, at }) => path === steady && at > this.#begunAt).map(({ at }) => at),
      ];
    });
    const findings = checkCluster({
      intervalMs,
      blows: this.#blows,
      faults: this.#faults,
      calls: Object.fromEntries(calls),
      told: incidents.filter((one) => !isOfSilence(one)),
    });
    const all = this.#all.flatMap(({ asked }) => asked);
    return {
      ...findings,
      blows: this.#blows,
      silent: incidents.filter(isOfSilence).map(({ event }) => event),
      unsigned: all.filter(({ headers }) => headers.authorization !== `Bearer ${token}`).length,
      written: this.#commands.map(({ pid, written }) => `process ${pid}\n${written}`).join('\n'),
    };
  }

  async close(): Promise<void> {
    for (const { command } of this.#servers) command.signal('SIGCONT');
    await Promise.all(this.#commands.map((command) => command.kill()));
    await this.#detour.close();
  }

  get #all(): readonly Upstream[] {
    return services.flatMap((name) => places.map((place) => this.#systems[name][place]));
  }

  /** What is not told in time the checker finds. */
  async #told(event: string, isIt: (one: ToldIncident) => boolean): Promise<void> {
    const find = (): boolean => this.#trial.robots.incidents.some((one) => one.event === event && isIt(one));
    await until(event, find, 90_000).catch(() => undefined);
  }

  #answers(service: Service, place: Place, broken?: string): void {
    this.#systems[service][place].answers((asked, response) => {
      setTimeout(() => (asked.path === broken ? failing(500) : well)(asked, response), answerMs);
    });
  }

  async #addServer(): Promise<void> {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    this.#servers.push({ port, command: this.#serve(port) });
    await until('a server to answer', () => roleOf({ port }));
  }

  #serve(port: number): Command {
    return this.#command(['serve', '--log', 'json', '--port', String(port)]);
  }

  async #addWorker(name: string, location: Place): Promise<void> {
    const made = this.#command(['worker', 'token', '--location', location, '--json']);
    const { out } = await made.ended;
    const given = (JSON.parse(out) as { readonly token: string }).token;
    const worker = { name, location, command: this.#work(name, location, ['--token', given]) };
    this.#workers.push(worker);
    await until(`${name} to work`, () => worker.command.written.includes('worker started'));
  }

  /** One asks first whoever leads at the beginning, the others who follows. */
  #work(name: string, location: Place, more: readonly string[] = []): Command {
    const addresses = this.#servers.map(({ port }) => `http://127.0.0.1:${port}`);
    const servers = name === 'first' ? addresses : addresses.toReversed();
    const own: Readonly<Record<string, string>> =
      location === 'beijing' ? { HTTP_PROXY: this.#detour.url, NO_PROXY: '127.0.0.1' } : {};
    const asked = ['--location', location, '--server', servers.join(','), '--identity', `${name}.json`];
    return this.#command(['worker', ...asked, '--log', 'json', ...more], own);
  }

  #command(args: readonly string[], more: Readonly<Record<string, string>> = {}): Command {
    const command = new Command(this.#trial.folder, args, { ...env, ...more });
    this.#commands.push(command);
    return command;
  }

  async #withRole(role: string): Promise<Server | undefined> {
    for (const server of this.#servers) if ((await roleOf(server)) === role) return server;
    return undefined;
  }
}

function isOfSilence({ services: about, subject }: ToldIncident): boolean {
  return about.length === 0 && subject.includes('location beijing');
}
