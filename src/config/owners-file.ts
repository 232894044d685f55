import { sentence } from '../messages/sentence.ts';
import path from 'node:path';
import { fileComplaint, fileHint } from '../messages/syntax.ts';
import type { Problem } from '../model/problem.ts';
import type { OverrideSettings } from '../model/settings.ts';
import { fullMatch } from './settings.ts';
import type { YamlFile } from './yaml-file.ts';

export interface OwnersFile {
  /** In the order written: a later line wins, as in CODEOWNERS. */
  readonly overrides: readonly OverrideSettings[];
  readonly problems: readonly Problem[];
  /** Absolute paths of what was read: what to watch. */
  readonly files: readonly string[];
}

/**
 * Reads a file of lines like those of CODEOWNERS, for operations in place of files: `GET /orders/** @zhangsan lisi`.
 *
 * @param name As written, relative to `folder`.
 */
export async function readOwnersFile(
  name: string | undefined,
  folder: string,
  readFile: (file: string) => Promise<string>,
  yaml: YamlFile,
): Promise<OwnersFile> {
  if (name === undefined) return { overrides: [], problems: [], files: [] };
  const file = path.resolve(folder, name);
  try {
    return { ...parseOwners(await readFile(file), name), files: [file] };
  } catch (error) {
    const message = sentence('notReadable', { why: fileComplaint(error) });
    const place = { ...yaml.place(['ownersFile']), pointer: 'ownersFile' };
    return {
      overrides: [],
      problems: [{ level: 'error', code: 'not-readable', message, hint: fileHint(error), ...place }],
      files: [file],
    };
  }
}

function parseOwners(text: string, file: string): Omit<OwnersFile, 'files'> {
  const overrides: OverrideSettings[] = [];
  const problems: Problem[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const words = written
      .replace(/(^|\s)#.*/, '')
      .trim()
      .split(/\s+/);
    const [first = ''] = words;
    if (first === '') continue;
    const line = index + 1;
    const patternWords = /^[A-Za-z*][A-Za-z*|,]*$/.test(first) && (words[1] ?? '').startsWith('/') ? 2 : 1;
    const match = words.slice(0, patternWords).join(' ');
    const owners = words.slice(patternWords).map((owner) => owner.replace(/^@/, ''));
    if (/^(?:[A-Za-z*|,]+ )?\/|^\*$|^(?:operationId|tag):/.test(match)) {
      overrides.push({ match: fullMatch(match), at: `${file}:${line}:1`, owners, isShared: true });
      continue;
    }
    problems.push({
      level: 'error',
      code: 'owners-file',
      message: sentence('ownerOfNothing', { match }),
      file,
      line,
      column: 1,
    });
  }
  return { overrides, problems };
}
