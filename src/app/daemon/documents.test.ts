import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Document, UnreadableDocument } from '../../model/document.ts';
import type { Settings } from '../../model/settings.ts';
import { Documents, type DocumentsOptions } from './documents.ts';

const [orders, users] = ['orders', 'users'].map((name) => ({
  id: `shop:${name}`,
  contentHash: name,
})) as unknown as [Document, Document];

const settings = { services: [{ name: 'shop' }, { name: 'stock' }], routes: [] } as unknown as Settings;
const change = { service: 'shop', added: ['GET /orders'], removed: [], changed: [] };

function documentsOf(scanner: object, clock: ManualClock, late: string[] = []): Documents {
  return new Documents({
    parts: {
      scanner,
      clock,
      store: { gallery: { addChanges: () => Promise.resolve() } },
    } as unknown as DocumentsOptions['parts'],
    settings: () => settings,
    clock,
    log: silentLogger,
    signal: new AbortController().signal,
    late: (service) => late.push(service),
  });
}

/** Documents of a service of which nothing is known: one has been read, and reading goes on until `end` says what there is. */
function reading(): {
  readonly late: string[];
  readonly first: () => Promise<readonly Document[]>;
  readonly end: (all: readonly Document[]) => Promise<void>;
} {
  const clock = new ManualClock();
  const late: string[] = [];
  let resolve: (all: readonly Document[]) => void = () => undefined;
  const read = new Promise<readonly Document[]>((done) => {
    resolve = done;
  });
  let recalled: readonly Document[] = [];
  const scanner = {
    recall: () => Promise.resolve(recalled),
    scan: async () => ({ documents: await read, problems: [], changes: [change], unreadable: [] }),
  };
  const documents = documentsOf(scanner, clock, late);
  return {
    late,
    first: async () => {
      const taken = documents.take('shop');
      // What is asked before anything has been read finds nothing.
      await clock.advance(1);
      recalled = [orders];
      await clock.advance(2000);
      return (await taken).documents;
    },
    end: async (all) => {
      resolve(all);
      await documents.close();
    },
  };
}

it('lets a first cycle begin with what has been read, and another one follow for the rest', async () => {
  const { late, first, end } = reading();
  expect(await first()).toEqual([orders]);
  await end([orders, users]);
  expect(late).toEqual(['shop']);
});

it('lets none follow when there was no more to read', async () => {
  const { late, first, end } = reading();
  expect(await first()).toEqual([orders]);
  await end([orders]);
  expect(late).toEqual([]);
});

it('asks anew for what could not be read, even while it is being read, and for nothing else', async () => {
  const unreadable = { documentId: 'shop:orders', service: 'shop', uri: 'orders', message: 'HTTP 502' };
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  let found: readonly UnreadableDocument[] = [unreadable];
  const scanner = {
    recall: () => Promise.resolve([orders]),
    scan: async ([service]: Settings['services']) => {
      asked.push(service?.name ?? '');
      await new Promise<void>((done) => {
        ends.push(done);
      });
      return {
        documents: [orders],
        problems: [],
        changes: [],
        unreadable: service?.name === 'shop' ? found : [],
      };
    },
  };
  const documents = documentsOf(scanner, new ManualClock());
  const end = async (reading: Promise<unknown>): Promise<void> => {
    for (const done of ends.splice(0)) done();
    await reading;
  };
  await end(Promise.all([documents.refresh('shop'), documents.refresh('stock')]));
  const before = documents.refresh('shop');
  const again = documents.readAgain();
  expect(asked).toEqual(['shop', 'stock', 'shop']);
  await end(before);
  await expect.poll(() => asked).toEqual(['shop', 'stock', 'shop', 'shop']);
  found = [];
  await end(again);
  expect((await documents.take('shop')).unreadable).toEqual([]);
  await documents.readAgain();
  expect(asked).toHaveLength(4);
});
