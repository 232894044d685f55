import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { type PatrolProcess, startPatrol } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

const preload = pathToFileURL(fileURLToPath(new URL('../support/shifted-clock.mjs', import.meta.url))).href;
const dayMs = 86_400_000;
const isLong = process.env['APIPATROL_ATTACK'] === 'long';

let stage: Stage;
let patrol: PatrolProcess;
let clockFile: string;

/** Sets the wall clock of the daemon, which it can only see by looking. */
function setClock(days: number): void {
  writeFileSync(clockFile, String(days * dayMs));
}

beforeEach(async () => {
  stage = await setStage();
  clockFile = path.join(stage.folder, 'clock');
  setClock(0);
});
afterEach(async () => {
  patrol.signal('SIGKILL');
  await patrol.exited;
  await stage.close();
});

function start(): PatrolProcess {
  return startPatrol(stage.config, {
    env: {
      ...demoEnvironment,
      NODE_OPTIONS: `--import ${preload}`,
      APIPATROL_TEST_CLOCK: clockFile,
    },
  });
}

const told = () => stage.wecom.messages.map(({ content }) => content);

const jumps = [
  ['3 days back', -3],
  ['400 days back', -400],
  ['500 days on', 500],
] as const;

describe.each(isLong ? jumps : jumps.slice(1))('a wall clock that is set %s', (_, days) => {
  it('loses no new fault', async () => {
    patrol = start();
    await patrol.logged('cycle closed', 1);
    setClock(days);
    await stage.system.faults.set('orders-500', true);
    patrol.runNow();
    await patrol.logged('cycle closed', 2);
    await expect.poll(told).toContainEqual(expect.stringContaining('GET /orders/{orderId}/items'));
  });

  it.runIf(isLong)(
    'while the patrol is down or an incident goes on loses neither its end nor what comes next',
    async () => {
      patrol = start();
      await patrol.logged('cycle closed', 1);
      await stage.system.faults.set('orders-500', true);
      patrol.runNow();
      await expect.poll(told).toContainEqual(expect.stringContaining('GET /orders/{orderId}/items'));
      patrol.signal('SIGTERM');
      await patrol.exited;
      setClock(days);
      patrol = start();
      await patrol.logged('cycle closed', 1);
      await stage.system.faults.set('orders-500', false);
      for (let cycle = 2; cycle < 5; cycle++) {
        patrol.runNow();
        await patrol.logged('cycle closed', cycle);
      }
      await expect.poll(told).toContainEqual(expect.stringContaining('恢复'));
      const before = told().length;
      await stage.system.faults.set('orders-500', true);
      await stage.system.faults.set('payments-down', true);
      patrol.runNow();
      await patrol.logged('cycle closed', 5);
      await expect.poll(() => told().slice(before).join()).toMatch(/orders[^]*payments|payments[^]*orders/);
      setClock(0);
      await stage.system.faults.set('orders-500', false);
      await stage.system.faults.set('payments-down', false);
      for (let cycle = 6; cycle < 9; cycle++) {
        patrol.runNow();
        await patrol.logged('cycle closed', cycle);
      }
      // It goes on while it has not been well for long enough; what comes then is none of its own.
      await expect.poll(() => told().slice(before).join()).toMatch(/恢复[^]*payments|payments[^]*恢复/);
      const later = told().length;
      await stage.system.faults.set('payments-down', true);
      patrol.runNow();
      await patrol.logged('cycle closed', 9);
      await expect.poll(() => told().slice(later).join()).toContain('payments');
    },
  );

  it('leaves the history as it is', async () => {
    patrol = start();
    await patrol.logged('cycle closed', 1);
    setClock(days);
    for (let cycle = 2; cycle < 4; cycle++) {
      patrol.runNow();
      await patrol.logged('cycle closed', cycle);
    }
    const { out } = await stage.cli('report', '--since', '1h', '--json');
    expect(out).toContain('GET /orders');
  });

  it('is told once', async () => {
    patrol = start();
    await patrol.logged('cycle closed', 1);
    setClock(days);
    await expect.poll(() => told().filter((text) => text.includes('系统时钟'))).toHaveLength(1);
    patrol.runNow();
    await patrol.logged('cycle closed', 2);
    expect(told().filter((text) => text.includes('系统时钟'))).toHaveLength(1);
  });
});
