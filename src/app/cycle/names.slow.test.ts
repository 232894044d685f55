import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { webhook } from '../../notify/channels/webhook/webhook.ts';
import { viewOf } from '../../notify/render/view.ts';
import { Rounds, type Service } from './rounds.fixture.ts';

const minute = 60_000;
const [gateway, other] = ['https://gateway.example', 'https://other.example'];
const names = ['alpha', 'bravo', 'carol'] as const;

function service(name: string, origins: readonly string[], offsetMs: number): Service {
  const checks = origins.map((origin, no) =>
    check(`${name}-${no}`, {
      service: name,
      owners: [name],
      documentId: `${name}:x.yaml`,
      operation: `GET /${name}/${no}`,
      origin,
      intervalMs: minute,
    }),
  );
  return { name, checks, everyMs: minute, offsetMs };
}

const repeat = (origin: string, times: number): readonly string[] =>
  Array.from({ length: times }, () => origin);
const services = [
  service('alpha', repeat(gateway, 4), 0),
  service('bravo', repeat(gateway, 6), 7000),
  service('carol', [...repeat(gateway, 2), ...repeat(other, 4)], 31_000),
];

/** First one set of services, then another, so that it gets narrower and wider. */
const stage = fc.record({
  hits: fc.subarray([...names], { minLength: 1 }),
  outcome: fc.constantFrom('fail 502', 'timeout', 'connect-refused', 'fail 404', 'fail 500'),
  minutes: fc.integer({ min: 2, max: 5 }),
});
const groups = fc.record(
  {
    one: fc.subarray([...names], { minLength: 1, maxLength: 1 }),
    two: fc.subarray([...names], { minLength: 2, maxLength: 2 }),
    other: fc.subarray([...names], { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['one', 'two', 'other'] },
);

/** All that is said to people and to programs. */
function textOf({ content }: OutboxEntry): string {
  const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;
  const { parts } = webhook.render(content, { url: 'https://hook.example' }, context);
  return [JSON.stringify(viewOf(content, context)), ...parts].join('\n');
}

it.each(['services', 'owners'])(
  'no group by %s ever reads the name of a service that is not its own',
  async (by) => {
    await fc.assert(
      fc.asyncProperty(fc.array(stage, { minLength: 2, maxLength: 3 }), groups, async (stages, routed) => {
        const led = Object.entries(routed).map(([name, own]) => [name, { [by]: own }]);
        const rounds = await Rounds.begin(services, { ...Object.fromEntries(led), all: {} });
        try {
          for (const { hits, outcome, minutes } of stages)
            await rounds.pass(minutes * minute, (id) =>
              hits.some((name) => id.startsWith(name)) ? outcome : 'ok',
            );
          await rounds.pass(8 * minute, () => 'ok');
          const foreign = rounds.messages.flatMap((entry) => {
            const own = routed[entry.channel as keyof typeof routed];
            return own === undefined
              ? []
              : names.filter((name) => !own.some((one) => one === name) && textOf(entry).includes(name));
          });
          expect(foreign).toEqual([]);
        } finally {
          await rounds.end();
        }
      }),
      {
        numRuns: 25,
        seed: 5,
        // A common cause of which one operation of one service is left while another service has just got well.
        examples: [
          [
            [
              { hits: ['alpha', 'bravo'], outcome: 'fail 502', minutes: 2 },
              { hits: ['alpha', 'bravo', 'carol'], outcome: 'fail 502', minutes: 2 },
              { hits: ['bravo'], outcome: 'fail 500', minutes: 2 },
            ],
            { one: ['carol'], two: ['alpha', 'carol'], other: ['bravo'] },
          ],
        ],
      },
    );
  },
  60_000,
);
