import { sentence } from '../../messages/sentence.ts';
import type { Dirent, Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { ellipsize, percentDecoded } from '../../lib/text/text.ts';
import { fileComplaint, fileHint } from '../../messages/syntax.ts';
import type { Sentence } from '../../model/sentence.ts';
import { isInside, walk, type Walked } from './bounded-walk.ts';
import type { Problem } from '../../model/problem.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { limits } from '../limits.ts';
import type { Validator } from '../ports.ts';
import { type Fetched, type Files, hashOf, type Listing, type Location } from './place.ts';

/** More files than any folder of documents has: a pattern that took in the whole disk. */
const maxFiles = 10_000;
/** More than a walk through any folder of documents takes. */
const most = { entries: 200_000, ms: 20_000 } as const;
const neverDocuments = [
  '**/node_modules/**',
  '**/.git/**',
  '**/*.{png,jpg,jpeg,gif,webp,ico,svg,pdf,zip,gz,tgz,jar,war,class,exe,dll,so,woff,woff2,ttf,mp4}',
];

/** Files on this machine. References are confined to the service's root, or to the folder of a document outside it. */
export class LocalFiles implements Files {
  readonly #workingFolder: string;
  readonly #prefix: string;
  readonly #boundaries: readonly string[];

  /** `prefix` is what the uris of files begin with, before their path from the working folder. */
  constructor(workingFolder: string, service: ServiceSettings, prefix = '') {
    this.#workingFolder = workingFolder;
    this.#prefix = prefix;
    const outside = service.docs
      .filter((entry) => path.isAbsolute(entry) && !isInside(entry, service.root))
      .map(folderOf);
    this.#boundaries = [service.root, ...outside];
  }

  uriOf(file: string): string {
    const relative = path.relative(this.#workingFolder, file).split(path.sep).join('/');
    return `${this.#prefix}${relative}` || '.';
  }

  pathOf(uri: string): string {
    return path.resolve(this.#workingFolder, uri.slice(this.#prefix.length));
  }

  async fetch(uri: string, validator: Validator | undefined): Promise<Fetched> {
    const file = this.pathOf(uri);
    try {
      const found = await stat(file);
      const refused = this.#refuse(uri, found);
      if (refused !== undefined) return { kind: 'failed', problem: refused };
      if (validator?.mtimeMs === found.mtimeMs && validator.bytes === found.size)
        return { kind: 'unchanged' };
      const bytes = await readFile(file);
      const fresh = { mtimeMs: found.mtimeMs, bytes: found.size, hash: await hashOf(bytes) };
      return { kind: 'content', bytes, validator: fresh };
    } catch (error) {
      return { kind: 'failed', problem: unreadable(uri, error) };
    }
  }

  async resolve(reference: string, from: string): Promise<string | Problem> {
    if (/^[a-z][a-z0-9+.-]+:|^\/\/|^\\\\/i.test(reference)) {
      return refusedReference(reference, from, sentence('onlyFilesBeside'));
    }
    const target = path.resolve(path.dirname(this.pathOf(from)), percentDecoded(reference));
    for (const boundary of this.#boundaries) {
      if (isInside(target, boundary) && isInside(await real(target), await real(boundary))) {
        return this.uriOf(target);
      }
    }
    const folder = this.uriOf(this.#boundaries[0] ?? '.');
    return refusedReference(reference, from, sentence('liesOutside', { folder }));
  }

  async list(pattern: string, from: string): Promise<readonly string[]> {
    const cwd = path.dirname(this.pathOf(from));
    const { files } = await walk(pattern, { cwd, ignore: neverDocuments, most });
    return files.toSorted().slice(0, limits.documentFiles);
  }

  /** Where links may lead that are met on the way through `folder`. */
  async within(folder: string): Promise<readonly string[]> {
    return Promise.all([...this.#boundaries, folder].map(real));
  }

  #refuse(file: string, found: Stats | Dirent): Problem | undefined {
    if (!found.isFile())
      return { level: 'error', code: 'not-a-file', message: sentence('notRegularFile'), file };
    const size = 'size' in found ? found.size : 0;
    if (size <= limits.fileBytes) return undefined;
    return {
      level: 'error',
      code: 'file-too-large',
      message: sentence('fileTooLarge', { size, limit: limits.fileBytes }),
      file,
    };
  }
}

/** The documents that a path, a folder or a glob names. */
export async function listLocal(
  entry: string,
  service: ServiceSettings,
  files: LocalFiles,
): Promise<Listing> {
  const absolute = path.resolve(service.root, entry);
  const kind = await stat(absolute).catch(() => undefined);
  if (kind?.isFile() === true) return listing([place(absolute, files, true)]);
  const folder = kind?.isDirectory() === true;
  if (!folder && !isPattern(entry)) return listing([place(absolute, files, true)]);
  try {
    const cwd = folder ? absolute : folderOf(absolute);
    const pattern = folder ? '**/*' : path.relative(cwd, absolute).split(path.sep).join('/');
    const within = await files.within(cwd);
    const walked = await walk(pattern, { cwd, absolute: true, ignore: neverDocuments, within, most });
    return listed(entry, walked, files);
  } catch (error) {
    return { places: [], problems: [unreadable(entry, error)], complete: false };
  }
}

function listed(entry: string, walked: Walked, files: LocalFiles): Listing {
  const found = walked.files.toSorted();
  const problems = [...notFollowed(entry, walked, files), ...notFinished(entry, walked, files)];
  const { places, problems: own, complete } = placesOf(entry, found, files);
  return { places, problems: [...own, ...problems], complete: complete && walked.ended === undefined };
}

function notFollowed(entry: string, { outside }: Walked, files: LocalFiles): readonly Problem[] {
  const [first] = outside;
  if (first === undefined) return [];
  const what = files.uriOf(first);
  const places = outside.length === 1 ? what : sentence('andOthers', { what, n: outside.length - 1 });
  return [
    {
      level: 'info',
      code: 'link-outside-source',
      message: sentence('linkLeadsOut', { places }),
      file: files.uriOf(entry),
      hint: sentence('nameWhereLinkLeads'),
    },
  ];
}

function notFinished(entry: string, { ended }: Walked, files: LocalFiles): readonly Problem[] {
  if (ended === undefined) return [];
  return [
    {
      level: 'error',
      code: 'folder-too-large',
      message:
        ended === 'entries'
          ? sentence('folderTooLarge', { limit: most.entries })
          : sentence('folderTooSlow', { seconds: most.ms / 1000 }),
      file: files.uriOf(entry),
      hint: sentence('nameFolderOfDocuments'),
    },
  ];
}

function placesOf(entry: string, found: readonly string[], files: LocalFiles): Listing {
  const places = found.slice(0, maxFiles).map((file) => place(path.normalize(file), files, false));
  if (found.length === 0) {
    const problem: Problem = {
      level: 'warning',
      code: 'no-documents',
      message: sentence('matchesNoFile'),
      file: files.uriOf(entry),
      hint: sentence('patternsAreRelative'),
    };
    return { places, problems: [problem], complete: true };
  }
  if (found.length <= maxFiles) return listing(places);
  const problem: Problem = {
    level: 'error',
    code: 'too-many-files',
    message: sentence('matchesTooMany', { found: found.length, limit: maxFiles }),
    file: files.uriOf(entry),
    hint: sentence('makePatternNarrower'),
  };
  return { places, problems: [problem], complete: true };
}

function listing(places: readonly Location[]): Listing {
  return { places, problems: [], complete: true };
}

function place(file: string, files: LocalFiles, named: boolean): Location {
  return { uri: files.uriOf(file), files, named };
}

/** The folder that a file lies in, or that a pattern begins with. */
export function isPattern(entry: string): boolean {
  return /[*?{}[\]()!]/.test(entry);
}

/** The folder that a path or pattern begins with. */
export function folderOf(entry: string): string {
  const wild = entry.search(/[*?{}[\]()!]/);
  if (wild !== -1) return entry.slice(0, Math.max(1, entry.lastIndexOf('/', wild)));
  return path.extname(entry) === '' ? entry : path.dirname(entry);
}

/** With links followed; of a file that does not exist, its folder's. */
async function real(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(await real(folder), path.basename(file));
  }
}

function refusedReference(reference: string, file: string, why: Sentence): Problem {
  return {
    level: 'error',
    code: 'ref-outside-source',
    message: sentence('refersNotRead', { reference: JSON.stringify(ellipsize(reference, 200)), why }),
    file,
  };
}

function unreadable(file: string, error: unknown): Problem {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return {
    level: 'error',
    code: missing ? 'file-not-found' : 'file-unreadable',
    message: missing ? sentence('doesNotExist') : sentence('notReadable', { why: fileComplaint(error) }),
    file,
    hint: fileHint(error, missing ? sentence('isFilePath') : undefined),
  };
}
