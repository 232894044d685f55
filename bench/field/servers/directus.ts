import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { installed } from '../npm.ts';
import { type FieldServer, give, textOf } from '../server.ts';

const run = promisify(execFile);
const headers = { authorization: 'Bearer field-token' };

export const directus: FieldServer = {
  name: 'Directus',
  state: ['/items/articles', '/users?fields=id,email', '/collections', '/folders'],
  async start({ folder, port, launch }) {
    const cli = path.join(await installed('directus@10.13.4'), 'cli.js');
    const origin = `http://127.0.0.1:${port}`;
    const env = {
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: origin,
      KEY: 'field',
      SECRET: 'field',
      DB_CLIENT: 'sqlite3',
      DB_FILENAME: path.join(folder, 'directus.db'),
      ADMIN_EMAIL: 'admin@example.org',
      ADMIN_PASSWORD: 'field-password',
      ADMIN_TOKEN: 'field-token',
      STORAGE_LOCAL_ROOT: path.join(folder, 'uploads'),
      EXTENSIONS_PATH: path.join(folder, 'extensions'),
      TELEMETRY: 'false',
    };
    await run(process.execPath, [cli, 'bootstrap'], { cwd: folder, env: { ...process.env, ...env } });
    await launch({ command: process.execPath, args: [cli, 'start'], cwd: folder, env }, origin);
    await give(`${origin}/collections`, collection, headers);
    for (const title of ['First', 'Second']) await give(`${origin}/items/articles`, { title }, headers);
    return {
      origin,
      documents: [{ name: 'directus.json', text: await textOf(`${origin}/server/specs/oas`, headers) }],
      credential: { scheme: 'bearer', token: 'field-token' },
      headers,
    };
  },
};

const collection = {
  collection: 'articles',
  schema: {},
  meta: {},
  fields: [
    { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
    { field: 'title', type: 'string', schema: {} },
  ],
};
