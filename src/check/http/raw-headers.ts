/**
 * The value of the first header called `name`.
 *
 * @param raw Names and values alternating, as they came.
 * @param name In lower case.
 */
export function headerOf(raw: readonly Uint8Array[], name: string): string | undefined {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const key = raw[index];
    if (key?.length !== name.length || latin1(key).toLowerCase() !== name) continue;
    return latin1(raw[index + 1]);
  }
  return undefined;
}

export function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined
    ? ''
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function mediaType(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // Two headers of the same name arrive as one: `application/json, application/json`.
  const end = value.search(/[;,]/);
  const type = (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
  return type === '' ? undefined : type;
}
