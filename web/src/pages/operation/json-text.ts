/** JSON written out over several lines, and on which of them (from 0) each value begins. */
export interface JsonText {
  readonly text: string;
  /** RFC 6901; what is not there is looked for in what it would stand in. */
  lineOf(pointer: string): number | undefined;
}

export function jsonText(service: string): JsonText | undefined {
  let value: unknown;
  try {
    value = JSON.parse(service);
  } catch {
    return undefined;
  }
  const lines: string[] = [];
  const places = new Map<string, number>();
  const write = (one: unknown, pointer: string, lead: string, tail: string, indent: string) => {
    places.set(pointer, lines.length);
    const inside: readonly (readonly [string, unknown])[] = Array.isArray(one)
      ? one.map((item: unknown, index) => [String(index), item] as const)
      : typeof one === 'object' && one !== null
        ? Object.entries(one)
        : [];
    if (inside.length === 0) {
      lines.push(`${indent}${lead}${JSON.stringify(one)}${tail}`);
      return;
    }
    const [open, close] = Array.isArray(one) ? '[]' : '{}';
    lines.push(`${indent}${lead}${open}`);
    for (const [index, [key, item]] of inside.entries()) {
      const name = Array.isArray(one) ? '' : `${JSON.stringify(key)}: `;
      const comma = index === inside.length - 1 ? '' : ',';
      write(item, `${pointer}/${escapePointer(key)}`, name, comma, `${indent}  `);
    }
    lines.push(`${indent}${close}${tail}`);
  };
  write(value, '', '', '', '');
  const lineOf = (pointer: string): number | undefined =>
    places.get(pointer) ?? (pointer === '' ? undefined : lineOf(pointer.slice(0, pointer.lastIndexOf('/'))));
  return { text: lines.join('\n'), lineOf };
}

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
