import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemes } from './registry.ts';

it('names every scheme once', () => {
  const kinds = schemes.map((scheme) => scheme.kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});

describe.each(schemes.map((scheme) => [scheme.kind, scheme] as const))('%s', (kind, scheme) => {
  const shape = z.toJSONSchema(scheme.options, { io: 'input', unrepresentable: 'any' });
  const properties = Object.entries(shape.properties ?? {}) as [string, z.core.JSONSchema.BaseSchema][];

  it('is called in two languages', () => {
    expect(scheme.title.en).toMatch(/^.{2,40}$/);
    expect(scheme.title.zh).toMatch(/\p{Script=Han}/u);
  });

  it('has an example of options that it knows', () => {
    expect(Object.keys(scheme.example).filter((name) => !(name in (shape.properties ?? {})))).toEqual([]);
  });

  it('has a name and a line for the reference', () => {
    expect(kind).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(scheme.summary).toMatch(/\.$/);
  });

  it('describes every option', () => {
    expect(properties.length).toBeGreaterThan(0);
    expect(properties.filter(([, property]) => property.description === undefined)).toEqual([]);
  });

  it('refuses options that it does not know', () => {
    const result = scheme.options.safeParse({ nonsense: 1 });
    expect(result.error?.issues.map((issue) => issue.code)).toContain('unrecognized_keys');
  });

  it('lets a rule say that a token is not accepted', () => {
    expect(shape.properties).toHaveProperty('rejectedWhen');
  });
});
