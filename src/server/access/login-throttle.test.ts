import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { LoginThrottle } from './login-throttle.ts';

/** How many of these sign-ins at once may begin. */
async function begun(
  attempts: LoginThrottle,
  all: readonly (readonly [address: string, name: string])[],
): Promise<number> {
  const tried = all.map(([address, name]) => attempts.begin({ address, name, isKnown: false }));
  return (await Promise.allSettled(tried)).filter(({ status }) => status === 'fulfilled').length;
}

const many = (make: (index: number) => readonly [string, string]) =>
  Array.from({ length: 60 }, (_, index) => make(index));

it.each([
  ['one name from one address', many(() => ['10.0.0.1', 'boss']), 5],
  ['one name from many addresses', many((index) => [`10.0.0.${index}`, 'boss']), 10],
  ['many names from one address', many((index) => ['10.0.0.1', `user${index}`]), 20],
  ['many names from one IPv6 network', many((index) => [`2001:db8:1:2::${index}`, `user${index}`]), 20],
  [
    'many names from one IPv6 network, written out',
    many((index) => [`2001:db8:1:2:0:0:${index}:1`, `u${index}`]),
    20,
  ],
  [
    'many names from one address as IPv6',
    many((index) => [index % 2 === 0 ? '::ffff:10.0.0.1' : '10.0.0.1', `u${index}`]),
    20,
  ],
  ['many names from many IPv6 networks', many((index) => [`2001:db8:1:${index}::1`, `user${index}`]), 60],
])('%s', async (_, all, expected) => {
  expect(await begun(new LoginThrottle(new ManualClock()), all)).toBe(expected);
});

it('counts what was tried on other nodes, and forgets what has succeeded on all of them', async () => {
  const log: unknown[] = [];
  const full = { begin: async () => ({ waitMs: 61_000 }), forget: async () => undefined };
  const boss = { address: '10.0.0.1', name: 'boss', isKnown: false };
  await expect(new LoginThrottle(new ManualClock(), full).begin(boss)).rejects.toMatchObject({ status: 429 });
  const free = {
    begin: async () => ({ id: 'x' }),
    forget: async (...all: readonly string[]) => void log.push(all),
  };
  await (await new LoginThrottle(new ManualClock(), free).begin(boss))();
  expect(log).toEqual([['x', 'both\n10.0.0.1\nboss']]);
});

it('begins anew a quarter of an hour later, and when one has succeeded', async () => {
  const clock = new ManualClock();
  const attempts = new LoginThrottle(clock);
  const boss = { address: '10.0.0.1', name: 'boss', isKnown: false };
  for (let time = 0; time < 4; time++) await attempts.begin(boss);
  await (await attempts.begin(boss))();
  expect(
    await begun(
      attempts,
      many(() => ['10.0.0.1', 'boss']),
    ),
  ).toBe(5);
  await clock.advance(15 * 60_000);
  expect(
    await begun(
      attempts,
      many(() => ['10.0.0.1', 'boss']),
    ),
  ).toBe(5);
});

it('does not keep out those who share an address with others and sign in well', async () => {
  const attempts = new LoginThrottle(new ManualClock());
  for (let time = 0; time < 100; time++)
    await (await attempts.begin({ address: '10.0.0.1', name: `user${time}`, isKnown: false }))();
  expect(await begun(attempts, [['10.0.0.1', 'late']])).toBe(1);
});
