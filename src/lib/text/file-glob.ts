import { anything, belowHere, compileGlob, type GlobPart, withinSegment } from './glob.ts';

/** More than any pattern for files stands for. */
const mostAlternatives = 256;

/**
 * A pattern for paths with `*`, `?`, `**`, `[a-z]` and `{a,b}`, matched in linear time; `undefined` when it says more
 * than that (`+(…)`, `!(…)`, very many alternatives).
 */
export function fileGlob(pattern: string): ((path: string) => boolean) | undefined {
  if (/[@+*?!]\(/.test(pattern)) return undefined;
  const plain = alternatives(pattern);
  const all = plain?.map((one) => compileGlob(partsOf(one)));
  return all === undefined ? undefined : (path) => all.some((fits) => fits(path));
}

/** Whether a matcher that tries one way after the other is quick with it: nothing can be tried in two ways at once. */
export function isQuick(pattern: string): boolean {
  const segments = pattern.split('/');
  const isSimple = (segment: string): boolean => segment === '**' || (segment.match(/\*/g) ?? []).length <= 1;
  return (
    segments.filter((segment) => segment === '**').length <= 1 &&
    segments.every(isSimple) &&
    !/[+*?!]\(|\([^)]*[*?]/.test(pattern)
  );
}

/** `{a,b}` written out, innermost first; `undefined` when there are too many. */
function alternatives(pattern: string): readonly string[] | undefined {
  let open = [pattern];
  const done: string[] = [];
  while (open.length > 0) {
    if (open.length + done.length > mostAlternatives) return undefined;
    const next: string[] = [];
    for (const one of open) {
      const found = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (found === null) done.push(one);
      else
        for (const choice of (found[1] ?? '').split(','))
          next.push(one.slice(0, found.index) + choice + one.slice(found.index + found[0].length));
    }
    open = next;
  }
  return done;
}

function partsOf(pattern: string): readonly GlobPart[] {
  return (pattern.match(/\/\*\*(?=\/|$)|^\*\*\/|\*+|\?|\[[^\]]+\]|[^*?[/]+|[/[]/g) ?? []).flatMap(
    (part): readonly GlobPart[] => {
      if (part === '/**') return [belowHere];
      if (part === '**/') return [anything];
      if (part.startsWith('*')) return [withinSegment];
      if (part === '?') return [{ fits: (character) => character !== '/' }];
      return part.length > 1 && part.startsWith('[') ? [setOf(part.slice(1, -1))] : [part];
    },
  );
}

function setOf(inside: string): GlobPart {
  const isNot = /^[!^]/.test(inside);
  const ranges = [...inside.slice(isNot ? 1 : 0).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, one]) => [from ?? one ?? '', to ?? one ?? ''] as const,
  );
  return {
    fits: (character) =>
      character !== '/' && ranges.some(([from, to]) => character >= from && character <= to) !== isNot,
  };
}
