import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Page } from './page.ts';

let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-page-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<title>page</title>');
  await writeFile(path.join(folder, 'assets', 'main-1a2b.js'), 'run()');
  await writeFile(path.join(folder, 'notes.txt'), 'not of a kind that is served');
  page = new Page(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (at: string, headers: Readonly<Record<string, string>> = { accept: 'text/html' }) =>
  page.answer(new Request(`http://patrol${at}`, { headers }));

describe('the page', () => {
  it.each(['/', '/operations/0a1b', '/settings/users?x=1'])('stands at %s', async (at) => {
    const answer = await ask(at);
    expect(await answer?.text()).toBe('<title>page</title>');
    expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
  });

  it('has files that are kept for good, because another content has another name', async () => {
    const answer = await ask('/assets/main-1a2b.js', {});
    expect(await answer?.text()).toBe('run()');
    expect(answer?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('is not sent again to those who have it, and compressed to those who can read that', async () => {
    const etag = (await ask('/'))?.headers.get('etag') ?? '';
    expect((await ask('/', { accept: 'text/html', 'if-none-match': etag }))?.status).toBe(304);
    const compressed = await ask('/', { accept: 'text/html', 'accept-encoding': 'gzip, br' });
    expect(compressed?.headers.get('content-encoding')).toBe('gzip');
  });

  it.each([
    ['an address of the API', '/api/v1/nowhere', 'text/html'],
    ['a file that is not there', '/assets/other.js', 'text/html'],
    ['a script that asks for data', '/operations', 'application/json'],
    ['a kind of file that it does not have', '/notes.txt', '*/*'],
    ['a way out of the folder', '/..%2fpackage.json', '*/*'],
  ])('leaves %s alone', async (_what, at, accept) => {
    expect(await ask(at, { accept })).toBeUndefined();
  });

  it('leaves everything alone where it has not been built', async () => {
    const nowhere = new Page(path.join(folder, 'missing'));
    expect(
      await nowhere.answer(new Request('http://patrol/', { headers: { accept: 'text/html' } })),
    ).toBeUndefined();
  });
});
