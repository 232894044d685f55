import type { Stretch } from './disguise.ts';

/** As many characters of a secret as may be seen where a text was cut. */
const seenAtCut = 2;
/** A text that ends so was cut without a word about it. */
const cutUnsaid = 6;
const headLength = seenAtCut + 1;

/** Finds values in texts: whole, in other letters, and the beginning of one that was cut off. */
export class KnownForms {
  readonly #exact: readonly string[];
  readonly #anyCase: readonly string[];
  readonly #byHead = new Map<string, string[]>();
  readonly #heads: RegExp | undefined;

  /**
   * @param exact As they are.
   * @param anyCase In capitals, in small letters or in both.
   */
  constructor(exact: readonly string[], anyCase: readonly string[]) {
    this.#exact = exact;
    this.#anyCase = anyCase.map(small);
    for (const form of exact.filter(({ length }) => length > headLength)) {
      const head = form.slice(0, headLength);
      this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), form]);
    }
    const heads = [...this.#byHead.keys()].map((head) => head.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
    this.#heads = heads.length === 0 ? undefined : new RegExp(`(?=(${heads.join('|')}))`, 'g');
  }

  whole(text: string): readonly Stretch[] {
    return this.#exact.flatMap((form) => stretchesOf(text, form));
  }

  inAnyCase(text: string): readonly Stretch[] {
    const lower = small(text);
    return this.#anyCase.flatMap((form) => stretchesOf(lower, form));
  }

  /** In front of `…`, and at the end. */
  cutOff(text: string): readonly Stretch[] {
    if (this.#heads === undefined) return [];
    const found: Stretch[] = [];
    let cut = -1;
    for (const { index, 1: head = '' } of text.matchAll(this.#heads)) {
      if (cut < index) cut = text.indexOf('…', index);
      if (cut === -1) cut = text.length;
      const most = cut - index;
      const least = cut === text.length ? cutUnsaid : headLength;
      const isCut = this.#byHead
        .get(head)
        ?.some((form) => most >= least && most < form.length && form.startsWith(text.slice(index, cut)));
      if (isCut === true) found.push([index, cut]);
    }
    return found;
  }
}

function stretchesOf(text: string, form: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length))
    found.push([at, at + form.length]);
  return found;
}

/** As long as before: no other letters change their number. */
function small(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
