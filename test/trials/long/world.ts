import { readdir, readFile } from 'node:fs/promises';
import { Command } from '../support/command.ts';
import { Trial } from '../support/scene.ts';
import { sleep, until } from '../support/until.ts';
import { badGateway, failing, hang, Upstream, well } from '../support/upstream.ts';
import type { Fault } from './plan.ts';

export interface Measure {
  /** Epoch ms. */
  readonly at: number;
  readonly rssMiB: number;
  readonly handles: number;
}

/** What happens at a moment of the trial, in ms since its start. */
interface Deed {
  readonly at: number;
  readonly do: () => Promise<void>;
}

/** Services that can be broken, a group for each of them, and one patrol over all. */
export class World {
  readonly trial: Trial;
  readonly measures: Measure[] = [];
  readonly #servers: ReadonlyMap<string, Upstream>;
  readonly #paths: readonly string[];
  #patrol: Command | undefined;

  static async set(names: readonly string[], operations: number, interval: string): Promise<World> {
    const trial = await Trial.set();
    const paths = Array.from({ length: operations }, (_, index) => `/items-${index}`);
    const servers = new Map<string, Upstream>();
    for (const name of names) servers.set(name, await trial.upstream());
    const services = [...servers].map(([name, server]) => trial.service(name, server, paths));
    const { robots } = trial;
    await trial.configure({
      interval,
      services: await Promise.all(services),
      channels: Object.fromEntries(
        names.flatMap((name) => [
          [name, robots.channel(name)],
          [`${name}-hook`, robots.hook(name)],
        ]),
      ),
      routes: names.map((name) => ({ to: [name, `${name}-hook`], services: [name] })),
    });
    return new World(trial, servers, paths);
  }

  private constructor(trial: Trial, servers: ReadonlyMap<string, Upstream>, paths: readonly string[]) {
    this.trial = trial;
    this.#servers = servers;
    this.#paths = paths;
  }

  start(): void {
    this.#patrol = this.trial.run();
  }

  async kill(): Promise<void> {
    await this.#patrol?.kill();
    this.start();
  }

  async stop(): Promise<number | NodeJS.Signals | null | undefined> {
    return (await this.#patrol?.stop())?.code;
  }

  /** It has ended by itself. */
  get isDead(): boolean {
    return this.#patrol?.isOver === true;
  }

  /** Where one operation alone is broken. */
  pathOf({ kind, from }: Pick<Fault, 'kind' | 'from'>): string | undefined {
    return kind === 'operation' || kind === 'stuck' ? this.#paths[from % this.#paths.length] : undefined;
  }

  /** Once every service has been called. */
  async firstCall(): Promise<void> {
    await until('a call of every service', () =>
      [...this.#servers.values()].every(({ asked }) => asked.length > 0),
    );
  }

  /** When the operations of a service were called, epoch ms, by path. */
  callsOf(service: string): ReadonlyMap<string, readonly number[]> {
    const asked = this.#servers.get(service)?.asked ?? [];
    return new Map(
      this.#paths.map((path) => [path, asked.filter((one) => one.path === path).map(({ at }) => at)]),
    );
  }

  /** Every moment of the grid at which something was due, epoch ms. */
  ticks(): readonly number[] {
    return [...new Set(this.trial.look((database) => database.cycles().map(({ dueAt }) => dueAt)))];
  }

  /** Lets faults come and go, and what else is to happen; ends so long after the start. */
  async follow(
    faults: readonly Fault[],
    startedAt: number,
    durationMs: number,
    more: readonly Deed[] = [],
  ): Promise<void> {
    const deeds = faults.flatMap((fault): readonly Deed[] => [
      { at: fault.from, do: () => this.begin(fault) },
      { at: fault.to, do: () => this.end(fault) },
    ]);
    for (const deed of [...deeds, ...more].toSorted((a, b) => a.at - b.at)) {
      await sleep(Math.max(0, startedAt + deed.at - Date.now()));
      await deed.do();
    }
    await sleep(Math.max(0, startedAt + durationMs - Date.now()));
  }

  async begin(fault: Fault): Promise<void> {
    const { service, kind } = fault;
    const server = this.#servers.get(service);
    const one = this.pathOf(fault);
    if (one !== undefined) server?.answersAt([one], kind === 'stuck' ? hang : failing(500));
    if (kind === 'service') server?.answers(failing(500));
    if (kind === 'gateway') server?.answers(badGateway);
    if (kind === 'hang') server?.answers(hang);
    if (kind === 'origin') await server?.down();
  }

  async end({ service, kind }: Fault): Promise<void> {
    const server = this.#servers.get(service);
    if (kind === 'origin') await server?.up();
    server?.answers(well);
  }

  async measure(): Promise<void> {
    const pid = this.#patrol?.pid;
    for (const server of this.#servers.values()) server.asked.splice(0);
    try {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const handles = (await readdir(`/proc/${pid}/fd`)).length;
      const rssMiB = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
      this.measures.push({ at: Date.now(), rssMiB, handles });
    } catch (error) {
      // It has just been killed.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}
