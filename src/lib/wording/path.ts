import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';
import { fixedParts, wordsIn } from './words.ts';

const versions = /^(?:v\d+.*|api|apis|rest|open|openapi|admin|app|web|public|internal|service|services)$/;

/**
 * What the words of a path say, from the last fixed part to the first.
 *
 * @param path Without query, in its normal form where it was written by a stranger.
 * @param around Whether the path has writes of its own, which are not the same operation under every method.
 */
export function senseOfPath(path: string, { hasWrites }: { readonly hasWrites: boolean }): Sense {
  const file = fileIn(path);
  if (file !== undefined) return sense('download', file);
  const parts = fixedParts(path).filter((part, index) => index > 0 || !versions.test(part));
  const senses = parts.map((part) => senseOfPart(wordsIn(part)));
  const last = senses.at(-1) ?? nothing;
  const lastWords = wordsIn(parts.at(-1) ?? '');
  const together = senseTogether(parts.slice(-2));
  if (last.says === 'reads') return together.says === 'change' ? together : last;
  if (isHarm(last)) {
    // `/tokens` and `/token/{id}` are records; `/oauth/token` gives one.
    if (last.word === 'token' && /\}\/?$/.test(path)) return nothing;
    const isResource =
      hasWrites &&
      last.strength === 'soft' &&
      lastWords.length === 1 &&
      last.says === 'change' &&
      last.word !== 'backup';
    return isResource ? nothing : last;
  }
  if (isHarm(together)) return together;
  const before = senses.slice(0, -1);
  const view = before.findLast(({ says, strength }) => says === 'reads' && strength === 'hard');
  if (view !== undefined) return sense('reads', view.word, 'soft');
  const found = before.findLast(
    (one, index) =>
      isHarm(one) &&
      !(index === before.length - 1 && together.says === 'reads') &&
      (one.strength === 'hard' ||
        (index === before.length - 1 && commands(index).test(one.word)) ||
        (index > 0 && movesFollowing.test(one.word) && !named.test(lastWords.at(-1) ?? ''))),
  );
  if (found === undefined) return nothing;
  if (hasWrites) return nothing;
  return sense(found.says, found.word, /^(?:control|operate)$/.test(found.word) ? 'hard' : 'soft');
}

/** What is moved stands behind: `/thirdApp/sync/user/toApp`, and not `/third/sync/jobs`. */
const movesFollowing = /^(?:sync|push|migrate|refresh)$/;
const named =
  /^(?:jobs?|tasks?|plans?|config|configs|settings?|policies|rules?|sources?|status|state|records?|logs?|history|types?|info|id|ids|tokens?|keys?|progress|version|time|templates?|channels?|results?)$/;

/** Two parts that mean one thing: `/sms/code`, `/light/off`, and, of nouns, `/leave/types`. */
function senseTogether(parts: readonly string[]): Sense {
  const [first = [], second = []] = parts.map((part) => wordsIn(part));
  if (first.length !== 1 || second.length !== 1) return nothing;
  const words = wordsIn([...first, ...second].join(' '));
  const text = words.join(' ');
  if (orders.test(text)) return sense('change', text, 'soft');
  const said = senseOfWords(words);
  const isNew = said.says === 'session' || said.says === 'reads';
  return isNew ? said : nothing;
}

/** By what they are about: queues, stocks, workflows, devices, seats, messages, money, sums. */
const orders = new RegExp(
  `^(?:${[
    '(?:queue|ticket|number|calling) next',
    '(?:stock|warehouse|inventory|storage|store|gate) (?:in|out)',
    '(?:flow|workflow|process|task|approval) (?:back|jump)',
    '(?:track|heartbeat|beacon|location|exposure) report',
    '(?:seat|room|table|meeting) book|vote do',
    '(?:push|sms|mail|email|message|webhook|notify|notification) test',
    'print (?:label|order|ticket|receipt|bill)',
    '(?:messages?|msg|notifications?|notices?|letters?|inbox|mail) read',
    'captcha get',
    '(?:live|promotion|activity|game|round) end',
    'attendance calculate',
    'invoices? red|salary issue|(?:stat|salary|bill|commission) calc',
    '(?:ai|model|face) train',
  ].join('|')})$`,
);

/** What follows is what they are done to: `/user/update/password`; `/control` in front of all is a service's name. */
function commands(index: number): RegExp {
  return index === 0 ? /^(?:update|edit|set|reset)$/ : /^(?:update|edit|set|reset|control|operate)$/;
}

/** Films, archives, packages, papers and streams without an end; pictures are small. */
const files =
  /\.(?:mp4|m4[asv]|mkv|mov|avi|flv|webm|mjpe?g|y4m|ts|aac|mp3|wav|flac|ogg|opus|pdf|docx?|xlsx?|pptx?|csv|zip|rar|7z|tar|t?gz|bz2|xz|apk|ipa|exe|msi|dmg|iso|jar|deb|rpm|bin|img|dump|bak)$|\/stream\.[a-z0-9]+$/i;

/** The ending by which a path names a file of which one does not know how large it is. */
function fileIn(path: string): string | undefined {
  return files.exec(path.replace(/[?#].*$/s, ''))?.[0];
}

function senseOfPart(words: readonly string[]): Sense {
  const chinese = senseOfChinese(words.join(''));
  return chinese ?? senseOfWords(words);
}
