import { hasObject, likelyDeeds, plainDeeds } from './english-deeds.ts';
import { isNoun } from './english.ts';
import { isVerb } from './verbs.ts';
import { plainNouns, readingEnds, readingVerbs, titleVerbs, verbsAlone } from './english-words.ts';

/**
 * Names of a verb and its object that no list knows: "Latch gate", `homeRobot`, "Roll keys" at `/keys/roll`. English writes
 * nouns like that as well, so that one never knows more than that something may be done.
 */

/**
 * The verb of a name of a few words.
 *
 * @param words Of the name.
 * @param parts The fixed parts of its path as words, which tell of things: `/amap/location`, and `/broken-amap` beside `amap-broken`.
 * @param isOfOne The last of them stands behind a parameter: `/vessels/{id}/berth`.
 */
export function bareOrder(
  words: readonly string[],
  parts: readonly (readonly string[])[],
  isOfOne: boolean,
): string | undefined {
  const own = untilPreposition(words);
  const [verb = '', ...rest] = own;
  const last = rest.at(-1) ?? '';
  if (own.length < 2 || own.length > mostWords) return undefined;
  if (rest.length === 1 && isHandled(verb, last)) return verb;
  if (isOfOne && isDoneToAbove(words, parts)) return verb;
  if (!mayBeVerb(verb)) return undefined;
  // The object and then what is done to it, as paths are written and no noun is.
  const isGerund = own.length === words.length && /^\w{3,}ing$/.test(last);
  const isReversed = parts.length > 1 && parts.at(-1)?.join(' ') === verb && !isGerund;
  if (isReversed) return readingEnds.has(last) || links.test(rest[0] ?? '') ? undefined : verb;
  if (isPut(words)) return verb;
  const before = parts.slice(0, -1).flat();
  if (ofPlaces.test(last) && !isKnown(verb)) return undefined;
  if (lookups.test(own.join(' '))) return undefined;
  const isThing = !isKnown(verb) && (before.includes(verb) || parts.at(-1)?.includes(verb) === true);
  const isMany = !isKnown(verb) && /[^s]s$/.test(last);
  const isView = !isKnown(verb) && views.test(last);
  return isThing || isMany || isView || nouns.has(verb) || isCounted(last) || !hasObject(own)
    ? undefined
    : verb;
}

/** "Berth vessel" at `/vessels/{id}/berth`, "Weigh in parcel" at `/parcels/{id}/weigh-in`: what there is of it would be the vessel's berth. */
function isDoneToAbove(words: readonly string[], parts: readonly (readonly string[])[]): boolean {
  const done = parts.at(-1) ?? [];
  const above = parts.at(-2)?.at(-1) ?? '';
  const [verb = ''] = done;
  const isSaid = done.length > 0 && done.every((word, index) => words[index] === word);
  const object = words.slice(done.length).filter((word) => !/^(?:an?|the|this|to)$/.test(word));
  const isOfAbove = object.length > 0 && isSameThing(object[0] ?? '', above);
  return (
    isSaid && isOfAbove && object.length < 3 && ![readingVerbs, readingEnds].some((own) => own.has(verb))
  );
}

function isSameThing(one: string, many: string): boolean {
  return (
    one.length > 1 &&
    (many === one || many === `${one}s` || many === `${one}es` || many === one.replace(/y$/, 'ies'))
  );
}

/** What is looked at, of whatever it is: "Vessel schedule". */
const views =
  /^(?:schedule|quote|manifest|timetable|ledger|register|roll|roster|tariff|menu|matrix|outlook|forecast|ranking|breakdown|digest|bulletin|agenda|occupancy|allowance|threshold|availability|outage|capacity|lineup|brochure|syllabus|curriculum|logbook|scoreboard|standings)$/;
/** Where something is and has been: "Vehicle track". */
const ofPlaces = /^(?:tracks?|trajectory|trajectories|route|routes|trail|path|position|whereabouts)$/;
/** "Reverse geocode": looked up the other way round. */
const lookups = /^reverse (?:geo ?\w+|lookup|dns|search|image|image search|proxy|ip|whois|translation)$/;

/** More are a sentence. */
const mostWords = 3;
const links = /^(?:of|by|for|from|in|on|per|with|and|or|is|are|to)$/;

/** "Put order on hold", `takeNodeOutOfService`. */
function isPut(words: readonly string[]): boolean {
  return /^(?:put|place|bring|set|take) .*\b(?:on|into|in|off|out of|back|away|aside)\b/.test(
    words.join(' '),
  );
}

/** "Burn card", `touchKey`, `homeRobot`: of things that are nouns behind other nouns as well. */
function isHandled(verb: string, last: string): boolean {
  if (verb === 'home') return /^(?:robot|motor|axis|axes|printer|gimbal|drone|arm|stage)$/.test(last);
  return isKnown(verb) && /^(?:bed|card|key|point)$/.test(last) && !ofNouns.test(`${verb} ${last}`);
}

const ofNouns =
  /^(?:(?:gift|charge|credit|debit|report|time|place|sim|book|order|group|issue|vote|score|file|message|business|store|build|flash|price|share|bill|call|date|page) card|(?:sort|tag|label|map|file|group|order|page|store|message|issue|record|share|signal|log|report|switch|arm|build|commit|print|zone|time|price|date|snap|book|seed|mount|cast|form|board) (?:key|point)|(?:touch|hit|drop|grade|pick|data|reward|price|start|stop|control|check|mount|charge|release|reset|flash|break|boiling|pulse|patch|strike|tap|focus|fire|collect|score|rate|call|place|relay|step|charge|transfer|stage|vote) point|(?:seed|flower|hold|water|tie|day|stage) bed)$/;

/** `frame1`, "PDF 2": which one. */
function isCounted(last: string): boolean {
  return /\d|^(?:new|test|demo|more|location)$/.test(last);
}

function untilPreposition(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word, index) => index > 1 && /^(?:in|on|of|for|from|by|with|to|at|into|out|off)$/.test(word),
  );
  return at === -1 ? words : words.slice(0, at);
}

function isKnown(word: string): boolean {
  return plainDeeds.has(word) || likelyDeeds.has(word) || titleVerbs.has(word) || verbsAlone.has(word);
}

/** By its form it is no noun and no adjective, and it is neither looked at nor reads. */
function mayBeVerb(word: string): boolean {
  if (isKnown(word)) return true;
  return (
    /^[a-z]{3,}$/.test(word) &&
    ![readingVerbs, readingEnds, plainNouns, nouns].some((own) => own.has(word)) &&
    !isNoun(word) &&
    !isVerb(word) &&
    /[aeiouy]/.test(word) &&
    !otherForms.test(word)
  );
}

const otherForms =
  /(?:able|ible|ful|ous|ic|ary|ory|ist|ism|ey|[^aeiou]y|a|o|i|u|lm|est|hood|dom|ette|th|phone|graph|gram|ium|um|us)$/;

/** What others stand behind, and nobody does to them. */
const nouns = new Set(
  `recent current latest frequent urgent standard example sample delay order admin auth fruit page frame apex more biz pdf sitemap label log app web api mobile client server host node cluster table row cell
  column game team club school class room hotel bank loan bond fund gold coin rent tax food meal wine bread   road train ship boat plane bus taxi truck fleet cargo lane port dock gate site plot land farm field yard park tree
  book text word term note topic event alert task job step phase goal plan deal lead sale cost cent price brand model
  part unit lot batch bin rack shelf aisle zone shift crew staff guest member patient ward bed drug lab blood heart
  sensor meter pump valve relay lamp light smoke water power heat steam gas oil coal wind solar fuel engine motor
  door window wall floor roof house home street town state world globe moon sun star sky rain snow storm flood
  mail inbox chat voice call phone text sound song track album film movie clip frame scene pixel font icon theme skin
  stock share asset debt bill check card cash budget tariff trade market auction merchant vendor agent partner
  student teacher exam quiz grade score lesson course campus degree thesis library grant project sprint backlog epic
  story branch commit diff pull tag release build test code source target root parent child peer group role scope
  device gateway router switch channel signal band beacon probe track fence route trip stop fare seat cabin flight
  night day noon hour minute second quarter season spring summer autumn winter east west north south left right
  main base core default global local public private open closed free full half single double triple first last next
  max min top best good bad big small large short long high low mid near far hot cold warm cool dry wet raw real live
  sub super meta micro macro multi mini auto self cross inter intra pre post non smart sub swagger captcha cron redis
  kafka nginx docker mysql mongo elastic`.split(/\s+/),
);

/** `unstack`, `unhook`: nothing but verbs are built like that. */
function isUndoing(word: string): boolean {
  const root = /^un([a-z]{3,})$/.exec(word)?.[1] ?? '';
  return plainDeeds.has(root) || likelyDeeds.has(root);
}

/** `buyback`, `rollout`, `cutover`: what is done, and seldom what there is. */
const phrasal =
  /^(?:buy|roll|claw|phase|wind|power|cut|kick|lock|opt|carry|pull|stand|spin|knock|charge|boot|hand|take|bring|switch)(?:back|out|over|off|up|down|in|on|away)$/;

/** Where a path is all that is known: `/seat/hold`, `/keys/roll`, `/sign/do`, `/member/{id}/level/up`. */
export function deedLast(parts: readonly (readonly string[])[]): string | undefined {
  const [verb = '', ...rest] = parts.at(-1) ?? [];
  const before = parts.at(-2)?.at(-1) ?? '';
  if (!/^[a-z]{3,}$/.test(before) || rest.length > 0 || before === 'news' || isNoun(verb)) return undefined;
  if (/^(?:do|up|down)$/.test(verb))
    return /^(?:trending|going|page|scroll)$/.test(before) ? undefined : verb;
  if (
    isUndoing(verb) ||
    phrasal.test(verb) ||
    (plainDeeds.has(verb) && verb !== 'blacklist') ||
    /^(?:hold|bounce|taint|raise|bump|toss|nudge|swipe|jump|kick|fold|throw)$/.test(verb)
  )
    return verb;
  const isMany = /[a-z]{2}(?<!s)s$/.test(before);
  return isMany &&
    likelyDeeds.has(verb) &&
    !nouns.has(verb) &&
    !plainNouns.has(verb) &&
    /^(?:roll|crop|stamp|stage|burn|prime|flash|flip|shake|spin|split|swap|tip|trim|twist|vent|zero|steer|rotate|fire|drop|drain|dose|deploy|cast|brew)$/.test(
      verb,
    )
    ? verb
    : undefined;
}
