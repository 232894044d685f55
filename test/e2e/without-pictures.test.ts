import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built command as `npm install --omit=optional` leaves it: its address. */
async function installedWithoutOptional(folder: string): Promise<string> {
  await cp(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true });
  await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  const modules = path.join(folder, 'node_modules');
  await mkdir(modules);
  const optional = new Set(['@resvg', '.bin', '.package-lock.json']);
  const names = await readdir(path.join(root, 'node_modules'));
  for (const name of names.filter((one) => !optional.has(one)))
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
  return path.join(folder, 'dist/cli/main.js');
}

it('goes without what draws pictures, and says how to install it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'without-pictures-'));
  const robot = createServer((_, response) => response.end('{"errcode":0,"errmsg":"ok"}')).listen(
    0,
    '127.0.0.1',
  );
  onTestFinished(async () => {
    robot.close();
    await rm(folder, { recursive: true });
  });
  await once(robot, 'listening');
  const { port } = robot.address() as AddressInfo;
  const webhook = `http://127.0.0.1:${port}/cgi-bin/webhook/send?key=k`;
  await writeFile(path.join(folder, 'apipatrol.yaml'), `docs: ./api.yaml\nwebhook: ${webhook}\n`);
  const program = await installedWithoutOptional(folder);
  for (const command of [
    ['config', 'check'],
    ['notify', 'test'],
  ]) {
    const { code, out, err } = await cli(command, { cwd: folder, program });
    expect({ command, code, out }).toMatchObject({ code: 0 });
    expect(err.match(/messages go without their picture/g)).toHaveLength(1);
    expect(err).toContain('`npm install --global @resvg/resvg-js`');
  }
});
