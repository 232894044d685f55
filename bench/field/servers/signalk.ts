import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { installed } from '../npm.ts';
import { type FieldServer, textOf } from '../server.ts';

const parts = ['resources', 'course', 'discovery', 'notifications', 'weather', 'history', 'apps', 'security'];

export const signalk: FieldServer = {
  name: 'Signal K',
  state: ['/signalk/v2/api/resources', '/signalk/v2/api/vessels/self/navigation/course'],
  async start({ folder, port, launch }) {
    const home = await installed('signalk-server@2.23.0');
    const data = path.join(folder, 'data');
    await mkdir(data);
    const origin = `http://127.0.0.1:${port}`;
    const args = [path.join(home, 'bin/signalk-server'), '--sample-nmea0183-data'];
    const env = { PORT: String(port), SIGNALK_NODE_CONFIG_DIR: data, SIGNALK_DISABLE_SERVER_UPDATES: '1' };
    await launch({ command: process.execPath, args, cwd: folder, env }, `${origin}/signalk`);
    const documents = [];
    for (const part of parts)
      documents.push({ name: `${part}.json`, text: await textOf(`${origin}/skServer/openapi/${part}`) });
    // Its documents ask for one; it takes any as long as nobody has set up its security.
    return { origin, documents, credential: { scheme: 'bearer', token: 'field-token' } };
  },
};
