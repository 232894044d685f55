/** More layers of encoding than anybody undoes. */
const mostLayers = 8;

/** What lenient decoders take for `.`, `/` and `\`: overlong UTF-8, which is no text (RFC 3629 §3). */
const overlong: readonly (readonly [RegExp, string])[] = [
  [/%(?:c0|e0%80|f0%80%80)%ae/gi, '.'],
  [/%(?:c0|e0%80|f0%80%80)%af/gi, '/'],
  [/%(?:c1%9c|e0%81%9c|f0%80%81%9c)/gi, '\\'],
];

/**
 * A text as the most forgiving server reads it: percent-encoding undone until nothing is left of it, letters of other
 * widths made plain (Unicode NFKC), what cannot be seen left out, backslashes as slashes. For judging, not for sending.
 */
export function normalForm(text: string): string {
  if (/^[ -$&-[\]-~]*$/.test(text)) return text;
  let plain = folded(text);
  for (let layer = 0; layer < mostLayers && plain.includes('%'); layer++) {
    const inner = folded(undone(plain));
    if (inner === plain) break;
    plain = inner;
  }
  return plain;
}

/** Segments that lead elsewhere than the path says (RFC 3986 §5.2.4), in any spelling. */
export function hasDotSegments(path: string): boolean {
  return normalForm(path)
    .split('/')
    .some((segment) => /^\s*\.{1,2}\s*(?:;|$)/.test(segment));
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll('\\', '/');
}

function undone(text: string): string {
  const short = overlong.reduce((rest, [spelling, character]) => rest.replace(spelling, character), text);
  return short
    .replace(/%u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
}

/**
 * A text that people read, as they read it: without what cannot be seen, letters of other widths and styles made plain. Signs
 * stay as they are, and so do spaces and the ends of lines.
 */
export function plainText(text: string): string {
  if (/^[\t\n\r -~]*$/.test(text)) return text;
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/(?![\0-\x7F])[\p{L}\p{M}\p{N}\p{So}]+/gu, (run) => run.normalize('NFKC'));
}
