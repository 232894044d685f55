import { sentence } from '../../../messages/sentence.ts';
import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../../lib/errors.ts';
import { SingleFlight } from '../../../lib/single-flight.ts';
import { sha256 } from '../../../lib/text/text.ts';
import type { Problem } from '../../../model/problem.ts';
import { hardened, quiet } from './git-command.ts';
import type { HttpClient } from '../http-client.ts';
import { withoutUser } from '../shown-url.ts';

/** `https://host/team/repo.git#branch:docs/**\/*.yaml`, `git@host:team/repo.git#:docs`; branch and path may be left out. */
export interface GitAddress {
  readonly repository: string;
  readonly branch: string | undefined;
  /** File, folder or glob inside the repository. */
  readonly path: string;
}

export function parseGitAddress(entry: string): GitAddress | undefined {
  const [repository, fragment] = splitOnce(entry, '#');
  if (!/^(?:(?:https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:).+\.git\/?$/i.test(repository)) return undefined;
  const [branch, inside] = splitOnce(fragment ?? '', ':');
  return { repository, branch: branch === '' ? undefined : branch, path: inside ?? '' };
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const run = promisify(execFile);

/** Commits that are fetched: enough to tell who changed a document between two scans. */
const depth = 50;

/** A checkout is a cache: shallow, of one branch, brought up to date at each scan. */
export interface Checkouts {
  /** The folder with the files of a branch as they are now, or why there is none. */
  checkout(address: GitAddress, signal: AbortSignal): Promise<string | Problem>;
}

export function createCheckouts(folder: string): Checkouts {
  const updates = new SingleFlight<string | Problem>();
  return {
    checkout(address, signal) {
      const name = sha256(`${address.repository}\n${address.branch ?? ''}`).slice(0, 24);
      const target = path.join(folder, name);
      return updates.run(name, () =>
        update(address, target, signal).then(
          () => target,
          (error: unknown) => refused(address, error),
        ),
      );
    },
  };
}

async function update(
  { repository, branch }: GitAddress,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const git = (...args: readonly string[]) =>
    run('git', [...hardened, ...args], {
      cwd: target,
      signal,
      timeout: 120_000,
      env: { ...process.env, ...quiet },
    });
  await mkdir(target, { recursive: true });
  if ((await stat(path.join(target, '.git')).catch(() => undefined)) === undefined)
    await git('init', '--quiet');
  const shallow = ['--quiet', `--depth=${depth}`, '--no-tags'];
  await git('fetch', ...shallow, '--end-of-options', repository, branch ?? 'HEAD');
  await git('checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD');
}

function refused(address: GitAddress, error: unknown): Problem {
  const { repository, branch } = address;
  const lines = (error as { readonly stderr?: string }).stderr?.trim().split('\n') ?? [];
  const stderr = lines.find((line) => line.startsWith('fatal:')) ?? lines.at(-1);
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const told = (stderr ?? messageOf(error)).replaceAll(repository, shownRepository(address));
  const why = missing ? sentence('gitNotInstalled') : told;
  return {
    level: 'error',
    code: /returned error: 30[12378]$/.test(told) ? redirected : 'git-failed',
    message:
      branch === undefined ? sentence('notFetched', { why }) : sentence('branchNotFetched', { branch, why }),
    file: shownRepository(address),
  };
}

const redirected = 'git-redirected';

/**
 * Where a repository is now that answers with a redirect: its own host is believed, another one has to be named in the
 * configuration. Any other problem is told as it is.
 */
export async function relocated(
  { repository }: GitAddress,
  problem: Problem,
  client: HttpClient,
  signal: AbortSignal,
): Promise<string | Problem> {
  if (problem.code !== redirected) return problem;
  const discovery = '/info/refs?service=git-upload-pack';
  const asked = `${repository.replace(/\/+$/, '')}${discovery}`;
  const answer = await client.send({ method: 'GET', url: asked, headers: {} }, signal);
  if ('level' in answer) return { ...answer, ...(problem.file === undefined ? {} : { file: problem.file }) };
  if (!answer.url.endsWith(discovery)) return problem;
  const found = answer.url.slice(0, -discovery.length);
  const [from, to] = [new URL(repository), new URL(found)];
  if (to.origin === from.origin || to.origin === `https://${from.hostname}`) {
    [to.username, to.password] = [from.username, from.password];
    return to.href;
  }
  const where = withoutUser(found);
  const hint = sentence('writeNewRepository', { where });
  return { ...problem, message: sentence('repositoryMoved', { where }), hint };
}

/** As it may be shown and stored: without user and password. */
export function shownRepository({ repository }: GitAddress): string {
  return repository.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
