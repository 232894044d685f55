import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { type LogRecord, type PatrolProcess, startPatrol } from '../../demo/patrol-process.ts';
import { isListening } from '../../src/cli/api/transport.ts';
import { setStage, type Stage } from '../support/stage.ts';

const isLong = process.env['APIPATROL_ATTACK'] === 'long';
let stage: Stage;
let data: string;
let database: string;
let patrols: PatrolProcess[];
const told = () => stage.wecom.messages.map(({ content }) => content);
const aboutStore = () => told().filter((text) => text.includes('巡检数据库'));

beforeEach(async () => {
  stage = await setStage();
  data = path.join(stage.folder, 'data');
  database = path.join(data, 'patrol.db');
  patrols = [];
});
afterEach(async () => {
  for (const patrol of patrols) patrol.signal('SIGKILL');
  await Promise.all(patrols.map(({ exited }) => exited));
  await stage.close();
});

async function start(): Promise<PatrolProcess> {
  await stage.configure({ store: { path: database } });
  const patrol = startPatrol(stage.config, { env: demoEnvironment });
  patrols.push(patrol);
  await patrol.logged('cycle closed', 1);
  return patrol;
}

describe('a database that is taken away while it is in use', () => {
  const thefts: readonly (readonly [string, () => void])[] = [
    ['deleted', () => rmSync(database)],
    ['deleted with its folder', () => rmSync(data, { recursive: true })],
    ['moved away with its folder', () => renameSync(data, `${data}-elsewhere`)],
    [
      'replaced by an empty one in a new folder',
      () => {
        rmSync(data, { recursive: true });
        mkdirSync(data);
        writeFileSync(database, '');
      },
    ],
    [
      'replaced by rubbish',
      () => {
        rmSync(database);
        writeFileSync(database, 'rubbish');
      },
    ],
  ];

  it.each(isLong ? thefts : thefts.slice(1, 2))(
    '%s: is put back, told once, and nobody else may have it',
    async (_, steal) => {
      const patrol = await start();
      await stage.system.faults.set('orders-500', true);
      patrol.runNow();
      await patrol.logged('cycle closed', 2);
      await stage.wecom.received(1);
      steal();
      const second = startPatrol(stage.config, { env: demoEnvironment });
      patrols.push(second);
      expect(await second.exited).toBe(2);
      expect(second.complaints()).toContain('another patrol is at work');
      await expect.poll(aboutStore).toHaveLength(1);
      expect(aboutStore()[0]).toMatch(/数据库在使用中被(?:删除|替换)，已当即完整恢复/);
      expect(aboutStore()[0]).not.toContain('无法保存');
      patrol.runNow();
      await patrol.logged('cycle closed', 3);
      const third = startPatrol(stage.config, { env: demoEnvironment });
      patrols.push(third);
      expect(await third.exited).toBe(2);
      for (const file of ['patrol.sock', 'patrol.db.key'])
        await expect.poll(() => existsSync(path.join(data, file))).toBe(true);
      expect(await isListening(path.join(data, 'patrol.sock'))).toBe(true);
      const status = await stage.cli('status', '--json');
      expect(JSON.parse(status.out)).toMatchObject({ lastCycle: { cycleId: 9 } });
      expect(status.out).toContain('GET /orders/{orderId}/items');
      await stage.system.faults.set('orders-500', false);
      for (const cycle of [4, 5]) {
        patrol.runNow();
        await patrol.logged('cycle closed', cycle);
      }
      await expect.poll(told).toContainEqual(expect.stringMatching(/GET \/orders\/\{orderId\}\/items.*恢复/));
      expect(aboutStore()).toHaveLength(1);
    },
  );
});

describe('a database that another program has locked when the patrol starts', () => {
  async function lockedBy(sql: string): Promise<DatabaseSyncInstance> {
    const before = await start();
    before.signal('SIGTERM');
    await before.exited;
    const other = new DatabaseSync(database);
    other.exec(sql);
    return other;
  }

  it('for writing: it patrols from memory, tells it, and takes the database when it is free', async () => {
    const other = await lockedBy('begin immediate');
    await start();
    await expect.poll(aboutStore).toHaveLength(1);
    expect(aboutStore()[0]).toMatch(/被 .+ \(\d+\) 锁定/);
    other.exec('rollback');
    other.close();
    await expect.poll(aboutStore).toHaveLength(2);
    expect(aboutStore()[1]).toContain('恢复');
    const status = await stage.cli('status', '--json');
    expect(JSON.parse(status.out)).toMatchObject({ lastCycle: { outcome: 'complete' } });
  });

  it('for reading as well: it waits, says for whom, and begins when it is free; commands say what to do', async () => {
    const other = await lockedBy('pragma locking_mode = exclusive; begin exclusive');
    await stage.configure({ store: { path: database } });
    const patrol = startPatrol(stage.config, { env: demoEnvironment });
    patrols.push(patrol);
    await patrol.logged('the patrol begins as soon as the database is free', 1);
    for (const command of ['status', 'report', 'audit']) {
      const { code, err } = await stage.cli(command);
      expect([code, err]).toEqual([2, expect.stringMatching(/holds a lock on it[^]*wait until the program/)]);
    }
    other.close();
    await patrol.logged('cycle closed', 1);
    expect(aboutStore()).toEqual([]);
  });
});

const canLimit = existsSync('/usr/bin/prlimit');

describe.runIf(canLimit)('a limit on the size of files', () => {
  const limit = (pid: number, bytes: string) =>
    execFileSync('/usr/bin/prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

  it('ends nothing: it is told, and that it is over', async () => {
    const patrol = await start();
    limit(patrol.pid, '10000');
    patrol.runNow();
    await expect.poll(aboutStore).toHaveLength(1);
    expect(aboutStore()[0]).toContain('文件大小上限为 10000 字节');
    limit(patrol.pid, 'unlimited');
    patrol.runNow();
    await expect.poll(aboutStore).toHaveLength(2);
    expect(aboutStore()[1]).toContain('恢复');
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
  });
});

const disk = mkdtempSync(path.join(tmpdir(), 'apipatrol-disk-'));
let isMounted = false;
try {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
  isMounted = true;
} catch {
  process.stderr.write('SKIPPED: a full disk cannot be tried here, because mount is not permitted\n');
}

describe.runIf(isMounted)('a disk that is full', () => {
  const filler = path.join(disk, 'filler');
  beforeEach(() => {
    database = path.join(disk, 'patrol.db');
  });
  afterEach(() => {
    for (const file of readdirSync(disk)) rmSync(path.join(disk, file), { recursive: true });
  });
  afterAll(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });

  function fill(): void {
    for (const bytes of [1 << 20, 1 << 14, 1 << 12]) {
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  }

  it('is told without waiting for a cycle, and so is its end', async () => {
    const patrol = await start();
    fill();
    await expect.poll(aboutStore).toHaveLength(1);
    expect(aboutStore()[0]).toContain('磁盘已满');
    patrol.runNow();
    rmSync(filler);
    await expect.poll(aboutStore).toHaveLength(2);
    expect(aboutStore()[1]).toContain('恢复');
  });

  it('loses nothing that was told, however often the process is killed', async () => {
    const about = (what: RegExp) => told().filter((text) => what.test(text));
    const orders = /GET \/orders\/\{orderId\}\/items/;
    let patrol = await start();
    fill();
    await expect.poll(aboutStore).toHaveLength(1);
    await stage.system.faults.set('orders-500', true);
    patrol.runNow();
    await expect.poll(() => about(orders)).toHaveLength(1);
    // Killed before it knows that it has told it, it would rightly tell it again.
    const isTold = ({ msg, cycle }: LogRecord) => msg === 'message sent' && Number(cycle) > 0;
    await expect.poll(() => patrol.records.some(isTold)).toBe(true);
    await patrol.logged('cycle closed', 2);
    for (let kill = 0; kill < 2; kill++) {
      patrol.signal('SIGKILL');
      await patrol.exited;
      patrol = await start();
    }
    await stage.system.faults.set('orders-500', false);
    for (const cycle of [2, 3]) {
      patrol.runNow();
      await patrol.logged('cycle closed', cycle);
    }
    await expect.poll(() => about(orders)).toHaveLength(2);
    expect(about(orders)[1]).toContain('恢复');
    expect(aboutStore()).toHaveLength(1);
    patrol.signal('SIGKILL');
    await patrol.exited;
    rmSync(filler);
    await start();
    await expect.poll(aboutStore).toHaveLength(2);
    expect(aboutStore()[1]).toContain('恢复');
  });
});
