import type { DocumentedResponse, Operation } from '../../model/document.ts';
import { beginsWithDeed, senseOfActing, senseOfChinese } from '../../lib/wording/chinese.ts';
import { besideReading, type Beside } from '../../lib/wording/clauses.ts';
import { besideInSentence, besideReadingInEnglish, leadingDeed } from '../../lib/wording/english-clauses.ts';
import { effectOf } from '../../lib/wording/effects.ts';
import { senseOfTitleAbroad } from '../../lib/wording/languages.ts';
import { senseOfVerb, senseOfWords } from '../../lib/wording/english.ts';
import { classOf, isVerb } from '../../lib/wording/verbs.ts';
import {
  nounsAlone,
  readingVerbs,
  removing,
  titleVerbs,
  verbClasses,
  verbsAlone,
} from '../../lib/wording/english-words.ts';
import { isHarm, nothing, type Sense, sense } from '../../lib/wording/sense.ts';
import { wordsIn } from '../../lib/wording/words.ts';

/** What titles and descriptions say, which people write. */

const fillers = new Set(
  'or the a an please this api endpoint method to used you let lets will that'.split(' '),
);
const articles = new Set('the a an all your this one several'.split(' '));

/** "Takes the server out of rotation": what is done, unlike what an operation takes. */
const takesAway = /^(takes?) .{1,60}\b(?:out of|offline|off|down|away|back)\b/i;

/** "Closing price": what things are like at a time, and nothing that is done. */
const gerunds =
  /^(?:the )?(?:clos|open|start|end|shipp|bill|hous|liv|park|work|visit|check)ing (?:prices?|hours|balances?|times?|dates?|costs?|rates?|periods?|days|address(?:es)?)\b/i;

/** What a title says, every clause of it: "Fetch token, rotating the old one" reads first. */
export function senseOfTitle(written: string): Sense {
  // "Re-run", "Un-hide".
  const title = written.replace(/^(re|un|de|dis)-(?=[a-z]{3,})/i, '$1');
  const away = takesAway.exec(title)?.[1];
  if (away !== undefined) return sense('change', away.toLowerCase());
  const named = gerunds.exec(title)?.[0];
  if (named !== undefined) return sense('reads', named.toLowerCase());
  const said = senseOfClause(title);
  if (isHarm(said) && said.strength === 'hard') return said;
  const { deed } = besideTitle(title);
  if (isHarm(deed)) return deed;
  const effect = effectOf(title, true);
  return isHarm(effect) ? effect : said;
}

/** What a title does beside what it reads, in whichever language. */
export function besideTitle(title: string): Beside {
  if (/\p{Script=Han}/u.test(title)) return besideReading(title);
  const leading = leadingDeed(title);
  return isHarm(leading.deed) ? leading : besideReadingInEnglish(title);
}

function senseOfClause(title: string): Sense {
  if (title === '') return nothing;
  const chinese = senseOfChinese(title);
  if (chinese !== undefined) return chinese;
  const abroad = senseOfTitleAbroad(title);
  if (isHarm(abroad)) return abroad;
  if (tellsCondition.test(title)) return nothing;
  const [, topic = '', deed = ''] = /^(\w+(?: \w+)?)\s*[:：]\s+(\w.*)$/.exec(title) ?? [];
  // "List: delete": what stands behind is what is done.
  const done = topic === '' ? nothing : senseOfTitle(deed);
  if (isHarm(done) && done.strength === 'hard') return done;
  const [sentence = ''] = unspaced(title)
    .replace(/\s\((?=\p{L}+s\s)/gu, ' and ')
    .split(/[.;:!?(](?:\s|$)/u);
  // Collections name requests by what the client does.
  if (/^(?:sends?|makes?|issues?|performs?)\b.*\brequests?\b/i.test(sentence)) return nothing;
  const purpose = /^(?:allows?|enables?|lets?)\b.*?\bto\s+(.*)$/i.exec(sentence)?.[1];
  if (purpose !== undefined) return senseOfVerb(asVerbFirst(wordsIn(purpose)));
  const all = wordsIn(sentence.replace(/['’]s\b/g, ''));
  const also = senseOfSecond(all);
  if (isHarm(also)) return also;
  if (performsRead(all)) return sense('reads', all[0] ?? '', 'soft');
  const words = untilPreposition(all).filter((word) => !fillers.has(word));
  const [first = '', second = ''] = words;
  if (/^(?:returns?|gets?|lists?|retrieves?|fetch(?:es)?|shows?)$/.test(second) && !isVerb(baseOf(first)))
    return sense('reads', second);
  const verb = baseOf(first);
  if (namesThing(all, verb) || (verb !== first && /^(?:are|is|were|was|will|can|may|must)$/.test(second)))
    return nothing;
  // "Locks": one word in the plural is what is listed.
  if (all.length === 1 && verb !== first && !removing.has(verb)) return nothing;
  if (verb !== first && words.length === 2 && isOfMany(verb, second)) return sense('reads', second, 'soft');
  // What it takes is what it is given.
  if (first === 'takes' && !/^(?:snapshot|backup|screenshot|photo|picture|lock|lease)$/.test(second))
    return nothing;
  if (words.length > 1 && (verb !== first || articles.has(all[1] ?? '') || first === 'indicate')) {
    const sure = senseOfVerb([verb, ...words.slice(1)]);
    if (sure.says !== 'nothing') return sure;
  }
  const said = senseOfWords([verb, ...words.slice(1)]);
  if (words.length > 1 && verb === 'collect') return nothing;
  // A sentence that goes on is no name of two words: its noun may stand far from the verb.
  if (said.says !== 'nothing') return said;
  return words.length <= 3 ? firstOf([senseOfWords(words), senseOfUnknown(all)]) : senseOfUnknown(all);
}

/** "Performs a reverse lookup of a number", "Runs the health checks": what is done is a noun that reads, and nothing else is. */
function performsRead([first = '', ...rest]: readonly string[]): boolean {
  const nouns = doings.find(([verbs]) => verbs.test(first))?.[1];
  const at = nouns === undefined ? -1 : rest.findIndex((word) => nouns.test(word));
  return (
    at !== -1 && at <= mostAttributes && !rest.some((word, index) => index !== at && isVerb(baseOf(word)))
  );
}

/** Between the verb and its noun, the article too. */
const mostAttributes = 4;
const doings: readonly (readonly [verbs: RegExp, nouns: RegExp])[] = [
  [
    /^(?:performs?|does|executes?|conducts?)$/,
    /^(?:lookup|lookups|search|query|validation|calculation|estimation|comparison|translation|geocoding|discovery|inspection|whois)$/,
  ],
  [/^(?:performs?|runs?|executes?|does)$/, /^(?:health|liveness|readiness|sanity|availability)$/],
  [/^makes?$/, /^(?:preview|lookup|query|search|comparison)$/],
  [/^sends?$/, /^(?:ping|echo)$/],
];

/** "Claims history": what there is of several, whose name is a verb as well. */
function isOfMany(verb: string, head: string): boolean {
  return (
    classOf(verb) === verbClasses.at(-1) &&
    /^(?:history|register|ledger|log|summary|overview|statistics|ratio|list)$/.test(head)
  );
}

const verbsThatAreNouns =
  /^(?:block|transfer|deploy|build|release|import|sync|call|exchange|refund|purchase|commit|vote|backup|audit|withdraw|rent)$/;

/** Whether a title that reads may be an order as well, so that path and operationId decide: "Reset queue", `审批记录`. */
export function mayBeOrder(title: string): boolean {
  if (/\p{Script=Han}/u.test(title)) return beginsWithDeed(title);
  const [verb = '', ...rest] = wordsIn(title).filter((word) => !fillers.has(word));
  // "Block details": nobody blocks these.
  if (rest.join(' ') === 'details' && verbsThatAreNouns.test(verb)) return false;
  return rest.length > 0 && isVerb(verb);
}

/** `D E L E T E`, `d.e.l.e.t.e`: letters set apart are one word. */
function unspaced(title: string): string {
  return title.replace(/(?<!\p{L})(?:\p{L}[ .·_-]){3,}\p{L}(?!\p{L})/gu, (letters) =>
    letters.replace(/[^\p{L}]/gu, ''),
  );
}

function firstOf(senses: readonly Sense[]): Sense {
  return senses.find(({ says }) => says !== 'nothing') ?? nothing;
}

/** "Votes of a user", "Release by tag", "Formats defined by it": a noun whose verb has other objects. */
function namesThing([, next = '']: readonly string[], verb: string): boolean {
  return (
    /^(?:of|by|\w{3,}ed|held|made|given|sent|kept|found|taken)$/.test(next) &&
    (verbsAlone.has(verb) || nounsAlone.has(verb) || titleVerbs.has(verb))
  );
}

/** What stands behind a verb and before no other: "purges them", "locks the job". */
const objects = new Set('it them its their the a an all this that these those old any'.split(' '));
const between = /^(?:then|also|immediately|automatically|permanently|subsequently|afterwards|\w+ly)$/;

/** What else is done: "Gets the order and then deletes it", "Lists old logs and purges them", "(marks them as read)". */
function senseOfSecond(words: readonly string[]): Sense {
  for (const [index, joiner] of words.entries()) {
    if (index === 0 || !joiners.test(joiner)) continue;
    const [verb = '', next = '', third = ''] = words.slice(index + 1).filter((word) => !between.test(word));
    const said = senseOfVerb([baseOf(verb)]);
    if ((objects.has(next) || joiner === 'then') && said.says === 'change') return said;
    // "Validates and saves", "Get or create cart": no noun is written like these.
    const isPlain =
      said.says === 'change' &&
      said.strength === 'hard' &&
      verb.endsWith('s') === (words[0] ?? '').endsWith('s');
    if (isPlain && (next === '' || joiner === 'or')) return said;
    // "Calculates and stores the statistics".
    if (kept.test(verb) && objects.has(next)) return sense('change', verb, 'soft');
    if (isUnknownDeed(verb) && pronouns.test(next) && endings.test(third))
      return sense('change', verb, 'soft');
  }
  return nothing;
}

const kept = /^(?:stores?|persists?|caches|records|logs)$/;
const joiners = /^(?:and|then|or)$/;
const pronouns = /^(?:it|them)$/;
/** Behind a pronoun that is an object: "emails it to them", and not "the items it holds". */
const endings = /^(?:$|to|as|in|into|from|with)/;

/** "Puts the device in maintenance mode": a word before an article, that is no other part of speech, is a verb. */
function senseOfUnknown([verb = '', next = '']: readonly string[]): Sense {
  return isUnknownDeed(verb) && /^(?:the|a|an|your|its)$/.test(next)
    ? sense('change', verb, 'soft')
    : nothing;
}

function isUnknownDeed(word: string): boolean {
  return (
    !noDeeds.has(word.replace(/ies$/, 'y').replace(/s$/, '')) &&
    !noVerb.test(word) &&
    !readingVerbs.has(baseOf(word))
  );
}

/** Endings of other parts of speech, and "retrieve", however it is spelt. */
const noVerb = /^retr|(?:ly|\w{3}ing|ed|ion|ment|ness|ity|er|or|us)$/;

/** Verbs that change nothing, and whatever else stands before an article. */
const noDeeds = new Set(
  (
    'expose serve represent contain describe report determine tell estimate render stream compute evaluate extract ' +
    'summarize analyze analyse serialize specify identify indicate inform define include use utilize utilise require ' +
    'filter sort provide redirect enumerate measure monitor trace tail sample gather access accesse see try choose help ' +
    'demonstrate implement track forward match recognize detect predict infer ask answer say print echo echoe reflect ' +
    'present give offer support mean cover behave simulate have has doe be is was are were do when whether if with given ' +
    'once though because only how what where who which why while as after before for of in on at by to from not both each ' +
    'every any here date month day year thi all such about via per into per convert format look ping watch download open ' +
    'group collect aggregate benchmark profile locate guess score rate rank hash detect wait listen map limit like allow ' +
    'accept enable permit proxy make can could may must should will'
  ).split(' '),
);

/** "All comments without login": what is meant stands in front. */
function untilPreposition(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && prepositions.has(word));
  return at === -1 ? words : words.slice(0, at);
}

const prepositions = new Set(
  'for of with without by from in on at via using after before about per when while which where during'.split(
    ' ',
  ),
);

function asVerbFirst([first = '', ...rest]: readonly string[]): readonly string[] {
  return [baseOf(first), ...rest];
}

/** `deletes` → `delete`, as titles say it. */
function baseOf(word: string): string {
  const candidates = [
    word,
    word.replace(/s$/, ''),
    word.replace(/es$/, ''),
    word.replace(/ies$/, 'y'),
    word.replace(/ing$/, ''),
    word.replace(/ing$/, 'e'),
  ];
  return candidates.find((one) => isVerb(one) || readingVerbs.has(one)) ?? word;
}

/** More of a description tells how, and no longer what. */
const sentencesRead = 4;

/** "1. ", "(a) ", "- ": in front of one of several. */
const listMarks = /((?:^|[\n；;。]) *)(?:[(（]?(?:\d{1,2}|[a-z])[.)）、](?!\d)|[-*•>]|#{1,6}) */giu;
/** "DANGER!", "Be careful,": what follows counts as if it stood first. */
const warnings =
  /^[^\p{L}\p{N}]*(?:(?:please )?(?:be (?:very )?(?:careful|aware|warned)|danger(?:ous)?|warning|caution|careful|attention|beware|heads[- ]up|nb|n\.b|important|note(?: well)?)\b|(?:警告|危险|注意|小心|慎用|谨慎使用|特别提醒))[\s*_!！:：,，.—–-]+(?=[\p{L}\d])/iu;

export function sentencesOf(text: string): readonly string[] {
  return text
    .replace(listMarks, '$1')
    .split(/[。！？；;\n|]|(?<=[.!?])\s/u)
    .map((sentence) => sentence.replace(warnings, '').trim())
    .filter((sentence) => sentence !== '');
}

/**
 * What a description says beside the title: a sentence counts that is as short as a title, begins with what is done
 * ("作废指定的订单"), or is about the operation ("调用后会删除", "This endpoint deletes"). What is mentioned ("deleted ones are
 * not returned") does not.
 */
export function senseOfDescription({
  summary,
  description = '',
}: Pick<Operation, 'summary' | 'description'>): Sense {
  const [first = '', ...others] = sentencesOf(description).slice(0, sentencesRead);
  // Without a summary the first sentence is the title.
  const whole = description.split(/[。！？\n]/u)[0] ?? '';
  const said = [
    ...(summary === undefined ? [] : [senseOfFirst(first), besideReading(whole).deed]),
    ...others.map(senseOfOther),
    ...(summary === undefined ? others : [first, ...others]).map((sentence) => effectOf(sentence, false)),
  ];
  return said.find(isHarm) ?? nothing;
}

function senseOfFirst(sentence: string): Sense {
  const chinese = senseOfActing(sentence, true);
  if (chinese !== undefined)
    return isHarm(chinese) ? chinese : besideReading(sentence, sentence.length <= longestTitle).deed;
  if (aboutItself.test(sentence) || outcomes.test(sentence)) return senseOfOther(sentence);
  const said = senseOfTitle(sentence);
  const words = wordsIn(sentence);
  const isSure =
    said.strength === 'hard' ||
    (words.length <= mostWords && !/^(?:for|of|by|in|on|per)$/.test(words[1] ?? ''));
  return isSure && said.says !== 'download' ? said : senseOfOther(sentence);
}

/** Of a sentence that is as short as a title, so that what may be a noun is a verb where it stands first. */
const mostWords = 5;

/** What the first sentence of a description does that nobody knows, a title standing before it. */
export function unknownInDescription({
  summary,
  description = '',
}: Pick<Operation, 'summary' | 'description'>): string | undefined {
  const [first = ''] = summary === undefined ? [] : sentencesOf(description);
  if (!/\p{Script=Han}/u.test(first))
    return leadingDeed(first).unknown ?? besideReadingInEnglish(first).unknown;
  return besideReading(first, first.length <= longestTitle).unknown;
}

/** Characters of a Chinese sentence that says what is done as a title does. */
const longestTitle = 16;

/** "Calling this endpoint will permanently delete …", "It also restarts …". */
const aboutItself =
  /^(?:(?:please )?(?:note|be aware)(?: that)?:? )?(?:(?:calling|invoking|requesting|accessing|hitting|visiting|opening|fetching|polling) (?:this|it|the)\b(?: (?:endpoint|api|operation|method|url|route|interface))?|(?:this|the) (?:endpoint|api|operation|method|call|request|action|command|route|interface)|(?:each|every|any|one|a single) (?:call|request|get|invocation|hit|visit|access|query|fetch|poll)(?: (?:here|to (?:it|this|the) ?\w*))?|this|it)(?:,? (?:(?:once|twice|again)|will|also|can|may|then|be|is|used|to|permanently|immediately|automatically|asynchronously|irreversibly))* (\w+)\b(?! (?:by|as|in|on|for|when|if|from|with)\b)/i;

/** "Needs no sign-in.", "Login is required": of whom, and not of what. */
const tellsCondition =
  /^(?:needs?|requires?|no|without|must|only|does(?:n['’]t| not) (?:need|require))\b|\b(?:required|needed|necessary|optional)\.?$/i;

/** What an interface is, and not what it does. */
const describesItself =
  /^(?:do|consume|count|follow|accept|receive|take|call|apply|allow|subscribe|authorize|scale|exchange)/;

/** "Has side effects", "permanently erases the account", "triggers a rebuild", however it goes on. */
const sideEffects =
  /(?<!\b(?:no|not|any|without|free of|free from)\b[^.]{0,20})\bside[- ]effects?\b(?! ?free)|\b(?:permanently|irreversibly|irrevocably) (\w+s)\b(?! redirect)|\btriggers? (?:an? )?(?:re\w+|job|build|sync|scan|restart)\b/i;

/** "Returns 204 after the robot has been started", "the id of the newly created user", "The door opens". */
const outcomes =
  /^(?:returns?|responds?(?: with)?|answers?) (?:an? |with )?(?:20\d|ok|true|nothing|success|no content)\b.{0,40}\b(?:after|once|when)\b.{0,40}\b(?:has|have) been (\w+ed|sent|run|set)\b|\bid of the (?:newly|just) (created|added|registered|inserted|generated|placed)\b|^the (?!\w+s\b)\w+ (?:is |are )?(opens|closes|locks|unlocks|reboots|restarts|rings|blinks|explodes|dropped|erased|wiped|deleted|destroyed|purged|restarted|rebooted)(?:\.|$| (?:for|immediately|instantly|at once|permanently|irreversibly)\b)/i;

function senseOfOther(sentence: string): Sense {
  const effect = sideEffects.exec(sentence) ?? outcomes.exec(sentence);
  if (effect !== null) return sense('change', effect[1] ?? effect[0].toLowerCase());
  const chinese = senseOfActing(sentence, false);
  if (chinese !== undefined) return chinese;
  const verb = aboutItself.exec(sentence)?.[1]?.toLowerCase() ?? '';
  const said = senseOfVerb([baseOf(verb)]);
  return said.says === 'change' && !describesItself.test(verb) ? said : besideInSentence(sentence).deed;
}

const done =
  /^(?:(?:the |an? )?(?:\w+ ){0,2}(?:(?:was|were|is|has been|have been) )?(?:successfully )?|successfully )(deleted|removed|cancell?ed|cleared|reset|restarted|stopped|started|sent|updated|disabled|enabled|revoked|approved|rejected|refunded)(?: successfully)?\.?$/i;

/** A success that is a deed done: "删除成功", "Order deleted". */
export function senseOfAnswers(responses: readonly DocumentedResponse[]): Sense {
  const said = responses
    .filter(({ status }) => status === '200')
    .map(({ description = '' }) => description.trim());
  for (const text of said) {
    const chinese = /^(.{2,12}?)(?:操作)?成功[!！。.]?$/u.exec(text)?.[1];
    const sensed = chinese === undefined ? nothing : (senseOfChinese(chinese) ?? nothing);
    if (sensed.says === 'change') return sensed;
    const word = done.exec(text)?.[1];
    if (word !== undefined) return sense('change', word);
  }
  return nothing;
}
