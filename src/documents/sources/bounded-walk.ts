import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { type Dirent, readdir, realpath, stat } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { fileGlob, isQuick } from '../../lib/text/file-glob.ts';

export interface WalkOptions {
  /** Folder that the pattern is relative to. */
  readonly cwd: string;
  readonly absolute?: boolean;
  readonly ignore: readonly string[];
  /** Real folders that links may lead into; absent: no link is followed. */
  readonly within?: readonly string[];
  readonly most: { readonly entries: number; readonly ms: number };
}

export interface Walked {
  readonly files: readonly string[];
  /** Links that lead elsewhere. */
  readonly outside: readonly string[];
  /** Why there may be more; absent when all was seen. */
  readonly ended?: 'entries' | 'time';
}

/** What the system shows of itself as files: endless, and no documents. */
const systemFolders: ReadonlySet<string> = new Set(['/proc', '/sys', '/dev']);

/**
 * Files that fit a pattern, in a walk that comes to an end whatever the folders hold: links out of the source are not
 * followed, each linked folder is entered once, and entries and time are counted.
 */
export async function walk(pattern: string, options: WalkOptions): Promise<Walked> {
  const walker = new Walker(pattern, options);
  const { wide, fits } = inLinearTime(pattern);
  const found = await glob([wide], {
    cwd: options.cwd,
    absolute: options.absolute === true,
    ignore: options.ignore,
    followSymbolicLinks: options.within !== undefined,
    fs: { readdir: walker.readdir, realpath: walker.realpath } as never,
  });
  const { ended } = walker;
  const files = found.filter((file) => fits(path.relative(options.cwd, path.resolve(options.cwd, file))));
  return { files, outside: walker.outside, ended };
}

/**
 * The library tries one way to fit after the other, which has no end for `*a*a*a*` and a long name: such a pattern it
 * sees in a wider form only. Throws when a pattern can be matched neither way.
 */
function inLinearTime(pattern: string): {
  readonly wide: string;
  readonly fits: (relative: string) => boolean;
} {
  if (isQuick(pattern)) return { wide: pattern, fits: () => true };
  const fits = fileGlob(pattern);
  if (fits === undefined) throw new SaidError(sentence('patternTooWide', { forms: ['{a,b}', '*', '**'] }));
  const segments = pattern.split('/');
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => /[*?{}[\]]/.test(segment)),
  );
  const wide = [...fixed, '**/*'].join('/');
  return { wide, fits: (relative) => fits(relative.split(path.sep).join('/')) };
}

type Listed = (error: NodeJS.ErrnoException | null, entries?: Dirent[]) => void;
type Resolved = (error: Error | null, real?: string) => void;

/** The file system as a walk may see it. */
class Walker {
  ended: Walked['ended'];
  readonly outside: string[] = [];
  readonly #options: WalkOptions;
  /** A link to a folder would matter, and not only one to a file. */
  readonly #isDeep: boolean;
  readonly #until: number;
  readonly #entered = new Set<string>();
  #entries = 0;

  constructor(pattern: string, options: WalkOptions) {
    this.#isDeep = pattern.includes('**');
    this.#options = options;
    this.#until = performance.now() + options.most.ms;
  }

  readonly readdir = (folder: string, options: { readonly withFileTypes: true }, done: Listed): void => {
    if (performance.now() > this.#until) this.ended ??= 'time';
    if (this.ended !== undefined || systemFolders.has(path.resolve(folder))) {
      done(null, []);
      return;
    }
    readdir(folder, options, (error, entries) => {
      if (error !== null) {
        done(error);
        return;
      }
      this.#entries += entries.length;
      if (this.#entries > this.#options.most.entries) this.ended ??= 'entries';
      done(null, entries);
    });
  };

  readonly realpath = (link: string, done: Resolved): void => {
    realpath(link, (error, real) => {
      if (error !== null) done(error);
      else if (!this.#isWithin(real)) {
        if (this.#isDeep || path.extname(link) !== '') this.outside.push(link);
        done(new Error('leads out of the source'));
      } else this.#enter(link, real, done);
    });
  };

  #enter(link: string, real: string, done: Resolved): void {
    stat(real, (error, found) => {
      if (error !== null) done(error);
      else if (!found.isDirectory()) done(null, real);
      else if (this.#entered.has(real) || isInside(path.dirname(link), real))
        done(new Error('has been walked already'));
      else {
        this.#entered.add(real);
        done(null, real);
      }
    });
  }

  #isWithin(real: string): boolean {
    return (this.#options.within ?? []).some((folder) => isInside(real, folder));
  }
}

export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
