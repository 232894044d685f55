import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { SchemaPool } from '../../model/document.ts';
import { ErrorBudgets } from './budgets.ts';
import { check, cycleMs, result, start } from '../world.fixture.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const monthly = { name: 'all', availability: 0.99, windowMs: 30 * 86_400_000 };

/** Cycles of a service whose document has other operations each time; what the first one's schemas were. */
function manyVersions(budgets: ErrorBudgets): WeakRef<SchemaPool> {
  const first: SchemaPool = { big: { type: 'object' } };
  for (let version = 0; version < 5; version++) {
    const schemas = version === 0 ? first : {};
    const checks = Array.from({ length: 600 }, (_, no) => check(`v${version}-${no}`, { schemas }));
    const at = start + version * cycleMs;
    const results = checks.map(({ id }) => result(id, 'ok', at));
    budgets.beyond(results, checks, at, []);
    budgets.adopt(budgets.after(results, checks, at));
  }
  return new WeakRef(first);
}

it.each([
  ['without objectives', []],
  ['with one', [monthly]],
])('a document that is another one each time is not kept, %s', async (_, objectives) => {
  const budgets = new ErrorBudgets(objectives);
  const schemas = manyVersions(budgets);
  // What was referred to in this turn stays until its end.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(schemas.deref()).toBeUndefined();
  expect(budgets.objectives).toEqual(objectives);
});
