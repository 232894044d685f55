import type { Answers, Incident, Steadiness } from '../../model/incident.ts';

/**
 * That so many answer well although nothing has changed comes about once in so many times. It is asked after every look, so
 * it has to be rare.
 */
const unlikely = 5e-5;
/** What was seen of the share that fails may have been more than it is. */
const shareForSure = 0.8;
/** So many good ones in a row are enough whatever failed before. */
const enoughInARow = 72;
/** So many fail, and at least this share, when it goes on. */
const goesOn = { fewest: 2, share: 0.1 };

/** With what the present calls were answered; a part of it goes on while it fails, the other one since then. */
export function steadinessAfter(incident: Incident, now: Answers | undefined, isBad: boolean): Steadiness {
  const { failing, since } = incident.steadiness ?? { failing: asCounted(incident), since: none };
  const all = sum(since, now ?? none);
  // Bit by bit, as answers come in: of each bit one or none fails.
  const isFailing = isBad || all.bad >= Math.max(goesOn.fewest, all.count * goesOn.share);
  return isFailing ? { failing: sum(failing, all), since: none } : { failing, since: all };
}

/** Whether so many have answered well since it failed that this is no accident. */
export function isNoLuck({ failing, since }: Steadiness): boolean {
  if (since.bad === 0 && since.count >= enoughInARow) return true;
  const share = shareForSure * Math.min(1, failing.bad / Math.max(1, failing.count));
  return since.count > 0 && atMost(since.bad, since.count, share) <= unlikely;
}

const none: Answers = { count: 0, bad: 0 };

function asCounted({ members: { count, of, heard = of } }: Incident): Answers {
  return { count: heard, bad: count };
}

function sum(a: Answers, b: Answers): Answers {
  return { count: a.count + b.count, bad: a.bad + b.bad };
}

/** The chance that at most `bad` of `count` fail when each does with the chance `share`. */
function atMost(bad: number, count: number, share: number): number {
  let term = (1 - share) ** count;
  let chance = term;
  for (let no = 0; no < bad; no++) {
    term *= ((count - no) / (no + 1)) * (share / (1 - share));
    chance += term;
  }
  return chance;
}
