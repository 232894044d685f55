import { inEnglish } from '../messages/in-language.ts';
import { afterEach, expect, it } from 'vitest';
import { check } from '../incidents/world.fixture.ts';
import { Duty } from './cycle/duty.fixture.ts';
import type { Check } from '../model/check.ts';
import type { OutboxEntry } from '../model/message.ts';
import { compareMessages, type Replay, replay } from './replay.ts';

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;
const config = `
channels:
  ops: { kind: wecom-robot, webhook: $ops }
`;
const two = [check('a'), check('b')];
let duty: Duty;
afterEach(() => duty.end());

async function begin(checks: readonly Check[], more = '', at = '2026-01-05T00:00+08:00'): Promise<void> {
  duty = await Duty.begin({ at, checks, config: config + more });
}

/** `a` breaks for an hour, `b` is slower than 1 s for the last five hours. */
async function twoDays(): Promise<void> {
  await begin(two);
  await duty.cycles(20 * hour);
  await duty.cycles(hour, { a: 'fail 500' });
  await duty.cycles(20 * hour);
  await duty.cycles(5 * hour, { b: 'ok 1500' });
}

async function replayed(checks: readonly Check[] = two, more = '', back = 48 * hour): Promise<Replay> {
  await duty.configure(config + more);
  const to = duty.clock.now();
  return replay({ store: duty.store, checks, settings: duty.settings, range: { from: to - back, to } });
}

const inShort = ({ alerts }: Replay): readonly string[] =>
  alerts.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`);

/** What messages say, but for the names of incidents, which go by times that are stored rounded. */
function contents(messages: readonly OutboxEntry[]): readonly string[] {
  return messages.flatMap(({ createdAt, channel, content: { transitions, followUps = [], totals } }) =>
    [...transitions, ...followUps].map(
      ({ kind, incident }) =>
        `${new Date(createdAt).toISOString()} ${channel} ${kind} ${incident.fingerprint} ${inEnglish(incident.reason.message)} ${totals.failing}/${totals.checks}`,
    ),
  );
}

function messagesSince(back: number): Promise<readonly OutboxEntry[]> {
  const to = duty.clock.now();
  return duty.store.past.messages({ from: to - back, to });
}

it('the same configuration would have told the same, cycles, looks and what people did included', async () => {
  const more = `
  night: { kind: wecom-robot, webhook: $night }
routes:
  - { to: [ops], escalate: [{ after: 40m, to: [night] }] }
maintenance: [{ name: release, cron: 0 6 * * *, duration: 30m, services: [orders] }]
`;
  const checks = [
    ...['a', 'b', 'c', 'd'].map((id) => check(id, { severity: 'critical' })),
    check('e', { severity: 'minor', origin: 'https://e.example' }),
    ...['f', 'g', 'h'].map((id) => check(id, { origin: 'https://f.example', credential: 'sso' })),
  ];
  await begin(checks, more);
  const from = duty.clock.now();
  const world = (id: string, at: number): string => {
    const hours = (at - from) / hour;
    if (hours < 1) return 'ok';
    if (hours < 2 && ['a', 'b', 'c', 'd'].includes(id)) return 'connect-refused';
    if (hours > 2.6 && hours < 4.1 && id === 'e') return 'fail 500';
    if (hours > 4 && hours < 6.7 && id === 'b') return 'fail 404';
    if (hours > 6.1 && hours < 6.4 && id === 'c') return 'fail 500';
    if (hours > 7 && hours < 9 && id === 'd') return at % (2 * quarter) < quarter ? 'fail 503' : 'ok';
    return hours > 10 && hours < 12 && id === 'a' ? 'ok 3000' : 'ok';
  };
  await duty.patrol(4.25 * hour, world);
  const [incident] = await duty.store.openIncidents();
  const at = duty.clock.now();
  await duty.store.desk.acknowledge(incident?.id ?? '', { by: 'me', at, until: at + hour });
  await duty.patrol(2.5 * hour, world);
  const silence = { from: duty.clock.now(), until: duty.clock.now() + hour, createdAt: duty.clock.now() };
  await duty.store.desk.silence({ matcher: { subject: 'GET /d' }, by: 'me', reason: 'known', ...silence });
  await duty.patrol(6 * hour, world);
  const failure = {
    credential: 'sso',
    message: 'POST /token answered 401',
    hint: 'check it',
    permanent: true,
  };
  const unread = { documentId: 'x', service: 'orders', uri: 'x.yaml', message: 'not valid YAML' };
  await duty.cycle({ f: 'blocked credential', g: 'blocked credential', h: 'blocked credential' }, [failure], {
    unreadable: [unread],
  });
  await duty.cycles(hour, {});

  const back = duty.clock.now() - from;
  const same = await replayed(checks, more, back);
  const was = await messagesSince(back);
  expect(was.length).toBeGreaterThan(15);
  expect(contents(same.messages)).toEqual(contents(was));
  expect(compareMessages(same.messages, was).every(({ would, was: did }) => would && did)).toBe(true);
  // From the middle on, with what was open then.
  const half = await replayed(checks, more, back / 2);
  expect(contents(half.messages)).toEqual(contents(await messagesSince(back / 2)));
});

it('counts what it has replayed', async () => {
  await twoDays();
  const same = await replayed();
  expect(inShort(same)).toEqual(['opened operation:a', 'resolved operation:a']);
  expect(same).toMatchObject({ cycles: 184, looks: 0, withoutLooks: 0, leftOut: 0 });
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
  const compared = compareMessages(quiet.messages, await messagesSince(48 * hour));
  expect(compared.map(({ would, was }) => [would, was?.kind, was?.incident.fingerprint])).toEqual([
    [undefined, 'opened', 'operation:a'],
    [undefined, 'resolved', 'operation:a'],
  ]);
});

it('what was open before is not told as new', async () => {
  await begin(two);
  await duty.cycles(5 * hour, { a: 'fail 500' });
  await duty.cycles(hour);
  expect(inShort(await replayed(two, '', 2 * hour))).toEqual(['resolved operation:a']);
});
