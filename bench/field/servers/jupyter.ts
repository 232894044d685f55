import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installedBySystem } from '../npm.ts';
import { type FieldServer, textOf } from '../server.ts';

const headers = { authorization: 'token field-token' };

export const jupyter: FieldServer = {
  name: 'Jupyter Server',
  state: ['/api/contents/notes.txt?content=0', '/api/sessions', '/api/terminals', '/api/kernels'],
  async start({ folder, port, launch }) {
    await installedBySystem('jupyter-server');
    const root = path.join(folder, 'files');
    await mkdir(root);
    await writeFile(path.join(root, 'notes.txt'), 'a little data\n');
    const origin = `http://127.0.0.1:${port}`;
    const args = ['ip=127.0.0.1', `port=${port}`, 'token=field-token', `root_dir=${root}`].map(
      (one) => `--ServerApp.${one}`,
    );
    await launch(
      { command: 'jupyter-server', args: ['--allow-root', '--no-browser', ...args], cwd: folder },
      origin,
    );
    return {
      origin,
      documents: [{ name: 'jupyter.yaml', text: await textOf(`${origin}/api/spec.yaml`, headers) }],
      credential: { scheme: 'api-key', name: 'Authorization', value: headers.authorization },
      headers,
    };
  },
};
