import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installedBySystem } from '../npm.ts';
import { type FieldServer, give } from '../server.ts';

/** Service that Debian ships; the document stands in it as a text. */
const service = '/usr/share/gocode/src/github.com/prometheus/alertmanager/api/v2/restapi/embedded_spec.go';

export const alertmanager: FieldServer = {
  name: 'Alertmanager',
  state: ['/api/v2/silences', '/api/v2/receivers'],
  async start({ folder, port, launch }) {
    await installedBySystem('prometheus-alertmanager', 'golang-github-prometheus-alertmanager-dev');
    const document = /SwaggerJSON = json\.RawMessage\(\[\]byte\(`([^`]*)`\)\)/.exec(
      await readFile(service, 'utf8'),
    )?.[1];
    if (document === undefined) throw new Error(`no document in ${service}`);
    const config = path.join(folder, 'alertmanager.yml');
    await writeFile(config, 'route: { receiver: team }\nreceivers: [{ name: team }]\n');
    const origin = `http://127.0.0.1:${port}`;
    const args = [
      `--config.file=${config}`,
      `--storage.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ];
    await launch({ command: 'prometheus-alertmanager', args, cwd: folder }, origin);
    const now = Date.now();
    const at = (offset: number): string => new Date(now + offset).toISOString();
    await give(`${origin}/api/v2/alerts`, [
      { labels: { alertname: 'DiskFull', instance: 'db-1' }, annotations: { summary: '91 %' } },
    ]);
    await give(`${origin}/api/v2/silences`, {
      matchers: [{ name: 'instance', value: 'db-2', isRegex: false, isEqual: true }],
      startsAt: at(0),
      endsAt: at(3_600_000),
      createdBy: 'field',
      comment: 'being moved',
    });
    return { origin, documents: [{ name: 'alertmanager.json', text: document }] };
  },
};
