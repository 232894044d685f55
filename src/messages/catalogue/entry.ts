/** English for one and for any other number; the number is `{n}`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/**
 * A sentence of the product in English and in Chinese. `{name}` is a place for what it names, counts, or says besides,
 * `{name?}` one that may stay empty.
 */
export type Entry = readonly [english: string | Plural, chinese: string];

export type Catalogue = Readonly<Record<string, Entry>>;
