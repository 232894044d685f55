import {
  downloadWords,
  modifiers,
  nounsAlone,
  plainNouns,
  readingEnds,
  readingVerbs,
  sessionWords,
  titleVerbs,
  verbClasses,
  verbsAlone,
  verbsLast,
  whens,
} from './english-words.ts';
import { senseOfHomograph, senseOfOrder, senseOfPhrase } from './homographs.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';
import { changing, classOf, isVerb } from './verbs.ts';
import { deedBehind, deedJoined } from './within.ts';

/** What the words of a name say, the verb being first, last or alone. */
export function senseOfWords(all: readonly string[]): Sense {
  const words = withoutModifiers(all);
  const [verb = '', ...rest] = words;
  if (verb === '') return nothing;
  return (
    signing(words) ??
    toPage(all) ??
    deedJoined(words) ??
    deedOfReading(all) ??
    (readingVerbs.has(verb)
      ? (harmOf(senseOfHomograph(words)) ?? deedBehind(words) ?? reading(verb, rest))
      : undefined) ??
    moving(words) ??
    changing(verb, rest) ??
    doing(all, verb) ??
    harmOf(senseOfHomograph(words)) ??
    harmOf(senseOfPhrase(words)) ??
    harmOf(senseOfOrder(words)) ??
    (rest.length === 0 ? alone(verb) : (harmOf(ending(words)) ?? deedBehind(words) ?? ending(words)))
  );
}

function harmOf(said: Sense): Sense | undefined {
  return isHarm(said) ? said : undefined;
}

/** `toAdd.do` shows the form. */
function toPage(all: readonly string[]): Sense | undefined {
  const text = all.join(' ');
  return /^to (?:add|edit|update|insert|create|modify)$/.test(text)
    ? sense('reads', text, 'soft')
    : undefined;
}

/** `doReturn`, `doTest`: verbs that read in other names, and not here. */
function deedOfReading([first, verb = '', ...rest]: readonly string[]): Sense | undefined {
  return first === 'do' && rest.length === 0 && /^(?:return|test|load|poll)$/.test(verb)
    ? sense('change', `do ${verb}`, 'soft')
    : undefined;
}

/** `doAudit`, `doArrange`: whatever is done. */
function doing(all: readonly string[], verb: string): Sense | undefined {
  const [first = '', second = ''] = all;
  const isDone = first === 'do' && second === verb && verb !== 'not' && !readingVerbs.has(all.at(-1) ?? '');
  return isDone ? sense('change', `do ${verb}`, 'soft') : undefined;
}

/** What a title says whose first word can be nothing but a verb: `Exchanges a code`, `Share a file`. */
export function senseOfVerb([verb = '', ...rest]: readonly string[]): Sense {
  if (/^(?:ping|probe)$/.test(verb) && rest[0] === 'all') return sense('change', verb, 'soft');
  if (readingVerbs.has(verb)) return reading(verb, rest);
  if (sessionWords.has(verb)) return sense('session', verb);
  if (downloadWords.has(verb)) return sense('download', verb);
  return isVerb(verb) || titleVerbs.has(verb) ? sense('change', verb) : nothing;
}

/** Behind a verb these make a noun of it, whatever stands between: `importTaskList`, `sendMessageList`. */
const attributes =
  /^(?:tasks?|jobs?|records?|logs?|messages?|msgs?|users?|plans?|rules?|configs?|templates?|channels?|notices?|results?|types?|methods?|status|time)$/;

/**
 * The verb with which a name begins that ends in what is looked at, and may be an order as well: `pushOrderList`, `publishRank`;
 * `refundList` and `shipRecords` are none.
 */
export function deedBeforeView([verb = '', ...rest]: readonly string[]): string | undefined {
  const own = classOf(verb);
  if (own === undefined || own === verbClasses.at(-1)) return undefined;
  const isOrder =
    rest.length > 1
      ? !rest.some((word) => attributes.test(word))
      : /^(?:rank|ranking|summary|reports?|queues?|stats?)$/.test(rest[0] ?? '');
  return isOrder ? verb : undefined;
}

/** As far as its form or the lists tell. */
export function isNoun(word: string): boolean {
  return (
    nounForm.test(word) ||
    readingEnds.has(word) ||
    plainNouns.has(word) ||
    verbClasses.some(({ heads }) => heads.has(word))
  );
}

const nounForm = /[^s]s$|(?:ed|er|or|ion|ity|al|ive|ment|ness|ance|ence|ure|age|ing|ware|ship)$/;

function withoutModifiers(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word, index) => !modifiers.has(word) || index === words.length - 1);
  return words.slice(Math.max(start, 0));
}

/** Nouns that stand for what is read: `stats_reset` does not read them. */
const countedNouns = /^(?:stats|statistics|status|index|info|total|sum|tree|health)$/;
const undone = /^(?:reset|clear|delete|remove|purge|flush|rebuild|wipe|restore)$/;

function reading(verb: string, rest: readonly string[]): Sense {
  if (countedNouns.test(verb) && rest.length === 1 && undone.test(rest[0] ?? ''))
    return sense('change', rest[0] ?? '');
  // To have read all of one's messages is to mark them.
  if (verb === 'read' && rest.join(' ') === 'all') return sense('change', 'read all', 'soft');
  if (/^gets?$/.test(verb) && rest[0] === 'rid') return sense('change', 'get rid');
  const isWeak =
    /^(?:test|load|check|view|index|status|tree|page|info|verify|validate|read|allows|provides)$/.test(verb);
  return sense('reads', verb, isWeak ? 'soft' : 'hard');
}

/** What registers are kept of. */
const keptIn =
  /^(?:land|share|asset|risk|debt|attendance|member|company|voter|electoral|property|civil|trade|vessel)$/;

function alone(word: string): Sense {
  return verbsAlone.has(word) ? sense('change', word, 'soft') : nothing;
}

function ending(words: readonly string[]): Sense {
  const last = words.at(-1) ?? '';
  if (/^(?:password|pwd|passwd|phone|mobile|email) change$/.test(words.slice(-2).join(' ')))
    return sense('change', last);
  if (readingEnds.has(last)) return sense('reads', last, 'soft');
  if (last === 'register' && keptIn.test(words.at(-2) ?? '')) return sense('reads', last, 'soft');
  if (!verbsLast.has(last) || whens.has(words.at(-2) ?? '')) return nothing;
  return sense('change', last, nounsAlone.has(last) ? 'soft' : 'hard');
}

/** What is drawn or sent when it is asked for, and proofs of who calls. */
const codes =
  /(?:^|(?<!\b(?:by|with)) )(?:(?:sms|verify|verification|phone|mobile|mail|email|auth|captcha|validate|check|login|register|security|image|img) codes?|code image|(?:refresh|access|auth|oauth|bearer|id|jwt|sso) token|token|oauth(?: v \d+)? access|login qr ?code|get verify|render (?:auth|oauth|login)|(?:auth|oauth|sso) render|codes? (?:mobile|phone|sms|email|mail)|get code)$/;
const lookingVerbs = /^(?:list|query|find|count|page|show|is|has|check|validate|verify|info|detail)$/;
/** Of a sign-in and the like these are looked at; its user, page or code are not. */
const sessionEnds =
  /^(?:list|lists|page|count|counts|info|infos|detail|details|status|state|log|logs|record|records|history|histories|config|configs|setting|settings|stats|statistics|options?|types?|methods?|providers?|logo|rules?|flag|flags|trends?|fetch|time|times|users|enabled|infor|policy|policies|limits?|attempts|name|names|flows?|times|devices?)$/;

function signing(words: readonly string[]): Sense | undefined {
  const [first = ''] = words;
  const last = words.at(-1) ?? '';
  const at = words.findIndex((word) => sessionWords.has(word));
  if (at !== -1) {
    const word = words[at] ?? '';
    if (sessionEnds.test(last) && at < words.length - 1)
      return sense('reads', `${word} ${last}`, readingVerbs.has(first) ? 'hard' : 'soft');
    const drawn = /captcha|geetest|code$/.test(word);
    if (readingVerbs.has(first) && !drawn && !(first === 'validate' && word === 'login')) return undefined;
    return sense('session', word, word === 'authorize' ? 'soft' : 'hard');
  }
  const code = codes.exec(words.join(' '))?.[0].trim();
  if (
    code === undefined ||
    (lookingVerbs.test(first) &&
      words.length > 1 &&
      !/^(?:verify|check|validate) code$/.test(words.join(' ')))
  )
    return undefined;
  return verbClasses.some(({ verbs }) => verbs.has(first)) &&
    code.endsWith('token') &&
    !/^(?:refresh|create|generate|exchange)$/.test(first)
    ? undefined
    : sense('session', code, 'soft');
}

/** Of a download these are looked at: `downloads count`, `export-tasks`. */
const downloadEnds =
  /^(?:status|statuses|state|progress|count|history|histories|records?|tasks?|jobs?|templates|options|limits?|links?|stats|statistics|types?|times|formats?|list|fields|columns)$/;

function moving(words: readonly string[]): Sense | undefined {
  const at = words.findIndex((word) => downloadWords.has(word));
  // The file that is filled in and imported.
  if (words.join(' ') === 'import template') return sense('download', 'template');
  const word = words[at] ?? '';
  const behind = words.slice(at + 1);
  if (at === -1 || (/^(?:excel|down)$/.test(word) && (at !== words.length - 1 || words.length > 2)))
    return undefined;
  if (at > 0 && behind.length > 0) return undefined;
  if (words.join(' ') === 'export list') return sense('download', word);
  if (downloadEnds.test(behind.at(-1) ?? '') || /^url$/.test(behind.at(-1) ?? ''))
    return sense('reads', words.join(' '), 'soft');
  return sense('download', word);
}
