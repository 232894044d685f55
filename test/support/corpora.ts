import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What stands in a document or in a folder of requests, counted without our own readers. */
export interface Truth {
  /** Below the corpus, with `/`. */
  readonly file: string;
  readonly operations: number;
  readonly gets: number;
}

/** A folder of documents by kind, with `TRUTH.tsv`; see `test/corpus/README.md`. */
export interface Corpus {
  readonly name: 'own' | 'outside';
  readonly folder: string;
  readonly truths: readonly Truth[];
}

const chosen = process.env['APIPATROL_CORPUS'];
const outside = chosen ?? path.resolve('../shared/corpus');

/** Our own documents, and those of other projects where `APIPATROL_CORPUS` (`../shared/corpus`) has them. */
export const corpora: readonly Corpus[] = [
  corpusAt('own', fileURLToPath(new URL('../corpus', import.meta.url))),
  // A folder that somebody chose and that is not there is a mistake and no reason to test less.
  ...(chosen !== undefined || existsSync(path.join(outside, 'TRUTH.tsv'))
    ? [corpusAt('outside', outside)]
    : []),
];

function corpusAt(name: Corpus['name'], folder: string): Corpus {
  const [, ...rows] = readFileSync(path.join(folder, 'TRUTH.tsv'), 'utf8').trimEnd().split('\n');
  const truths = rows.flatMap((row) => {
    const [file = '', operations = '', gets = ''] = row.split('\t');
    return operations === '-' ? [] : [{ file, operations: Number(operations), gets: Number(gets) }];
  });
  return { name, folder, truths };
}
