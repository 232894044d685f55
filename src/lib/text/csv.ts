import { oneLine } from './clean.ts';

/** Rows as RFC 4180 has them. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that begins like a formula would be run by a spreadsheet: text from strangers must not. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const clean = oneLine(value);
  const inert = /^[\s"']*[=+\-@|%＝＋－＠]/.test(clean) ? `'${clean}` : clean;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
