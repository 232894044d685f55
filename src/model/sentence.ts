/** What fills a place of a sentence: something named or counted, another sentence, or a list of them. */
export type Param = Sentence | number | readonly Sentence[];

/** Words that stand in no catalogue, because a plug-in brings them along. */
export interface BothLanguages {
  readonly en: string;
  readonly zh: string;
}

/**
 * Something that the product says: which sentence of its catalogue, and what fills its places. It is kept as this, and put into
 * words where a person reads it, in that person's language.
 */
export interface OwnSentence {
  /** A name that no document has: what documents show goes through the same hands. */
  readonly $say: string | BothLanguages;
  readonly params?: Readonly<Record<string, Param>>;
}

/** What a person is told: a sentence of the product's, or what somebody else has said, as it was said. */
export type Sentence = OwnSentence | string;

/** Whether data that has been kept or sent is a sentence. */
export function isOwnSentence(value: unknown): value is OwnSentence {
  if (typeof value !== 'object' || value === null || !('$say' in value)) return false;
  return Object.keys(value).every((key) => key === '$say' || key === 'params') && isSayable(value.$say);
}

function isSayable(value: unknown): value is OwnSentence['$say'] {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || !('en' in value) || !('zh' in value)) return false;
  return typeof value.en === 'string' && typeof value.zh === 'string' && Object.keys(value).length === 2;
}

/** The same, with every text in it changed: what it names, and what others have said. */
export function mapTexts(told: Sentence, change: (text: string) => string): Sentence {
  if (typeof told === 'string') return change(told);
  if (told.params === undefined) return told;
  const params = Object.entries(told.params).map(([name, param]) => [name, mapParam(param, change)] as const);
  return { ...told, params: Object.fromEntries(params) };
}

function mapParam(param: Param, change: (text: string) => string): Param {
  if (typeof param === 'number') return param;
  if (isSentence(param)) return mapTexts(param, change);
  return param.map((one) => mapTexts(one, change));
}

/** Whether a place is filled with a sentence rather than a number or a list. */
export function isSentence(param: Param | undefined): param is Sentence {
  return typeof param === 'string' || isOwnSentence(param);
}

/** The same text for the same sentence, whatever language it is read in. */
export function keyOf(told: Sentence): string {
  return typeof told === 'string' ? told : JSON.stringify(told);
}
