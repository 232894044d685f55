import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Semaphore } from '../../../lib/limits.ts';
import type { LastEdit } from '../../../model/document.ts';
import { hardened, quiet } from './git-command.ts';
import { ellipsize } from '../../../lib/text/text.ts';

/** What git knows of files that lie in a work tree. */
export interface GitHistory {
  /**
   * The last commit that touched each of these files (absolute paths). Of a file about which git knows nothing,
   * and in a shallow clone of one that was last touched before it begins, nothing is said. Never rejects.
   */
  lastEdits(files: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, LastEdit>>;
}

const limitMs = 10_000;
/** File names of one command: far below what any system takes as arguments. */
const batchSize = 200;

export function createGitHistory(now: () => number): GitHistory {
  const turn = new Semaphore(2);
  return {
    async lastEdits(files, signal) {
      const edits = new Map<string, LastEdit>();
      for (const [root, own] of await byWorkTree(files)) {
        for (let from = 0; from < own.length; from += batchSize) {
          const leave = await turn.acquire();
          try {
            const found = await lastEditsIn(root, own.slice(from, from + batchSize), now(), signal);
            for (const [name, edit] of found) edits.set(path.join(root, name), edit);
          } catch {
            // No git here, a repository of somebody else, one without a commit: nothing is known.
            break;
          } finally {
            leave();
          }
        }
      }
      return edits;
    },
  };
}

/** Work tree → its files, as names inside it with `/`. */
async function byWorkTree(files: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const roots = new Map<string, Promise<string | undefined>>();
  const rootOf = (folder: string): Promise<string | undefined> => {
    const known = roots.get(folder) ?? findRoot(folder, rootOf);
    roots.set(folder, known);
    return known;
  };
  const trees = new Map<string, string[]>();
  for (const file of files) {
    const root = await rootOf(path.dirname(file));
    if (root === undefined) continue;
    const name = path.relative(root, file).split(path.sep).join('/');
    const names = trees.get(root);
    if (names === undefined) trees.set(root, [name]);
    else names.push(name);
  }
  return trees;
}

async function findRoot(
  folder: string,
  rootOf: (folder: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  // A file in work trees beside the first one and in submodules.
  if ((await stat(path.join(folder, '.git')).catch(() => undefined)) !== undefined) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : rootOf(parent);
}

async function lastEditsIn(
  root: string,
  names: readonly string[],
  now: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LastEdit>> {
  const tracked = await trackedFiles(root, names, signal);
  const commits = await lastCommits(root, new Set(tracked.keys()), signal);
  // The first commit of a shallow clone seems to have added everything.
  const isCutOff = [...commits.values()].some(({ isFirst }) => isFirst) && (await isShallow(root, signal));
  const edits = new Map<string, LastEdit>();
  for (const [name, commit] of commits) {
    const edit = isCutOff && commit.isFirst ? undefined : editOf(commit, now);
    if (edit === undefined) continue;
    const isCommitted = await isSameAs(tracked.get(name) ?? '', path.join(root, name));
    edits.set(name, isCommitted ? edit : { ...edit, uncommitted: true });
  }
  return edits;
}

/** Name → id of its content in the last commit. */
async function trackedFiles(
  root: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const listed = await run(root, ['ls-tree', '-z', '--full-tree', 'HEAD', '--', ...names], signal);
  const entries = listed.split('\0').map((line) => /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line));
  return new Map(entries.flatMap((entry) => (entry === null ? [] : [[entry[2] ?? '', entry[1] ?? '']])));
}

/** One walk through the history for all of them, which ends at the last one that is found, or when time is up. */
function lastCommits(
  root: string,
  names: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Commit>> {
  const reader = new CommitReader(names);
  if (names.size === 0) return Promise.resolve(reader.found);
  const format = '--format=%x01%P%x00%ct%x00%an';
  // Combined: of a merge only what it changed itself.
  const shape = [
    '-z',
    '-c',
    '--name-only',
    '--no-renames',
    '--no-show-signature',
    '--no-use-mailmap',
    format,
  ];
  const args = [...inert, 'log', '--encoding=UTF-8', ...shape, '--', ...names];
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: limitMs,
      signal,
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (reader.read(chunk)) child.kill();
    });
    child.on('error', reject);
    child.on('close', () => resolve(reader.found));
  });
}

async function isShallow(root: string, signal: AbortSignal): Promise<boolean> {
  return (await run(root, ['rev-parse', '--is-shallow-repository'], signal)).trim() !== 'false';
}

/** Content is compared by ourselves: git would pass it through filters, which are commands of the repository. */
async function isSameAs(id: string, file: string): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return true;
  const algorithm = id.length === 40 ? 'sha1' : 'sha256';
  const idOf = (content: Uint8Array): string =>
    createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
  // Line ends may be others in the work tree.
  return (
    idOf(bytes) === id ||
    idOf(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')) === id
  );
}

/** Names of files are no patterns; a repository may not make us show anything, or ask any other place. */
const inert = [...hardened, '--literal-pathspecs', '--no-pager', '-c', 'log.showRoot=true'];

const execute = promisify(execFile);

async function run(root: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const { stdout } = await execute('git', [...inert, ...args], {
    cwd: root,
    env: environment(),
    timeout: limitMs,
    signal,
    maxBuffer: 4_000_000,
  });
  return stdout;
}

/** Without what leads git elsewhere (`GIT_DIR` …), as in a hook that starts us; nothing may be fetched. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(own),
    ...quiet,
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** What a line of `git log` says. */
interface Commit {
  /** It has no parents, or they are not known here. */
  readonly isFirst: boolean;
  /** Epoch s, as the committer's clock had it. */
  readonly at: number;
  readonly author: string;
}

const dayMs = 86_400_000;
const nameBytes = 60;

/** As it may be shown; `undefined` when its time cannot be true. */
function editOf({ at, author }: Commit, now: number): LastEdit | undefined {
  const atMs = at * 1000;
  if (!Number.isInteger(at) || at <= 0 || atMs > now + dayMs) return undefined;
  const by = nameOf(author);
  return by === '' ? { at: atMs } : { by, at: atMs };
}

/** A name on one line, without anything that cannot be seen and without an address of mail. */
function nameOf(author: string): string {
  const visible = author.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  const name = visible.replace(/\S+@\S+/g, '').trim();
  return ellipsize(name === '' ? visible.replace(/@\S+.*$/, '').trim() : name, nameBytes);
}

/**
 * Reads `git log -z --name-only --format=%x01%P%x00%ct%x00%an` as it comes, newest first: keeps the first commit of
 * each name that is looked for.
 */
class CommitReader {
  readonly found = new Map<string, Commit>();
  readonly #wanted: ReadonlySet<string>;
  readonly #decoder = new TextDecoder();
  readonly #head: string[] = [];
  #rest = '';

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** True when everything has been found. */
  read(chunk: Uint8Array): boolean {
    const fields = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\0');
    this.#rest = fields.pop() ?? '';
    for (const field of fields) this.#take(field);
    return this.found.size === this.#wanted.size;
  }

  #take(field: string): void {
    if (field.startsWith('\u0001')) this.#head.splice(0, this.#head.length, field.slice(1));
    else if (this.#head.length < 3) this.#head.push(field);
    else this.#note(field.replace(/^\n/, ''));
  }

  #note(name: string): void {
    if (!this.#wanted.has(name) || this.found.has(name)) return;
    const [parents = '', at = '', author = ''] = this.#head;
    this.found.set(name, { isFirst: parents === '', at: Number(at), author });
  }
}
