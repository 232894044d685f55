import {
  compounds,
  downloadWords,
  lookedAt,
  nounsAlone,
  readingEnds,
  readingVerbs,
  titleVerbs,
  verbClasses,
  whens,
} from './english-words.ts';
import { type Sense, sense, setOf } from './sense.ts';
import { classOf, isVerb } from './verbs.ts';

/** Verbs behind the first word of a name: what is done as well, and what is done to the noun that stands in front. */

const joiners = setOf('and or then');

/** `calcAndSaveStat`, `listExpiredAndDelete`, `findOneOrCreate`: what else is done. */
export function deedJoined(words: readonly string[]): Sense | undefined {
  for (const [at, word] of words.entries()) {
    if (at === 0 || !joiners.has(word)) continue;
    const found = secondDeed(words.slice(0, at), words.slice(at + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Verbs of what is worked out, and what is kept of it; nouns elsewhere. */
const workingOut = setOf(
  'calc compute process aggregate crawl geocode score match extract transform gather analyze analyse evaluate estimate predict train group filter sort render summarize map encode format poll fetch build',
);
const keeping = setOf('store cache persist put post index keep fix');

/** Of these a changing verb may be what is asked for: "get the start and the end". */
const pairsOfNouns = /^(?:open|close|start|stop|end|run)$/;
/** Columns by which records are found: `findByUserIdAndDeleteFlag`, and not `findByIdAndUpdateStatus`. */
const columns = /^(?:delete flag|delete status|delete mark|\w+ (?:time|date|at|by|user))\b/;

function secondDeed(before: readonly string[], behind: readonly string[]): Sense | undefined {
  const [verb = '', ...rest] = behind;
  const last = rest.at(-1) ?? '';
  if (isCompound(behind)) return undefined;
  const [first = ''] = before;
  // `getUserOrReg`.
  if (verb === 'reg' && rest.length === 0) return sense('change', verb);
  if (before.length === 1 && isDone(first)) return verbAfter(verb);
  // "Order and refund statistics".
  if (before.length === 1 && isLookedAt(last)) return undefined;
  const isColumn = before.includes('by') && columns.test(behind.join(' '));
  // "The time of creation and update": both belong to what stands behind.
  const isPair = before.length > 1 && classOf(before.at(-1) ?? '') !== undefined && isLookedAt(last);
  if (classOf(verb) === undefined || pairsOfNouns.test(verb) || isColumn || isPair) return undefined;
  return sense('change', verb);
}

function isCompound(words: readonly string[]): boolean {
  return compounds.some((compound) => compound.test(words.join(' ')));
}

function isDone(word: string): boolean {
  return (
    readingVerbs.has(word) || workingOut.has(word) || (classOf(word) !== undefined && !nounsAlone.has(word))
  );
}

/** What two verbs have between them joins nothing else. */
function verbAfter(verb: string): Sense | undefined {
  if (readingVerbs.has(verb) || verb === 'order') return undefined;
  if (downloadWords.has(verb)) return sense('download', verb);
  return isVerb(verb) || titleVerbs.has(verb) || keeping.has(verb) ? sense('change', verb) : undefined;
}

/** Reading verbs that are nouns of what something may be done to. */
const nounsThatRead = setOf(
  'stat stats info index status total sum tree detail details page list count health',
);
/** Nouns and adjectives in the middle of a name, whatever verbs they are elsewhere. */
const nounsWithin = setOf(
  `set make write drop mark pin pop spin bet seek drag dial exit quit complete encode compress accept replace award hack retire
  replicate appoint clean clear urge hide dispatch change encrypt restart elect`,
);
const prepositions = setOf(
  'by of for in on with from to per can is should not no if when as at via and or then',
);
/** How, when or to which of them it is done, rather than what. */
const adverbs = setOf(
  'all old expired batch async now other others stale inactive unused temp tmp local new once multi multiple selected quietly force invalid',
);

/**
 * What is done to what stands in front of it: `statInsert`, `dataRemoveOld`, `orderCancelById`, `userUpdatePassword`; not
 * `orderUpdateTime`, which is looked at.
 */
export function deedBehind(words: readonly string[]): Sense | undefined {
  const [first = ''] = words;
  if (readingVerbs.has(first) && !nounsThatRead.has(first)) return undefined;
  const end = words.findIndex((word) => prepositions.has(word));
  const own = words.slice(0, end === -1 ? words.length : end);
  const at = own.findIndex((word, index) => index > 0 && isDeed(word, own[index - 1] ?? ''));
  const verb = own[at];
  if (verb === undefined) return undefined;
  const behind = own.slice(at + 1);
  if (isCompound([verb, ...behind])) return undefined;
  const isBare = behind.every((word) => adverbs.has(word));
  // "Created by" is a column.
  if (isBare && behind.length === 0 && words.at(-1) === 'by') return undefined;
  if (counts.test(first) && (at > 1 || nounsAlone.has(verb)) && !changesIt.test(verb)) return undefined;
  if (isBare) return sense('change', verb, nounsAlone.has(verb) && !changesIt.test(verb) ? 'soft' : 'hard');
  return isDoneTo(verb, behind.at(-1) ?? '') ? sense('change', verb) : undefined;
}

/** "List of pushes", "count of things invoked": verbs as well, of which the one that comes first counts. */
const counts = /^(?:list|page|count|total)$/;
/** Nouns as well, and in hardly any name. */
const changesIt = /^(?:update|edit)$/;
/** What tells of when, and may be changed. */
const changed = /^(?:page|price|firmware|flow|security|lane|window)$/;

function isDeed(word: string, before: string): boolean {
  const isWhen = whens.has(before) && (nounsAlone.has(word) || !changed.test(before));
  return word !== 'set' && classOf(word) !== undefined && !isWhen && !adverbs.has(before);
}

/** The classes of which hardly a verb is a noun. */
const sure = 2;

function isDoneTo(verb: string, object: string): boolean {
  const isSure = verbClasses.slice(0, sure).some(({ verbs }) => verbs.has(verb));
  if (!isSure || nounsWithin.has(verb) || (nounsAlone.has(verb) && !changesIt.test(verb))) return false;
  return !isLookedAt(object) && !(columnVerbs.test(verb) && ofDeed.test(object));
}

/** What one has of a deed: `createUser` is who has created it. */
const columnVerbs = /^(?:add|create|update|modify|edit|delete|insert|generate)$/;
const ofDeed =
  /^(?:user|users|person|people|man|emp|operator|staff|form|button|permission|perm|name|id|ids|code|no|ip|dept|at|day|days|month|year|url|path|event|events|job|task|tasks|topic|handler|fee|price|num|qty|size|rate)$/;

function isLookedAt(word: string): boolean {
  return readingEnds.has(word) || lookedAt.has(word);
}
