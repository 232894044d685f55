import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Stage } from '../../plan/captures.ts';

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
