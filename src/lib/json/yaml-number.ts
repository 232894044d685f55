import { isExact } from './exact-json.ts';

/**
 * An unquoted number of YAML. One that is written as no number is (`01234`, `+8613800000000`, `0x1F`), or that would lose
 * digits (`1775389422113955841`, `5e12345`), stays the text that its author saw; `null` for `.inf` and `.nan`.
 */
export function numberOrText(source: string, value: number | bigint): number | string | null {
  const number = Number(value);
  if (String(number) === source) return number;
  if (/^(?:\+|-?0[\dxo])/i.test(source) || (/\d/.test(source) && !isExact(source))) return source;
  return Number.isFinite(number) ? number : null;
}
