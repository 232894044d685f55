import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { startWecom } from '../../../demo/wecom.ts';
import { ManualClock, systemClock } from '../../lib/time/clock.ts';
import type { Transition } from '../../model/incident.ts';
import type { Settings } from '../../model/settings.ts';
import { toStoreError } from '../../store/sqlite/failure.ts';
import { StoreAlert } from './store-alert.ts';

async function settingsWith(more: object = {}): Promise<Settings> {
  const yaml = JSON.stringify({ language: 'en', services: [{ name: 's', docs: './x.yaml' }], ...more });
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.settings;
}

async function toldOf(thrown: Error): Promise<readonly string[]> {
  const settings = await settingsWith();
  const happened: Transition[] = [];
  const outbox = { tell: async (found: readonly Transition[]) => void happened.push(...found) };
  const alert = new StoreAlert({
    store: { outbox, ownIncidents: () => Promise.resolve([]) },
    settings: () => settings,
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

  it('is told where the configuration leads by now, though it led elsewhere when it was told of first', async () => {
    const wecom = await startWecom();
    const leadingTo = (key: string) =>
      settingsWith({ channels: { ops: { kind: 'wecom-robot', webhook: wecom.webhook(key) } } });
    let settings = await leadingTo('old');
    const outbox = { tell: () => Promise.resolve() };
    const alert = new StoreAlert({
      store: { outbox, ownIncidents: () => Promise.resolve([]) },
      settings: () => settings,
      clock: systemClock,
      log: silentLogger,
      redactor: new Redactor(),
    });
    const full = toStoreError(Object.assign(new Error('database or disk is full'), { errcode: 13 }), 'p.db');
    await alert.failed(full);
    await wecom.received(1);
    await alert.succeeded();
    await wecom.received(2);
    settings = await leadingTo('new');
    alert.reconfigure();
    await alert.failed(full);
    await wecom.received(3);
    await alert.succeeded();
    await wecom.received(4);
    await alert.close();
    await wecom.close();
    expect(wecom.messages.map(({ key }) => key)).toEqual(['old', 'old', 'new', 'new']);
  });

  it('begins and ends for a channel that is there only since: both or nothing', async () => {
    const wecom = await startWecom();
    const robot = (key: string) => ({ kind: 'wecom-robot', webhook: wecom.webhook(key) });
    let settings = await settingsWith({ channels: { ops: robot('old') } });
    const alert = new StoreAlert({
      store: { outbox: { tell: () => Promise.resolve() }, ownIncidents: () => Promise.resolve([]) },
      settings: () => settings,
      clock: systemClock,
      log: silentLogger,
      redactor: new Redactor(),
    });
    const reload = async (channels: object) => {
      settings = await settingsWith({ channels });
      alert.reconfigure();
    };
    const full = toStoreError(Object.assign(new Error('database or disk is full'), { errcode: 13 }), 'p.db');
    await alert.failed(full);
    await wecom.received(1);
    await reload({ ops: robot('old'), late: robot('late') });
    await alert.failed(full);
    await wecom.received(2);
    await alert.failed(full);
    // Whom nobody has told of it by its end.
    await reload({ ops: robot('old'), late: robot('late'), last: robot('last') });
    await alert.succeeded();
    await wecom.received(4);
    await alert.close();
    await wecom.close();
    const keys = wecom.messages.map(({ key }) => key);
    expect([keys.slice(0, 2), keys.slice(2).toSorted()]).toEqual([
      ['old', 'late'],
      ['late', 'old'],
    ]);
  });
});
