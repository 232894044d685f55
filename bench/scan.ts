import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { globSync } from 'tinyglobby';
import { parseDocument } from 'yaml';
import { systemClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import type { Scanner } from '../src/documents/scan.ts';
import { memoryCache, noHttp, serviceSettings } from '../test/support/scan.ts';
import type { Figure } from './figure.ts';

/** The built scanner: its threads start as fast as a user's, without a loader for TypeScript. */
const built = new URL('../dist/documents/scan.js', import.meta.url);
const corpus = process.env['APIPATROL_CORPUS'] ?? path.resolve('../shared/corpus');
const signal = new AbortController().signal;

/** What reading documents costs: the corpus new and unchanged, and one document that is far larger than any other. */
export async function benchScan(): Promise<readonly Figure[]> {
  if (!existsSync(built)) throw new Error('run npm run build first');
  return [...(existsSync(corpus) ? await realDocuments() : []), ...(await largeDocument())];
}

async function newScanner(root: string): Promise<Scanner> {
  const { createScanner } = (await import(built.href)) as typeof import('../src/documents/scan.ts');
  return createScanner({
    cache: memoryCache(),
    clock: systemClock,
    log: silentLogger,
    http: () => noHttp,
    root,
  });
}

async function realDocuments(): Promise<readonly Figure[]> {
  const data = globSync(['{openapi-*,multi-file,postman,insomnia,har}/**/*.{json,yaml,yml,har}'], {
    cwd: corpus,
  });
  const texts = data.map((file) => readFileSync(path.join(corpus, file), 'utf8').replace(/^\uFEFF/, ''));
  const folders = ['openapi-*', 'multi-file', 'postman', 'insomnia', 'har'].map((one) => `${one}/**/*`);
  const bare: number[] = [];
  const cold: number[] = [];
  for (let round = 0; round < 3; round++) {
    bare.push(await wall(async () => texts.forEach(parseBare)));
    const scanner = await newScanner(corpus);
    cold.push(await wall(() => scanner.scan([serviceOf(corpus, folders)], signal)));
    await scanner.close();
  }
  const whole = await newScanner(corpus);
  await whole.scan([serviceOf(corpus, ['**/*'])], signal);
  const unchanged: number[] = [];
  for (let round = 0; round < 9; round++) {
    unchanged.push(await wall(() => whole.scan([serviceOf(corpus, ['**/*'])], signal)));
  }
  await whole.close();
  return [
    { name: 'bare parse of the JSON and YAML of the corpus', value: median(bare), unit: 'ms' },
    { name: 'cold scan of the same files, beside it', value: median(cold) / median(bare), unit: '×', aim: 2 },
    { name: 'unchanged scan of the whole corpus', value: median(unchanged), unit: 'ms', aim: 100 },
  ];
}

function parseBare(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    parseDocument(text, { uniqueKeys: false, prettyErrors: false }).toJS({ maxAliasCount: -1 });
  }
}

async function largeDocument(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  try {
    const file = path.join(folder, 'large.json');
    const text = largeText(1);
    await writeFile(file, text);
    const bare = await wall(async () => void JSON.parse(text));
    const scanner = await newScanner(folder);
    const service = serviceOf(folder, ['large.json']);
    const nothing = await watched(() => new Promise((resolve) => setTimeout(resolve, 4000)));
    const before = heapBytes();
    const first = await watched(() => scanner.scan([service], signal));
    const held = heapBytes() - before;
    await writeFile(file, largeText(2));
    await utimes(file, 1, 1);
    const changed = await watched(() => scanner.scan([service], signal));
    await scanner.close();
    const mb = text.length / 1024 / 1024;
    return [
      { name: `${mb.toFixed(0)} MB, 11,000 operations: first scan`, value: first.ms, unit: 'ms' },
      { name: 'the same beside bare JSON.parse', value: first.ms / bare, unit: '×' },
      {
        name: 'longest time that nothing else could run, first scan',
        value: first.blockedMs,
        unit: 'ms',
        aim: 50,
      },
      {
        name: 'longest time that nothing else could run, changed scan',
        value: changed.blockedMs,
        unit: 'ms',
        aim: 50,
      },
      { name: 'the same while this process did nothing for 4 s', value: nothing.blockedMs, unit: 'ms' },
      { name: 'memory kept, beside the document', value: held / text.length, unit: '×', aim: 5 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** About 20 MB: an operation with parameters, and a schema of its own, 11,000 times. `state` changes every tenth. */
function largeText(state: number): string {
  const numbers = Array.from({ length: 11_000 }, (_, n) => n);
  const paths = Object.fromEntries(
    numbers.map((n) => [
      `/services/${n % 100}/resources/${n}/{id}`,
      {
        get: {
          operationId: `getResource${n}`,
          summary: `Resource ${n}`,
          description: 'Gives one resource with everything that is known about it. '.repeat(15),
          tags: [`service-${n % 100}`],
          parameters: [
            {
              name: 'id',
              in: 'path',
              required: true,
              schema: { type: 'integer', format: 'int64' },
              example: n,
            },
            {
              name: 'expand',
              in: 'query',
              schema: { type: 'array', items: { type: 'string', enum: ['a', 'b', 'c'] } },
            },
          ],
          responses: {
            200: {
              description: 'Found',
              content: { 'application/json': { schema: { $ref: `#/components/schemas/Resource${n}` } } },
            },
            404: { description: 'Not found' },
          },
        },
      },
    ]),
  );
  const schemas = Object.fromEntries(
    numbers.map((n) => [
      `Resource${n}`,
      {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: {
            type: n % 10 === 0 && state === 2 ? 'string' : 'integer',
            description: 'Number of the resource',
          },
          name: { type: 'string', description: 'What people call it. '.repeat(10), maxLength: 200 },
          parent: { $ref: `#/components/schemas/Resource${Math.floor(n / 2)}` },
          created: { type: 'string', format: 'date-time' },
        },
      },
    ]),
  );
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Large', version: '1' },
    paths,
    components: { schemas },
  });
}

function serviceOf(root: string, docs: readonly string[]) {
  return serviceSettings({ docs: docs.map((entry) => path.join(root, entry)), root });
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** How long it took, and the longest that a timer of 1 ms was late meanwhile. */
async function watched(
  work: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly blockedMs: number }> {
  let last = performance.now();
  let blockedMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    blockedMs = Math.max(blockedMs, now - last - 1);
    last = now;
  }, 1);
  const ms = await wall(work);
  clearInterval(timer);
  return { ms, blockedMs };
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
