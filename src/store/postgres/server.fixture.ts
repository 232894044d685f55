import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = '/usr/lib/postgresql';

/** What a server of one's own is to have. */
export interface ServerOptions {
  /** Text by name, in its folder, readable by the server alone; in place of what is there. */
  readonly files?: Readonly<Record<string, string>>;
  /** As in `postgresql.conf`: `ssl=on`. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL server for tests. */
export interface TestServer {
  /** Of a database with nothing in it: `postgres://…`. */
  readonly url: string;
  /** With its socket, and its files in `data`. */
  readonly folder: string;
  /** Whether it can be stopped and started: it is not somebody else's. */
  readonly isOwn: boolean;
  stop(): void;
  start(): void;
  /** Ends it and deletes what it kept. */
  remove(): void;
}

/**
 * The server named by `TEST_DATABASE_URL`, or one of the programs in the folder `TEST_POSTGRES_BIN`, or of this machine's own
 * PostgreSQL; undefined where there is none.
 */
export async function startServer(options?: ServerOptions): Promise<TestServer | undefined> {
  const nothing = (): void => undefined;
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && options === undefined)
    return { url: given, isOwn: false, folder: '', stop: nothing, start: nothing, remove: nothing };
  const bin = process.env['TEST_POSTGRES_BIN'] ?? installed();
  return bin === undefined ? undefined : ownServer(bin, options);
}

function installed(): string | undefined {
  const newest = existsSync(programs) ? readdirSync(programs).toSorted().at(-1) : undefined;
  return newest === undefined ? undefined : join(programs, newest, 'bin');
}

async function ownServer(
  bin: string,
  { files = {}, settings = [] }: ServerOptions = {},
): Promise<TestServer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-postgres-'));
  const port = await freePort();
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? 'postgres' : undefined;
  const give = (path: string): void => {
    if (user === undefined) return;
    const id = (what: string): number => Number(spawnSync('id', [what, user]).stdout.toString());
    chownSync(path, id('-u'), id('-g'));
  };
  give(folder);
  const run = (program: string, args: readonly string[]): void => {
    const command = [join(bin, program), ...args];
    const [first = '', ...rest] = user === undefined ? command : ['runuser', '-u', user, '--', ...command];
    execFileSync(first, rest, { stdio: 'ignore', cwd: folder });
  };
  const data = join(folder, 'data');
  const password = join(folder, 'password');
  writeFileSync(password, 'test-password\n');
  run('initdb', ['-D', data, '-A', 'scram-sha-256', '-U', 'patrol', `--pwfile=${password}`, '-E', 'UTF8']);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    give(join(data, name));
  }
  const start = (): void =>
    run('pg_ctl', [
      '-D',
      data,
      '-w',
      '-l',
      join(folder, 'log'),
      '-o',
      [`-p ${port} -k ${folder} -c fsync=off`, ...settings.map((one) => `-c ${one}`)].join(' '),
      'start',
    ]);
  const stop = (): void => run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
  start();
  return {
    url: `postgres://patrol:test-password@127.0.0.1:${port}/postgres`,
    isOwn: true,
    folder,
    start,
    stop,
    remove: () => {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
