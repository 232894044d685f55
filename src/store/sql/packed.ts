import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { createYielder, inSteps, type Steps } from '../../lib/yielder.ts';
import { systemClock } from '../../lib/time/clock.ts';
import type { Json } from '../../model/json.ts';

const deflate = promisify(deflateRaw);

/** Characters up to which it takes longer to hand the text to another thread than to deflate it. */
const mostHere = 8192;

/** JSON, written in spells; when there is much of it, deflated on zlib's own threads. Read back with `unpack`. */
export async function pack(value: unknown): Promise<Uint8Array> {
  const pieces: string[] = [];
  await inSteps(
    write(value, pieces),
    createYielder(() => systemClock.monotonic()),
  );
  const text = pieces.join('');
  return text.length > mostHere ? deflate(text) : deflateRawSync(text);
}

/** Of what is smaller the text is made at once: so many values, or characters of them. */
const mostAtOnce = 5000;

function* write(value: unknown, pieces: string[]): Steps<void> {
  yield;
  if (typeof value !== 'object' || value === null || sizeOf(value, mostAtOnce) < mostAtOnce) {
    pieces.push(JSON.stringify(value ?? null));
    return;
  }
  const isList = Array.isArray(value);
  let separator = isList ? '[' : '{';
  for (const key of Object.keys(value)) {
    const item: unknown = Reflect.get(value, key);
    if (!isList && item === undefined) continue;
    pieces.push(separator, isList ? '' : `${JSON.stringify(key)}:`);
    separator = ',';
    yield* write(item, pieces);
  }
  pieces.push(separator === ',' ? '' : separator, isList ? ']' : '}');
}

/** Values and characters in it; counting ends at `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const key in value) {
    size += 1 + sizeOf(Reflect.get(value, key), most - size);
    if (size >= most) break;
  }
  return size;
}

export function unpack(data: Uint8Array): Json {
  return JSON.parse(inflateRawSync(data).toString()) as Json;
}

/** Unsigned integers, seven bits a byte, low ones first. */
export function packVarints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const number of numbers) {
    let rest = number;
    while (rest > 0x7f) {
      bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

export function unpackVarints(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let number = 0;
  let weight = 1;
  for (const byte of bytes) {
    number += (byte & 0x7f) * weight;
    weight *= 0x80;
    if (byte > 0x7f) continue;
    numbers.push(number);
    [number, weight] = [0, 1];
  }
  return numbers;
}
