import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWecom, type Wecom } from '../../../demo/wecom.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { Transition, TransitionKind } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import { wecomRobot } from '../channels/wecom/wecom-robot.ts';
import { contentOf } from '../messages/compose.ts';
import { MemoryOutbox } from './memory-outbox.fixture.ts';
import { createPost } from './post.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { createSender, type Sender } from './sender.ts';
import { asOfNow } from './as-of-now.ts';
import type { LeasedMessage } from '../ports.ts';

const start = Date.UTC(2026, 2, 9, 4, 3);
const minute = 60_000;
const running = new AbortController().signal;
const sample = scenarios.failure(start).transitions[0]!.incident;
let clock: ManualClock;
let wecom: Wecom;
let outbox: MemoryOutbox;
let sender: Sender;

beforeEach(async () => {
  clock = new ManualClock(start);
  wecom = await startWecom({ clock });
  outbox = new MemoryOutbox();
  const options = wecomRobot.options.parse({ webhook: wecom.webhook('ops') });
  sender = createSender({
    outbox,
    settings: {
      channels: { ops: { name: 'ops', kind: 'wecom-robot', options } },
      language: 'zh',
      timeZone: 'Asia/Shanghai',
    },
    clock,
    log: silentLogger,
    redactor: new Redactor(),
    post: createPost(),
    random: () => 1,
  });
});
afterEach(() => wecom.close());

function about(kind: TransitionKind, path: string): Transition {
  const id = `A${path.toUpperCase()}`;
  const state = kind === 'resolved' ? ({ state: 'resolved', resolvedAt: clock.now() } as const) : {};
  const told = { codes: ['status'], severity: 'major', members: 1 } as const;
  const incident = { ...sample, id, told, subjectLabel: `GET /${path}`, ...state };
  return { kind, at: clock.now(), incident };
}

/** As a cycle commits it: with the counts of that moment, three operations being patrolled. */
async function commit(failing: number, ...transitions: readonly Transition[]): Promise<void> {
  for (const { kind, incident } of transitions) outbox.incidents.set(incident.id, kind !== 'resolved');
  const totals: MessageContent['totals'] = { failing, checks: 18, open: failing, services: ['orders'] };
  const content = contentOf(transitions, { cycleId: 1, totals });
  const dedupKey = transitions.map(({ kind, incident }) => `${kind} ${incident.id}`).join();
  await outbox.insert([{ dedupKey, channel: 'ops', createdAt: clock.now(), content }]);
  await sender.deliverDue(running);
}

const texts = () => wecom.messages.map(({ content }) => content);

it.each([
  ['is broken', { errcode: 93000 }],
  ['is busy', { errcode: -1 }],
])('what began and ended while the channel %s is told as over, in one message', async (_, fault) => {
  wecom.fail('ops', fault, 2);
  await commit(1, about('opened', 'a'));
  await clock.advance(1000);
  await commit(0, about('resolved', 'a'));
  for (let passed = 0; passed < 5; passed++) {
    await clock.advance(minute);
    await sender.deliverDue(running);
  }
  expect(texts()).toEqual([expect.stringMatching(/^🟢【恢复】orders：GET \/a 恢复/)]);
});

it('what is told late has the counts of the moment at which it is told', async () => {
  wecom.fail('ops', { errcode: -1 });
  await commit(3, about('opened', 'a'), about('opened', 'b'));
  outbox.incidents.set('AB', false);
  await clock.advance(minute);
  await sender.deliverDue(running);
  expect(texts()[0]).toMatch(/现有 1\/18 接口失败/);
});

it('what is told late has lasted until it is told', async () => {
  const began = about('opened', 'a');
  wecom.fail('ops', { errcode: -1 });
  await commit(1, { ...began, incident: { ...began.incident, openedAt: start - 100_000 } });
  await clock.advance(40_000);
  await sender.deliverDue(running);
  expect(texts()[0]).toContain('已 2 分钟 20 秒');
  expect(texts()[0]).not.toMatch(/1 分钟 40 秒|连续/);
});

it('a message that may have arrived is repeated without what has ended since', async () => {
  wecom.fail('ops', 'lost');
  await commit(2, about('opened', 'a'), about('opened', 'b'));
  outbox.incidents.set('AB', false);
  await clock.advance(minute);
  await sender.deliverDue(running);
  expect(texts()).toHaveLength(2);
  expect(texts()[0]).toContain('GET /b');
  expect(texts()[1]).toMatch(/^🟠【重要】orders：GET \/a 失败/);
  expect(texts()[1]).not.toContain('GET /b');
});

it('a message that may have arrived is repeated with the counts of now', async () => {
  wecom.fail('ops', 'lost');
  await commit(1, about('opened', 'a'));
  const [waiting] = await outbox.waiting('ops');
  const totals = (await asOfNow(
    { entry: waiting, partsSent: 0, attempt: 1 } as LeasedMessage,
    { outbox },
    clock.now(),
  ))!.entry.content.totals;
  const entry = { ...waiting!, content: { ...waiting!.content, totals } };
  const message = {
    entry,
    attempt: 2,
    unclear: 1,
    partsSent: 0,
    rendered: ['bytes'],
  } as unknown as LeasedMessage;
  expect(await asOfNow(message, { outbox }, clock.now())).toBe(message);
  const { content } = entry;
  const before = { ...entry, content: { ...content, totals: { ...content.totals, failing: 18 } } };
  const late = await asOfNow({ ...message, entry: before }, { outbox }, clock.now());
  expect(late?.rendered).toBeUndefined();
  expect(late?.entry.content.totals.failing).toBe(1);
});

it('several that may have arrived are each repeated by itself, and tell nothing whose end was told', async () => {
  wecom.fail('ops', 'lost', 2);
  await commit(1, about('opened', 'a'));
  await commit(2, about('opened', 'b'));
  outbox.incidents.set('AB', false);
  await clock.advance(11 * minute);
  await sender.deliverDue(running);
  expect(texts()).toHaveLength(3);
  expect(texts()[2]).toBe(texts()[0]);
});
