import { chmod, chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Interpolation } from '../interpolate.ts';
import { loadConfig } from '../load.ts';
import { variablesIn } from '../template.ts';
import { isReadableByAll, type IsReadableByAll, readableByAll } from '../validation/readable.ts';
import { withLines } from './with-lines.ts';

/** A change of the configuration file that has been found good. */
export interface ConfigEdit {
  /** The service that it is about. */
  readonly service: string;
  readonly before: string;
  readonly after: string;
}

export interface RefusedEdit {
  readonly refused: Sentence;
  readonly hint?: Sentence;
}

/** How many changes can be taken back, the last one first. */
const mostKept = 20;

/** Changes the configuration file as a person would: line by line, only into what loads, and to be taken back. */
export class ConfigEdits {
  readonly #file: string;
  readonly #env: Interpolation['env'];
  readonly #isReadable: IsReadableByAll;
  readonly #made: ConfigEdit[] = [];

  constructor(file: string, env: Interpolation['env'], isReadable: IsReadableByAll = isReadableByAll) {
    this.#file = file;
    this.#env = env;
    this.#isReadable = isReadable;
  }

  /**
   * What the file becomes with these lines; nothing is written.
   *
   * @param service The one that they are about.
   * @param services Names of all in the order in which the file has them.
   */
  async with(lines: string, service: string, services: readonly string[]): Promise<ConfigEdit | RefusedEdit> {
    const before = await readFile(this.#file, 'utf8');
    const after = withLines(before, lines, services);
    if (after === undefined) return { refused: sentence('linesHaveNoPlace'), hint: sentence('writeByHand') };
    if (after === before) return { refused: sentence('linesAreThere') };
    return (await this.#problemOf(after)) ?? { service, before, after };
  }

  /** Environment variables that the lines refer to and nobody has set. */
  unsetIn(lines: string): readonly string[] {
    return variablesIn(lines).filter((name) => (this.#env[name] ?? '') === '');
  }

  /** Writes it, unless somebody else has written meanwhile. */
  async make(edit: ConfigEdit): Promise<RefusedEdit | undefined> {
    const failed = await this.#write(edit);
    if (failed === undefined) this.#made.push(edit);
    if (this.#made.length > mostKept) this.#made.shift();
    return failed;
  }

  /** What is wrong with secrets standing in the file: everybody on the machine may read it. */
  async openness(): Promise<{ readonly message: Sentence; readonly hint: Sentence } | undefined> {
    return (await this.#isReadable(path.resolve(this.#file))) ? readableByAll([this.#file]) : undefined;
  }

  get #last(): ConfigEdit | undefined {
    const made = this.#made.at(-1);
    return made === undefined ? undefined : { ...made, before: made.after, after: made.before };
  }

  /** Takes the last change back, unless the file has been changed since. */
  async undo(): Promise<ConfigEdit | RefusedEdit> {
    const last = this.#last;
    if (last === undefined) return { refused: sentence('nothingToUndo') };
    const failed = await this.#write(last);
    if (failed !== undefined) return failed;
    this.#made.pop();
    return last;
  }

  async #problemOf(text: string): Promise<RefusedEdit | undefined> {
    const loaded = await loadConfig(this.#file, {
      env: this.#env,
      readFile: async (file) => ((await isSame(file, this.#file)) ? text : readFile(file, 'utf8')),
    });
    if (loaded.ok) return undefined;
    const [first] = loaded.problems;
    return { refused: first?.message ?? sentence('notValid'), hint: first?.hint };
  }

  /** Renamed over, so that a reader never finds half of it; in place where a mount, or another owner, allows no other way. */
  async #write({ before, after }: ConfigEdit): Promise<RefusedEdit | undefined> {
    if ((await readFile(this.#file, 'utf8')) !== before) return { refused: sentence('fileChangedMeanwhile') };
    const target = await realpath(this.#file);
    const beside = `${target}.new`;
    try {
      const { mode, uid, gid } = await stat(target);
      // Whoever it belongs to keeps it, and nobody else reads it on the way there.
      await writeFile(beside, after, { mode: 0o600 });
      await chown(beside, uid, gid);
      await chmod(beside, mode & 0o777);
      await rename(beside, target);
      return undefined;
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
      return writeFile(target, after).then(
        () => undefined,
        (error: unknown) => ({
          refused: sentence('fileNotWritable', { file: this.#file, why: messageOf(error) }),
          hint: sentence('writeByHand'),
        }),
      );
    }
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  const real = (file: string) => realpath(file).catch(() => file);
  return (await real(one)) === (await real(other));
}
