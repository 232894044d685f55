import { describe, expect, it } from 'vitest';
import { fileGlob, isQuick } from './file-glob.ts';

describe('a pattern for files', () => {
  it.each([
    ['*a*.yaml', 'banana.yaml', true],
    ['*a*.yaml', 'x/banana.yaml', false],
    ['**/*a*.yaml', 'banana.yaml', true],
    ['**/*a*.yaml', 'x/y/banana.yaml', true],
    ['**/*a*.yaml', 'x/y/zzz.yaml', false],
    ['docs/**/v?/*.{json,yaml}', 'docs/v1/a.json', true],
    ['docs/**/v?/*.{json,yaml}', 'docs/a/b/v2/a.yaml', true],
    ['docs/**/v?/*.{json,yaml}', 'docs/a/b/v22/a.yaml', false],
    ['docs/**', 'docs/a/b', true],
    ['docs/**', 'docsx/a', false],
    ['{a,b{c,d}}*x*', 'bdyx', true],
    ['[a-c]*[!0-9].md', 'bx.md', true],
    ['[a-c]*[!0-9].md', 'b1.md', false],
    ['a[b', 'a[b', true],
  ])('%s with %s is %s', (pattern, path, expected) => {
    expect(fileGlob(pattern)?.(path)).toBe(expected);
  });

  it('is none when it says more', () => {
    expect(fileGlob('+(a|aa)b*')).toBeUndefined();
    expect(fileGlob('{a,b}'.repeat(20))).toBeUndefined();
  });

  it('takes no time, however many stars and however long the name', () => {
    expect(fileGlob(`**/${'*a'.repeat(60)}b.yaml`)?.(`${'a'.repeat(4000)}.yaml`)).toBe(false);
  });

  it.each([
    ['**/*.yaml', true],
    ['docs/*/api-*.{json,yaml}', true],
    ['docs/*.@(json|yaml)', true],
    ['**/*a*.yaml', false],
    ['**/a/**/b', false],
    ['*(a|b)c', false],
    ['@(a*|b)c', false],
  ])('%s is quick in any matcher: %s', (pattern, expected) => {
    expect(isQuick(pattern)).toBe(expected);
  });
});
