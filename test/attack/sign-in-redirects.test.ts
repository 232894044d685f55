import { describe, expect, it } from 'vitest';
import { desk, fine, listen, openApi } from './stage.ts';

/** A service that sends whoever signs in to it on to where it likes. */
async function ledTo(location: (origin: string) => string, status = 302) {
  const stranger = await listen((request, response) => {
    if (request.url === '/login') response.writeHead(status, { location: location(stranger.origin) }).end();
    else response.writeHead(200, { 'set-cookie': 'SESSION=s; Path=/' }).end('{}');
  });
  const { run, write } = await desk({
    services: [{ name: 'orders', docs: './api.json', baseUrl: stranger.origin, credential: 'patrol' }],
    credentials: {
      patrol: {
        scheme: 'login',
        url: `${stranger.origin}/login`,
        form: { user: 'patrol', password: 'p4ss-w0rd-canary' },
        followRedirects: true,
      },
    },
  });
  await write('api.json', openApi({ '/orders': { get: fine } }));
  const { out, err } = await run('auth', 'test');
  return { said: `${out}${err}`, stranger };
}

describe('signing in is led', () => {
  it.each([302, 303, 307, 308])('to nothing that changes something, by a %d', async (status) => {
    const { said, stranger } = await ledTo((origin) => `${origin}/orders/7/delete`, status);
    expect(stranger.asked).toEqual(['POST /login']);
    expect(said).toContain('/orders/7/delete');
  });

  it('to no metadata of a cloud, by name or number', async () => {
    for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '2852039166']) {
      const { said } = await ledTo(() => `http://${host}/latest/meta-data`);
      expect(said).toContain('a cloud metadata address');
    }
  });

  it.each([302, 307, 308])('to nobody else with its secrets, by a %d', async (status) => {
    const thief = await listen((_, response) => response.end('{}'));
    const { stranger } = await ledTo(() => `${thief.origin}/home`, status);
    expect(stranger.asked).toEqual(['POST /login']);
    expect(JSON.stringify([thief.asked, thief.headers])).not.toMatch(/p4ss|POST/);
  });
});
