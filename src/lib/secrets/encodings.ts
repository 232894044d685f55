/**
 * What bytes look like inside base64 text, at each of the three positions where they may begin (`user:password` encoded as
 * one). Characters that depend on the neighbours are left out.
 */
export function base64Inside(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
      return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    })
    .filter((form) => form.length >= 5);
}
