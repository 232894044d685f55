import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The built program in a folder where there is no configuration yet. */
export interface FirstRun {
  /** Where its page is. */
  readonly url: string;
  end(): Promise<void>;
}

export async function startFirstRun(folder: string): Promise<FirstRun> {
  const port = await freePort();
  const patrol = spawn(process.execPath, [command, 'serve', '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // It says where the page is as soon as the page is there.
  await once(patrol.stdout, 'data');
  return {
    url: `http://127.0.0.1:${port}`,
    async end() {
      const ended = once(patrol, 'exit');
      patrol.kill('SIGTERM');
      await ended;
    },
  };
}
