import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openStore } from '../open.ts';

const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
const storeUrl = new URL('../open.ts', import.meta.url).href;
const loggerUrl = new URL('../../lib/logger.ts', import.meta.url).href;
const clockUrl = new URL('../../lib/time/clock.ts', import.meta.url).href;

/** Writes cycles as fast as it can and says which ones it has been told are stored. */
const writer = `
  import { openStore } from '${storeUrl}';
  import { silentLogger } from '${loggerUrl}';
  import { systemClock } from '${clockUrl}';
  const store = await openStore(process.argv[1], { clock: systemClock, log: silentLogger });
  const check = { id: 'a', service: 's', operation: 'GET /a' };
  const result = (no) => ({ checkId: 'a', at: no, verdict: 'pass', reason: { code: 'none', message: '' },
    status: 200, bytes: 1, phases: { totalMs: no }, attempts: 1, findings: [] });
  const incident = (no) => ({ id: 'X' + no, fingerprint: 'operation:' + no, cause: { level: 'operation', subject: no }, openedAt: no, version: 1 });
  for (let no = 1; ; no++) {
    const { id } = await store.beginCycle(no, no);
    await store.appendResults(id, [result(no)], [check]);
    await store.closeCycle({
      statistics: { cycleId: id, outcome: 'complete' }, results: [], checks: [], open: [incident(no)],
      transitions: [{ kind: 'opened', at: no, incident: incident(no) }],
      messages: [{ dedupKey: String(no), channel: 'ops', createdAt: no, content: { transitions: [] } }],
    });
    process.stdout.write(id + '\\n');
  }
`;

function startWriter(path: string): ChildProcess {
  const options = ['--import', 'tsx', '--input-type=module', '-e', writer, path];
  return spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills it without warning once it has reported `count` cycles; yields the last one that it reported. */
async function killAfter(child: ChildProcess, count: number): Promise<number> {
  let last = 0;
  let seen = 0;
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (++seen === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return last;
}

it('a writer that is killed at any instant loses nothing that it was told is stored, and nothing by halves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-crash-'));
  const path = join(folder, 'patrol.db');
  try {
    let reported = 0;
    for (const count of [1, 7, 40]) reported = await killAfter(startWriter(path), count);

    const store = await openStore(path, { clock: new ManualClock(), log: silentLogger });
    const complete = (await store.cycles(always)).filter((cycle) => cycle.outcome === 'complete');
    const incidents = await store.openIncidents();
    const transitions = await store.transitions(always);
    expect(complete.length).toBeGreaterThanOrEqual(48);
    expect(complete.some((cycle) => cycle.cycleId === reported)).toBe(true);
    // Cycles restart at 1 in each writer, so their incidents and messages are those of the longest run.
    expect(incidents.length).toBeGreaterThanOrEqual(40);
    expect(transitions).toHaveLength(incidents.length);
    let messages = 0;
    for (;;) {
      const leased = await store.outbox.lease('ops', Date.now(), 1000);
      if (leased === undefined) break;
      await store.outbox.settle(leased.id, { state: 'sent', at: 1 });
      messages++;
    }
    expect(messages).toBe(incidents.length);
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

// Both make it as well, at the same moment: several times over, since it takes luck to meet.
it.each([1, 2, 3, 4, 5, 6])(
  'two processes that write the same database both get their cycles stored (%i)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apipatrol-two-'));
    const path = join(folder, 'patrol.db');
    try {
      const lasts = await Promise.all([killAfter(startWriter(path), 20), killAfter(startWriter(path), 20)]);
      const store = await openStore(path, { clock: new ManualClock(), log: silentLogger, readOnly: true });
      const stored = new Set((await store.cycles(always)).map((cycle) => cycle.cycleId));
      expect(lasts.every((id) => stored.has(id))).toBe(true);
      expect(stored.size).toBeGreaterThanOrEqual(40);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);
