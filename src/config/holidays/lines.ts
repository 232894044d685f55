import {
  dateOf,
  datesFrom,
  datesOf,
  type ReadDates,
  type ReadDays,
  type Slip,
  type SpecialDay,
  soundsLikeWork,
} from './days.ts';

/**
 * Lines like `2026-10-01`, `2026-10-01..2026-10-07, 国庆节` or, for a day that is worked, `2026-10-10, workday`;
 * two dates in a line are a range. `#` begins a comment, and a first line without a digit is a heading.
 */
export function readLines(text: string): ReadDays {
  const days: SpecialDay[] = [];
  const slips: Slip[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const cells = written
      .replace(/#.*/, '')
      .split(/[,;\t]/)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (cells.every((cell) => cell === '') || (index === 0 && !/\d/.test(written))) continue;
    const read = datesIn(cells);
    if ('wrong' in read) slips.push({ line: index + 1, column: 1, message: read.wrong });
    else days.push(...read.dates.map((date) => ({ date, works: cells.some(soundsLikeWork) })));
  }
  return { days, slips };
}

function datesIn(cells: readonly string[]): ReadDates {
  const [from, to] = cells.flatMap((cell) => dateOf(cell) ?? []);
  if (from !== undefined && to !== undefined && to >= from) return { dates: datesFrom(from, to) };
  return from === undefined ? datesOf(cells[0] ?? '') : { dates: [from] };
}
