import { ManualClock } from '../../src/lib/time/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Redactor } from '../../src/lib/secrets/secret.ts';
import { wecomRobot } from '../../src/notify/channels/wecom/wecom-robot.ts';
import { compose } from '../../src/notify/messages/compose.ts';
import type { Outbox } from '../../src/notify/ports.ts';
import { createPost } from '../../src/notify/delivery/post.ts';
import { scenarios } from '../../src/notify/test-message/scenarios.ts';
import { createSender } from '../../src/notify/delivery/sender.ts';
import { openStore } from '../../src/store/open.ts';

/**
 * A process that commits one incident with its message (unless one is waiting still), delivers what is due, and is
 * killed without warning at the first step of the given name. It says on stdout which steps there were, as JSON.
 *
 *     node killed-sender.js DATABASE WEBHOOK NOW-MS INCIDENT-ID [STEP]
 */
const [database = '', webhook = '', now = '', id = '', fatal = ''] = process.argv.slice(2);
const clock = new ManualClock(Number(now));
const steps = new Set<string>();

function step(name: string): void {
  steps.add(name);
  if (name === fatal) process.kill(process.pid, 'SIGKILL');
}

const store = await openStore(database, { clock, log: silentLogger });

/** The same with a step before and after every call. */
const outbox = new Proxy<Outbox>(store.outbox, {
  get(target, name) {
    const method = Reflect.get(target, name) as (...values: unknown[]) => Promise<unknown>;
    return async (...values: unknown[]) => {
      step(`before ${String(name)}`);
      const result = await method.apply(target, values);
      step(`after ${String(name)}`);
      return result;
    };
  },
});

const realPost = createPost();
const sender = createSender({
  outbox,
  settings: {
    channels: {
      ops: { name: 'ops', kind: 'wecom-robot', options: wecomRobot.options.parse({ webhook }) },
    },
    language: 'zh',
    timeZone: 'Asia/Shanghai',
  },
  clock,
  log: silentLogger,
  redactor: new Redactor(),
  async post(...call) {
    step('before the call');
    const answer = realPost(...call);
    // The request is on its way: whether it arrives is anybody's guess.
    await new Promise((resolve) => setImmediate(resolve));
    step('in the call');
    const answered = await answer;
    step('after the call');
    return answered;
  },
});

const [sample] = scenarios.failure(clock.now()).transitions;
if (sample === undefined) throw new Error('the scenario tells nothing');
const incident = { ...sample.incident, id, fingerprint: `operation:${id}` };
const transitions = [{ ...sample, incident }];
const messages = compose({
  transitions,
  routes: [{ to: ['ops'] }],
  cycleId: 1,
  at: clock.now(),
  totals: () => ({ failing: 1, checks: 48 }),
});
if ((await store.outbox.waiting('ops')).length === 0) {
  step('before the commit');
  await store.record({ open: [incident], transitions, messages });
  step('after the commit');
}
await sender.deliverDue(new AbortController().signal);
step('at the end');
await store.close();
process.stdout.write(JSON.stringify([...steps]));
