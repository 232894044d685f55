import { execFile } from 'node:child_process';
import { chmod, chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { installed, installedBySystem } from '../npm.ts';
import { freePort } from '../process.ts';
import { type FieldServer, give, textOf } from '../server.ts';

const run = promisify(execFile);
const token = '*:*.field-token';
const headers = { authorization: token };

export const unleash: FieldServer = {
  name: 'Unleash',
  state: ['/api/admin/projects/default/features', '/api/admin/environments', '/api/admin/segments'],
  async start({ folder, port, launch, atEnd }) {
    await installedBySystem('postgresql');
    const home = await installed('unleash-server@6.10.1');
    const database = await startPostgres(folder);
    atEnd(() => database.stop());
    const origin = `http://127.0.0.1:${port}`;
    const env = {
      DATABASE_URL: database.url,
      DATABASE_SSL: 'false',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      INIT_ADMIN_API_TOKENS: token,
      SEND_TELEMETRY: 'false',
      CHECK_VERSION: 'false',
    };
    const args = [path.join(home, 'dist/server.js')];
    await launch({ command: process.execPath, args, cwd: folder, env }, `${origin}/health`);
    const feature = { name: 'new-checkout', type: 'release', description: 'a little data' };
    await give(`${origin}/api/admin/projects/default/features`, feature, headers);
    return {
      origin,
      documents: [{ name: 'unleash.json', text: await textOf(`${origin}/docs/openapi.json`) }],
      credential: { scheme: 'api-key', name: 'Authorization', value: token },
      headers,
    };
  },
};

interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** A cluster of its own; PostgreSQL does not run as root. */
async function startPostgres(folder: string): Promise<Database> {
  const { stdout } = await run('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | tail -1; id -u postgres']);
  const [bin = '', uid = ''] = stdout.trim().split('\n');
  const home = path.join(folder, 'postgres');
  await mkdir(home);
  await chown(home, Number(uid), -1);
  await chmod(folder, 0o755);
  const data = path.join(home, 'data');
  const user = { uid: Number(uid), cwd: home };
  await run(path.join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres'], user);
  const port = await freePort();
  const options = `-p ${port} -k ${home} -c listen_addresses=127.0.0.1`;
  const control = path.join(bin, 'pg_ctl');
  await run(control, ['-D', data, '-w', '-l', path.join(home, 'log'), '-o', options, 'start'], user);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await run(control, ['-D', data, '-m', 'fast', 'stop'], user);
    },
  };
}
