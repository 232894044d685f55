import { isOwnSentence, type Sentence } from '../../model/sentence.ts';

/** A sentence as it stands in a text column: others' words as they are, own ones as JSON. */
export function toColumn(sentence: Sentence): string {
  return typeof sentence === 'string' ? sentence : JSON.stringify(sentence);
}

export function fromColumn(text: string): Sentence {
  if (!text.startsWith('{"$say":')) return text;
  try {
    const kept: unknown = JSON.parse(text);
    return isOwnSentence(kept) ? kept : text;
  } catch {
    // Somebody has said just this.
    return text;
  }
}
