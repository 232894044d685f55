import { describe, expect, it } from 'vitest';
import { desk, fine, listen, openApi } from './stage.ts';

/** Somebody who would like the patrol to ask a server for them that they cannot reach themselves. */
async function inside() {
  return listen((_, response) => response.end(openApi({ '/secret': { get: fine } })));
}

const spellings = (port: number): readonly string[] => [
  `http://127.0.0.1:${port}/secret`,
  `http://localhost:${port}/secret`,
  `http://[::1]:${port}/secret`,
  `http://[::ffff:127.0.0.1]:${port}/secret`,
  `http://0.0.0.0:${port}/secret`,
  `http://2130706433:${port}/secret`,
  `http://0x7f.1:${port}/secret`,
  `http://user:pw@127.1:${port}/secret`,
  `http:\\\\127.0.0.1:${port}\\secret`,
];

describe('a document leads the reader nowhere inside', () => {
  it('by a redirect, however the address is written', async () => {
    const victim = await inside();
    const targets = spellings(victim.port);
    const stranger = await listen((request, response) => {
      const target = targets[Number(/\d+/.exec(request.url ?? '')?.[0])] ?? '';
      response.writeHead(302, { location: target }).end();
    });
    const docs = targets.map((_, index) => `${stranger.origin}/${index}.json`);
    const { run } = await desk({ services: [{ name: 'orders', docs }] });
    const { out, err } = await run('scan', '--json');
    expect(victim.asked).toEqual([]);
    const { documents, problems } = JSON.parse(out) as {
      documents: unknown[];
      problems: { code: string; file: string; message: string; hint: string }[];
    };
    expect(err).toBe('');
    expect(documents).toEqual([]);
    expect(problems.map(({ code, file }) => [code, file])).toEqual(
      docs.map((file) => ['address-refused', file]),
    );
    expect(problems[0]).toMatchObject({
      message: `leads to ${victim.origin}, which is an internal address (127.0.0.1) that the configuration does not name, so it is not asked`,
      hint: `If it is meant, name ${victim.origin} in \`docs\`, or its host under \`network.internal\` of the service.`,
    });
  });

  it('by the last of several redirects', async () => {
    const victim = await inside();
    const stranger = await listen((request, response) => {
      const location =
        request.url === '/3'
          ? `${victim.origin}/secret`
          : `/${Number.parseInt(request.url?.slice(1) ?? '') + 1}`;
      response.writeHead(307, { location }).end();
    });
    const { run } = await desk({ services: [{ name: 'orders', docs: `${stranger.origin}/1.json` }] });
    await run('scan');
    expect(stranger.asked).toEqual(['GET /1.json', 'GET /2', 'GET /3']);
    expect(victim.asked).toEqual([]);
  });

  it.each([
    ['another host', (victim: string) => `${victim}/secret`],
    ['a redirect', () => './away.json'],
    ['a redirect below it', () => 'away.json#/paths'],
  ])('by a $ref to %s', async (_, reference) => {
    const victim = await inside();
    const stranger = await listen((request, response) => {
      if (request.url === '/api.json')
        response.end(openApi({ '/a': { get: fine }, '/b': { $ref: reference(victim.origin) } }));
      else response.writeHead(302, { location: `${victim.origin}/secret` }).end();
    });
    const { run } = await desk({ services: [{ name: 'orders', docs: `${stranger.origin}/api.json` }] });
    const { out, err } = await run('scan');
    expect(victim.asked).toEqual([]);
    expect(out).toContain('GET /a');
    expect(err).toMatch(/which is not read|that the configuration does not name/);
  });

  it.each([
    [
      'a list',
      (victim: string) => JSON.stringify([{ url: `${victim}/secret` }, { location: `${victim}/secret` }]),
    ],
    [
      'settings',
      (victim: string) => JSON.stringify({ urls: [{ url: `${victim}/secret` }], configUrl: victim }),
    ],
    ['a page', (victim: string) => `<!doctype html><redoc spec-url="${victim}/secret"></redoc>`],
    ['a script', (victim: string) => `<!doctype html><script src="${victim}/index.js"></script>`],
    ['a link', (victim: string) => `<!doctype html><link rel="service-desc" href="${victim}/secret">`],
  ])("by what %s names, and sends nobody's credential there", async (_, offer) => {
    const victim = await inside();
    const stranger = await listen((request, response) => {
      const isPage = request.url === '/' || request.url === '/swagger-resources';
      response.writeHead(isPage ? 200 : 404).end(isPage ? offer(victim.origin) : '');
    });
    const { run } = await desk({
      services: [{ name: 'orders', docs: `${stranger.origin}/`, docsCredential: 'docs' }],
      credentials: { docs: { scheme: 'bearer', token: 'only-for-the-documents' } },
    });
    const { err } = await run('scan');
    expect(victim.asked).toEqual([]);
    expect(stranger.headers[0]?.['authorization']).toBe('Bearer only-for-the-documents');
    expect(err).toContain(stranger.origin);
  });

  it('but where the configuration says that it may', async () => {
    const moved = await inside();
    const first = await listen((_, response) =>
      response.writeHead(301, { location: `${moved.origin}/api.json` }).end(),
    );
    const service = { name: 'orders', docs: `${first.origin}/api.json`, docsCredential: 'docs' };
    const credentials = { docs: { scheme: 'bearer', token: 'only-for-the-documents' } };
    for (const more of [{ network: { internal: ['127.0.0.1'] } }, { baseUrl: moved.origin }]) {
      const { run } = await desk({ services: [{ ...service, ...more }], credentials });
      const { out } = await run('scan');
      expect(out).toContain('GET /secret');
    }
    expect(moved.asked).toHaveLength(2);
    // The credential is for the host that is named and not for wherever that leads.
    expect(moved.headers.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
    expect(first.headers.map(({ authorization }) => authorization)).toEqual([
      'Bearer only-for-the-documents',
      'Bearer only-for-the-documents',
    ]);
  });

  it('by the address of a git repository that redirects', async () => {
    const victim = await inside();
    const stranger = await listen((request, response) =>
      response.writeHead(302, { location: `${victim.origin}${request.url}` }).end(),
    );
    const { run } = await desk({
      services: [{ name: 'orders', docs: `${stranger.origin}/team/docs.git#main:a.yaml` }],
    });
    const { err } = await run('scan');
    expect(victim.asked).toEqual([]);
    expect(err).toContain('that the configuration does not name');
  });
});
