import { sentence } from '../../messages/sentence.ts';
import { HttpProblem } from './http-problem.ts';

export interface Paging {
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of what `read` gives when it is asked for the newest so many; the cursor is how many came before. */
export async function pageOf<T>(
  { limit, cursor }: Paging,
  read: (count: number) => Promise<readonly T[]> | readonly T[],
): Promise<{ items: T[]; next?: string }> {
  const skipped = numberOf(cursor) ?? 0;
  const all = await read(skipped + limit + 1);
  const items = all.slice(skipped, skipped + limit);
  return all.length > skipped + limit ? { items, next: String(skipped + limit) } : { items };
}

/** A page of rows that have numbers; the cursor is the last number that was seen. */
export async function pageByNumber<T extends { readonly id: number }>(
  { limit, cursor }: Paging,
  read: (page: { readonly limit: number; readonly before?: number }) => Promise<readonly T[]>,
): Promise<{ items: readonly T[]; next?: string }> {
  const before = numberOf(cursor);
  const rows = await read({ limit: limit + 1, before });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: String(last.id) } : { items };
}

function numberOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const number = Number(cursor);
  if (Number.isSafeInteger(number) && number >= 0 && number <= 1_000_000_000) return number;
  throw new HttpProblem(400, sentence('badCursor'));
}

const dayMs = 86_400_000;

/** The last 24 hours, or what was asked for. */
export function periodOf(
  { from, to }: { readonly from?: number; readonly to?: number },
  now: number,
): { readonly from: number; readonly to: number } {
  const end = to ?? now;
  const start = from ?? end - dayMs;
  if (start <= end) return { from: start, to: end };
  throw new HttpProblem(400, sentence('fromAfterTo'));
}
