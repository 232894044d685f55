import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../model/document.ts';
import type { JsonSchema } from '../../model/json.ts';
import { Assembly, inParts, partChars, type Roots } from './protocol.ts';

function together(roots: Roots): { readonly parts: readonly string[]; readonly assembly: Assembly } {
  const parts = [...inParts(roots)];
  const assembly = new Assembly();
  for (const part of parts) assembly.take(part);
  return { parts, assembly };
}

describe('a document in pieces', () => {
  it('is the same again, whatever is in it', () => {
    const long = fc.constantFrom(1, 50_000).chain((times) => fc.string().map((text) => text.repeat(times)));
    const json = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.oneof(long, fc.jsonValue())));
    fc.assert(
      fc.property(fc.array(json), fc.dictionary(fc.string(), json), (operations, schemas) => {
        const roots = JSON.parse(JSON.stringify({ operations, schemas })) as Roots;
        const { assembly } = together(roots);
        expect(JSON.stringify(assembly.operations)).toBe(JSON.stringify(roots.operations));
        expect(JSON.stringify(assembly.schemas)).toBe(JSON.stringify(roots.schemas));
      }),
      { numRuns: 60 },
    );
  });

  it('comes in small parts, however large a single schema is', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, at) => [`p${at}`, { enum: [at, `${at}`], nested: [{ at }] }]),
    );
    const schemas: Readonly<Record<string, JsonSchema>> = {
      large: { allOf: [{ properties }], type: 'object' },
      small: true,
    };
    const operations = [{ key: 'GET /a', extensions: { list: Object.values(properties) } }];
    const roots = { operations: operations as unknown as readonly Operation[], schemas };
    const { parts, assembly } = together(roots);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(1.1 * partChars);
    expect({ operations: assembly.operations, schemas: assembly.schemas }).toEqual(roots);
  });

  it('has members of any name', () => {
    const big = JSON.parse(
      `{"__proto__":{"a":${JSON.stringify('x'.repeat(partChars))}},"b":1}`,
    ) as JsonSchema;
    const { assembly } = together({ operations: [], schemas: { big } });
    expect(JSON.stringify(assembly.schemas)).toBe(JSON.stringify({ big }));
    expect(Object.getPrototypeOf(assembly.schemas['big'])).toBe(Object.prototype);
  });
});
