import { inEnglish } from '../../../messages/in-language.ts';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryCache, noHttp, serviceSettings } from '../../../../test/support/scan.ts';
import { ManualClock } from '../../../lib/time/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import { createScanner, type Scanner } from '../../scan.ts';
import { parseGitAddress } from './git.ts';

describe('an address of a repository', () => {
  test.each([
    ['https://host/team/repo.git', { repository: 'https://host/team/repo.git', branch: undefined, path: '' }],
    [
      'https://host/team/repo.git#main',
      { repository: 'https://host/team/repo.git', branch: 'main', path: '' },
    ],
    [
      'ssh://git@host/repo.git#v1:docs/*.yaml',
      { repository: 'ssh://git@host/repo.git', branch: 'v1', path: 'docs/*.yaml' },
    ],
    [
      'git@host:team/repo.git#:docs',
      { repository: 'git@host:team/repo.git', branch: undefined, path: 'docs' },
    ],
    ['https://host/openapi.json', undefined],
    ['/folder/repo.git', undefined],
    ['docs/*.yaml', undefined],
  ])('%s', (entry, expected) => {
    expect(parseGitAddress(entry)).toEqual(expected);
  });
});

describe('documents in a git repository', () => {
  let folder: string;
  let repository: string;
  let scanner: Scanner;
  let author: string;
  const signal = new AbortController().signal;
  const clock = new ManualClock();
  /** Of the last commit. */
  let at = clock.now();

  beforeEach(() => {
    author = 'Zhang San';
    folder = mkdtempSync(path.join(tmpdir(), 'scan-git-'));
    repository = path.join(folder, 'origin', 'repo.git');
    mkdirSync(path.join(repository, 'docs'), { recursive: true });
    git('init', '--quiet', '--initial-branch=main');
    commit('docs/api.yaml', 'openapi: 3.1.0\npaths: { /a: { $ref: a.yaml } }');
    commit('docs/a.yaml', 'get: {}');
    scanner = createScanner({
      cache: memoryCache(),
      clock,
      log: silentLogger,
      http: () => noHttp,
      root: folder,
    });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function git(...args: readonly string[]): void {
    const identity = ['-c', `user.name=${author}`, '-c', 'user.email=t@example.com'];
    const env = { ...process.env, GIT_COMMITTER_DATE: new Date(at).toISOString() };
    execFileSync('git', [...identity, ...args], { cwd: repository, stdio: 'pipe', env });
  }

  /** A second after the last one. */
  function commit(file: string, content: string): void {
    at += 1000;
    writeFileSync(path.join(repository, file), content);
    git('add', '--all');
    git('commit', '--quiet', '--message=x');
  }

  const scan = (fragment: string) =>
    scanner.scan([serviceSettings({ docs: [`file://${repository}${fragment}`], root: folder })], signal);

  test('are read at a branch and path, and again only when they change', async () => {
    const first = await scan('#main:docs/*.yaml');
    expect(first.problems).toEqual([]);
    expect(first.documents).toMatchObject([
      { uri: `file://${repository}#main:docs/api.yaml`, operations: [{ key: 'GET /a' }], problems: [] },
    ]);
    expect(await scan('#main:docs/*.yaml')).toMatchObject({ read: 0, unchanged: 2 });
    commit('docs/a.yaml', 'get: {}\npost: {}');
    const third = await scan('#main:docs/*.yaml');
    expect(third.changes).toMatchObject([{ added: ['POST /a'] }]);
  });

  test('are known with who changed them last, as are their changes', async () => {
    const first = await scan('#main:docs/api.yaml');
    expect(first.documents[0]?.lastEdit).toEqual({ by: 'Zhang San', at });
    author = 'Li Si';
    commit('README.md', 'elsewhere');
    commit('docs/a.yaml', 'get: {}\npost: {}');
    const second = await scan('#main:docs/api.yaml');
    const lastEdit = { by: 'Li Si', at };
    expect(second).toMatchObject({ documents: [{ lastEdit }], changes: [{ lastEdit }] });
    author = 'Wang Wu';
    commit('docs/a.yaml', 'get: [');
    commit('docs/api.yaml', 'openapi: [');
    const third = await scan('#main:docs/api.yaml');
    expect(third).toMatchObject({ documents: [{ lastEdit }], unreadable: [{ lastEdit: { by: 'Wang Wu' } }] });
    expect(await scan('#main:docs/api.yaml')).toMatchObject({ read: 0, unreadable: third.unreadable });
  });

  test('in a folder say that they are not committed until they are', async () => {
    const service = serviceSettings({ docs: ['origin/repo.git/docs/api.yaml'], root: folder });
    writeFileSync(path.join(repository, 'docs/a.yaml'), 'get: {}\npost: {}');
    const first = await scanner.scan([service], signal);
    const before = { by: 'Zhang San', at, uncommitted: true };
    expect(first.documents[0]?.lastEdit).toEqual(before);
    author = 'Li Si';
    commit('docs/a.yaml', 'get: {}\npost: {}');
    const second = await scanner.scan([service], signal);
    expect(second).toMatchObject({ read: 0, changes: [] });
    expect(second.documents[0]?.lastEdit).toEqual({ by: 'Li Si', at });
    const third = await scanner.scan([service], signal);
    expect(third.documents[0]).toBe(second.documents[0]);
  });

  test('are read at the default branch and everywhere when nothing else is said', async () => {
    expect((await scan('')).documents.map(({ uri }) => uri)).toEqual([`file://${repository}#:docs/api.yaml`]);
  });

  test('may not lead out of the repository by a link', async () => {
    writeFileSync(path.join(folder, 'secret.yaml'), 'get: {}');
    symlinkSync(path.join(folder, 'secret.yaml'), path.join(repository, 'docs/link.yaml'));
    commit(
      'docs/api.yaml',
      'openapi: 3.1.0\npaths: { /a: { $ref: link.yaml }, /b: { $ref: ../../../x.yaml } }',
    );
    const { documents } = await scan('#main:docs/api.yaml');
    expect(documents[0]?.operations).toEqual([]);
    expect(documents[0]?.problems.map(({ code }) => code)).toEqual(['ref-not-found', 'ref-outside-source']);
  });

  test('stay as they were while the repository cannot be reached', async () => {
    const { documents } = await scan('#main:docs');
    rmSync(repository, { recursive: true });
    const report = await scan('#main:docs');
    expect(report).toMatchObject({ documents, changes: [], problems: [{ code: 'git-failed' }] });
    expect(inEnglish(report.problems[0]?.message ?? '')).toMatch(/^cannot be fetched at main: fatal: /);
  });

  test('say when there is no such branch, without showing who asks', async () => {
    const entry = `file://me:secret@${repository}#none`;
    const { problems } = await scanner.scan([serviceSettings({ docs: [entry], root: folder })], signal);
    expect(problems).toMatchObject([{ code: 'git-failed', file: `file://${repository}` }]);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });
});
