import { sentence } from '../../../messages/sentence.ts';
import type { Problem } from '../../../model/problem.ts';
import { inEnglish } from '../../../messages/in-language.ts';
import type { Sentence } from '../../../model/sentence.ts';
import type { Unread } from './markdown-unread.ts';

/** Of one message: longer ones are hard to read. */
const maxChars = 900;
/** Of one document, for each reason. */
const maxProblems = 30;
const separator = ', ';
/** Of one call. */
const maxLines = 20;

interface Reason {
  readonly code: string;
  readonly what: 'addressesWithoutMethod' | 'callsOnlyMentioned' | 'callsOfOtherHosts';
  readonly hint: Sentence;
}

const reasons: Readonly<Record<Unread['why'], Reason>> = {
  'no-method': {
    code: 'method-missing',
    what: 'addressesWithoutMethod',
    hint: sentence('nameMethod'),
  },
  mentioned: {
    code: 'only-mentioned',
    what: 'callsOnlyMentioned',
    hint: sentence('writeOnOwnLine'),
  },
  foreign: {
    code: 'foreign-host',
    what: 'callsOfOtherHosts',
    hint: sentence('ownDocumentForService'),
  },
};

/** Everything that looks like an operation and is not read, by reason, with its lines; long lists in several problems. */
export function unreadProblems(file: string, all: readonly Unread[]): Problem[] {
  return (['no-method', 'mentioned', 'foreign'] as const).flatMap((why) => {
    const group = all.filter((one) => one.why === why);
    const { code, hint, what: counted } = reasons[why];
    const what = sentence(counted, { n: group.length });
    const parts = inParts(group);
    const kept = parts.slice(0, maxProblems);
    const rest = parts.slice(maxProblems).flat().length;
    return kept.map((part, index): Problem => {
      const own = part.map((entry) => entry.said);
      const isCut = rest > 0 && index === kept.length - 1;
      const list = isCut ? [sentence('andMoreListed', { what: own, n: rest })] : own;
      const parts = { part: index + 1, parts: kept.length };
      const line = part[0]?.line;
      return {
        level: 'info',
        code,
        message:
          kept.length === 1
            ? sentence('counted', { what, list })
            : sentence('countedInParts', { what, list, ...parts }),
        file,
        ...(line === undefined ? {} : { line }),
        hint,
      };
    });
  });
}

interface Entry {
  readonly said: Sentence;
  readonly line: number | undefined;
}

function inParts(all: readonly Unread[]): Entry[][] {
  const parts: Entry[][] = [];
  let length = maxChars;
  for (const { call, lines } of all) {
    const said = callOn(call, lines);
    const chars = inEnglish(said).length;
    length += chars + separator.length;
    if (length > maxChars) {
      parts.push([]);
      length = chars;
    }
    parts.at(-1)?.push({ said, line: lines[0] });
  }
  return parts;
}

function callOn(call: string, all: readonly number[]): Sentence {
  const what = all.slice(0, maxLines).join(', ');
  const lines = all.length > maxLines ? sentence('andLines', { what, n: all.length - maxLines }) : what;
  return sentence(all.length === 1 ? 'callOnLine' : 'callOnLines', { call, lines });
}
