import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installedBySystem } from '../npm.ts';
import type { FieldServer } from '../server.ts';

export const netdata: FieldServer = {
  name: 'netdata',
  writes: /\/api\/v1\/(manage\/|registry\?action=(?:access|delete|switch))/,
  async start({ folder, port, launch }) {
    await installedBySystem('netdata', 'netdata-web');
    const document = await readFile('/usr/share/netdata/web/netdata-swagger.yaml', 'utf8');
    for (const name of ['cache', 'lib', 'log']) await mkdir(path.join(folder, name));
    const config = path.join(folder, 'netdata.conf');
    const directories = ['cache', 'lib', 'log'].map((name) => ` ${name} = ${path.join(folder, name)}`);
    const plugins = ['go.d', 'python.d', 'charts.d', 'apps'].map((name) => ` ${name} = no`);
    const sections = [
      ['[global]', ' run as user = root'],
      ['[web]', ` bind to = 127.0.0.1:${port}`],
      ['[directories]', ...directories],
      ['[plugins]', ' enable running new plugins = no', ...plugins],
    ];
    await writeFile(config, `${sections.flat().join('\n')}\n`);
    const origin = `http://127.0.0.1:${port}`;
    const args = ['-D', '-c', config, '-P', path.join(folder, 'pid')];
    await launch({ command: 'netdata', args, cwd: folder }, `${origin}/api/v1/info`);
    return { origin, documents: [{ name: 'netdata.yaml', text: document }] };
  },
};
