import { expect, it } from 'vitest';
import { sentence } from '../../messages/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import { all, check, World } from '../../incidents/world.fixture.ts';
import { en } from '../render/words-en.ts';
import { zh } from '../render/words-zh.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { countedOf, totalsOf, withAwaited } from './totals.ts';

const sample = scenarios.failure(Date.UTC(2026, 2, 9, 4, 3)).transitions[0]?.incident;
const over = { checks: 48, services: sample?.services ?? [] };
const told = { codes: ['status'], severity: 'major', members: 1 } as const;

function open(rest: Partial<Incident>): Incident {
  if (sample === undefined) throw new Error('no sample');
  const { told: _, ...incident } = sample;
  return { ...incident, state: 'firing', ...rest };
}

const operation = open({ id: 'A', fingerprint: 'operation:a', told, inhibitedBy: 'unsteady:x' });
const cause = open({ id: 'B', fingerprint: 'unsteady:x', verdict: 'degraded' });

it('what people know of is not fine because of a cause that they have not been told of', () => {
  expect(totalsOf([operation, { ...cause, state: 'pending' }], over)).toMatchObject({ failing: 1, open: 1 });
});

it('each operation is counted once, with the cause that people know of', () => {
  expect(totalsOf([operation, { ...cause, told }], over)).toMatchObject({ failing: 0, open: 1 });
  const failing = { ...cause, verdict: 'fail', state: 'pending' } as const;
  expect(totalsOf([operation, failing], over)).toMatchObject({ failing: failing.members.count, open: 1 });
});

it('what is not known of again since a restart is not passed over', () => {
  const services = ['later'];
  const members = { count: 4, of: 4, worst: [] };
  const incident = { ...cause, told, verdict: 'fail', services, members } as const;
  const known = withAwaited({ checks: 8, services: ['known'] }, [incident], ['later', 'another']);
  expect(totalsOf([incident], known)).toMatchObject({ failing: 4, checks: 12, open: 1 });
});

it('what fails is counted while nobody is told of it: a silence, or a fault that comes and goes', () => {
  const quiet = open({ id: 'C', fingerprint: 'operation:c' });
  expect(totalsOf([quiet], over)).toMatchObject({ failing: 1, open: 0 });
  expect(totalsOf([{ ...quiet, state: 'recovering' }], over)).toMatchObject({ failing: 0, open: 0 });
});

it('what is silenced is counted with what fails, and said to be', () => {
  const members = { count: 1, of: 1, worst: [] };
  const failing = open({ id: 'C', fingerprint: 'operation:c', told, members });
  const silenced = open({ id: 'D', fingerprint: 'operation:d', told, members });
  const isHushed = ({ id }: Incident): boolean => id === 'D';
  const both = totalsOf([failing, silenced], over, isHushed);
  expect(both).toMatchObject({ failing: 2, silenced: 1 });
  expect(en.now(both)).toBe('2/48 operations failing now (1 of them silenced)');
  expect(zh.now(both)).toBe('现有 2/48 接口失败（其中 1 个已静默）');
  const alone = totalsOf([silenced], over, isHushed);
  expect(en.now(alone)).toBe('1/48 operations failing now (silenced)');
  expect(zh.now(alone)).toBe('现有 1/48 接口失败（已静默）');
  // What is wider explains it, whether it names it or not.
  const wider = open({ id: 'E', fingerprint: 'service:s', told, members: { count: 8, of: 8, worst: [] } });
  const swallowed = { ...silenced, inhibitedBy: 'service:s' };
  expect(totalsOf([wider, swallowed], over, isHushed)).toMatchObject({ failing: 8, silenced: 1 });
  expect(totalsOf([failing], over, isHushed)).not.toHaveProperty('silenced');
});

it('what is slow is counted apart from what fails', () => {
  const failing = open({ id: 'C', fingerprint: 'operation:c', told });
  const members = { count: 1, of: 1, worst: [] };
  const slow = open({ id: 'D', fingerprint: 'latency:d', verdict: 'degraded', told, members });
  expect(totalsOf([failing, slow], over)).toMatchObject({ failing: 1, slow: 1, slowOpen: 1, open: 2 });
  expect(en.now(totalsOf([failing, slow], over))).toBe('1/48 operations failing now, 1 slow');
  expect(en.now(totalsOf([slow], over))).toBe('1/48 operations slow now, none failing');
  expect(zh.now(totalsOf([slow], over))).toBe('现有 1/48 接口变慢，无失败');
  expect(totalsOf([{ ...slow, state: 'recovering' }], over)).not.toHaveProperty('slow');
});

it('what is wrong with a service of which nothing can be called is not passed over', () => {
  const members = { count: 0, of: 0, worst: [] };
  const document = { ...cause, fingerprint: 'document:b:x.yaml', told, services: ['b'], members };
  const counted = countedOf([check('a', { service: 'a' })], ['a', 'b'], () => 0);
  expect(totalsOf([document], counted)).toMatchObject({ failing: 0, checks: 1, open: 1 });
});

it('is counted of the operations of those owners by whom a route leads', () => {
  const ten = Array.from({ length: 10 }, (_, no) => check(`c${no}`, { owners: [no < 4 ? 'anna' : 'bert'] }));
  const world = new World(ten);
  const totalsFor = (whose: string) =>
    totalsOf(
      world.open,
      countedOf(ten, ['orders'], () => 0, [whose]),
    );
  world.play({ results: { ...all(ten, 'ok'), c0: 'fail 500', c4: 'fail 500', c5: 'fail 500' } });
  expect(['anna', 'bert', 'carl'].map(totalsFor)).toMatchObject([
    { failing: 1, checks: 4, open: 1, owners: ['anna'] },
    { failing: 2, checks: 6, open: 2 },
    { failing: 0, checks: 0, open: 0 },
  ]);
  world.play({ results: { ...all(ten, 'fail 500'), c0: 'ok', c9: 'ok' } });
  expect(world.open.map(({ fingerprint }) => fingerprint)).toContain('service:orders');
  expect(['anna', 'bert'].map(totalsFor)).toMatchObject([
    { failing: 3, checks: 4 },
    { failing: 5, checks: 6 },
  ]);
});

it('is the least that it may be while not all that a common cause may hit have been heard of', () => {
  const part = open({ told, members: { count: 4, of: 20, heard: 4, worst: [] } });
  expect(totalsOf([part], over)).toMatchObject({ failing: 4, checks: 48, isLeast: true });
  const whole = open({ told, members: { count: 20, of: 20, worst: [] } });
  expect(totalsOf([whole], over)).not.toHaveProperty('isLeast');
});

function membersOf(ids: readonly string[], service: string): Incident['members'] {
  const worst = ids.slice(0, 5).map((id) => ({ checkId: id, label: id, service, message: '' }));
  return { count: ids.length, of: ids.length, worst };
}

const shared = { told, verdict: 'fail', services: ['b6', 'b7'] } as const;
const [six, seven] = [
  ['a', 'b', 'c', 'd'],
  ['e', 'f', 'g'],
];

it('operations of which two incidents tell are counted once: a host and the sign-in there', () => {
  const shares = [
    { service: 'b6', ...membersOf(six, 'b6') },
    { service: 'b7', ...membersOf(seven, 'b7') },
  ].map((share) => ({ ...share, worst: share.worst.slice(0, 3) }));
  const members = { count: 7, of: 7, worst: shares.flatMap(({ worst }) => worst).slice(0, 5), shares };
  const host = { ...cause, ...shared, fingerprint: 'origin:h', members } as const;
  const signIn = { ...host, id: 'S', fingerprint: 'credential:sso' };
  const both = { checks: 29, services: ['b6', 'b7'] };
  expect(totalsOf([host, signIn], both)).toMatchObject({ failing: 7, open: 2 });
  expect(totalsOf([host, signIn], { ...both, services: ['b7'] })).toMatchObject({ failing: 3 });
});

it('operations that each of two incidents has for itself are all counted', () => {
  const ofB = { ...cause, ...shared, services: ['b'] } as const;
  const one = { ...ofB, fingerprint: 'origin:h', members: membersOf(['a', 'b', 'c'], 'b') };
  const other = { ...ofB, id: 'S', fingerprint: 'credential:sso', members: membersOf(['c', 'd'], 'b') };
  expect(totalsOf([other, one], { checks: 9, services: ['b'] })).toMatchObject({ failing: 4 });
});

it('those that do not even answer when they are asked again are counted, of what else comes and goes', () => {
  const about = { count: 8, of: 90, failing: 1, why: 'passed on attempt 2' };
  const reason = { code: 'flaky', message: sentence('notEvenWhenAskedAgain', about) } as const;
  const ofOne = { ...cause, told, reason, services: ['orders'] };
  const counted = { checks: 90, services: ['orders', 'users'] };
  expect(totalsOf([ofOne], counted)).toMatchObject({ failing: 1 });
  expect(totalsOf([ofOne], { ...counted, services: ['users'] })).toMatchObject({ failing: 0 });
  const own = { since: 0, round: 0, cycles: 1, reason };
  const shares = ['orders', 'users'].map((service) => ({ service, count: 4, of: 45, worst: [], own }));
  const ofBoth = {
    ...ofOne,
    services: ['orders', 'users'],
    members: { count: 8, of: 90, worst: [], shares },
  };
  expect(totalsOf([ofBoth], counted)).toMatchObject({ failing: 2 });
  expect(totalsOf([ofBoth], { ...counted, services: ['users'] })).toMatchObject({ failing: 1 });
});
