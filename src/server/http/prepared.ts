import { promisify } from 'node:util';
import { constants, gzip as gzipWith } from 'node:zlib';
import { sha256 } from '../../lib/text/text.ts';

const gzip = promisify(gzipWith);
/** Smaller ones fit into a packet or two anyway. */
const worthCompressing = 1400;

/** An answer as it goes over the wire, to be given out as often as it is asked for. */
export class Prepared {
  readonly text: string;
  readonly etag: string;
  #compressed: Promise<Buffer> | undefined;

  /** @param text JSON. */
  constructor(text: string) {
    this.text = text;
    this.etag = `W/"${sha256(this.text).slice(0, 27)}"`;
  }

  static of(answer: unknown): Prepared {
    return new Prepared(JSON.stringify(answer));
  }

  /** `undefined` when it is not worth it. */
  gzipped(): Promise<Buffer> | undefined {
    if (this.text.length < worthCompressing) return undefined;
    this.#compressed ??= gzip(this.text, { level: constants.Z_BEST_SPEED });
    return this.#compressed;
  }
}
