import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../lib/time/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import type { Document } from '../../../model/document.ts';
import { isObject } from '../../../model/json.ts';
import { createScanner, type Scanner } from '../../scan.ts';
import { corpora, type Corpus, type Truth } from '../../../../test/support/corpora.ts';
import { memoryCache, noHttp, serviceSettings } from '../../../../test/support/scan.ts';
import { formats } from '../registry.ts';

/** Folders of a corpus that are not called like the one format that reads them. */
const readers: Readonly<Record<string, readonly string[]>> = {
  'openapi-2.0': ['swagger'],
  'openapi-3.0': ['openapi'],
  'openapi-3.1': ['openapi'],
  'openapi-3.2': ['openapi'],
  'multi-file': ['openapi', 'swagger'],
  'markdown-zh': ['markdown'],
  'markdown-en': ['markdown'],
};
const readersOf = (folder: string): readonly string[] => readers[folder] ?? [folder];
const known: ReadonlySet<string> = new Set(formats.map(({ kind }) => kind));

/** How much of other people's documents must be found: all, where the form leaves nothing open. */
function shareOf(corpus: Corpus, folder: string): number {
  const isExact = readersOf(folder).every((kind) => kind === 'openapi' || kind === 'swagger');
  return corpus.name === 'own' || isExact ? 1 : 0.97;
}

type Counts = Pick<Truth, 'operations' | 'gets'>;

/** Operations of another site than the one that was recorded: counted in truth, left out and told. */
const ofOtherSites: Readonly<Record<Corpus['name'], Readonly<Record<string, Counts>>>> = {
  own: { 'har/ops.example.com.har': { operations: 3, gets: 2 } },
  outside: {
    'har/full.har': { operations: 1, gets: 0 },
    'har/url-full.har': { operations: 2, gets: 0 },
  },
};

describe.each(corpora)('the $name corpus', (corpus) => {
  const cache = memoryCache();
  const scanner = createScanner({
    cache,
    clock: systemClock,
    log: silentLogger,
    http: () => noHttp,
    root: corpus.folder,
  });
  afterAll(() => scanner.close());

  const present = foldersOf(corpus.truths);

  test('has no documents of a kind that is not read', () => {
    expect(present.flatMap(readersOf).filter((kind) => !known.has(kind))).toEqual([]);
  });

  for (const kind of present) {
    const share = shareOf(corpus, kind);
    test(`${share * 100} % of the operations of ${kind} are found and none is invented`, async () => {
      const expected = truthOf(corpus, kind);
      const documents = await scanFolder(corpus, kind, scanner);
      const found = expected.map(({ file }) => count(file, documents));
      expect(sum(found, 'operations')).toBeGreaterThanOrEqual(share * sum(expected, 'operations'));
      expect(found.filter((row, index) => row.operations > (expected[index]?.operations ?? 0))).toEqual([]);
      expect(share === 1 ? found : expected).toEqual(expected);
      const told = documents.filter(({ problems }) => problems.some(({ code }) => code === 'foreign-host'));
      expect(told.map(({ uri }) => uri).toSorted()).toEqual(
        Object.keys(ofOtherSites[corpus.name]).filter((file) => file.startsWith(`${kind}/`)),
      );
      expect(documents.flatMap(brokenPromises)).toEqual([]);
      const entries = (await cache.list(kind)).filter((entry) => entry.document !== undefined);
      const parsers = entries.map(({ parser }) => parser.replace(/@.*/, ''));
      expect(parsers.filter((parser) => !readersOf(kind).includes(parser))).toEqual([]);
    }, 60_000);
  }
});

test('our own corpus has documents of every readable format: see `test/corpus/README.md`', () => {
  const own = corpora.filter(({ name }) => name === 'own').flatMap(({ truths }) => truths);
  const covered = new Set(foldersOf(own).flatMap(readersOf));
  expect([...known].filter((kind) => !covered.has(kind))).toEqual([]);
});

function foldersOf(truths: readonly Truth[]): readonly string[] {
  return [...new Set(truths.map(({ file }) => file.split('/')[0] ?? ''))];
}

function truthOf(corpus: Corpus, kind: string): readonly Truth[] {
  return corpus.truths
    .filter(({ file }) => file.startsWith(`${kind}/`))
    .map((row) => {
      const { operations, gets } = ofOtherSites[corpus.name][row.file] ?? { operations: 0, gets: 0 };
      return { ...row, operations: row.operations - operations, gets: row.gets - gets };
    });
}

async function scanFolder(corpus: Corpus, kind: string, scanner: Scanner): Promise<readonly Document[]> {
  const docs = [path.join(corpus.folder, kind)];
  const service = serviceSettings({ name: kind, docs, root: corpus.folder });
  const { documents } = await scanner.scan([service], new AbortController().signal);
  return documents;
}

function count(file: string, documents: readonly Document[]): Truth {
  const operations = documents
    .filter(({ uri }) => uri === file || uri.startsWith(`${file}/`))
    .flatMap((document) => document.operations);
  return {
    file,
    operations: operations.length,
    gets: operations.filter(({ method }) => method === 'GET').length,
  };
}

function sum(rows: readonly Truth[], field: 'operations'): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

/** What every format promises about the documents that it makes. */
function brokenPromises(document: Document): readonly string[] {
  const keys = document.operations.map(({ key }) => key);
  const broken = keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => `${key} is not unique`);
  for (const { key, path: template, parameters, responses, body } of document.operations) {
    if (!template.startsWith('/')) broken.push(`${key} does not start with /`);
    const named = [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]);
    const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    if (new Set(named).size !== new Set([...named, ...described]).size)
      broken.push(`${key}: ${described.join()}`);
    if (named.some((name) => !described.includes(name ?? ''))) broken.push(`${key} lacks a path parameter`);
    for (const reference of referencesIn([parameters, responses, body])) {
      if (!Object.hasOwn(document.schemas, reference)) broken.push(`${key} refers to ${reference}`);
    }
  }
  for (const reference of referencesIn(Object.values(document.schemas))) {
    if (!Object.hasOwn(document.schemas, reference)) broken.push(`a schema refers to ${reference}`);
  }
  return broken;
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === '$ref' && typeof member === 'string') return [member];
    return /^(?:examples?|default|enum|const|x-.*)$/.test(key) ? [] : referencesIn(member);
  });
}
