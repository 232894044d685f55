import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let patrol: PatrolProcess;
let cycles = 0;

const closed = (): Promise<Readonly<Record<string, unknown>>> => patrol.logged('cycle closed', ++cycles);

async function cycle(): Promise<Readonly<Record<string, unknown>>> {
  patrol.runNow();
  return closed();
}

/** What the group has read from `from` on. */
const toldSince = (from: number): readonly string[] =>
  stage.wecom.messages.slice(from).map(({ content }) => content);

/** What the group reads from `from` on, once `count` messages have come since then. */
async function told(from: number, count: number): Promise<readonly string[]> {
  await stage.wecom.received(from + count);
  return toldSince(from);
}

beforeAll(async () => {
  stage = await setStage();
  patrol = stage.patrol();
});
afterAll(() => stage.close());

describe('the daemon', () => {
  it('runs a cycle at once, logs one line about it, and tells nobody that all is well', async () => {
    const line = await closed();
    expect(line).toMatchObject({ outcome: 'complete', degraded: 0, failed: 0, blocked: 0, unknown: 0 });
    expect(line['checked']).toBe(line['passed']);
    for (const field of [
      'successRate',
      'avgMs',
      'p50Ms',
      'p95Ms',
      'p99Ms',
      'maxMs',
      'durationMs',
      'latenessMs',
    ]) {
      expect(line[field]).toBeTypeOf('number');
    }
    expect(stage.wecom.messages).toEqual([]);
  });

  it('is the only one on its store', async () => {
    const second = await stage.cli('run', '--log', 'json');
    expect(second.code).toBe(2);
    expect(second.err).toContain('another patrol is at work on the database');
  });

  it('lets status and report read its store while it runs', async () => {
    const status = await stage.cli('status');
    expect(status).toMatchObject({ code: 0, err: '' });
    expect(status.out).toContain('nothing is wrong');
    const json = JSON.parse((await stage.cli('status', '--json')).out);
    expect(json).toMatchObject({ incidents: [], lastCycle: { cycleId: 3, outcome: 'complete' } });
    const report = await stage.cli('report', '--since', '1h', '--language', 'en');
    expect(report.code).toBe(0);
    expect(report.out).toContain('3 complete');
    expect((await stage.cli('report', '--format', 'markdown')).out).toMatch(/^# 接口巡检报告/);
    const page = path.join(stage.folder, 'report.html');
    expect((await stage.cli('report', '-o', page)).out).toBe(`written to ${page}\n`);
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[^]*<svg [^]*>orders<\/td>[^]*<\/html>\n$/);
    expect((await stage.cli('report', '--format', 'csv')).out).toMatch(/^\uFEFFservice,operation,results,/);
    expect(JSON.parse((await stage.cli('report', '--json')).out)).toMatchObject({ cycles: { complete: 3 } });
    expect((await stage.cli('report', '--since', 'yesterday')).code).toBe(2);
  });
});

describe('a fault is told once when it comes and once when it goes', () => {
  const faults = [
    { fault: 'orders-500', names: 'GET /orders/{orderId}/items', why: '500' },
    { fault: 'orders-wrong-type', names: 'GET /orders/{orderId}', why: '/total' },
    { fault: 'payments-down', names: '127.0.0.1:', why: '连接被拒绝' },
    { fault: 'payments-envelope', names: 'GET /payments/{paymentId}', why: '50001' },
  ] as const;

  it.each(faults)('$fault', async ({ fault, names, why }) => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set(fault, true);
    const line = await cycle();
    expect(line['failed']).toBeGreaterThan(0);
    const [alert] = await told(before, 1);
    expect(alert).toContain('失败');
    expect(alert).toContain(names);
    expect(alert).toContain(why);
    const status = await stage.cli('status');
    expect(status.code).toBe(1);
    expect(status.out).toContain(names);
    await cycle();
    await stage.system.faults.set(fault, false);
    await cycle();
    // The second good answer, which makes it a fact, needs no further cycle.
    const messages = await told(before, 2);
    expect(messages).toHaveLength(2);
    expect(messages[1]).toContain('恢复');
    expect(/#(\w{4})/.exec(messages[1] ?? '')?.[1]).toBe(/#(\w{4})/.exec(alert ?? '')?.[1]);
    expect((await stage.cli('status')).code).toBe(0);
  });

  it('a slow answer alone is nothing to tell', async () => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set('orders-slow', true);
    await cycle();
    await stage.system.faults.set('orders-slow', false);
    await cycle();
    expect(toldSince(before)).toEqual([]);
  });

  it('revoked tokens are renewed once and nobody notices', async () => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set('tokens-revoked', true);
    const line = await cycle();
    await stage.system.faults.set('tokens-revoked', false);
    expect(line).toMatchObject({ failed: 0, blocked: 0, unknown: 0 });
    expect(toldSince(before)).toEqual([]);
  });

  it('expired tokens that cannot be renewed are one message a credential, and the operations are blocked', async () => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set('login-broken', true);
    await stage.system.faults.set('tokens-revoked', true);
    const line = await cycle();
    expect(line['blocked']).toBeGreaterThan(5);
    await stage.system.faults.set('tokens-revoked', false);
    await stage.system.faults.set('login-broken', false);
    // One for each of the two that sign in; each ends by itself once its tokens have held for a while.
    const beginnings = await told(before, 2);
    expect(beginnings).toEqual([expect.stringContaining('凭证'), expect.stringContaining('凭证')]);
    const numbers = beginnings.map((text) => /#\w{4}/.exec(text)?.[0] ?? '');
    const ended = () => {
      const ends = toldSince(before + 2).join();
      return numbers.filter((number) => ends.includes(`恢复</font> ${number}`));
    };
    await expect.poll(ended, { timeout: 180_000 }).toEqual(numbers);
  });
});

describe('hot reload', () => {
  it('takes a changed configuration over without a restart', async () => {
    await stage.configure({ interval: '20m' });
    expect(await patrol.logged('configuration changed')).toMatchObject({
      changes: expect.arrayContaining([expect.stringContaining('20m')]),
    });
  });

  it('refuses a broken one, says what is wrong, and goes on with the last good one', async () => {
    const good = await readFile(stage.config, 'utf8');
    await appendFile(stage.config, 'intervall: 5m\n');
    const line = await patrol.logged('configuration refused; the last good one stays in use');
    expect(JSON.stringify(line['problems'])).toContain('intervall');
    expect((await cycle())['outcome']).toBe('complete');
    const { code, out, err } = await stage.cli('status', '--json');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('a patrol goes on with the last good configuration'),
    ]);
    expect(JSON.parse(out)).toMatchObject({
      refused: [{ level: 'error', message: expect.stringContaining('intervall') as string }],
      lastCycle: { outcome: 'complete' },
    });
    expect((await stage.cli('silence', 'list')).code).toBe(0);
    await appendFile(stage.config, 'broken: [a\n');
    expect((await stage.cli('status')).out).toContain('last cycle');
    expect((await stage.cli('report')).code).toBe(0);
    await writeFile(stage.config, good);
    await patrol.logged('configuration read again, nothing has changed');
    patrol.signal('SIGHUP');
    await patrol.logged('configuration read again, nothing has changed', 2);
  });

  it('patrols changed documents at once, and the last good state of broken ones', async () => {
    const file = path.join(stage.folder, 'docs', 'orders.openapi.yaml');
    const good = await readFile(file, 'utf8');
    const before = (await cycle())['checked'] as number;
    const messages = stage.wecom.messages.length;
    const own = () =>
      patrol.records.filter(({ msg, service }) => msg === 'cycle closed' && service === 'orders').length;
    const closedBefore = own();
    await writeFile(file, good.replace(/^ {2}\/categories:$/m, '  /categories2:'));
    // Of the others nothing has changed, and nothing is called.
    await expect.poll(own).toBe(closedBefore + 1);
    expect(patrol.records.findLast(({ msg }) => msg === 'document changed')).toMatchObject({
      added: ['GET /categories2'],
      removed: ['GET /categories'],
    });
    // It answers 404, and has never worked: nobody is woken for it.
    await expect.poll(async () => (await stage.cli('set-up')).out).toContain('GET /categories2');
    expect(toldSince(messages).join()).not.toContain('categories2');
    const toldAfterCycles = (text: string, from: number) =>
      expect.poll(async () => {
        expect((await cycle())['checked']).toBe(before);
        return stage.wecom.messages.slice(from).some(({ content }) => content.includes(text));
      });
    const breaking = stage.wecom.messages.length;
    await writeFile(file, 'openapi: [');
    await toldAfterCycles('接口文档无法读取', breaking).toBe(true);
    const mended = stage.wecom.messages.length;
    await writeFile(file, good);
    await toldAfterCycles('恢复', mended).toBe(true);
  });
});

describe('stopping', () => {
  it('ends with 0 on SIGTERM', async () => {
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
    expect(patrol.complaints()).toBe('');
  });

  it('lets checks in flight end, stores the cycle as interrupted, and sends nothing false', async () => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set('orders-slow', true);
    const asked = stage.system.services.orders.requests.get('GET /orders') ?? 0;
    patrol = stage.patrol();
    await stage.system.services.orders.requested('GET /orders', asked + 1);
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
    await stage.system.faults.set('orders-slow', false);
    expect(await patrol.logged('cycle closed')).toMatchObject({ outcome: 'interrupted', failed: 0 });
    expect(toldSince(before)).toEqual([]);
    // Cycles of other services that began at the same moment may have ended.
    const database = path.join(stage.folder, '.apipatrol/patrol.db');
    const store = await openStore(database, { clock: systemClock, log: silentLogger, readOnly: true });
    const [newest, ...others] = await store.cycles({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 20 });
    await store.close();
    const since = (newest?.startedAt ?? 0) - 2000;
    const latest = [newest, ...others].filter((one) => one !== undefined && one.startedAt >= since);
    expect(latest.map((one) => one?.outcome)).toContain('interrupted');
  });

  it('ends at once with 130 on a second signal', async () => {
    await stage.system.faults.set('orders-slow', true);
    const asked = stage.system.services.orders.requests.get('GET /orders') ?? 0;
    patrol = stage.patrol();
    await stage.system.services.orders.requested('GET /orders', asked + 1);
    patrol.signal('SIGINT');
    await patrol.logged('stopping: checks in flight may end; once more to end at once');
    patrol.signal('SIGINT');
    expect(await patrol.exited).toBe(130);
    await stage.system.faults.set('orders-slow', false);
  });
});

describe('a crash', () => {
  it('between an incident and its message loses no message and repeats none', async () => {
    const before = stage.wecom.messages.length;
    await stage.system.faults.set('orders-500', true);
    // Whatever else is on its way as well.
    stage.wecom.fail('group', 'drop', 20);
    patrol = stage.patrol();
    await patrol.logged('cycle closed');
    patrol.signal('SIGKILL');
    await patrol.exited;
    expect(toldSince(before)).toEqual([]);
    stage.wecom.heal('group');
    patrol = stage.patrol();
    const [alert] = await told(before, 1);
    expect(alert).toContain('GET /orders/{orderId}/items');
    await patrol.logged('cycle closed');
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
    expect(stage.wecom.messages).toHaveLength(before + 1);
    await stage.system.faults.set('orders-500', false);
  });
});
