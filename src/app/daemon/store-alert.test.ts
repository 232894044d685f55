import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Transition } from '../../model/incident.ts';
import { toStoreError } from '../../store/sqlite/failure.ts';
import { StoreAlert } from './store-alert.ts';

async function toldOf(thrown: Error): Promise<readonly string[]> {
  const yaml = JSON.stringify({ language: 'en', services: [{ name: 's', docs: './x.yaml' }] });
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const happened: Transition[] = [];
  const outbox = { tell: async (found: readonly Transition[]) => void happened.push(...found) };
  const alert = new StoreAlert({
    store: { outbox, ownIncidents: () => Promise.resolve([]) },
    settings: () => loaded.settings,
    clock: new ManualClock(),
    log: silentLogger,
    redactor: new Redactor(),
  });
  await alert.failed(toStoreError(thrown, 'patrol.db'));
  await alert.close();
  return happened.map(({ incident }) => incident.subjectLabel);
}

describe('what cannot be stored', () => {
  it('is told of the database when that cannot store it, and of the patrol when it is wrong itself', async () => {
    const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
    expect(await toldOf(full)).toEqual(['the database of the patrol']);
    const twice = Object.assign(new Error('UNIQUE constraint failed: incident.fingerprint'), {
      errcode: 2067,
    });
    expect(await toldOf(twice)).toEqual(['the patrol itself']);
  });
});
