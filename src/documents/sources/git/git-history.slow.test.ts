import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LastEdit } from '../../../model/document.ts';
import { createGitHistory } from './git-history.ts';

const start = Date.UTC(2026, 0, 5, 8);
const hourMs = 3_600_000;
const history = createGitHistory(() => start + 100 * hourMs);
let folder: string;
let hours: number;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'git-history-'));
  hours = 0;
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function git(args: readonly string[], author = 'Zhang San', at = start + hours * hourMs): string {
  const identity = ['-c', `user.name=${author}`, '-c', 'user.email=zhang@example.com'];
  const date = new Date(at).toISOString();
  const env = { ...process.env, GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z', GIT_COMMITTER_DATE: date };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, stdio: 'pipe' }).toString();
}

function init(): void {
  git(['init', '--quiet', '--initial-branch=main']);
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

/** One hour after the last one. */
function commit(author: string, files: Readonly<Record<string, string>>): void {
  hours++;
  for (const [file, content] of Object.entries(files)) write(file, content);
  git(['add', '--all']);
  git(['commit', '--quiet', '--message=x'], author);
}

async function edits(...files: readonly string[]): Promise<Readonly<Record<string, LastEdit>>> {
  const paths = files.map((file) => path.join(folder, file));
  const found = await history.lastEdits(paths, new AbortController().signal);
  return Object.fromEntries([...found].map(([file, edit]) => [path.relative(folder, file), edit]));
}

describe('the last edit of a file in a work tree', () => {
  test('is the last commit that touched it, found for many files in one walk', async () => {
    init();
    commit('张三', { 'docs/a.yaml': '1', 'docs/b.yaml': '1', 'docs/深/c.yaml': '1' });
    commit('Li Si', { 'docs/b.yaml': '2' });
    commit('Wang Wu', { 'src/main.js': '1' });
    expect(await edits('docs/a.yaml', 'docs/b.yaml', 'docs/深/c.yaml')).toEqual({
      'docs/a.yaml': { by: '张三', at: start + hourMs },
      'docs/b.yaml': { by: 'Li Si', at: start + 2 * hourMs },
      'docs/深/c.yaml': { by: '张三', at: start + hourMs },
    });
  });

  test('is that of the branch that was merged, not of who merged it', async () => {
    init();
    commit('Zhang San', { 'a.yaml': '1' });
    git(['checkout', '--quiet', '-b', 'side']);
    commit('Li Si', { 'a.yaml': '2' });
    git(['checkout', '--quiet', 'main']);
    commit('Wang Wu', { 'b.yaml': '1' });
    hours++;
    git(['merge', '--quiet', 'side', '--message=m'], 'Merge Robot');
    expect(await edits('a.yaml', 'b.yaml')).toMatchObject({
      'a.yaml': { by: 'Li Si' },
      'b.yaml': { by: 'Wang Wu' },
    });
  });

  test('says that there are changes that nobody has committed', async () => {
    init();
    commit('Zhang San', { 'a.yaml': '1', 'b.yaml': 'x\ny\n' });
    write('a.yaml', '2');
    write('b.yaml', 'x\r\ny\r\n');
    const last = { by: 'Zhang San', at: start + hourMs };
    expect(await edits('a.yaml', 'b.yaml')).toEqual({
      'a.yaml': { ...last, uncommitted: true },
      'b.yaml': last,
    });
    git(['add', '--all']);
    expect(await edits('a.yaml')).toEqual({ 'a.yaml': { ...last, uncommitted: true } });
  });

  test('is not known of what git does not know', async () => {
    write('outside.yaml', '1');
    expect(await edits('outside.yaml')).toEqual({});
    init();
    expect(await edits('outside.yaml')).toEqual({});
    commit('Zhang San', { '.gitignore': 'build\n', 'a.yaml': '1' });
    write('build/made.yaml', '1');
    write('new.yaml', '1');
    expect(Object.keys(await edits('a.yaml', 'build/made.yaml', 'new.yaml', 'missing.yaml'))).toEqual([
      'a.yaml',
    ]);
  });

  test('is not that of the commit at which a shallow clone begins', async () => {
    init();
    commit('Zhang San', { 'old.yaml': '1' });
    commit('Li Si', { 'boundary.yaml': '1' });
    commit('Wang Wu', { 'new.yaml': '1' });
    git(['clone', '--quiet', '--depth=2', `file://${folder}`, 'shallow']);
    expect(await edits('shallow/old.yaml', 'shallow/boundary.yaml', 'shallow/new.yaml')).toEqual({
      'shallow/new.yaml': { by: 'Wang Wu', at: start + 3 * hourMs },
    });
    expect(await edits('old.yaml', 'boundary.yaml')).toMatchObject({
      'old.yaml': { by: 'Zhang San' },
      'boundary.yaml': { by: 'Li Si' },
    });
  });

  test.each([
    ['Zhang San <zhang@example.com>', 'Zhang San'],
    ['zhang.san@example.com', 'zhang.san'],
    ['a\u202Eb\u200B\u0007c', 'abc'],
    ['赵'.repeat(50), `${'赵'.repeat(19)}…`],
  ])('names %j as %j', async (author, by) => {
    init();
    commit(author, { 'a.yaml': '1' });
    expect(await edits('a.yaml')).toEqual({ 'a.yaml': { by, at: start + hourMs } });
  });

  test('has no name when there is none, and is left out when its time cannot be true', async () => {
    init();
    commit('\u200B', { 'a.yaml': '1' });
    hours = 10_000;
    commit('Zhang San', { 'b.yaml': '1' });
    expect(await edits('a.yaml', 'b.yaml')).toEqual({ 'a.yaml': { at: start + hourMs } });
  });

  test('is looked up without running what the repository would like to run', async () => {
    init();
    const pwned = path.join(folder, 'pwned');
    const script = path.join(folder, 'run.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${pwned}'\ncat\n`, { mode: 0o755 });
    commit('Zhang San', { 'a.yaml': '1', '.gitattributes': '* filter=evil diff=evil\n' });
    const signed = git(['cat-file', 'commit', 'HEAD']).replace(
      '\n\n',
      '\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\n',
    );
    writeFileSync(path.join(folder, 'signed'), signed);
    git(['update-ref', 'HEAD', git(['hash-object', '-t', 'commit', '-w', 'signed']).trim()]);
    const commands = ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'gpg.program', 'filter.evil.clean'];
    for (const name of [
      ...commands,
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
    ])
      git(['config', name, script]);
    git(['config', 'log.showSignature', 'true']);
    git(['config', 'alias.log', `!${script}`]);
    write('a.yaml', '2');
    expect(await edits('a.yaml')).toMatchObject({ 'a.yaml': { by: 'Zhang San', uncommitted: true } });
    expect(existsSync(pwned)).toBe(false);
    git(['log', '-1']);
    expect(existsSync(pwned)).toBe(true);
  });

  test('takes names of files as they are written', async () => {
    init();
    const odd = [':(glob)**', '*.yaml', '-- all', 'a\nb.yaml', '"quoted".yaml'];
    commit('Zhang San', Object.fromEntries(odd.map((name) => [name, '1'])));
    commit('Li Si', { 'other.yaml': '1' });
    expect(await edits(...odd)).toEqual(
      Object.fromEntries(odd.map((name) => [name, { by: 'Zhang San', at: start + hourMs }])),
    );
  });

  test('is that of the repository that it lies in, whatever the environment says', async () => {
    init();
    commit('Zhang San', { 'a.yaml': '1' });
    vi.stubEnv('GIT_DIR', '/nowhere');
    expect(Object.keys(await edits('a.yaml'))).toEqual(['a.yaml']);
  });

  test('is not known where there is no git', async () => {
    init();
    commit('Zhang San', { 'a.yaml': '1' });
    vi.stubEnv('PATH', folder);
    expect(await edits('a.yaml')).toEqual({});
  });
});
