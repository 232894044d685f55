import type { Leftover, Section } from './markdown-section.ts';
import { shape } from './markdown-titles.ts';

const maxLeftovers = 1000;

/** Gathers the addresses that a document names, so that none is lost without a word. */
export class Leftovers {
  readonly #all: (Leftover & { readonly url: string })[] = [];

  withoutMethod(url: string, line: number): void {
    if (isAddress(url)) this.#add({ call: url, url, line, why: 'no-method' });
  }

  mentioned(methods: readonly string[], url: string, line: number): void {
    this.#add({ call: `${methods.join('/')} ${url}`, url, line, why: 'mentioned' });
  }

  #add(one: Leftover & { readonly url: string }): void {
    if (this.#all.length < maxLeftovers) this.#all.push(one);
  }

  /** Those that no operation has, each path once, in the order of the document. */
  besides(sections: readonly Section[]): Leftover[] {
    const known = sections.map((section) => shape(section.url));
    const seen = new Set<string>();
    return this.#all
      .toSorted((a, b) => a.line - b.line)
      .flatMap(({ url, ...leftover }): Leftover[] => {
        const path = shape(url);
        if (path === '' || seen.has(path) || known.some((one) => isAt(one, path))) return [];
        seen.add(path);
        return [leftover];
      });
  }
}

/** No word of prose, and no choice of types: `str/int`. */
function isAddress(url: string): boolean {
  if (/^(?:https?:|[/{$<])/.test(url)) return true;
  const words = url.split('/');
  return words.length > 1 && !words.every((word) => typeName.test(word));
}

const typeName =
  /^(?:str(?:ing)?|int(?:eger)?|long|float|double|number|bool(?:ean)?|list|dict|array|object|json|null|none|date)?$/i;

/** Whether an operation stands at a path, below it or, with a base path in front, behind it. */
function isAt(operation: string, path: string): boolean {
  return (
    operation === path ||
    operation.endsWith(path) ||
    path.endsWith(operation) ||
    operation.startsWith(`${path}/`) ||
    operation.includes(`${path}/`)
  );
}
