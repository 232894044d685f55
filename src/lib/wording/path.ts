import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { isVerb } from './verbs.ts';
import { openLists, readingVerbs, removing } from './english-words.ts';
import { senseOfOrder, things, verbsBehindIds } from './homographs.ts';
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
  const parts = fixedParts(path).filter((part, index, all) => index > 0 || !isService(part, all));
  const senses = parts.map((part) => senseOfPart(wordsIn(part)));
  const last = senses.at(-1) ?? nothing;
  const lastWords = wordsIn(parts.at(-1) ?? '');
  const together = senseTogether(parts.slice(-2));
  if (last.says === 'reads') return together.says === 'change' ? together : last;
  if (isHarm(last)) {
    if (isThing(last, path, parts)) return nothing;
    const isResource =
      hasWrites &&
      last.strength === 'soft' &&
      lastWords.length === 1 &&
      last.says === 'change' &&
      last.word !== 'backup';
    return isResource ? nothing : last;
  }
  if (isHarm(together)) return together;
  const deed = deedBeforeValue(path);
  if (!hasWrites && deed !== undefined) return sense('change', deed, 'soft');
  const form = formIn(parts);
  if (form !== undefined) return sense('change', form, 'soft');
  // One of several is made the one that counts.
  if (!hasWrites && /\/default\/\{[^{}]*\}\/?$/.test(path)) return sense('change', 'default', 'soft');
  if (!hasWrites && isBehindId(path) && lastWords.length === 1 && verbsBehindIds.has(lastWords[0] ?? ''))
    return sense('change', lastWords[0] ?? '', 'soft');
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

/** `/fan/{id}/speed/3`, `/print/waybill/{id}`: what is set to a fixed number, and what is printed. */
function deedBeforeValue(path: string): string | undefined {
  return (/\/(speed|brightness|volume|gear)\/\d+\/?$/i.exec(path) ??
    /\/(colou?r|speed|brightness|volume|gear)\/\{(?:value|hex|rgb|percent|level|target)\}\/?$/i.exec(path) ??
    /\/(print)\/(?!templates?|jobs?|records?|logs?|config)[^/{}]+\/\{[^{}]*\}\/?$/i.exec(path))?.[1];
}

/** What the pages of small devices send their forms to: `/goform/WifiBasicSet`. */
function formIn(parts: readonly string[]): string | undefined {
  const at = parts.findIndex((part) => /^(?:goform|boafrm)$/i.test(part));
  const [verb = ''] = wordsIn(parts[at + 1] ?? '');
  return at === -1 || at === parts.length - 1 || readingVerbs.has(verb) ? undefined : parts[at];
}

/** What stands in front of all; before a list `ins` is what one insures: `/ins/orders`. */
function isService(first: string, parts: readonly string[]): boolean {
  return versions.test(first) || (first === 'ins' && /[^s]s$/.test(parts.at(-1) ?? ''));
}

/**
 * `/tokens`, `/token/{id}` and `/commit/{id}` are records; `/oauth/token` gives one. `/products/on-sale` and `/goods/fresh` narrow
 * a list. `/currency/convert` works something out.
 */
function isThing({ word, strength }: Sense, path: string, parts: readonly string[]): boolean {
  const isFirst = parts.slice(0, -1).every((part) => versions.test(part));
  if (/\}\/?$/.test(path) && (word === 'token' || (isFirst && strength === 'soft' && things.has(word))))
    return true;
  const before = parts.at(-2) ?? '';
  if (
    /^(?:logs|records|histor(?:y|ies)|statistics|audits?)$/i.test(before) &&
    /^log(?:in|on|out)$/.test(word)
  )
    return true;
  if (isFirst && /^(?:black|white)list$/.test(word)) return true;
  if (word === 'open' && !isBehindId(path) && openLists.test(before)) return true;
  if (word === 'convert' && (isFirst || worksOut.test(before))) return true;
  if (word === 'rate' && /^(?:exchange|interest|tax|success|currency|frame|growth|hit|error)$/.test(before))
    return true;
  if (word === 'fresh' && /^(?:goods|products?|foods?|fruits?|vegetables?|items|market)$/.test(before))
    return true;
  return /^on[-_]?sale$/i.test(parts.at(-1) ?? '') && (isFirst || /(?<!good)s$/.test(before));
}

const worksOut =
  /^(?:currency|currencies|units?|coordinates?|coords?|geo|map|time|timezones?|calendar|lunar|colou?rs?|pinyin|exchange-?rates?|rates?|temperature)$/i;

function isBehindId(path: string): boolean {
  return /\}\/[^{}/]+\/?$/.test(path);
}

/** What is moved stands behind: `/thirdApp/sync/user/toApp`, and not `/third/sync/jobs`. */
const movesFollowing = /^(?:sync|push|migrate|refresh)$/;
const named =
  /^(?:jobs?|tasks?|plans?|config|configs|settings?|policies|rules?|sources?|status|state|records?|logs?|history|types?|info|id|ids|tokens?|keys?|progress|version|time|templates?|channels?|results?)$/;

/** Of these a return is what they yield, or what is answered: `/fund/return`. */
const returned =
  /^(?:api|v\d+|funds?|portfolios?|yield|investments?|strateg(?:y|ies)|index|annual|monthly|daily|total|expected|tax|taxes)$/;

/** Two parts that mean one thing: `/sms/code`, `/light/off`, and, of nouns, `/leave/types`. */
function senseTogether(parts: readonly string[]): Sense {
  const [first = [], second = []] =
    parts.length === 1 ? [[], wordsIn(parts[0] ?? '')] : parts.map((part) => wordsIn(part));
  if (second.join(' ') === 'return' && first.length > 0 && !returned.test(first.at(-1) ?? ''))
    return sense('change', 'return', 'soft');
  const order = [senseOfOrder([...first.slice(-1), ...second]), senseOfOrder(second)].find(isHarm);
  if (order !== undefined) return order;
  const [verb = ''] = first;
  const [noun = ''] = second;
  if (first.length !== 1 || second.length !== 1) return nothing;
  if (traces.test(noun) && isVerb(verb) && !removing.has(verb))
    return sense('reads', `${verb} ${noun}`, 'soft');
  const said = senseOfWords(wordsIn(`${verb} ${noun}`));
  const isNew = said.says === 'session' || said.says === 'reads';
  return isNew ? said : nothing;
}

/** Of what was done; what is deleted may be these themselves. */
const traces = /^(?:records|logs|histories)$/;

/** What follows is what they are done to: `/user/update/password`; `/control` in front of all is a service's name. */
function commands(index: number): RegExp {
  return index === 0 ? /^(?:update|edit|set|reset)$/ : /^(?:update|edit|set|reset|control|operate|command)$/;
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
