import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../formats/registry.ts';
import type { RawBytes } from '../text/raw-document.ts';
import { type FileAccess, readDocument } from '../read.ts';
import type { FromWorker } from './protocol.ts';
import { serve } from './serve.ts';
import { createReader, type DocumentReader } from './worker-reader.ts';

const signal = new AbortController().signal;

/** A document of several parts: many operations, schemas that refer to one another, one in another file. */
function large(operations: number): RawBytes {
  const paths = Object.fromEntries(
    Array.from({ length: operations }, (_, n) => [
      `/orders/${n}`,
      {
        get: {
          summary: 'x'.repeat(200),
          responses: {
            200: { content: { 'application/json': { schema: { $ref: `#/components/schemas/S${n}` } } } },
          },
        },
      },
    ]),
  );
  const schemas = Object.fromEntries(
    Array.from({ length: operations }, (_, n) => [
      `S${n}`,
      {
        description: 'x'.repeat(300),
        properties: { other: { $ref: n === 0 ? 'other.yaml#/A' : `#/components/schemas/S${n - 1}` } },
      },
    ]),
  );
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Large' }, paths, components: { schemas } });
  return { uri: 'large.json', bytes: Buffer.from(text) };
}

const files: FileAccess = {
  load: (reference) => Promise.resolve({ uri: reference, bytes: Buffer.from('A: { type: string }') }),
  list: () => Promise.resolve([]),
};

describe('a large document', { timeout: 60_000 }, () => {
  let reader: DocumentReader;

  // A thread that is run from service takes a while to start.
  beforeAll(() => {
    reader = createReader(formats);
  });

  afterAll(() => reader.close());

  test('is read on another thread as it would be on this one, one after the other', async () => {
    const raw = large(1000);
    const expected = await readDocument(raw, formats, files, signal);
    expect(await reader.read(raw, files, signal)).toEqual(expected);
    expect(await reader.read(raw, files, signal)).toEqual(expected);
  });

  test('is one that refers to a large file, or to many small ones', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `part${n}.yaml`);
    const entry = (parts: readonly string[]): RawBytes => {
      const paths = Object.fromEntries(parts.map((part, n) => [`/p${n}`, { $ref: part }]));
      return { uri: 'small.json', bytes: Buffer.from(JSON.stringify({ openapi: '3.1.0', paths })) };
    };
    const withParts = (bytes: number): FileAccess & { readonly loaded: string[] } => {
      const loaded: string[] = [];
      return {
        loaded,
        load: (reference) => {
          loaded.push(reference);
          const text = `get: { description: ${'x'.repeat(bytes)} }`;
          return Promise.resolve({ uri: reference, bytes: Buffer.from(text) });
        },
        list: () => Promise.resolve([]),
      };
    };
    for (const [parts, bytes] of [
      [['big.yaml'], 10_000],
      [names, 500],
    ] as const) {
      const access = withParts(bytes);
      const outcome = await reader.read(entry(parts), access, signal);
      expect(outcome).toEqual(await readDocument(entry(parts), formats, withParts(bytes), signal));
      // Once here until it is too much, and all of them there.
      expect(access.loaded.length).toBeGreaterThan(parts.length);
    }
    const few = withParts(10);
    await reader.read(entry(['a.yaml']), few, signal);
    expect(few.loaded).toEqual(['a.yaml']);
  });

  test('is told from prose and broken text there too', async () => {
    const prose = { uri: 'a.txt', bytes: Buffer.from('nothing '.repeat(10_000)) };
    const broken = { uri: 'b.json', bytes: Buffer.from(`{"openapi": ["${'x'.repeat(300_000)}"`) };
    expect(await reader.read(prose, files, signal)).toEqual(
      await readDocument(prose, formats, files, signal),
    );
    expect(await reader.read(broken, files, signal)).toMatchObject({
      kind: 'refused',
      problem: { code: 'json-syntax' },
    });
  });

  test('whose files cannot be had is read without them', async () => {
    const failing: FileAccess = { ...files, load: () => Promise.reject(new Error('disk gone')) };
    const outcome = await reader.read(large(1000), failing, signal);
    expect(outcome).toMatchObject({
      document: {
        problems: [{ code: 'ref-not-found', message: expect.saying('disk gone') as string }],
      },
    });
  });

  test('whose server is slow holds up no other, and is read once its files have come', async () => {
    const raw = large(1000);
    const release: (() => void)[] = [];
    const asked: string[] = [];
    const remote: FileAccess = {
      isRemote: true,
      async load(reference, from) {
        asked.push(reference);
        await new Promise<void>((resolve) => release.push(resolve));
        return files.load(reference, from);
      },
      list: (glob, from) => files.list(glob, from),
    };
    const slow = Array.from({ length: 4 }, () => reader.read(raw, remote, signal));
    await expect.poll(() => release.length).toBe(4);
    const expected = await readDocument(raw, formats, files, signal);
    expect(await reader.read(raw, files, signal)).toEqual(expected);
    for (const arrive of release) arrive();
    for (const outcome of await Promise.all(slow)) expect(outcome).toEqual(expected);
    expect(asked).toHaveLength(4);
  });

  test('that is no longer wanted is given up', async () => {
    const controller = new AbortController();
    const slow: FileAccess = {
      ...files,
      load: () => {
        controller.abort();
        return new Promise(() => undefined);
      },
    };
    const outcome = await reader.read(large(1000), slow, controller.signal);
    expect(outcome).toMatchObject({ kind: 'interrupted', problem: { code: 'aborted', file: 'large.json' } });
    expect(await reader.read(large(1000), files, signal)).toMatchObject({ kind: 'read' });
  });

  test('is not even begun when it is too late', async () => {
    expect(await reader.read(large(1000), files, AbortSignal.abort())).toMatchObject({ kind: 'interrupted' });
  });
});

test('the reading thread sends a document in parts and waits for each to be taken', async () => {
  const { port1, port2 } = new MessageChannel();
  serve(port2, formats);
  const kinds: string[] = [];
  const done = new Promise<void>((resolve) => {
    port1.on('message', (message: FromWorker) => {
      kinds.push(message.kind);
      if (message.kind === 'call') {
        const value = { uri: 'other.yaml', bytes: Buffer.from('A: {}') };
        port1.postMessage({ kind: 'answer', call: message.call, value });
      } else if (message.kind === 'outcome') resolve();
      else port1.postMessage({ kind: 'more' });
    });
  });
  port1.postMessage({ kind: 'read', raw: large(1000) });
  await done;
  port1.close();
  expect(kinds).toEqual(['call', ...kinds.slice(1, -1).map(() => 'pieces'), 'outcome']);
  expect(kinds.length).toBeGreaterThan(5);
});

test('the reading thread sends what is no document whole, and lists folders', async () => {
  const { port1, port2 } = new MessageChannel();
  serve(port2, formats);
  const messages: FromWorker[] = [];
  const done = new Promise<void>((resolve) => {
    port1.on('message', (message: FromWorker) => {
      messages.push(message);
      if (message.kind === 'call') port1.postMessage({ kind: 'answer', call: message.call, value: [] });
      else if (messages.filter(({ kind }) => kind === 'outcome').length === 2) resolve();
    });
  });
  port1.postMessage({ kind: 'read', raw: { uri: 'a', bytes: Buffer.from('prose') } });
  port1.postMessage({
    kind: 'read',
    raw: { uri: 'b.json', bytes: Buffer.from('{"info": {"_postman_id": "1", "name": "x"}, "item": []}') },
  });
  await done;
  port1.close();
  expect(messages.map(({ kind }) => kind).toSorted()).toEqual(['call', 'outcome', 'outcome']);
});
