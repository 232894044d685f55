import { afterEach, beforeEach, expect, it } from 'vitest';
import { check, cycleMs, result, start, World } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Document, UnreadableDocument } from '../../model/document.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { withHistory } from './history.ts';

const clock = new ManualClock();
const one = check('a');
const lastEdit = { by: 'Zhang San', at: clock.now() - 60_000 };
let store: Store;

beforeEach(async () => {
  store = await openStore(inMemory, { clock, log: silentLogger });
  const document: Document = {
    id: one.documentId,
    service: one.service,
    uri: 'a.yaml',
    format: 'openapi-3.1',
    title: 'Orders',
    contentHash: 'x',
    dialect: '2020-12',
    operations: [],
    securitySchemes: {},
    schemas: {},
    problems: [],
    lastEdit,
  };
  const { id, service, uri, contentHash } = document;
  await store.documents.put({
    id,
    service,
    uri,
    parser: 'openapi@1',
    contentHash,
    files: [],
    document,
    readAt: clock.now(),
  });
});
afterEach(() => store.close());

it('of an operation that fails says who changed its document last', async () => {
  const found = new World([one]).play({ results: { a: 'fail status' } });
  const { open, transitions } = await withHistory(found, { checks: [one] }, store, clock.now());
  expect(open).toMatchObject([{ fingerprint: 'operation:a', history: { lastEdit } }]);
  expect(transitions).toMatchObject([{ incident: { history: { lastEdit } } }]);
});

it('of a document that cannot be read says who broke it, not who changed what was last readable', async () => {
  const broken: UnreadableDocument = {
    documentId: one.documentId,
    service: one.service,
    uri: 'a.yaml',
    message: 'is no YAML',
    lastEdit: { by: 'Li Si', at: clock.now() },
  };
  const found = new World([one]).play({ results: { a: 'ok' }, documentProblems: [broken] });
  const checked = { checks: [one], unreadable: [broken] };
  const { open } = await withHistory(found, checked, store, clock.now());
  expect(open).toMatchObject([
    { fingerprint: 'document:orders:a.yaml', history: { lastEdit: { by: 'Li Si' } } },
  ]);
});

it('of an operation that is slow says when it was last quick', async () => {
  const world = new World([one]);
  const times = [100, 150, 2500, 2600, 2500, 2500, 2500];
  for (const ms of times.slice(0, -1)) world.play({ results: { a: `ok ${ms}` } });
  const found = world.play({ results: { a: 'ok 2500' } });
  const newestFirst = times.map((ms, no) => result('a', `ok ${ms}`, start + no * cycleMs)).toReversed();
  const past = Object.create(store, { history: { value: () => Promise.resolve(newestFirst) } }) as Store;
  const { open } = await withHistory(found, { checks: [one] }, past, start + 7 * cycleMs);
  expect(open).toMatchObject([
    { fingerprint: 'latency:a', openedAt: start + 2 * cycleMs, history: { lastPassAt: start + cycleMs } },
  ]);
});
