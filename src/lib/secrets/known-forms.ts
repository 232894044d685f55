import type { Stretch } from './disguise.ts';
import { continuesInto, isInside, isOnlyAlone } from './inside.ts';
import { Windows } from './windows.ts';

/** As many characters of a secret as may be seen where a text was cut. */
const seenAtCut = 2;
/** A text that ends so was cut without a word about it. */
const cutUnsaid = 6;
const headLength = seenAtCut + 1;
/** Forms that are shorter are not looked for. */
const leastForm = 5;

interface Form {
  readonly text: string;
  /** What it is a form of. */
  readonly of: string;
}

/** Finds values in texts: whole, in other letters, and the beginning of one that was cut off. */
export class KnownForms {
  readonly #exact = new Windows<Form>(leastForm);
  readonly #anyCase = new Windows<Form>(leastForm);
  readonly #heads = new Windows<Form>(headLength);

  /**
   * @param exact What `value` looks like, letter by letter.
   * @param anyCase In capitals, in small letters or in both.
   */
  add(value: string, exact: readonly string[], anyCase: readonly string[]): void {
    for (const text of usable(exact)) {
      const form = { text, of: value };
      this.#exact.add(text.slice(0, leastForm), form);
      this.#heads.add(text.slice(0, headLength), form);
    }
    for (const text of usable(anyCase.map(small)))
      this.#anyCase.add(text.slice(0, leastForm), { text, of: value });
  }

  /** Takes back an `add`. */
  remove(value: string, exact: readonly string[], anyCase: readonly string[]): void {
    const isGone = ({ of }: Form): boolean => of === value;
    for (const text of usable(exact)) {
      this.#exact.remove(text.slice(0, leastForm), isGone);
      this.#heads.remove(text.slice(0, headLength), isGone);
    }
    for (const text of usable(anyCase.map(small))) this.#anyCase.remove(text.slice(0, leastForm), isGone);
  }

  whole(text: string): readonly Stretch[] {
    return wholeIn(this.#exact, text);
  }

  inAnyCase(text: string): readonly Stretch[] {
    return wholeIn(this.#anyCase, small(text));
  }

  /** In front of `…`, and at the end. */
  cutOff(text: string): readonly Stretch[] {
    const found: Stretch[] = [];
    let cut = -1;
    this.#heads.in(text, (form, index) => {
      if (cut < index) cut = text.indexOf('…', index);
      if (cut === -1) cut = text.length;
      const most = cut - index;
      const least = cut === text.length ? cutUnsaid : headLength;
      const seen = text.slice(index, cut);
      if (most < least || most >= form.text.length || !form.text.startsWith(seen)) return;
      // `SO2026012345` ends as an order's number does, and not as a text that was cut in a secret.
      if (cut === text.length && isAsWritten(seen, form) && continuesInto(text, index)) return;
      if (!isHost(seen, form.text) && (cut < text.length || !isOfWords(seen, form.text)))
        found.push([index, cut]);
    });
    return found;
  }
}

/** Whole words in front of a sign: `payments` of `payments-api-key-1`. */
const words = /^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/;
/** Or no more of an address than where it leads to. */
const host = /^[a-z]{1,8}:\/{0,2}[\w.:[\]-]*$/i;

/** What services are called, which a text may well end in: the rest of the secret is where it begins. */
function isOfWords(seen: string, whole: string): boolean {
  return words.test(seen) && /[-_.%]/.test(whole[seen.length] ?? '');
}

function isHost(seen: string, whole: string): boolean {
  return host.test(seen) && /^[a-z]{1,8}:\/\/[\w.:[\]-]+(?:[/?#]|$)/i.test(whole);
}

function isAsWritten(seen: string, { of }: Form): boolean {
  return of.toLowerCase().startsWith(seen.toLowerCase());
}

function usable(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].filter(({ length }) => length >= leastForm);
}

function wholeIn(forms: Windows<Form>, text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  const seenTo = new Map<Form, number>();
  forms.in(text, (form, at) => {
    if (at < (seenTo.get(form) ?? 0) || !text.startsWith(form.text, at)) return;
    const end = at + form.text.length;
    if (isOnlyAlone(form.text, form.of) && isInside(text, at, end)) return;
    seenTo.set(form, end);
    found.push([at, end]);
  });
  return found;
}

/** As long as before: no other letters change their number. */
function small(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
