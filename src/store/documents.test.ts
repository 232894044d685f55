import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Document } from '../model/document.ts';
import type { CachedDocument } from '../documents/ports.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-documents-'));
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(): Promise<Store> {
  return openStore(join(folder, 'patrol.db'), { clock: new ManualClock(), log: silentLogger });
}

async function reopen(): Promise<void> {
  await store.close();
  store = await open();
}

const document = {
  id: 'orders:a.yaml',
  service: 'orders',
  uri: 'a.yaml',
  title: 'Orders',
  contentHash: 'h1',
  operations: [{ key: 'GET /orders' }],
  schemas: { '#/components/schemas/Order': { type: 'object' }, '#/components/schemas/Item': true },
} as unknown as Document;

const entry: CachedDocument = {
  id: 'orders:a.yaml',
  service: 'orders',
  uri: 'a.yaml',
  parser: 'openapi@1',
  contentHash: 'h1',
  files: [{ uri: 'a.yaml', validator: { mtimeMs: 1.5, bytes: 10 } }],
  document,
  readAt: 5,
};

it('a document comes back as it was put in, also after a restart', async () => {
  await store.documents.put(entry);
  expect(await store.documents.list('orders')).toEqual([entry]);
  await reopen();
  expect(await store.documents.list('orders')).toEqual([entry]);
  expect(await store.documents.list('users')).toEqual([]);
});

it('a document that was never readable has only its problem', async () => {
  const { document: _, ...unread } = entry;
  const broken: CachedDocument = {
    ...unread,
    problem: { level: 'error', code: 'not-readable', message: 'is not YAML' },
  };
  await store.documents.put(broken);
  await reopen();
  expect(await store.documents.list('orders')).toEqual([broken]);
});

it('a newer reading replaces the older one, and a removed one is gone', async () => {
  await store.documents.put(entry);
  await reopen();
  await store.documents.list('orders');
  const newer = { ...entry, contentHash: 'h2', document: { ...document, title: 'Orders 2' }, readAt: 6 };
  await store.documents.put(newer);
  expect((await store.documents.list('orders'))[0]?.document?.title).toBe('Orders 2');
  await store.documents.remove(entry.id);
  expect(await store.documents.list('orders')).toEqual([]);
});

it('the same reading is the same object, so that nothing has to be compiled twice', async () => {
  await store.documents.put(entry);
  await reopen();
  const [first] = await store.documents.list('orders');
  const [second] = await store.documents.list('orders');
  expect(second?.document).toBe(first?.document);
  expect(second?.document?.schemas).toBe(first?.document?.schemas);
});

it('neither the document nor its schemas are touched before somebody looks at them', async () => {
  await store.documents.put(entry);
  await reopen();
  const spoiler = new DatabaseSync(join(folder, 'patrol.db'));
  spoiler.exec("update document set schemas = x'00'");
  const [listed] = await store.documents.list('orders');
  const pool = listed?.document?.schemas;
  expect(listed?.document?.operations).toEqual(document.operations);
  expect(() => Object.keys(pool ?? {})).toThrow('unexpected end of file');
  spoiler.exec("update document set body = x'00', read_at = 6");
  spoiler.close();
  const [again] = await store.documents.list('orders');
  expect(again?.contentHash).toBe('h1');
  expect(() => again?.document).toThrow('unexpected end of file');
});

it('the schemas look like the record they are', async () => {
  await store.documents.put(entry);
  await reopen();
  const pool = (await store.documents.list('orders'))[0]?.document?.schemas ?? {};
  expect(Object.keys(pool)).toEqual(Object.keys(document.schemas));
  expect('#/components/schemas/Item' in pool).toBe(true);
  expect('#/components/schemas/None' in pool).toBe(false);
  expect(pool['#/components/schemas/Item']).toBe(true);
  expect(JSON.stringify(pool)).toBe(JSON.stringify(document.schemas));
});

it('a document that another process has replaced meanwhile is not mixed with the new one', async () => {
  await store.documents.put(entry);
  await reopen();
  const [stale] = await store.documents.list('orders');
  const other = await open();
  await other.documents.put({ ...entry, contentHash: 'h2', readAt: 6 });
  await other.close();
  expect(stale?.document).toEqual(entry.document);
  expect((await store.documents.list('orders'))[0]).toEqual({ ...entry, contentHash: 'h2', readAt: 6 });
});
