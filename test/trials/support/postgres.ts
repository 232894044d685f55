import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listen } from './listening.ts';

const programs = '/usr/lib/postgresql';
const newest = existsSync(programs) ? readdirSync(programs).toSorted().at(-1) : undefined;
const given = process.env['TEST_DATABASE_URL'];

/** Whether there is a server to try it with: one of this machine, or the one named by `TEST_DATABASE_URL`. */
export const hasPostgres = given !== undefined || newest !== undefined;

export interface PostgresServer {
  /** `postgres://…`, without parameters. */
  readonly url: string;
  /** Ends it and deletes what it kept. */
  remove(): void;
}

export async function startPostgres(): Promise<PostgresServer> {
  if (given !== undefined) return { url: given, remove: () => undefined };
  const bin = path.join(programs, newest ?? '', 'bin');
  const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-cluster-'));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? 'postgres' : undefined;
  if (user !== undefined) {
    const id = (what: string): number => Number(spawnSync('id', [what, user]).stdout.toString());
    chownSync(folder, id('-u'), id('-g'));
  }
  const run = (program: string, ...args: readonly string[]): void => {
    const command = [path.join(bin, program), ...args];
    const [first = '', ...rest] = user === undefined ? command : ['runuser', '-u', user, '--', ...command];
    execFileSync(first, rest, { stdio: 'ignore', cwd: folder });
  };
  const data = path.join(folder, 'data');
  const password = path.join(folder, 'password');
  writeFileSync(password, 'trial-password\n');
  run('initdb', '-D', data, '-A', 'scram-sha-256', '-U', 'patrol', `--pwfile=${password}`, '-E', 'UTF8');
  const port = await freePort();
  const options = `-p ${port} -k ${folder} -c fsync=off`;
  run('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
  return {
    url: `postgres://patrol:trial-password@127.0.0.1:${port}/postgres`,
    remove() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
