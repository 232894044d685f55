import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { installed } from '../npm.ts';
import { type FieldServer, give, textOf } from '../server.ts';

export const loopback: FieldServer = {
  name: 'LoopBack todo',
  state: ['/todos'],
  async start({ folder, port, launch }) {
    const home = await installed('@loopback/example-todo@6.0.0');
    // It keeps its data there, and does not make the folder.
    await mkdir(path.join(folder, 'data'));
    const origin = `http://127.0.0.1:${port}`;
    await launch(
      {
        command: process.execPath,
        args: [home],
        cwd: folder,
        env: { HOST: '127.0.0.1', PORT: String(port) },
      },
      origin,
    );
    for (const title of ['Buy milk', 'Read the log']) await give(`${origin}/todos`, { title });
    return {
      origin,
      documents: [{ name: 'todo.json', text: await textOf(`${origin}/openapi.json`) }],
    };
  },
};
