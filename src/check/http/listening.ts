import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Socket } from 'node:net';
import { ChunkLines } from './chunks.ts';
import { NotHttp } from './failure.ts';
import { readHead } from './head.ts';

/** Longer heads are left to the parser, which refuses them. */
export const maxHeadBytes = 65_536;

/** A server that has more to say before it answers says it for ever. */
const mostInterims = 20;

/** The last line and the empty one, whatever ends them. */
const headEnd = /[^\r\n]\r?\n\r?\n/;
const headEndBytes = 5;

/**
 * Stands between a socket and the parser of its answers, one answer at a time: the parser takes nothing but what the
 * standard says, and servers that every other client understands say more. Heads in order go through untouched.
 */
export class Listening {
  readonly #socket: Socket;
  readonly #heard: () => void;
  #state: 'head' | 'body' = 'head';
  #held: Buffer | undefined;
  #chunks: ChunkLines | undefined;
  #interims = 0;
  /** Something of what it sent had to be put in order: what else it leaves on the connection is anybody's guess. */
  isOdd = false;

  /** @param heard Called with the first bytes of each answer. */
  constructor(socket: Socket, heard: () => void) {
    this.#socket = socket;
    this.#heard = heard;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      for (let chunk = read(size) as Buffer | null; chunk !== null; chunk = read(size) as Buffer | null) {
        const out = this.#take(chunk);
        if (out.length > 0) return out;
      }
      return null;
    };
  }

  /** A request is about to be sent: what comes now is the head of its answer. */
  expect(): void {
    this.#state = 'head';
    this.#held = undefined;
    this.#chunks = undefined;
    this.#interims = 0;
  }

  #take(chunk: Buffer): Buffer {
    if (this.#state === 'body') return this.#body(chunk);
    if (this.#held === undefined) this.#heard();
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    // What was there before has been looked through, but for the beginning of an end.
    const from = Math.max(0, bytes.length - chunk.length - headEndBytes);
    const end = headEnd.exec(bytes.toString('latin1', from, maxHeadBytes));
    if (end === null) return this.#wait(bytes);
    const length = from + end.index + end[0].length;
    return this.#head(bytes.toString('latin1', 0, length), bytes.subarray(length), bytes);
  }

  #body(bytes: Buffer): Buffer {
    if (this.#chunks === undefined) return bytes;
    const tidy = this.#chunks.tidy(bytes);
    return this.#chunks.isWithoutEnd ? this.#refuse(sentence('endlessBesideData')) : tidy;
  }

  #refuse(message: Sentence): Buffer {
    this.#state = 'body';
    this.#socket.destroy(new NotHttp(message));
    return nothing;
  }

  #wait(bytes: Buffer): Buffer {
    if (bytes.length < maxHeadBytes) {
      this.#held = bytes;
      return nothing;
    }
    this.#state = 'body';
    return bytes;
  }

  #head(text: string, rest: Buffer, whole: Buffer): Buffer {
    this.#held = undefined;
    const head = readHead(text);
    if (head.kind === 'refused') return this.#refuse(head.message);
    if (head.status > 0 && head.status < 200 && ++this.#interims > mostInterims)
      return this.#refuse(sentence('tooManyInterim', { n: mostInterims, status: head.status }));
    // Nobody had asked whether to go on (RFC 9110 §15.2.1); the answer is still to come.
    if (head.status === 100) return rest.length === 0 ? nothing : this.#take(rest);
    if (head.status > 0 && head.status < 200) {
      return Buffer.concat([
        whole.subarray(0, whole.length - rest.length),
        rest.length === 0 ? nothing : this.#take(rest),
      ]);
    }
    this.#state = 'body';
    if (head.isChunked) this.#chunks = new ChunkLines();
    const body = this.#body(rest);
    if (head.kind === 'plain')
      return body === rest ? whole : Buffer.concat([Buffer.from(text, 'latin1'), body]);
    this.isOdd = true;
    return Buffer.concat([Buffer.from(head.text, 'latin1'), body]);
  }
}

const nothing = Buffer.alloc(0);
