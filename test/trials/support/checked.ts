import type { Ended } from './command.ts';

/** What `check --json` says of one operation. */
export interface Checked {
  readonly service: string;
  readonly operation: string;
  readonly verdict: string;
  readonly reason: { readonly code: string; readonly message: string };
  readonly hint?: string;
}

export function checkedOf({ out, err, code }: Ended): readonly Checked[] {
  if (!out.startsWith('{')) throw new Error(`check ended with ${code} and no report: ${out}${err}`);
  return (JSON.parse(out) as { readonly results: readonly Checked[] }).results;
}

/** By operation: `GET /a`. */
export function checked(ended: Ended): ReadonlyMap<string, Checked> {
  return new Map(checkedOf(ended).map((result) => [result.operation, result]));
}

/** What did not come out as it should (`pass`, `pass or degraded`), in words; empty when all did. */
export function different(
  results: ReadonlyMap<string, Checked>,
  wanted: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(wanted).flatMap(([operation, verdict]) => {
    const result = results.get(operation);
    if (result !== undefined && verdict.split(' or ').includes(result.verdict)) return [];
    return [
      `${operation}: ${result?.verdict ?? 'not called'}, not ${verdict}: ${result?.reason.message ?? ''}`,
    ];
  });
}
