import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

const notStored = 'cycle could not be stored; what it found is decided anew in the next one';
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

/** The log of the database has room of its own, which a few cycles use up. */
async function fillUntilRefused(): Promise<void> {
  fill();
  for (let count = 1; !patrol.records.some(({ msg }) => msg === notStored); count++) {
    patrol.runNow();
    await Promise.race([patrol.logged('cycle closed', count + 1), patrol.logged(notStored)]);
  }
}

describe.runIf(mounted)('a full disk', () => {
  it('is reported, ends nothing, and what broke meanwhile is told when there is space again', async () => {
    await patrol.logged('cycle closed', 1);
    await fillUntilRefused();
    await stage.wecom.received(1);
    expect(stage.wecom.messages[0]?.content).toMatch(/巡检数据库 失败.*磁盘已满/);
    await stage.system.faults.set('payments-down', true);
    patrol.runNow();
    const refused = await patrol.logged(notStored, 2);
    expect(refused['problem']).toMatch(/the disk is full/);
    expect(stage.wecom.messages).toHaveLength(1);
    rmSync(path.join(disk, 'filler'));
    patrol.runNow();
    await stage.wecom.received(3);
    const [, ...later] = stage.wecom.messages.map(({ content }) => content).toSorted();
    expect(later).toHaveLength(2);
    expect(later.some((content) => content.includes('payments'))).toBe(true);
    expect(later.some((content) => /巡检数据库.*恢复/.test(content))).toBe(true);
  });

  it('does not keep the daemon from stopping as it should', async () => {
    fill();
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
  });
});
