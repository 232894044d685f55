import { promisify } from 'node:util';
import { constants, gzip as gzipWith } from 'node:zlib';
import { sha256 } from '../../lib/text/text.ts';
import { localised } from '../../messages/in-language.ts';
import type { Language } from '../../model/settings.ts';

const gzip = promisify(gzipWith);
/** How a sentence begins as JSON. */
const sentenceMark = '{"$say":';
/** Smaller ones fit into a packet or two anyway. */
const worthCompressing = 1400;

/** JSON of a long list, of which few items have sentences: only these are read again to put them into words. */
interface ListText {
  /** Before the items, `{"items":[`; without sentences. */
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
}

function listText({ head, items, tail }: ListText): string {
  return `${head}${items.join(',')}${tail}`;
}

/** An answer as it goes over the wire, to be given out as often as it is asked for. */
export class Prepared {
  readonly text: string;
  readonly etag: string;
  #compressed: Promise<Buffer> | undefined;
  readonly #inWords = new Map<Language, Prepared>();
  readonly #list: ListText | undefined;

  /** @param text JSON. */
  constructor(text: string | ListText) {
    this.#list = typeof text === 'string' ? undefined : text;
    this.text = typeof text === 'string' ? text : listText(text);
    this.etag = `W/"${sha256(this.text).slice(0, 27)}"`;
  }

  static of(answer: unknown): Prepared {
    return new Prepared(JSON.stringify(answer));
  }

  /** The same with the sentences that are in it put into words. */
  in(language: Language): Prepared {
    if (!this.text.includes(sentenceMark)) return this;
    const known = this.#inWords.get(language);
    if (known !== undefined) return known;
    const inWords = (text: string): string =>
      text.includes(sentenceMark) ? JSON.stringify(localised(JSON.parse(text), language)) : text;
    const list = this.#list;
    const prepared = new Prepared(
      list === undefined ? inWords(this.text) : { ...list, items: list.items.map(inWords) },
    );
    this.#inWords.set(language, prepared);
    return prepared;
  }

  /** `undefined` when it is not worth it. */
  gzipped(): Promise<Buffer> | undefined {
    if (this.text.length < worthCompressing) return undefined;
    this.#compressed ??= gzip(this.text, { level: constants.Z_BEST_SPEED });
    return this.#compressed;
  }
}
