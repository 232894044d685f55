import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';

interface Limit {
  readonly maxOutputLength: number;
}

/** Of a gzip member (RFC 1952 §2.3). */
const headerBytes = 10;
const trailerBytes = 8;
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

/** As `gunzipSync`, but for what stands behind the last member: a template's newline is no reason to refuse an answer. */
export function gunzip(bytes: Buffer, limit: Limit): Buffer {
  try {
    return gunzipSync(bytes, limit);
  } catch (error) {
    const end = isTooLong(error) ? undefined : endOfMembers(bytes, limit);
    if (end === undefined || end === bytes.length) throw error;
    return gunzipSync(bytes.subarray(0, end), limit);
  }
}

/** Made more than the limit allows. */
export function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** `undefined`: there is no whole member. */
function endOfMembers(bytes: Buffer, limit: Limit): number | undefined {
  let end: number | undefined;
  for (let start: number | undefined = 0; start !== undefined; ) {
    start = endOfMember(bytes, start, limit);
    end = start ?? end;
  }
  return end;
}

function endOfMember(bytes: Buffer, start: number, limit: Limit): number | undefined {
  const data = endOfHeader(bytes, start);
  if (data === undefined) return undefined;
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(data), { ...limit, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const trailer = data + engine.bytesWritten;
    const isWhole = trailer + trailerBytes <= bytes.length && bytes.readUInt32LE(trailer) === crc32(buffer);
    return isWhole ? trailer + trailerBytes : undefined;
  } catch {
    return undefined;
  }
}

function endOfHeader(bytes: Buffer, start: number): number | undefined {
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b) return undefined;
  const has = bytes[start + 3] ?? 0;
  let end = start + headerBytes;
  if ((has & flags.extra) !== 0) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  for (const text of [flags.name, flags.comment]) {
    if ((has & text) !== 0) end = bytes.indexOf(0, end) + 1;
  }
  if ((has & flags.headerCrc) !== 0) end += 2;
  return end;
}
