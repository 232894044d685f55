import { describe, expect, it } from 'vitest';
import { TooMuchWork } from '../../lib/effort.ts';
import type { Check } from '../../model/check.ts';
import type { JsonObject } from '../../model/json.ts';
import { closureOf } from './closure.ts';
import { SchemaJudge } from './judge.ts';

/** An object schema whose members count how often one is looked at. */
function counted(members: number): { readonly schema: JsonObject; readonly looks: () => number } {
  let looks = 0;
  const written = Object.fromEntries(Array.from({ length: members }, (_, at) => [`p${at}`, {}]));
  const properties = new Proxy<JsonObject>(written, {
    get(target, key) {
      looks += 1;
      return target[key as string];
    },
  });
  return { schema: { type: 'object', properties }, looks: () => looks };
}

describe('a schema with more members than are looked at', () => {
  it('is left as soon as there are too many', () => {
    const { schema, looks } = counted(10_000);
    expect(closureOf([schema], {}, 100)).toBeUndefined();
    expect(looks()).toBeLessThan(110);
    expect(closureOf([schema], {}, 20_000)?.nodes).toBeCloseTo(10_001, 0);
  });

  it('is not looked at again with the next answer', () => {
    const { schema, looks } = counted(10_000);
    const judge = new SchemaJudge({ mostNodes: 100 });
    const check = { schemas: {} } as unknown as Check;
    const holds = (): unknown => judge.judge({}, schema, check);
    expect(holds).toThrow(TooMuchWork);
    const first = looks();
    expect(holds).toThrow(TooMuchWork);
    expect(looks()).toBe(first);
  });
});
