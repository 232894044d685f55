import type { Problem } from '../../../model/problem.ts';
import type { Unread } from './markdown-unread.ts';

/** Of one message: longer ones are hard to read. */
const maxChars = 900;
/** Of one document, for each reason. */
const maxProblems = 30;
const separator = ', ';
/** Of one call. */
const maxLines = 20;

const reasons: Readonly<Record<Unread['why'], Pick<Problem, 'code' | 'hint'> & { readonly what: Words }>> = {
  'no-method': {
    code: 'method-missing',
    what: ['address without a method', 'addresses without a method'],
    hint: 'name the method beside the path, for example: 请求方式: GET',
  },
  mentioned: {
    code: 'only-mentioned',
    what: ['call only in a sentence or an example', 'calls only in a sentence or an example'],
    hint: 'where it is an interface of its own, write method and path in a line of their own below its heading',
  },
  foreign: {
    code: 'foreign-host',
    what: ['call of other hosts left out', 'calls of other hosts left out'],
    hint: 'a service of its own belongs into a document of its own',
  },
};

type Words = readonly [one: string, several: string];

/** Everything that looks like an operation and is not read, by reason, with its lines; long lists in several problems. */
export function unreadProblems(file: string, all: readonly Unread[]): Problem[] {
  return (['no-method', 'mentioned', 'foreign'] as const).flatMap((why) => {
    const group = all.filter((one) => one.why === why);
    const { code, hint, what } = reasons[why];
    const counted = `${group.length} ${what[group.length === 1 ? 0 : 1]}`;
    const parts = inParts(group);
    const kept = parts.slice(0, maxProblems);
    const rest = parts.slice(maxProblems).flat().length;
    return kept.map((part, index): Problem => {
      const more = rest > 0 && index === kept.length - 1 ? `, and ${rest} more` : '';
      const list = part.map(({ text }) => text).join(separator);
      const place = kept.length === 1 ? '' : ` (list ${index + 1} of ${kept.length})`;
      const line = part[0]?.line;
      return {
        level: 'info',
        code,
        message: `${counted}${place}: ${list}${more}`,
        file,
        ...(line === undefined ? {} : { line }),
        ...(hint === undefined ? {} : { hint }),
      };
    });
  });
}

interface Entry {
  readonly text: string;
  readonly line: number | undefined;
}

function inParts(all: readonly Unread[]): Entry[][] {
  const parts: Entry[][] = [];
  let length = maxChars;
  for (const { call, lines } of all) {
    const text = `${call} (${linesIn(lines)})`;
    length += text.length + separator.length;
    if (length > maxChars) {
      parts.push([]);
      length = text.length;
    }
    parts.at(-1)?.push({ text, line: lines[0] });
  }
  return parts;
}

function linesIn(lines: readonly number[]): string {
  const more = lines.length > maxLines ? ` and ${lines.length - maxLines} more` : '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, maxLines).join(', ')}${more}`;
}
