import { access, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installed } from '../npm.ts';
import { type FieldServer, textOf } from '../server.ts';

const key = 'field-key';

export const etherpad: FieldServer = {
  name: 'Etherpad',
  writes: /\/(?:create|delete|remove|set|append|restore|copy|move|save|send)[A-Z]\w*/,
  refuses: /^\{"code":[1-9]/,
  state: [`/api/1.2.15/getText?apikey=${key}&padID=plan`, `/api/1.2.15/listAllPads?apikey=${key}`],
  async start({ folder, port, launch }) {
    const home = await underService(await installed('ep_etherpad-lite@1.8.14'));
    const settings = path.join(folder, 'settings.json');
    await writeFile(
      settings,
      JSON.stringify({
        ip: '127.0.0.1',
        port,
        dbType: 'dirty',
        dbSettings: { filename: path.join(folder, 'pads.db') },
        defaultPadText: 'hello',
      }),
    );
    const keyFile = path.join(folder, 'APIKEY.txt');
    await writeFile(keyFile, key);
    const origin = `http://127.0.0.1:${port}`;
    const args = ['node/server.js', '--settings', settings, '--apikey', keyFile];
    await launch({ command: process.execPath, args, cwd: home }, origin);
    for (const call of ['createPad?padID=plan&text=first', 'setText?padID=plan&text=second', 'createGroup?'])
      await textOf(`${origin}/api/1.2.15/${call}&apikey=${key}`);
    return {
      origin,
      documents: [{ name: 'etherpad.json', text: await textOf(`${origin}/api/openapi.json`) }],
      credential: { scheme: 'api-key', in: 'query', name: 'apikey', value: key },
    };
  },
};

/** It looks for itself in a folder named `src`, and for its dependencies beside that. */
async function underService(home: string): Promise<string> {
  const service = path.join(home, '../../src');
  try {
    await access(service);
  } catch {
    await rename(home, service);
    await symlink('../src', home);
  }
  return service;
}
