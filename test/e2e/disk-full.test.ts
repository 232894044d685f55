import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

const disk = mkdtempSync(path.join(tmpdir(), 'apipatrol-disk-'));
const mounted = mount();
let stage: Stage;
let patrol: PatrolProcess;

/** A disk of 4 MB of its own, which needs root; false where that is not to be had. */
function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('SKIPPED: a full disk cannot be tried here, because mount is not permitted\n');
    return false;
  }
}

beforeAll(async () => {
  stage = await setStage();
  await stage.configure({ store: { path: path.join(disk, 'patrol.db') } });
  patrol = stage.patrol();
});

afterAll(async () => {
  await stage.close();
  if (mounted) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true });
});

function fill(): void {
  const filler = path.join(disk, 'filler');
  for (const bytes of [1 << 20, 1 << 14, 1 << 12]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

describe.runIf(mounted)('a full disk', () => {
  const told = () => stage.wecom.messages.map(({ content }) => content);

  it('is told, and the patrol goes on in memory and stores what it found when there is space again', async () => {
    await patrol.logged('cycle closed', 1);
    fill();
    await stage.wecom.received(1);
    expect(told()[0]).toMatch(/巡检数据库 失败.*磁盘已满/);
    await stage.system.faults.set('payments-down', true);
    for (const round of [2, 3, 4]) {
      patrol.runNow();
      await patrol.logged('cycle closed', round);
    }
    await expect.poll(told).toContainEqual(expect.stringContaining('payments'));
    const before = told().length;
    const { out: shown } = await stage.cli('status');
    expect(shown).toContain('nothing can be stored');
    expect(shown).toMatch(/^#\w{4} .*payments/m);
    rmSync(path.join(disk, 'filler'));
    await expect.poll(() => told().slice(before).join()).toMatch(/巡检数据库.*恢复/);
    const { out } = await stage.cli('status', '--json');
    expect(JSON.parse(out)).toMatchObject({ lastCycle: { cycleId: expect.any(Number) as number } });
    expect(out).toContain('payments');
    const id = /#([0-9A-F]{4})/.exec(told()[0] ?? '')?.[1] ?? '';
    expect((await stage.cli('why', id)).out).toContain('opened');
  });

  it('does not keep the daemon from stopping as it should', async () => {
    fill();
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
  });
});
