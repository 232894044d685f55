import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { desk, fine, openApi } from './stage.ts';

const document = (name: string) => openApi({ [`/${name}`]: { get: fine } });

it('a folder with links out of it is read without them, in no time', async () => {
  const { folder, run, write } = await desk({
    services: [{ name: 'orders', docs: ['./docs', 'docs/**/*.json'] }],
  });
  await write('docs/a.json', document('a'));
  await symlink('/', path.join(folder, 'docs', 'root'));
  await symlink('/proc/self/root', path.join(folder, 'docs', 'process'));
  await symlink('/etc/passwd', path.join(folder, 'docs', 'passwd.json'));
  const begun = performance.now();
  const { code, out, err } = await run('scan');
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(code).toBe(0);
  expect(out).toContain('1 document, 1 operation');
  expect(err).toMatch(
    /info docs: holds a link that leads out of the folder and is not followed: docs\/\w+(?:\.json)? and 2 more/,
  );
  expect(err).not.toContain('root:');
});

it('links in circles end, and each document is read once by each name', async () => {
  const { folder, run, write } = await desk({ services: [{ name: 'orders', docs: './docs' }] });
  await write('docs/a/1.json', document('one'));
  await write('docs/b/2.json', document('two'));
  await symlink('..', path.join(folder, 'docs', 'a', 'up'));
  await symlink('.', path.join(folder, 'docs', 'a', 'self'));
  await symlink('../b', path.join(folder, 'docs', 'a', 'other'));
  await symlink('../a', path.join(folder, 'docs', 'b', 'other'));
  const { code, out, err } = await run('scan', '--json');
  expect(code).toBe(0);
  const { documents } = JSON.parse(out) as { documents: { uri: string }[] };
  expect(documents.map(({ uri }) => uri)).toEqual(expect.arrayContaining(['docs/a/1.json', 'docs/b/2.json']));
  expect(documents.length).toBeLessThan(20);
  expect(err).not.toContain('error');
});

it('a mounted folder that is a link to what is beside it is read', async () => {
  // As Kubernetes mounts a ConfigMap: docs/api.json → ..data/api.json, ..data → ..2026_01_01/.
  const { folder, run, write } = await desk({ services: [{ name: 'orders', docs: 'docs/*.json' }] });
  await write('docs/..2026_01_01/api.json', document('mounted'));
  await symlink('..2026_01_01', path.join(folder, 'docs', '..data'));
  await symlink('..data/api.json', path.join(folder, 'docs', 'api.json'));
  const { out } = await run('scan');
  expect(out).toContain('GET /mounted');
});
