import { beforeEach, describe, expect, it } from 'vitest';
import type { Logger } from '../lib/logger.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { type Notify, serviceManagerIn } from './service-manager.ts';

let clock: ManualClock;
let told: string[];
let warned: string[];
let isDeaf: boolean;

beforeEach(() => {
  clock = new ManualClock();
  [told, warned, isDeaf] = [[], [], false];
});

const notify: Notify = async (states) => {
  if (isDeaf) throw new Error('spawn systemd-notify ENOENT');
  told.push(...states);
};
const log = { warn: (message: string) => void warned.push(message) } as Logger;
const managerIn = (env: NodeJS.ProcessEnv) => serviceManagerIn(env, { clock, log, notify });

async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await new Promise(setImmediate);
}

describe('systemd', () => {
  it('is told that the patrol is ready, that it goes round, and that it ends', async () => {
    const manager = managerIn({ NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '90000000' });
    manager.ready();
    for (let n = 0; n < 2; n++) await pass(30_000);
    manager.stopping();
    await pass(30_000);
    expect(told).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1', 'WATCHDOG=1']);
    await manager.close();
    expect(clock.sleeping).toBe(0);
  });

  it.each([
    ['that does not watch', {}],
    ['that watches another process', { WATCHDOG_USEC: '90000000', WATCHDOG_PID: '1' }],
    ['that says nonsense', { WATCHDOG_USEC: 'soon' }],
  ])('%s is not told that it goes round', async (_, env) => {
    const manager = managerIn({ NOTIFY_SOCKET: '/run/n', ...env });
    manager.ready();
    await pass(90_000);
    expect(told).toEqual(['READY=1']);
    await manager.close();
  });

  it('that cannot be told is no reason to end; it is said once', async () => {
    isDeaf = true;
    const manager = managerIn({ NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '90000000' });
    manager.ready();
    for (let n = 0; n < 3; n++) await pass(30_000);
    expect(warned).toEqual(['systemd cannot be told how this patrol is']);
    await manager.close();
  });

  it('that has not started the patrol is told nothing', async () => {
    const manager = managerIn({ WATCHDOG_USEC: '90000000' });
    manager.ready();
    manager.stopping();
    await manager.close();
    await pass(90_000);
    expect(told).toEqual([]);
  });
});
