import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../lib/time/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import type { Document } from '../../../model/document.ts';
import { isObject } from '../../../model/json.ts';
import { createScanner } from '../../scan.ts';
import { memoryCache, noHttp, serviceSettings } from '../../../../test/support/scan.ts';
import { formats } from '../registry.ts';

const corpus = process.env['APIPATROL_CORPUS'] ?? path.resolve('../shared/corpus');
const missing = !existsSync(path.join(corpus, 'TRUTH.tsv'));
// oxlint-disable-next-line no-console
if (missing) console.warn(`!!! no corpus at ${corpus}: set APIPATROL_CORPUS; its tests are skipped`);

interface Truth {
  readonly file: string;
  readonly operations: number;
  readonly gets: number;
}

/** Folder of the corpus → the formats that read it and how much of it must be found. */
const kinds: Readonly<Record<string, { readonly formats: readonly string[]; readonly share: number }>> = {
  'openapi-2.0': { formats: ['swagger'], share: 1 },
  'openapi-3.0': { formats: ['openapi'], share: 1 },
  'openapi-3.1': { formats: ['openapi'], share: 1 },
  'openapi-3.2': { formats: ['openapi'], share: 1 },
  'multi-file': { formats: ['openapi', 'swagger'], share: 1 },
  postman: { formats: ['postman'], share: 0.97 },
  har: { formats: ['har'], share: 0.97 },
  insomnia: { formats: ['insomnia'], share: 0.97 },
  bruno: { formats: ['bruno'], share: 0.97 },
  'http-file': { formats: ['http-file'], share: 0.97 },
  'markdown-zh': { formats: ['markdown'], share: 0.97 },
  'markdown-en': { formats: ['markdown'], share: 0.97 },
  'api-blueprint': { formats: ['api-blueprint'], share: 0.97 },
  graphql: { formats: ['graphql'], share: 0.97 },
};

/** Operations of another site than the one that was recorded: counted in truth, left out and told. */
const ofOtherSites: Readonly<Record<string, number>> = { 'har/full.har': 1, 'har/url-full.har': 2 };

const readable = new Set(formats.map(({ kind }) => kind));

describe.skipIf(missing)('the corpus', () => {
  const truths = missing ? [] : readTruth();
  for (const [kind, { formats: needed, share }] of Object.entries(kinds)) {
    if (!needed.every((format) => readable.has(format))) continue;
    test(`${share * 100} % of the operations of ${kind} are found and none is invented`, async () => {
      const expected = truths
        .filter(({ file }) => file.startsWith(`${kind}/`))
        .map((row) => ({ ...row, operations: row.operations - (ofOtherSites[row.file] ?? 0) }));
      const { documents, parsers } = await scanCorpus(kind);
      const found = expected.map(({ file }) => count(file, documents));
      expect(sum(found, 'operations')).toBeGreaterThanOrEqual(share * sum(expected, 'operations'));
      expect(found.filter((row, index) => row.operations > (expected[index]?.operations ?? 0))).toEqual([]);
      expect(share === 1 ? found : expected).toEqual(expected);
      const told = documents.filter(({ problems }) => problems.some(({ code }) => code === 'foreign-host'));
      expect(
        told.filter(({ uri }) => Object.keys(ofOtherSites).some((file) => uri.endsWith(file))),
      ).toHaveLength(kind === 'har' ? 2 : 0);
      expect(documents.flatMap(brokenPromises)).toEqual([]);
      expect(parsers.filter((parser) => !needed.includes(parser))).toEqual([]);
    }, 60_000);
  }
});

function readTruth(): readonly Truth[] {
  const [, ...rows] = readFileSync(path.join(corpus, 'TRUTH.tsv'), 'utf8').trimEnd().split('\n');
  return rows.flatMap((row) => {
    const [file = '', operations = '', gets = ''] = row.split('\t');
    return operations === '-' ? [] : [{ file, operations: Number(operations), gets: Number(gets) }];
  });
}

const cache = memoryCache();
const scanner = createScanner({
  cache,
  clock: systemClock,
  log: silentLogger,
  http: () => noHttp,
  root: corpus,
});

afterAll(() => scanner.close());

async function scanCorpus(
  folder: string,
): Promise<{ readonly documents: readonly Document[]; readonly parsers: readonly string[] }> {
  const service = serviceSettings({ name: folder, docs: [path.join(corpus, folder)], root: corpus });
  const { documents } = await scanner.scan([service], new AbortController().signal);
  const entries = (await cache.list(folder)).filter((entry) => entry.document !== undefined);
  return { documents, parsers: entries.map(({ parser }) => parser.replace(/@.*/, '')) };
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
