import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { installedBySystem } from '../npm.ts';
import { freePort } from '../process.ts';
import { type FieldServer, give, textOf } from '../server.ts';

const run = promisify(execFile);
const headers = { 'X-API-Key': 'field-key' };

export const powerdns: FieldServer = {
  name: 'PowerDNS',
  state: ['/api/v1/servers/localhost/zones', '/api/v1/servers/localhost/zones/example.org.'],
  async start({ folder, port, launch }) {
    await installedBySystem('pdns-server', 'pdns-backend-sqlite3', 'sqlite3');
    const schema = '/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql';
    const database = path.join(folder, 'pdns.db');
    await run('sqlite3', [database, `.read ${schema}`]);
    await mkdir(path.join(folder, 'socket'));
    const settings = [
      'launch=gsqlite3',
      `gsqlite3-database=${database}`,
      'gsqlite3-dnssec=yes',
      'local-address=127.0.0.1',
      `local-port=${await freePort()}`,
      'webserver=yes',
      'webserver-address=127.0.0.1',
      `webserver-port=${port}`,
      'api=yes',
      `api-key=${headers['X-API-Key']}`,
      `socket-dir=${path.join(folder, 'socket')}`,
    ];
    await writeFile(path.join(folder, 'pdns.conf'), `${settings.join('\n')}\n`);
    const origin = `http://127.0.0.1:${port}`;
    const args = [`--config-dir=${folder}`, '--daemon=no', '--guardian=no'];
    await launch({ command: 'pdns_server', args, cwd: folder }, origin);
    const zone = { name: 'example.org.', kind: 'Native', nameservers: ['ns1.example.org.'] };
    await give(`${origin}/api/v1/servers/localhost/zones`, zone, headers);
    return {
      origin,
      documents: [{ name: 'powerdns.yaml', text: await textOf(`${origin}/api/docs`, headers) }],
      credential: { scheme: 'api-key', name: 'X-API-Key', value: headers['X-API-Key'] },
      headers,
    };
  },
};
