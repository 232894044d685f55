import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Json } from '../model/json.ts';

const deflate = promisify(deflateRaw);

/** JSON, deflated on zlib's own threads. Read back with `unpack`. */
export async function pack(value: unknown): Promise<Uint8Array> {
  return deflate(JSON.stringify(value));
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
