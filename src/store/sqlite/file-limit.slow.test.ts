import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openStore } from '../open.ts';

const [openUrl, clockUrl, loggerUrl] = ['../open.ts', '../../lib/time/clock.ts', '../../lib/logger.ts'].map(
  (file) => new URL(file, import.meta.url).href,
);
/** Writes a note and moves the log after each cycle, as a daemon does; prints what each look at the file came to. */
const writer = `
  import { openStore } from '${openUrl}';
  import { silentLogger } from '${loggerUrl}';
  import { systemClock } from '${clockUrl}';
  process.on('SIGXFSZ', () => undefined);
  const store = await openStore(process.argv[1], { clock: systemClock, log: silentLogger, alone: true });
  const print = (line) => console.log(JSON.stringify(line));
  let isStored = true;
  for (let no = 1; no < 120; no++) {
    const { id } = await store.beginCycle(no, no);
    await store.desk.note({ at: no, by: 'test', action: 'check', subject: no + 'x'.repeat(5000) });
    await store.closeCycle({
      statistics: { cycleId: id, outcome: 'complete' }, results: [], checks: [], open: [], transitions: [], messages: [],
    });
    try {
      const restored = await store.watch();
      if (restored !== undefined) print(restored);
      if (isStored) print({ stored: no });
    } catch (error) {
      isStored = false;
      print({ trouble: error.message });
    }
  }
  await store.close();
`;

/** Tells of an incident when nothing can be stored any more, and is killed. */
const teller = `
  import { openStore } from '${openUrl}';
  import { silentLogger } from '${loggerUrl}';
  import { systemClock } from '${clockUrl}';
  process.on('SIGXFSZ', () => undefined);
  const [path, ended] = process.argv.slice(1);
  const store = await openStore(path, { clock: systemClock, log: silentLogger, alone: true });
  const incident = (id) => ({ id, fingerprint: id, cause: { level: 'service', subject: id }, state: 'firing', openedAt: 5, version: 1 });
  const entry = (key) => ({
    dedupKey: key, channel: 'ops', createdAt: 5,
    content: { cycleId: 1, transitions: [], totals: { failing: 0, checks: 1 }, mentions: [] },
  });
  const opened = (id) => ({ kind: 'opened', at: 5, incident: incident(id) });
  const before = ended === undefined ? [incident('A7F3')] : (await store.openIncidents());
  await store.record({ open: before, transitions: [], messages: [] });
  for (;;) {
    const { id } = await store.beginCycle(5, 5);
    try {
      await store.watch();
      await store.desk.note({ at: 5, by: 'test', action: 'check', subject: 'x'.repeat(5000) });
    } catch {
      if (ended !== undefined) {
        const over = { ...before[0], state: 'resolved', version: 2 };
        await store.record({ open: before.slice(1), transitions: [{ kind: 'resolved', at: 6, incident: over }], messages: [entry('end')] });
      } else {
        const open = [...before, incident('B2C4')];
        await store.record({ open, transitions: [opened('B2C4')], messages: [entry('one'), entry('two')] });
        const sent = await store.outbox.lease('ops', 5, 1000);
        await store.outbox.settle(sent.id, { state: 'sent', at: 5 });
      }
      console.log(id);
      process.kill(process.pid, 'SIGKILL');
    }
  }
`;

/** KiB of a database with nothing in it. */
async function emptyBlocks(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-limit-'));
  const path = join(folder, 'patrol.db');
  const store = await openStore(path, { clock: new ManualClock(), log: silentLogger, alone: true });
  await store.close();
  const { size } = statSync(path);
  rmSync(folder, { recursive: true });
  return Math.ceil(size / 1024);
}

async function writtenUpTo(
  blocks: number,
  path: string,
  program = writer,
  ...given: readonly string[]
): Promise<readonly string[]> {
  const script = `ulimit -f ${blocks}; exec "$@"`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program, path, ...given];
  // The cache of tsx has files as well.
  const child = spawn('bash', ['-c', script, 'bash', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  });
  const [lines] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return lines.trim().split('\n');
}

it.runIf(process.platform === 'linux').each([14, 25, 34, 54, 74, 114])(
  'a limit of %i KiB beyond the tables on the size of files is told, and the file stays whole and our own',
  async (beyond) => {
    const blocks = (await emptyBlocks()) + beyond;
    const folder = mkdtempSync(join(tmpdir(), 'apipatrol-limit-'));
    const path = join(folder, 'patrol.db');
    try {
      const lines = await writtenUpTo(blocks, path);
      const said = lines.map(
        (line) => JSON.parse(line) as { stored?: number; trouble?: string; was?: string },
      );
      expect(said.filter(({ was }) => was !== undefined)).toEqual([]);
      const troubles = [...new Set(said.flatMap(({ trouble }) => trouble ?? []))];
      expect(troubles).not.toEqual([]);
      // That its log cannot be moved into the file is seen before nothing can be stored any more, for the same reason.
      for (const trouble of troubles)
        expect(trouble).toContain(`files of this process may have ${blocks * 1024} bytes at the most`);
      const stored = said.findLast((line) => line.stored !== undefined)?.stored ?? 0;
      expect(stored).toBeGreaterThan(0);
      expect(readdirSync(folder).filter((name) => /replaced|copy/.test(name))).toEqual([]);
      const store = await openStore(path, { clock: new ManualClock(), log: silentLogger, alone: true });
      const notes = await store.desk.audit({ from: 0, to: Number.MAX_SAFE_INTEGER });
      await store.close();
      expect(notes.length).toBeGreaterThanOrEqual(stored);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);

it.runIf(process.platform === 'linux')(
  'what was told while nothing could be stored is known after the process was killed, twice over',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apipatrol-limit-'));
    const path = join(folder, 'patrol.db');
    const open = () => openStore(path, { clock: new ManualClock(), log: silentLogger, alone: true });
    try {
      const blocks = (await emptyBlocks()) + 34;
      const [lastCycle] = await writtenUpTo(blocks, path, teller);
      // The one after it finds no more room than the one before.
      await writtenUpTo(blocks, path, teller, 'ended');
      const store = await open();
      expect((await store.openIncidents()).map(({ id }) => id)).toEqual(['B2C4']);
      expect((await store.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey)).toEqual(['two', 'end']);
      expect((await store.beginCycle(5, 5)).id).toBeGreaterThan(Number(lastCycle));
      await store.record({ open: [], transitions: [], messages: [] });
      await store.close();
      // What is in the database now is not undone by what was kept for it.
      const again = await open();
      expect((await again.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey)).toEqual(['two', 'end']);
      await again.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);
