import { createServer, type Server } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let taken: Server;

beforeAll(async () => {
  stage = await setStage();
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  taken.close();
  await stage.close();
});

async function configured(name: string, server: object): Promise<string> {
  const folder = path.join(stage.folder, name);
  await mkdir(folder);
  const file = path.join(folder, 'apipatrol.yaml');
  await writeFile(file, JSON.stringify({ docs: './none.yaml', logLevel: 'silent', server }));
  return file;
}

describe('serve', () => {
  it('refuses to be reached by others while nobody has to sign in', async () => {
    const file = await configured('open', { host: '0.0.0.0', port: 0 });
    const { code, err } = await stage.cli('serve', '-c', file);
    expect(code).toBe(2);
    expect(err).toContain('server.host is 0.0.0.0, which others can reach, and nobody has to sign in');
    expect(err).toContain('→ Add a user: apipatrol user add NAME --role admin');
  });

  it('says that its port is taken', async () => {
    const { port } = taken.address() as AddressInfo;
    const file = await configured('taken', { port });
    const { code, err } = await stage.cli('serve', '-c', file);
    expect(code).toBe(2);
    expect(err).toContain(`port ${port} of 127.0.0.1 is taken`);
    expect(err).toContain('→ Stop what listens there, or choose another with --port or server.port.');
  });

  it('takes no password in the clear', async () => {
    const users = [{ name: 'boss', password: 'plain text', role: 'admin' }];
    const file = await configured('plain', { signIn: { users } });
    const { code, err } = await stage.cli('serve', '-c', file);
    expect(code).toBe(2);
    expect(err).toContain('is not a hash; `apipatrol user hash` makes one');
    expect(err).not.toContain('plain text');
  });
});
