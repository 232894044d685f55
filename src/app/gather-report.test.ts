import { expect, it } from 'vitest';
import { start } from '../incidents/world.fixture.ts';
import type { ChangeSet } from '../model/document.ts';
import { silentLogger } from '../lib/logger.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { openStore } from '../store/open.ts';
import { gatherReport } from './gather-report.ts';

it('a document that was read for the first time has not changed', async () => {
  const store = await openStore(':memory:', { clock: new ManualClock(start), log: silentLogger });
  const change = (kind: ChangeSet['kind'], uri: string, more: Partial<ChangeSet> = {}): ChangeSet => ({
    kind,
    service: 'orders',
    documentId: `orders:${uri}`,
    uri,
    added: [],
    removed: [],
    changed: [],
    ...more,
  });
  await store.gallery.addChanges([change('found', 'new.yaml', { added: ['GET /a'] })], start);
  await store.gallery.addChanges([change('changed', 'old.yaml', { removed: ['GET /b'] })], start + 1);
  const { changes } = await gatherReport(store, { from: start - 1, to: start + 2 }, 'Asia/Shanghai');
  expect(changes).toMatchObject([{ uri: 'old.yaml', breaking: ['GET /b'] }]);
  await store.close();
});
