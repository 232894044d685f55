import { expect, it } from 'vitest';
import { silentLogger } from '../../../lib/logger.ts';
import { ManualClock } from '../../../lib/time/clock.ts';
import type { StatusTold } from '../../port.ts';
import type { PublicStatus } from './status-view.ts';
import { StatusWebhooks } from './status-webhooks.ts';

type State = 'ok' | 'failing' | 'unknown';

function status(state: State): PublicStatus {
  return {
    title: 'Shop',
    now: 0,
    services: [{ name: 'orders', state }],
    incidents: [],
    maintenance: [],
    notices: [],
  } as unknown as PublicStatus;
}

/** What several nodes have in common: the world that they see, what is kept, and who has subscribed. */
class World {
  state: State = 'ok';
  readonly told: string[] = [];
  answers: number[] = [];
  readonly clock = new ManualClock();
  #kept: unknown;
  readonly #stored: StatusTold = {
    read: async () => this.#kept,
    keep: async (told) => void (this.#kept = JSON.parse(JSON.stringify(told))),
  };

  node(role: { leads: boolean }): { look: () => Promise<void>; close: () => void } {
    let tell: () => void = () => undefined;
    const { clock } = this;
    const webhooks = new StatusWebhooks({
      board: {
        listen: (listener) => {
          tell = () => listener({ kind: 'incidents', at: 0, ids: [] }, 'everybody');
          return () => undefined;
        },
      },
      read: async () => status(this.state),
      urls: () => ['https://subscriber.example/'],
      mayTell: () => role.leads,
      told: this.#stored,
      post: async (_url, body) => {
        const answer = this.answers.shift() ?? 200;
        const [{ state }] = (JSON.parse(String(body)) as { services: [{ state: string }] }).services;
        if (answer === 200) this.told.push(state);
        return { status: answer, body: '' } as never;
      },
      clock,
      log: silentLogger,
    });
    return {
      look: async () => {
        tell();
        await clock.advance(1000);
        await settled();
      },
      close: () => webhooks.close(),
    };
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

it('tell of a change once, also where another node leads by then that has seen it as well', async () => {
  const world = new World();
  const [roles, next] = [{ leads: true }, { leads: false }];
  const [first, second] = [world.node(roles), world.node(next)];
  await first.look();
  await second.look();
  world.state = 'failing';
  await first.look();
  await second.look();
  first.close();
  next.leads = true;
  await second.look();
  expect(world.told).toEqual(['failing']);
  world.state = 'ok';
  await second.look();
  expect(world.told).toEqual(['failing', 'ok']);
});

it('tell of what whoever led before had not told to its end, and of what has changed in between', async () => {
  const world = new World();
  const next = { leads: false };
  const [first, second] = [world.node({ leads: true }), world.node(next)];
  await first.look();
  world.answers = [503];
  world.state = 'failing';
  await first.look();
  // It is killed between two tries; the other one has seen all of it.
  first.close();
  await second.look();
  expect(world.told).toEqual([]);
  next.leads = true;
  await second.look();
  expect(world.told).toEqual(['failing']);
});

it('do not tell of what a node that has just begun does not know yet', async () => {
  const world = new World();
  const first = world.node({ leads: true });
  await first.look();
  first.close();
  world.state = 'unknown';
  const second = world.node({ leads: true });
  await second.look();
  world.state = 'ok';
  await second.look();
  expect(world.told).toEqual([]);
});
