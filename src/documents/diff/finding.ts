import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Steps } from '../../lib/yielder.ts';

/** One difference, in the words of a person: `property "total" removed`. */
export interface Finding {
  readonly breaking: boolean;
  readonly what: Sentence;
}

export function breaks(what: Sentence): Finding {
  return { breaking: true, what };
}

export function differs(what: Sentence): Finding {
  return { breaking: false, what };
}

/** `findings` with the place that they are about in front. */
export function under(place: Sentence, findings: readonly Finding[]): readonly Finding[] {
  return findings.map(({ breaking, what }) => ({ breaking, what: sentence('changeAt', { place, what }) }));
}

/** A value as it stands in a message; long ones are cut. */
export function shown(value: unknown): Sentence {
  const text = JSON.stringify(value);
  if (text === undefined) return sentence('nothingThere');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Members that are looked at between two pauses: a fraction of a millisecond. */
const spell = 500;

type Members = Readonly<Record<string, unknown>>;

/**
 * Whether two values of a document hold the same, in steps: one schema may be as large as a document. What has been
 * stored has lost the members that are `undefined`: they are none.
 */
export function* same(one: unknown, other: unknown): Steps<boolean> {
  const waiting: unknown[] = [one, other];
  for (let looked = 1; waiting.length > 0; looked++) {
    if (looked % spell === 0) yield;
    const b = waiting.pop();
    const a = waiting.pop();
    if (Object.is(a, b)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    const keys = givenIn(a);
    if (Array.isArray(a) !== Array.isArray(b) || keys.length !== givenIn(b).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(b, key)) return false;
      waiting.push((a as Members)[key], (b as Members)[key]);
    }
  }
  return true;
}

function givenIn(value: object): readonly string[] {
  return Object.keys(value).filter((key) => (value as Members)[key] !== undefined);
}

/** Every `$ref` within. */
export function* referencesIn(value: unknown): Steps<ReadonlySet<string>> {
  const found = new Set<string>();
  const waiting: unknown[] = [value];
  for (let looked = 1; waiting.length > 0; looked++) {
    if (looked % spell === 0) yield;
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    const reference = Array.isArray(one) ? undefined : (one as Members)['$ref'];
    if (typeof reference === 'string') found.add(reference);
    for (const member of Object.values(one)) waiting.push(member);
  }
  return found;
}
