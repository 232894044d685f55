import { afterEach, beforeEach, expect, it } from 'vitest';
import { check } from '../src/incidents/world.fixture.ts';
import { Duty } from '../src/app/cycle/duty.fixture.ts';

const failing = 10_000;
const minute = 60_000;
/** Less than half of each origin and service fail, and few of each, so that no single cause explains them. */
const checks = Array.from({ length: failing * 2.5 }, (_, no) =>
  check(`c${no}`, {
    service: `orders-${no % 1000}`,
    origin: `https://host-${no % 500}.example`,
    owners: [`owner${no % 50}`, '13800138000'],
    tags: [`tag${no % 97}`],
  }),
);
const outcomes = Object.fromEntries(
  checks.slice(0, failing).map(({ id }, no) => [id, no % 2 === 0 ? 'fail schema' : 'fail body']),
);
const kinds = ['markdown', 'markdown_v2', 'text'];
const config = `
channels:
${kinds.map((kind) => `  ${kind}: { kind: wecom-robot, webhook: $${kind}, format: ${kind} }`).join('\n')}
  file: { kind: wecom-robot, webhook: $file, file: true }
`;
let duty: Duty;

beforeEach(async () => {
  duty = await Duty.begin({ at: '2026-10-08T10:00+08:00', checks, config });
});
afterEach(() => duty.end());

it('10,000 failing operations are three messages a channel in the first minute, and the truth in each', async () => {
  await duty.cycle(outcomes);
  await duty.clock.advance(minute - 1);
  await duty.send();
  const open = (await duty.store.openIncidents()).filter(({ inhibitedBy }) => inhibitedBy === undefined);
  expect(open.length).toBe(failing);
  for (const key of [...kinds, 'file']) {
    const messages = duty.wecom.messages.filter((message) => message.key === key);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.length).toBeLessThanOrEqual(3);
    const said = messages.filter(({ msgtype }) => msgtype !== 'file' && msgtype !== 'image');
    for (const { content } of said) {
      expect(content.split('\n')[0]).toMatch(
        /^🟠【重要】10000 项异常：orders-.*（现有 10000\/25000 接口失败）/,
      );
    }
    const listed = new Set(said.flatMap(({ content }) => content.match(/#\w{4,}(?=\n|$)/g) ?? []));
    const more = said.flatMap(({ content }) => /…其余 (\d+) 个/.exec(content)?.[1] ?? []);
    expect(Number(more.at(-1)) + listed.size).toBe(failing);
  }
}, 240_000);
