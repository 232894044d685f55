import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';

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
