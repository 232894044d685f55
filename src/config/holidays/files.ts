import { sentence } from '../../messages/sentence.ts';
import path from 'node:path';
import { fileComplaint } from '../../messages/syntax.ts';
import type { Problem } from '../../model/problem.ts';
import { dotted } from '../validation/issues.ts';
import type { YamlFile } from '../yaml-file.ts';
import type { ReadDays, SpecialDay } from './days.ts';
import { readIcs } from './ics.ts';
import { readLines } from './lines.ts';
import { readTree } from './tree.ts';

export interface HolidayFiles {
  /** In the order of the files: a later day stands for an earlier one. */
  readonly days: readonly SpecialDay[];
  readonly problems: readonly Problem[];
  /** Absolute paths of what was read: what to watch. */
  readonly files: readonly string[];
}

/** More of them say no more. */
const slipsShown = 10;

/**
 * Reads the files of `calendar.file`: iCalendar, lines, YAML or JSON, by their names.
 *
 * @param names As written, relative to `folder`.
 */
export async function readHolidayFiles(
  names: readonly string[],
  folder: string,
  readFile: (file: string) => Promise<string>,
  yaml: YamlFile,
): Promise<HolidayFiles> {
  const days: SpecialDay[] = [];
  const problems: Problem[] = [];
  for (const [index, name] of names.entries()) {
    try {
      const text = (await readFile(path.resolve(folder, name))).replace(/^\uFEFF/, '');
      const read = readAs(name, text);
      days.push(...read.days);
      problems.push(
        ...read.slips.slice(0, slipsShown).map((slip): Problem => {
          return { level: 'error', code: 'holidays-file', file: name, ...slip };
        }),
      );
    } catch (error) {
      const at = ['calendar', 'file', index];
      const place = { ...yaml.place(at), pointer: dotted(['calendar', 'file']) };
      const message = sentence('namedNotReadable', { file: name, why: fileComplaint(error) });
      problems.push({ level: 'error', code: 'not-readable', message, ...place });
    }
  }
  return { days, problems, files: names.map((name) => path.resolve(folder, name)) };
}

function readAs(name: string, text: string): ReadDays {
  if (/^\s*BEGIN:VCALENDAR/i.test(text)) return readIcs(text);
  switch (path.extname(name).toLowerCase()) {
    case '.ics':
      return { days: [], slips: [{ line: 1, column: 1, message: sentence('noCalendarBegin') }] };
    case '.csv':
    case '.txt':
      return readLines(text);
    default:
      return readTree(text);
  }
}
