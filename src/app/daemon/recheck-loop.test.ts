import { expect, it } from 'vitest';
import type { Conclusion } from '../cycle/conclude.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import { RecheckLoop } from './recheck-loop.ts';

const cause = { level: 'operation', subject: 'a' };
const members = { count: 1, of: 9, worst: [] };
const failing = { id: 'AAAA', state: 'firing', cause, members } as unknown as Incident;
const recovering = { ...failing, id: 'BBBB', state: 'recovering' } as Incident;
const flapping = { ...recovering, id: 'CCCC', flapping: { since: 0 } } as Incident;
const signIn = { ...flapping, id: 'DDDD', cause: { level: 'credential', subject: 'sso' } } as Incident;

/** What is looked at, and when (s), while these incidents are open. */
async function lookedAt(
  open: readonly Incident[],
  forS: number,
  more: {
    readonly look?: () => Promise<Conclusion | undefined>;
    /** Somebody wants a look after so many seconds. */
    readonly wantedAfterS?: number;
    /** At these services alone. */
    readonly wantedOf?: readonly string[];
  } = {},
): Promise<readonly string[]> {
  const clock = new ManualClock();
  const stop = new AbortController();
  const looks: string[] = [];
  const lookout = new RecheckLoop({
    clock,
    log: silentLogger,
    look: (wantedOf, services) => {
      const ids = wantedOf(open).map(({ id }) => id);
      const part = services === undefined ? '' : ` by ${[...services].join()}`;
      looks.push(`${Math.round(clock.monotonic() / 1000)} ${ids.join()}${part}`);
      return more.look?.() ?? Promise.resolve({ open } as Conclusion);
    },
  });
  lookout.note(open);
  const running = lookout.run(stop.signal);
  const { wantedAfterS } = more;
  if (wantedAfterS !== undefined) clock.after(wantedAfterS * 1000, () => lookout.lookNow(more.wantedOf));
  await clock.advance(forS * 1000);
  stop.abort();
  await running;
  return looks;
}

it('looks at all that is wrong once a minute', async () => {
  expect(await lookedAt([failing, flapping], 130)).toEqual(['60 AAAA,CCCC', '120 AAAA,CCCC']);
});

it('looks at what has answered well once, and does not come and go, ten seconds later', async () => {
  expect(await lookedAt([failing, recovering, flapping], 30)).toEqual(['10 BBBB', '20 BBBB', '30 BBBB']);
});

it('looks soon at a sign-in that works again, although it has come and gone', async () => {
  expect(await lookedAt([failing, signIn], 20)).toEqual(['10 DDDD', '20 DDDD']);
});

it('goes on after a look that could not be stored', async () => {
  const look = () => Promise.reject(new Error('disk full'));
  expect(await lookedAt([failing], 130, { look })).toEqual(['60 AAAA', '120 AAAA']);
});

it('looks at once when somebody wants it, and counts the minute from there', async () => {
  expect(await lookedAt([failing], 80, { wantedAfterS: 13 })).toEqual(['13 AAAA', '73 AAAA']);
});

it('looks at once at some services when somebody wants it who has these, and at everything as ever', async () => {
  const orders = { ...failing, services: ['orders', 'stock'] } as unknown as Incident;
  const users = { ...failing, id: 'EEEE', services: ['users'] } as unknown as Incident;
  const looks = await lookedAt([orders, users], 80, { wantedAfterS: 13, wantedOf: ['orders'] });
  expect(looks).toEqual(['13 AAAA by orders', '63 AAAA,EEEE']);
});

it('looks every ten seconds at what is so large that it takes long to be called', async () => {
  const vast = { ...failing, members: { ...members, count: 900, of: 1000 } } as Incident;
  expect(await lookedAt([vast, failing], 30)).toEqual(['10 AAAA', '20 AAAA', '30 AAAA']);
});

it('calls what has not been heard since others answer part after part, as long as it gets on', async () => {
  const parts = [400, 200, 0, 0];
  const look = () => {
    const unheard = parts.shift();
    const open = [unheard === undefined || unheard === 0 ? recovering : { ...recovering, unheard }];
    return Promise.resolve({ open } as unknown as Conclusion);
  };
  const looks = await lookedAt([recovering], 22, { look });
  expect(looks).toHaveLength(4);
  expect(looks.map((one) => one.split(' ')[0])).toEqual(['10', '11', '11', '21']);
});
