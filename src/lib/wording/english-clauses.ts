import type { Beside } from './clauses.ts';
import { isVerb } from './verbs.ts';
import { determiners, hasObject, likelyDeeds, plainDeeds } from './english-deeds.ts';
import { downloadWords, readingEnds, readingVerbs, removing, verbClasses } from './english-words.ts';
import { nothing, sense } from './sense.ts';
import { soundsLikeTelling } from './telling.ts';
import { wordsIn } from './words.ts';

/** What an English title says behind what it reads: "Fetch token, rotating the old one", "Look up user, creating it if missing". */

const none: Beside = { deed: nothing };

/** Of a clause; behind them stands nothing that is done. */
const mostWords = 64;
/** More clauses tell how. */
const mostClauses = 12;

/** What the clauses behind the first one do. */
export function besideReadingInEnglish(title: string): Beside {
  const [first = '', ...later] = clausesOf(title)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .slice(0, mostClauses);
  const judged = [
    warning(title),
    ...later.map((clause) => judgeClause(wordsIn(clause))),
    ...later.map((clause) => removal(wordsIn(clause))),
    ...joinedIn(first),
    ...later.flatMap(joinedIn),
    ...later.map(onEachCall),
    ...[first, ...later].map(behindPreposition),
  ];
  return (
    judged.find(({ deed }) => deed !== nothing) ?? judged.find(({ unknown }) => unknown !== undefined) ?? none
  );
}

function clausesOf(title: string): readonly string[] {
  return title.split(/[,;()[\]<>{}|/\\+&*~→⇒➜•·…=【】《》]+|[.!?:](?=\s)|\s?[—–]\s?|\s-+\s|-{2,}/u);
}

/** "(destructive)", "not idempotent": that something is done, and not what. */
function warning(title: string): Beside {
  const found = warnings.exec(title)?.[0];
  return found === undefined ? none : deed(found.toLowerCase());
}

const warnings =
  /(?<!\b(?:not?|non|never|isn['’]t)\b[ -]?)\b(?:destructive|irreversible)\b|\b(?:not|non|isn['’]t)[ -](?:idempotent|read[ -]?only|reversible)\b/i;

/** "Get report / delete old data": of the verbs in their plain form only these tell, as the others say how to ask. */
function removal(words: readonly string[]): Beside {
  const [verb = '', next = '', ...rest] = words.slice(words.findIndex((word) => !leads.test(word)));
  const isRemoved = determiners.has(next) || (rest.length > 0 && /^\w+ed$/.test(next));
  return removing.has(verb) && verb !== 'set' && verb !== 'save' && isRemoved ? deed(verb) : none;
}

/** What a sentence does that goes on where another one ended: "Reorders when low". */
export function besideInSentence(sentence: string): Beside {
  const [first = ''] = sentence.split(/[,;()]+/);
  const words = wordsIn(first);
  return words[0]?.endsWith('ing') === true ? none : judgeClause(words);
}

const leads = /^(?:and|or|then|also|but|thereby|so|\w{3,}ly|afterwards?)$/;

/** Of two words, and no noun: "hangs up idle ones". */
const phrases =
  /^(?:hangs up|(?:shuts|tears|takes|brings|powers) down|(?:turns|powers|switches) (?:on|off)|(?:kicks|locks|logs|signs|checks|wipes|cashes|pays) out|wakes up|(?:cuts|shuts|pays|writes|signs) off)$/;

function judgeClause(words: readonly string[]): Beside {
  const start = words.findIndex((word) => !leads.test(word));
  const [verb = '', next = '', ...rest] = start === -1 ? [] : words.slice(start);
  if (/^\w{2,}ing$/.test(verb)) return judgeGerund(verb, next);
  if (phrases.test([verb, next].join(' '))) return deed(verb);
  const base = rootOf(verb);
  // "creates one when none exists", "marks as read"; "tags" and "updates daily" are no deeds.
  const isTold =
    base !== verb && !telling.test(base) && (articles.test(next) || /^(?:as|when|if|once|upon)$/.test(next));
  if (
    isTold &&
    isDeed(base) &&
    !/^(?:update|refresh|change|expire|support|require|help|date|time|list)$/.test(base)
  )
    return deed(base);
  if (base !== verb && isPlain(base) && next !== '' && !noObject.test(next) && !isNoun(words.slice(start)))
    return deed(base);
  if (base === verb && isDeed(base) && /^(?:it|them)$/.test(next) && rest.length < 4) return deed(base);
  // "Verify the phone, then log in".
  return words[0] === 'then' && isDeed(base) && base === verb ? deed(base) : none;
}

/** Hardly a noun in the plural: "deletes old data", and not "sets", "changes". */
function isPlain(base: string): boolean {
  const at = verbClasses.findIndex(({ verbs }) => verbs.has(base));
  return (at === 0 || at === 1 || sureToo.test(base)) && !pluralNouns.test(base);
}

const sureToo =
  /^(?:cancel|restart|reset|reload|rebuild|send|restore|submit|publish|execute|trigger|reboot)$/;
const pluralNouns =
  /^(?:set|save|add|edit|update|write|change|make|drop|mark|replace|pin|pop|spin|bet|exit|quit|award|hack|hire|urge|increase|decrease|grant|boost|kick|kill|ban|mute|exempt|permit|topup|inc|dec|reclaim|retune|reissue|reward|remap|relabel|redo|undo|retire|shred|hide|zoom|seek|drag|scale|encode|accept|gamble|recall|rollback|failover|cashout|payout|writeoff|moderate|upvote|downvote|dislike|recount|recheck|repost|delegate|capitalize|dial|halt|append|exploit|rewind|emit|refill|refuel|persist)$/;
/** What makes a noun of the word in front, or tells of when. */
const noObject =
  /^(?:of|by|for|from|in|on|at|per|with|and|or|to|is|are|was|were|only|daily|weekly|hourly|automatically|periodically|as|when|if|not|count|included|excluded|omitted)$/;

/** "Deletes count": of which there is something to be looked at. */
function isNoun(words: readonly string[]): boolean {
  if (words[1]?.endsWith('ed') === true && (words.length < 3 || noObject.test(words[2] ?? ''))) return true;
  return words.length < 4 && readingEnds.has(words.at(-1) ?? '') && !determiners.has(words[1] ?? '');
}

/** "The report is rebuilt on each call". */
function onEachCall(clause: string): Beside {
  const found =
    /\b(?:is|are|gets?|will be) \w+(?: \w+){0,2} (?:on|with|upon|after|at) (?:each|every) (?:call|request|access|read|view|visit)\b/i.exec(
      clause,
    )?.[0];
  return found === undefined ? none : { deed: nothing, unknown: found };
}

/** "Get the counter after incrementing it", "Tests the webhook by sending an event"; "by setting a filter" tells how to ask. */
function behindPreposition(clause: string): Beside {
  const words = wordsIn(clause).slice(0, mostWords);
  const judged = words.map((preposition, index) => {
    const [verb = '', next = ''] = words.slice(index + 1, index + 3);
    const isMeant =
      /^(?:after|while)$/.test(preposition) ||
      (preposition === 'by' &&
        /^(?:send|emitt|post|delet|creat|fir|trigger|writ|restart|call)ing$/.test(verb));
    return isMeant && /^\w{2,}ing$/.test(verb) && determiners.has(next) ? judgeGerund(verb, next) : none;
  });
  return judged.find(({ deed: said }) => said !== nothing) ?? none;
}

/** Of what is read these say more. */
const describing =
  /^(?:includ|contain|us|exclud|sort|start|beginn|end|rang|match|show|list|belong|pertain|relat|regard|concern|accord|depend|filter|return|be|hav|follow|pend|upcom|remain|miss|exist|ongo|outstand|group|cover|describ|indicat|support|allow|giv|provid|consider|assum|omitt|ignor|limit|trend|span|combin|respect|account|read|display|count|represent|reflect|specify|stat|pag|order|aggregat|averag|summariz|search|look|keep|starring|stream|wait|work|offer|mean|correspond|point|refer|exceed|expir|enabl|defin|identify|explain|detail|report|join|bear|mak)ing$/;
/** What is named like this is looked at. */
const nouns =
  /^(?:shipp|bill|pric|book|rat|sett|track|build|meet|train|bank|hous|mark|market|open|clos|land|mapp|park|plann|process|programm|runn|schedul|shar|shopp|sign|test|trad|vot|writ|stak|lend|fund|stream|monitor|logg|report|rank|list|spell|mean|head|draw|draft|point|file|fil|warn|sav|earn|spend|hold|offer|find|train|clean|licens|messag|nam|rout|scor|pair|tim|stor|cach|index|brand|financ|hear|wed|even|morn|str|k|r|th)ing$/;

function judgeGerund(verb: string, next: string): Beside {
  if (next === '' || describing.test(verb)) return none;
  const stem = verb.slice(0, -3);
  const base = [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')].find(
    (one) => isDeed(one) || readingVerbs.has(one),
  );
  if (base !== undefined && readingVerbs.has(base) && !isDeed(base)) return none;
  if (nouns.test(verb) && !determiners.has(next)) return none;
  if (base !== undefined) return deed(base);
  return determiners.has(next) ? { deed: nothing, unknown: `${verb} ${next}` } : none;
}

/** "count the click": what is counted goes up. */
const counted = /^(?:click|view|visit|hit|access|download|usage|impression|attempt)$/;

/** "Check availability and hold the room", "Export data and email a link". */
function joinedIn(clause: string): readonly Beside[] {
  const words = wordsIn(clause).slice(0, mostWords);
  return words.flatMap((joiner, index) => {
    const [verb = '', next = '', noun = ''] = words
      .slice(index + 1, index + 8)
      .filter((word) => !leads.test(word));
    if (
      index === 0 ||
      words.slice(0, index).includes('to') ||
      !/^(?:and|then)$/.test(joiner) ||
      !determiners.has(next)
    )
      return [];
    if (/^(?:count|log|record|track)s?$/.test(verb) && counted.test(noun)) return [deed(verb)];
    if (/^(?:that|those|all|these|this|their|his|her|our|my|your)$/.test(next)) return [];
    const base = rootOf(verb);
    if (readingVerbs.has(base) || (base !== verb && (telling.test(base) || !/[^s]s$/.test(words[0] ?? ''))))
      return [];
    return isDeed(base) ? [deed(base)] : [];
  });
}

/** What begins a title and is a verb that nothing else knows: "Sweep expired sessions", "Ping all subscribers". */
export function leadingDeed(title: string): Beside {
  const [clause = ''] = clausesOf(title);
  const words = wordsIn(clause);
  const [verb = '', next = '', ...rest] = words;
  const text = words.join(' ');
  const base = rootOf(verb);
  if (soundsLikeTelling(text) || specials.some((pattern) => pattern.test(text))) return deed(base);
  if (plainDeeds.has(base) && (base === verb || determiners.has(next))) return deed(base);
  if (!likelyDeeds.has(base) || compounds.test(text)) return none;
  if (base !== verb) return !telling.test(base) && articles.test(next) && rest.length > 0 ? deed(base) : none;
  if (determiners.has(next) && !/^(?:all|any|some|each|every|new|old)$/.test(next)) return deed(base);
  if (next === 'as' || /^by (?:e?mail|sms|link|phone|text|post|fax)$/.test([next, ...rest].join(' ')))
    return deed(base);
  if (words.length === 1) return alone.test(verb) ? { deed: nothing, unknown: verb } : none;
  return hasObject(words) || /^(?:at|in|out|off|up|down|to)(?: \w+)?$/.test([next, ...rest].join(' '))
    ? { deed: nothing, unknown: verb }
    : none;
}

const articles = /^(?:the|a|an|it|its|them|your|his|her|this|one)$/;
/** Things, whoever does something to others by that verb. */
const compounds = /^(?:audit trails?|paper trails?)(?: |$)/;
/** "Reports the state": of a third person these only tell. */
const telling =
  /^(?:report|support|offer|feature|note|name|score|rank|label|cover|order|sort|date|group|watch|help|mirror|guide|frame|compile|reach|stack|sound|weight|time|target|balance|map)$/;
/** Alone the others are things. */
const alone =
  /^(?:bid|fold|honk|nudge|poke|shout|wave|jump|kick|kiss|hug|knock|snooze|spin|swipe|shred|steer|stun|throw|toast|tip|warn|raise|flush|cheer|dance|fight)$/;

/** Deeds that begin with a verb that may read, and such as are told by two words. */
const specials: readonly RegExp[] = [
  /^ping (?:all|every|each|everyone)\b/,
  /^(?:go home|(?:mass|bulk|blast) (?:e?mail|sms)s?|power cycle \w+|cut (?:the )?power|call (?:the )?(?:police|ambulance|elevator|lift)|tweet|post (?:a )?tweet)$/,
  /^(?:(?:crash|brick) (?:the )?(?:server|device|system|phone|router)|flash (?:the )?(?:firmware|rom|bios|device)|roll (?:the )?dice|fire (?:the )?(?:missiles?|rockets?|weapons?|guns?))$/,
  /^(?:water (?:the )?(?:plants?|garden|lawn)|(?:admit|discharge|dose) (?:the |a )?patients?|grade (?:the |an? )?(?:exams?|homework|papers?|essays?))$/,
  /^(?:deal|shuffle|swap) (?:the )?(?:cards?|slots|seats|hands|places)$/,
  /^(?:gift|award|credit|deduct) (?:\w+ )?points$/,
  /^collect (?:the )?(?:garbage|payments?|fees?|debts?|tax|taxes|rents?|rewards?|coins?|bonus|dues|parcel|package)$/,
  /^(?:obtain|get|take|grab|acquire) (?:an? |the )?(?:\w+ )?(?:lock|lease|mutex)$/,
  /^(?:obtain|take|grab|acquire) (?:an? |the )?(?:\w+ )?slot$/,
  /^load (?:\w+ ){1,3}into\b/,
  // A policy of an insurer, and an order of a factory.
  /^(?:surrender|renew|reinstate|endorse|lapse|void|underwrite|bind) (?:an? |the )?policy$/,
  /^release (?:an? |the )?(?:work|production|purchase|sales|manufacturing|blocked|held) orders?$/,
  /^try (?:my|your|the|an?|again|it)\b/,
  /^bar (?:\w+ )?calls?$/,
  /^(?:step|stand|back|stay|clock|punch|swipe|badge|dial|tune|phase|buzz) (?:down|up|in|out)\b/,
  /^(?:give|withhold|withdraw) (?:\w+ )?(?:consent|notice|permission|feedback|kudos|thanks)$/,
  /\bnew (?:\w+ ){1,2}(?:(?:each|every) time|(?:for|on|with|per) (?:each|every) (?:call|request))\b/,
];

function deed(word: string): Beside {
  return { deed: sense('change', word) };
}

function isDeed(word: string): boolean {
  return (isVerb(word) && !downloadWords.has(word)) || plainDeeds.has(word) || likelyDeeds.has(word);
}

/** `creates` → `create`. */
function rootOf(word: string): string {
  const candidates = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
  return candidates.find((one) => isDeed(one) || readingVerbs.has(one)) ?? word;
}
