import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, type Ended } from './command.ts';
import { Database } from './database.ts';
import { Robots } from './robot.ts';
import { until } from './until.ts';
import { Upstream } from './upstream.ts';

/** Of a command that ends by itself. */
const commandMs = 240_000;
export const intervalMs = 10_000;

export interface Status extends Ended {
  readonly json: {
    readonly incidents: readonly { readonly id: string; readonly services: readonly string[] }[];
  };
}

/** A folder with a configuration, a group with a robot, and the servers that are watched. */
export class Trial {
  readonly folder: string;
  readonly robots: Robots;
  readonly #upstreams: Upstream[] = [];
  readonly #commands: Command[] = [];

  static async set(): Promise<Trial> {
    const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-trial-'));
    return new Trial(folder, await Robots.start());
  }

  private constructor(folder: string, robots: Robots) {
    this.folder = folder;
    this.robots = robots;
  }

  async upstream(): Promise<Upstream> {
    const upstream = await Upstream.start();
    this.#upstreams.push(upstream);
    return upstream;
  }

  async write(name: string, content: string): Promise<string> {
    const file = path.join(this.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  }

  /** YAML takes JSON as it is. */
  async configure(config: Readonly<Record<string, unknown>>): Promise<void> {
    await this.write('apipatrol.yaml', JSON.stringify({ interval: '10s', ...config }, undefined, 2));
  }

  /** A service with these operations; `more` are settings of its own. */
  async service(
    name: string,
    upstream: Pick<Upstream, 'url'>,
    paths: readonly string[],
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    await this.write(`${name}.json`, openapi(paths));
    return { name, docs: `./${name}.json`, baseUrl: upstream.url, ...more };
  }

  /** The daemon. */
  run(): Command {
    const command = new Command(this.folder, ['run', '--log', 'json']);
    this.#commands.push(command);
    return command;
  }

  async command(...args: readonly string[]): Promise<Ended> {
    const command = new Command(this.folder, args);
    this.#commands.push(command);
    const tooLong = setTimeout(() => command.signal('SIGKILL'), commandMs);
    return command.ended.finally(() => clearTimeout(tooLong));
  }

  async status(): Promise<Status> {
    const ended = await this.command('status', '--json');
    return { ...ended, json: JSON.parse(ended.out === '' ? '{}' : ended.out) as Status['json'] };
  }

  /** Once `status` says that nothing is wrong. */
  async untilAllIsWell(limit?: number): Promise<void> {
    await until('a status that says that all is well', async () => (await this.status()).code === 0, limit);
  }

  look<T>(read: (database: Database) => T): T {
    const database = new Database(this.folder);
    try {
      return read(database);
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#commands.map((command) => command.kill()));
    await Promise.all([this.robots.close(), ...this.#upstreams.map((upstream) => upstream.close())]);
    await rm(this.folder, { recursive: true, maxRetries: 3 });
  }
}

export function openapi(paths: readonly string[]): string {
  const operation = {
    get: {
      responses: {
        200: {
          description: 'ok',
          content: {
            'application/json': { schema: { type: 'object', properties: { ok: { type: 'boolean' } } } },
          },
        },
      },
    },
  };
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Trial', version: '1' },
    paths: Object.fromEntries(paths.map((one) => [one, operation])),
  });
}
