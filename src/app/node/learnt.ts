import type { Check } from '../../model/check.ts';
import type { CapturedValue, CapturedValues } from '../../plan/captures.ts';
import type { KeptTrial } from '../../model/proof.ts';

/** What answers have held for other operations, and which values were tried: by it a plan is more than its documents. JSON. */
export interface Learnt {
  readonly captured: readonly (readonly [checkId: string, Readonly<Record<string, CapturedValue>>])[];
  readonly trials: readonly KeptTrial[];
}

/** Of these checks. */
export function learntOf(
  checks: readonly Pick<Check, 'id'>[],
  captured: CapturedValues,
  trials: { kept(checkId: string): KeptTrial | undefined },
): Learnt {
  return {
    captured: checks.flatMap(({ id }) => {
      const values = captured.get(id);
      return values === undefined ? [] : [[id, values] as const];
    }),
    trials: checks.flatMap(({ id }) => trials.kept(id) ?? []),
  };
}
