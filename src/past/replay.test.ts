import { afterEach, expect, it } from 'vitest';
import { check } from '../analyze/world.fixture.ts';
import { Duty } from '../cycle/duty.fixture.ts';
import { compareAlerts, type Replay, replay } from './replay.ts';

const hour = 3_600_000;
const config = `
channels:
  ops: { kind: wecom-robot, webhook: $ops }
`;
let duty: Duty;
afterEach(() => duty.end());

/** Two days: `a` breaks for an hour, `b` is slower than 1 s for the last five hours. */
async function twoDays(): Promise<void> {
  duty = await Duty.begin({ at: '2026-01-05T00:00+08:00', checks: [check('a'), check('b')], config });
  await duty.cycles(20 * hour);
  await duty.cycles(hour, { a: 'fail 500' });
  await duty.cycles(20 * hour);
  await duty.cycles(5 * hour, { b: 'ok 1500' });
}

async function replayed(checks = [check('a'), check('b')], more = '', back = 48 * hour): Promise<Replay> {
  await duty.configure(config + more);
  const to = duty.clock.now();
  return replay({ store: duty.store, checks, settings: duty.settings, range: { from: to - back, to } });
}

const inShort = ({ alerts }: Replay): readonly string[] =>
  alerts.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`);

it('the same configuration would have told the same', async () => {
  await twoDays();
  const same = await replayed();
  expect(inShort(same)).toEqual(['opened operation:a', 'resolved operation:a']);
  expect(same).toMatchObject({ cycles: 184, leftOut: 0 });
  expect(same.messages).toHaveLength(2);
  const told = await duty.store.transitions({ from: 0, to: duty.clock.now() });
  const compared = compareAlerts(same.alerts, told);
  expect(
    compared.map(({ fingerprint, was, would }) => [fingerprint, was !== undefined, would !== undefined]),
  ).toEqual([['operation:a', true, true]]);
});

it('a tighter objective would have told what was kept, and operations left out are counted', async () => {
  await twoDays();
  const tight = await replayed([check('b', { latency: { p95Ms: 1000 } })]);
  expect(inShort(tight)).toEqual(['opened latency:b']);
  expect(tight.leftOut).toBe(184);
});

it('what is under maintenance there would not have been told, and was', async () => {
  await twoDays();
  const quiet = await replayed(
    [check('a')],
    'maintenance: [{ name: night, cron: "0 20 * * *", duration: 2h }]\n',
  );
  expect(inShort(quiet)).toEqual([]);
  const compared = compareAlerts(
    quiet.alerts,
    await duty.store.transitions({ from: 0, to: duty.clock.now() }),
  );
  expect(compared).toMatchObject([{ fingerprint: 'operation:a', was: { kind: 'opened' } }]);
  expect(compared[0]?.would).toBeUndefined();
});

it('what was open before is not told as new', async () => {
  duty = await Duty.begin({ at: '2026-01-05T00:00+08:00', checks: [check('a'), check('b')], config });
  await duty.cycles(5 * hour, { a: 'fail 500' });
  await duty.cycles(hour);
  expect(inShort(await replayed([check('a'), check('b')], '', 2 * hour))).toEqual(['resolved operation:a']);
});
