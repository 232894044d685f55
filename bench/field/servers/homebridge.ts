import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installed } from '../npm.ts';
import { freePort } from '../process.ts';
import { type FieldServer, give, textOf } from '../server.ts';

const user = { username: 'field', password: 'field-password' };

/** Nest with Fastify; most answers have no schema, many addresses ask other servers or need a device. */
export const homebridge: FieldServer = {
  name: 'Homebridge',
  state: ['/api/users', '/api/config-editor', '/api/accessories/layout'],
  async start({ folder, port, launch }) {
    const ui = await installed('homebridge-config-ui-x@4.72.0', 'homebridge@1.8.5');
    const bridge = { name: 'Field', username: '0E:AA:BB:CC:DD:01', pin: '031-45-154', bind: ['lo'] };
    const page = { platform: 'config', name: 'Config', port, host: '127.0.0.1', auth: 'form' };
    const config = { bridge: { ...bridge, port: await freePort() }, platforms: [page], accessories: [] };
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    const packages = path.dirname(ui);
    const program = path.join(packages, 'homebridge/bin/homebridge');
    const origin = `http://127.0.0.1:${port}`;
    const args = [program, '-U', folder, '-P', packages, '-I'];
    await launch({ command: process.execPath, args, cwd: folder }, origin);
    await give(`${origin}/api/setup-wizard/create-first-user`, { name: 'Field', ...user });
    const headers = { authorization: `Bearer ${await signIn(origin)}` };
    return {
      origin,
      documents: [{ name: 'homebridge.json', text: await textOf(`${origin}/swagger-json`) }],
      credential: { scheme: 'bearer', token: headers.authorization.slice('Bearer '.length) },
      headers,
    };
  },
};

async function signIn(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(user),
  });
  const { access_token: token } = (await response.json()) as { readonly access_token: string };
  return token;
}
