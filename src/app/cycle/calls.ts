import type { Check } from '../../model/check.ts';
import { hasAnsweredWell, type Result } from '../../model/result.ts';
import type { Stage } from '../../plan/captures.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Settings } from '../../model/settings.ts';
import type { Parts } from '../composition.ts';
import { isValueRefusal } from '../../plan/values/answered.ts';

/** Calls some checks; `settled` is told of each that has come to its end. */
type Call = (checks: readonly Check[], settled: (checkId: string) => void) => Promise<readonly Result[]>;

/** Calls checks in stages, each as soon as those that it takes values from have been called. */
export async function callInOrder(stages: readonly Stage[], call: Call): Promise<readonly Result[]> {
  const awaited = new Map(stages.flatMap(({ after }) => after.map((id) => [id, makeGate()] as const)));
  const settle = (id: string): void => awaited.get(id)?.open();
  const results = await Promise.all(
    stages.map(async ({ after, checks }) => {
      for (const id of after) await awaited.get(id)?.opened;
      const found = await call(checks, settle);
      // A check that was not called any more holds nobody up.
      for (const { id } of checks) settle(id);
      return found;
    }),
  );
  return results.flat();
}

function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A check as it was called, and what came of it. */
export interface CalledAs {
  readonly check: Check;
  readonly result: Result;
}

type Tools = Pick<Parts, 'clock' | 'runner' | 'captures' | 'log' | 'refill' | 'trials'>;

/** Lists that are called at the same time may have answered by then. */
const pauseMs = 2000;
const mostTries = 2;

/** Whether other values may help an operation that has never worked. */
export function mayTryOthers({ trials }: Pick<Tools, 'trials'>, { check, result }: CalledAs): boolean {
  return check.repeatable && isValueRefusal(result) && trials.of(check.id)?.worked === undefined;
}

/**
 * Calls it again with the next values at once, so that the first report does not ask for what the next cycle finds by itself.
 * Yields the first good answer, else the first refusal, save where another one says more.
 */
export async function tryOthers(
  parts: Tools,
  settings: Settings,
  refused: CalledAs,
  signal: AbortSignal,
): Promise<CalledAs> {
  let last = refused;
  let told = refused;
  try {
    for (let tries = 0; tries < mostTries; tries++) {
      await parts.clock.sleep(pauseMs, signal);
      const next = await callAgain(parts, settings, last, signal);
      if (next === undefined) return told;
      if (hasAnsweredWell(next.result)) return next;
      // What else went wrong has not been confirmed.
      if (!isValueRefusal(next.result)) return told;
      last = next;
      if (saysMore(next, told)) told = next;
    }
  } catch (error) {
    parts.log.error('other values could not be tried', {
      operation: refused.check.operation,
      error: messageOf(error),
    });
  }
  return told;
}

/** It was called with what the other one had asked for, or not with values that are made up. */
function saysMore({ check: next }: CalledAs, { check: before }: CalledAs): boolean {
  const left = (check: Check): number => check.leftOut?.length ?? 0;
  const madeUp = (check: Check): number => check.values.filter(({ origin }) => origin === 'generated').length;
  return left(next) < left(before) || (left(next) === left(before) && madeUp(next) < madeUp(before));
}

/** `undefined`: there is nothing else to send, or the patrol is being stopped. */
async function callAgain(
  { runner, captures, refill, trials }: Tools,
  settings: Settings,
  { check }: CalledAs,
  signal: AbortSignal,
): Promise<CalledAs | undefined> {
  const [next] = refill([check], settings);
  if (next === undefined || JSON.stringify(next.request) === JSON.stringify(check.request)) return undefined;
  const { graceMs } = settings;
  const [result] = await runner.run([next], { signal, graceMs, confirmAfterMs: [], reader: captures });
  if (result === undefined) return undefined;
  trials.note(next, result);
  return { check: next, result };
}
