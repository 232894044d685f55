type Phase = 'size' | 'data' | 'end' | 'trailer' | 'over';

/** A line of a chunked body that is longer has no end. */
const maxLineBytes = 16_384;
/** What chunks of one byte each take beside it, and more. */
const linesPerData = 16;
/** Lines that any body may have beside that. */
const freeLineBytes = 65_536;

/**
 * Puts the lines between the chunks of a body (RFC 9112 §7.1) into the form that a strict parser takes: some servers
 * end them with a line feed alone, or pad sizes with blanks. Data goes through as it is, and so does what is no chunk.
 */
export class ChunkLines {
  #phase: Phase = 'size';
  #left = 0;
  #line = '';
  #lineBytes = 0;
  #dataBytes = 0;

  /** The server goes on for ever with what is no data: sizes of chunks, what is said beside them, or trailers. */
  get isWithoutEnd(): boolean {
    return (
      this.#line.length > maxLineBytes || this.#lineBytes > freeLineBytes + this.#dataBytes * linesPerData
    );
  }

  /** What to hand on of these bytes; what is missing of a line comes with later ones. */
  tidy(bytes: Buffer): Buffer {
    const out: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#phase === 'over') {
        out.push(bytes.subarray(at));
        break;
      }
      if (this.#phase === 'data') {
        const data = bytes.subarray(at, at + this.#left);
        out.push(data);
        at += data.length;
        this.#dataBytes += data.length;
        this.#left -= data.length;
        if (this.#left === 0) this.#phase = 'end';
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      this.#line += bytes.toString('latin1', at, end === -1 ? bytes.length : end);
      const next = end === -1 ? bytes.length : end + 1;
      this.#lineBytes += next - at;
      at = next;
      if (this.isWithoutEnd) break;
      if (end !== -1) out.push(this.#endLine());
    }
    const [only] = out;
    return out.length === 1 && only !== undefined ? only : Buffer.concat(out);
  }

  #endLine(): Buffer {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    const written = this.#line;
    this.#line = '';
    if (this.#phase === 'size') {
      const [, size] = /^([\da-f]+)[ \t]*(?:;.*)?$/i.exec(line) ?? [];
      this.#left = size === undefined ? Number.NaN : Number.parseInt(size, 16);
      if (size === undefined || !Number.isSafeInteger(this.#left)) return this.#giveUp(`${written}\n`);
      this.#phase = this.#left === 0 ? 'trailer' : 'data';
      return Buffer.from(`${size}\r\n`);
    }
    if (this.#phase === 'end') {
      if (line !== '') return this.#giveUp(`${written}\n`);
      this.#phase = 'size';
      return Buffer.from('\r\n');
    }
    if (line === '') this.#phase = 'over';
    // Nobody reads trailers: one that cannot be read must not cost the answer.
    return Buffer.from(line === '' ? '\r\n' : '');
  }

  /** The parser says what is wrong. */
  #giveUp(line: string): Buffer {
    this.#phase = 'over';
    this.#line = '';
    return Buffer.from(line, 'latin1');
  }
}
