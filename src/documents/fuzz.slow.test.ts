import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { corpora } from '../../test/support/corpora.ts';
import { formats } from './formats/registry.ts';
import { type FileAccess, type ReadOutcome, readDocument } from './read.ts';

/** Small enough that hundreds of mutants are read in seconds. */
const maxSeedBytes = 40_000;

/** A corpus → the documents that are mutated. */
function seedsOf(folder: string): readonly Buffer[] {
  return globSync(['*/**/*.*'], { cwd: folder })
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file)))
    .filter((bytes) => bytes.length <= maxSeedBytes);
}

/** Pieces that have hurt some parser before. */
const hostile = [
  '\0',
  '\uFEFF',
  '\t',
  '\r',
  '{',
  '[',
  '}',
  '"',
  "'",
  '`',
  '- ',
  ': ',
  '#',
  '&a ',
  '*a ',
  '<<: *a',
  '!!js/function ',
  '---\n',
  '|',
  '```',
  '"$ref": "#"',
  '$ref: "#/paths"',
  '$ref: ../../../../etc/passwd',
  '$ref: http://169.254.169.254/',
  '__proto__: ',
  '"constructor": ',
  '1e999',
  '-0',
  '999999999999999999999',
  '\ud800',
  '{{x}}',
  '{'.repeat(300),
  '['.repeat(2000),
  '> '.repeat(500),
  '*'.repeat(3000),
  '('.repeat(2000),
  'a'.repeat(5000),
  ' '.repeat(5000),
  '| '.repeat(1000),
] as const;

type Mutation = (bytes: Buffer) => Buffer;

/** A place in a document, as a share of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, place).map(
    ([a, b]): Mutation =>
      (bytes) => {
        const [from, to] = [
          at(bytes, Math.min(a, b)),
          at(bytes, Math.min(1, Math.min(a, b) + Math.abs(a - b) / 10)),
        ];
        return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
      },
  ),
  fc.tuple(place, place, place).map(
    ([a, b, c]): Mutation =>
      (bytes) => {
        const from = at(bytes, Math.min(a, b));
        const piece = bytes.subarray(from, Math.min(at(bytes, Math.max(a, b)), from + 2000));
        const to = at(bytes, c);
        return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
      },
  ),
  fc.tuple(place, fc.constantFrom(...hostile)).map(
    ([a, piece]): Mutation =>
      (bytes) => {
        const to = at(bytes, a);
        return Buffer.concat([bytes.subarray(0, to), Buffer.from(piece), bytes.subarray(to)]);
      },
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(
    ([a, piece]): Mutation =>
      (bytes) => {
        const to = at(bytes, a);
        return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to + piece.length)]);
      },
  ),
  place.map(
    (a): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(bytes, a)),
  ),
);

function at(bytes: Buffer, share: number): number {
  return Math.floor(bytes.length * share);
}

const nothingElse: FileAccess = {
  load: (_, from) =>
    Promise.resolve({ level: 'error', code: 'file-not-found', message: 'does not exist', file: from }),
  list: () => Promise.resolve([]),
};

function read(bytes: Uint8Array): Promise<ReadOutcome> {
  return readDocument({ uri: 'x', bytes }, formats, nothingElse, new AbortController().signal);
}

/** Our own faults are told apart from the document's by their code. */
async function expectHarmless(bytes: Uint8Array): Promise<void> {
  const before = process.cpuUsage();
  const outcome = await read(bytes);
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  expect(outcome).not.toMatchObject({ problem: { code: 'reader-failed' } });
  // What has been read goes into the store.
  expect(() => JSON.stringify(outcome)).not.toThrow();
}

const settings = { seed: 20260101, interruptAfterTimeLimit: 60_000, endOnFailure: true } as const;

describe('no input crashes, hangs or exhausts the reader', () => {
  test.each(corpora)('mutated documents of the $name corpus', async ({ folder }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seedsOf(folder)),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (seed, mutations) => expectHarmless(mutations.reduce<Buffer>((bytes, mutate) => mutate(bytes), seed)),
      ),
      { ...settings, numRuns: 400 },
    );
  });

  test('bytes and texts made of what hurts', async () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string(), fc.lorem()), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          pieces.map((all) => Buffer.from(all.join(''))),
        ),
        expectHarmless,
      ),
      { ...settings, numRuns: 400 },
    );
  });
});
