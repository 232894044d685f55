import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PatrolProcess, startPatrol } from '../../demo/patrol-process.ts';

let mount: string;
let store: string;
let patrol: PatrolProcess | undefined;

beforeEach(() => {
  mount = mkdtempSync(path.join(tmpdir(), 'apipatrol-config-map-'));
  store = mkdtempSync(path.join(tmpdir(), 'apipatrol-data-'));
});

afterEach(async () => {
  patrol?.signal('SIGKILL');
  await patrol?.exited;
  for (const folder of [mount, store]) rmSync(folder, { recursive: true });
});

/**
 * As kubelet writes a volume of a ConfigMap: files in a folder of their own, which the link `..data` leads to; each name is a link into
 * that, and a new version is a new folder to which `..data` is led in one step.
 */
function mounted(version: number, files: Readonly<Record<string, string>>): void {
  const folder = `..2026_11_30_0${version}`;
  mkdirSync(path.join(mount, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(mount, folder, name), text);
  symlinkSync(folder, path.join(mount, '..data_tmp'));
  renameSync(path.join(mount, '..data_tmp'), path.join(mount, '..data'));
  if (version === 1)
    for (const name of Object.keys(files)) symlinkSync(path.join('..data', name), path.join(mount, name));
  else rmSync(path.join(mount, `..2026_11_30_0${version - 1}`), { recursive: true });
}

const documentOf = (...paths: readonly string[]): string =>
  stringify({
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    paths: Object.fromEntries(
      paths.map((one) => [one, { get: { summary: 'List', responses: { 200: { description: 'ok' } } } }]),
    ),
  });

const configOf = (more: Readonly<Record<string, unknown>>): string =>
  stringify({
    docs: './api.yaml',
    baseUrl: 'http://127.0.0.1:9',
    store: { path: path.join(store, 'patrol.db') },
    ...more,
  });

it('reads configuration and documents of a mounted ConfigMap again each time it is swapped, and keeps the last good one', async () => {
  mounted(1, { 'apipatrol.yaml': configOf({ language: 'en' }), 'api.yaml': documentOf('/orders') });
  patrol = startPatrol(path.join(mount, 'apipatrol.yaml'), { env: {} });
  expect(await patrol.logged('cycle closed')).toMatchObject({ checked: 1 });
  mounted(2, { 'apipatrol.yaml': configOf({ language: 'zh' }), 'api.yaml': documentOf('/orders') });
  expect(await patrol.logged('configuration changed')).toMatchObject({ level: 30 });
  mounted(3, { 'apipatrol.yaml': 'docs: [', 'api.yaml': documentOf('/orders') });
  await patrol.logged('configuration refused; the last good one stays in use');
  mounted(4, { 'apipatrol.yaml': configOf({ language: 'en' }), 'api.yaml': documentOf('/orders', '/users') });
  await patrol.logged('configuration changed', 2);
  await patrol.logged('document changed');
  const checked = () => patrol?.records.findLast(({ msg }) => msg === 'cycle closed')?.['checked'];
  await expect.poll(checked).toBe(2);
});
