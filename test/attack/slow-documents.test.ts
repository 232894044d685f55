import { expect, it } from 'vitest';
import { desk, fine, isLong, listen, openApi, serve } from './stage.ts';

const parts = Object.fromEntries(
  Array.from({ length: 100 }, (_, n) => [`/part/${n}`, { $ref: `part${n}.json` }]),
);

it('documents that do not come are a fault of their own service', { timeout: 120_000 }, async () => {
  const world = await listen((request, response) => {
    const [, name = '', file] = request.url?.split('/') ?? [];
    if (file === 'slow.json' || file?.startsWith('part') === true || name.startsWith('hangs')) return;
    const own = { [`/${name}/orders`]: { get: fine } };
    // Large enough for a thread of its own.
    const padding = { 'x-padding': 'x'.repeat(20_000) };
    if (file === 'orders') response.setHeader('content-type', 'application/json').end('{}');
    else response.end(openApi(name.startsWith('refers') ? { ...own, ...parts } : own, padding));
  });
  const service = (name: string, ...files: readonly string[]) => ({
    name,
    docs: files.map((file) => `${world.origin}/${name}/${file}`),
    baseUrl: world.origin,
  });
  const bad = ['hangs', 'refers1', 'refers2', 'refers3'];
  const page = await serve(
    await desk({
      interval: '10s',
      services: [
        ...bad.map((name) => service(name, 'api.json')),
        service('half', 'api.json', 'slow.json'),
        service('good', 'api.json'),
      ],
    }),
  );
  // Nothing that hangs has been given up yet.
  await expect.poll(() => world.asked).toContain('GET /good/orders');
  await expect.poll(() => world.asked).toContain('GET /half/orders');
  const ready = async () => {
    const answer = await fetch(`${page.origin}/readyz`);
    return { status: answer.status, text: await answer.text() };
  };
  await expect.poll(ready).toMatchObject({ status: 200 });
  expect(page.complaints()).not.toContain('MaxListeners');
  if (!isLong) return;
  await expect
    .poll(ready, { timeout: 60_000 })
    .toMatchObject({ status: 200, text: expect.stringContaining('those of 5 services') as string });
});
