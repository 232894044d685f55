import { plainDeeds } from './english-deeds.ts';
import { nothing, type Sense, sense } from './sense.ts';
import { isVerb } from './verbs.ts';

/**
 * What titles and descriptions say that a call does, with no verb of change in front: something new is handed out ("Get a new
 * API key"), something is done by it ("mails are marked as seen"), something is counted up (浏览量自增, "UV+1").
 */

const credential =
  '(?:(?:api|access|secret|private|signing|ssh|client|auth|bearer|refresh|session|csrf|license|encryption|recovery|backup|activation|invite|invitation|pairing|download|upload|webhook|shared|user|verification|security|temporary|login|sign-?in) ){0,2}' +
  '(?:keys?|key ?pairs?|secrets?|tokens?|passwords?|passcodes?|passphrases?|pins?|otps?|tickets?|nonces?|credentials?|codes?|vouchers?|licen[cs]es?|certificates?|challenges?)';
const number =
  '(?:(?!page |version |phone |model |track |atomic )[a-z]+ ){0,2}(?:numbers?|no|ids?|identifiers?|serials?|sequence(?: values?| numbers?)?|counter|ticket|ticket numbers?|token|voucher|nonce)';
const asked =
  '(?:gets?|fetch(?:es)?|retrieves?|returns?|obtains?|requests?|reads?|polls?|draws?|takes?|provides?|gives?|shows?|receives?|acquires?|hands? out|responds? with)';
const one = '(?:(?:me|you|the (?:caller|client|user)) )?(?:(?:the|a|an|one|your|its|my|his|her|another) )?';
/** Behind it the thing itself is meant, and nothing that belongs to it: "a new token", and not "new token prices". */
const thatIsAll =
  '(?=$|[.,;:!()]| ?[—–-] | (?:for|from|to|and|which|that|with|each|every|on|by|in|per|if|when|so|pair|pairs|valid|using|via|without|instead|every time)\\b)';

const handedOut: readonly RegExp[] = [
  new RegExp(
    `^(?:please )?${asked} ${one}(?:(?:brand[- ]?)?new|fresh(?:ly \\w+)?|newly \\w+) ${credential}${thatIsAll}`,
    'i',
  ),
  new RegExp(`^${asked} another ${credential}${thatIsAll}`, 'i'),
  // Whoever asks again gets another one.
  new RegExp(
    `^(?:${asked} )?${one}(?:fresh |new |random )?(?:(?:one|single)[- ](?:time|use)(?:[- ]only)?|single[- ]?use|disposable|throw[- ]?away) (?:[a-z]+ )?(?:${credential}|links?|urls?)${thatIsAll}`,
    'i',
  ),
  new RegExp(
    `^(?:${asked} )?${one}(?:(?:next|following) (?:(?:free|available|unused|sequential|running|consecutive) )?|(?:free|unused) )${number}${thatIsAll}`,
    'i',
  ),
  new RegExp(
    `^${asked} ${one}(?:new|fresh) (?:(?:unique|order|invoice|serial|member|customer|account|ticket|sequence|tracking|case|document|transaction|reference|batch|running|queue) )+(?:numbers?|no|ids?|identifiers?|sequence)${thatIsAll}`,
    'i',
  ),
  /^(?:gets?|fetch(?:es)?|retrieves?|returns?|reads?) (?:the |an? )?(?:incremented|decremented|bumped|increased) (?:\w+ )?(?:value|counter|count|number|sequence)\b/i,
];

/** Plurals of what there are several of anyway: "Get new tickets". */
const several =
  /^\w+ (?:(?:brand[- ]?)?new) (?:\w+ ){0,2}(?:keys|secrets|tokens|tickets|codes|vouchers|certificates|licen[cs]es|challenges)\b/i;

const irregular: ReadonlyMap<string, string> = new Map(
  (
    'sent send written write overwritten overwrite taken take put put reset reset sold sell burnt burn spent spend withdrawn ' +
    'withdraw given give bought buy paid pay rebuilt rebuild rung ring frozen freeze unfrozen unfreeze bound bind unbound unbind ' +
    'undone undo shut shut lent lend begun begin run run rerun rerun set set'
  )
    .match(/\w+ \w+/g)
    ?.map((pair) => {
      const [participle = '', base = ''] = pair.split(' ');
      return [participle, base] as const;
    }),
);

/** Verbs of which a participle tells what a thing is like, or how it is shown: "amounts are rounded", "the account is locked". */
const states =
  /^(?:sort|order|group|limit|filter|report|support|score|rank|format|encode|encrypt|compress|convert|round|cache|store|name|label|match|date|time|price|rate|map|scale|share|offset|frame|compile|expire|require|help|enable|disable|block|close|open|publish|hide|protect|stop|pause|restrict|connect|attach|set|allocate|base|use|allow|forbid|call|sign|sample|scan|merge|split|trim|normali[sz]e|hash|mask|paginate|index|run|complete|finish|approve|reject|pay|book|accept|list|ship|deliver|number|track|tag|build|host|include|aggregate|calculate|recalculate|recompute|compute|replace|collect|import|sync|syncronize|process|print|backup|replicate|calibrate|adjust|optimi[sz]e|quote|write|throttle|audit|ignore|evaluate|assess|validate|verify|load|request|duplicate|transform|modify|review|unlock|lock|rename|resume|schedule|pin|mount|mute|ban|freeze|archive|cancel|assign|register|subscribe|bind|return|give|show|display|respond|provide|send)$/;
/** Unknown to the lists, or nouns as often as not. */
const deedsToo =
  /^(?:lease|mark|consume|increment|decrement|acknowledge|ack|dequeue|pop|charge|debit|credit|bill|reserve|claim|flag|discard|void|rotate|invalidate|reissue|issue|expire|bump|burn|notify|hold|queue|trigger|supersede|store|record|log|clear|empty|archive|move)$/;

function baseOf(participle: string): string | undefined {
  const known = irregular.get(participle);
  if (known !== undefined) return known;
  const stem = /^(\w{2,})ed$/.exec(participle)?.[1];
  if (stem === undefined) return undefined;
  const candidates = [
    `${stem}e`,
    stem,
    stem.replace(/(.)\1$/, '$1'),
    stem.replace(/i$/, 'y'),
    stem.replace(/ll$/, 'l'),
  ];
  return candidates.find((one) => isVerb(one) || plainDeeds.has(one) || deedsToo.test(one));
}

const byTheCall =
  '(?:(?:on|with|upon|after|at|by|for) (?:(?:each|every|this|the|a|any) )?(?:being )?(?:call|calls|request|access|read|reading|retrieval|fetch|poll|visit|delivery|download(?:ed|ing)?|viewed|viewing)' +
  '|(?:in the process|as a (?:side[- ]effect|result|consequence)|thereby|afterwards?|at once|immediately|instantly|in return|once (?:read|downloaded|returned|fetched|retrieved|delivered|viewed|seen|polled)|once (?:it|they) (?:is|are|has been|have been) (?:read|returned|fetched|retrieved)))';
const toWhom =
  '(?:(?:to|for|by) (?:the|this|that|its|your|whoever) (?:\\w+ )?(?:caller|client|consumer|worker|requester|user|customer|owner|recipient|number|phone|address|mailbox|agent|you|asks|calls))';
const whatBecomesOfIt =
  '(?:(?:as|to) (?:be )?(?:seen|read|unread|delivered|done|used|taken|viewed|opened|consumed|processed|busy|running|reserved|in progress|acknowledged|notified|downloaded|zero|the next one)|seen|read|used|delivered' +
  '|by (?:one|1)|for (?:\\d+|a few|the next \\d+) ?(?:s|ms|seconds|minutes|min|hours)|from (?:the|its|your) (?:\\w+ )?(?:queue|inbox|cart|basket|pool|stack|server|mailbox|buffer|list|store|database|cache)|(?:to|into) the (?:\\w+ )?(?:archive|trash|bin|log|history))';
const ifThereIsNone =
  '(?:(?:if|when|unless|where|in case) (?:there (?:is|are)|it|one|none|no|missing|absent|empty|necessary|needed|not|they|the \\w+ (?:does|do|is|has|was)|nothing)\\b.*|on demand|on (?:the )?first (?:access|use|call|read|request|visit))';

const noSubject =
  'that|which|who|whom|whose|where|when|whenever|if|once|whether|while|how|why|what|until|unless|because|since|as|before|after|for|of|with|by|in|on|only|not|no|returns?|gets?|lists?|shows?|fetch(?:es)?|retrieves?|is|are';
const passive = new RegExp(
  `^(?:(?:then|also|but|thereby|note that|note:|please note that|be aware that|which|and) )*(?<subject>(?:(?!(?:${noSubject})\\b)[\\w'’]+ ){0,5})(?<be>is|are|gets?|will be|will get|is being|are being|will then be|will also be) (?<adverbs>(?:(?:then|also|thereby|thereupon|subsequently|afterwards|immediately|automatically|permanently|at once|irreversibly|thus|hence|silently|atomically|newly|simultaneously) )*)(?<participle>[a-z]+)(?<rest>\\b.*)$`,
  'i',
);
/** What an answer is made of, and what is asked: nothing is lost that is left out of them. */
const ofTheAnswer =
  /\b(?:duplicates?|nulls?|empty|blanks?|whitespace|spaces?|html|tags?|fields?|columns?|prefix|suffix|results?|response|properties|property|values?|parameters?|params?|headers?|requests?|calls?|endpoint|api|service|method|operation|route|login|features?|timestamps?|dates?|ids?|amounts?|prices?|data|statistics|stats|reports?|metrics|figures|entities)\b/i;
const former =
  /\b(?:previous|prior|old|former|earlier|preceding|existing|last|current|outstanding|other|others|all)\b/i;
const messages =
  /^(?:an?|the|this|one|your)? ?(?:\w+ )?(?:e?-?mails?|sms|messages?|notifications?|codes?|otp|token|password|link|alerts?|reminders?|invitations?)\b/i;
const made =
  /^(?:create|generate|initialize|issue|register|assign|allocate|add|insert|start|open|provision|build|make)$/;

const complete = new RegExp(`^(?: ?(?:${byTheCall}|${toWhom}|${whatBecomesOfIt}))+$|^$`, 'i');
const onlyCalled = new RegExp(`^(?: ?(?:${toWhom}|${whatBecomesOfIt}))* ?${byTheCall}\\b`, 'i');
const none = new RegExp(`^ ?${ifThereIsNone}$`, 'i');

/** What becomes of an answer, and nothing else. */
const answering =
  /^(?:return|give|show|display|respond|provide|sort|order|group|filter|limit|round|format|calculate|recalculate|compute|recompute|cache|check|validate|verify|load|convert|encode|compress|hash|mask|paginate|aggregate|include|evaluate|allow|require|support|report|use|call|list|quote|sample|refresh|update|rate|throttle|ignore)$/;
const ends =
  /^(?:revoke|invalidate|replace|delete|discard|void|rotate|supersede|overwrite|cancel|remove|expire)$/;
/** Other times than that of the call. */
const otherTimes =
  /^(?:daily|weekly|hourly|monthly|every|periodically|automatically$|by\b|on log|after (?:\d|a |an |one |two |some |several ))/i;
const otherCauses = /^(?:when|if|once|after|on|daily|weekly|hourly|monthly|every|by|automatically$)\b/i;
const thereupon = /\b(?:then|thereby|thereupon|subsequently|afterwards|immediately|at once)\b/i;
const handedOver = /\b(?:returned|fetched|retrieved|delivered|polled|received)\b/i;

/** "mails are marked as seen", "a new one is created when there is none", "it will be removed from the queue". */
function doneByCall(clause: string): string | undefined {
  const parts = passive.exec(clause)?.groups;
  if (parts === undefined) return undefined;
  const { subject = '', be = '', adverbs = '', participle = '', rest = '' } = parts;
  const base = baseOf(participle.toLowerCase());
  if (base === undefined || answering.test(base)) return undefined;
  const behind = rest.trim().replace(/[.!]+$/, '');
  const isHere = onlyCalled.test(behind) || thereupon.test(adverbs);
  const isDone =
    isOfFormer(base, subject, behind) ??
    isSent(base, subject, behind) ??
    isMade(base, subject, behind, isHere) ??
    isOf(base, { subject, behind, isHere, willBe: /^will/i.test(be), isGoingOn: goesOn.test(clause) });
  return isDone ? `${be} ${participle}`.toLowerCase() : undefined;
}

const goesOn = /^(?:which|and|then)\b/i;

function isOfFormer(base: string, subject: string, behind: string): boolean | undefined {
  return former.test(subject) && ends.test(base) ? !otherTimes.test(behind) : undefined;
}

function isSent(base: string, subject: string, behind: string): boolean | undefined {
  return base === 'send' ? messages.test(subject) && !otherCauses.test(behind) : undefined;
}

/** Another one is made, or the one that is missing. */
function isMade(base: string, subject: string, behind: string, isHere: boolean): boolean | undefined {
  if (!made.test(base)) return undefined;
  const isAnother = /\b(?:new|another)\b|^one\b/i.test(subject);
  return none.test(behind) || (isAnother && (isHere || complete.test(behind)));
}

interface Passive {
  readonly subject: string;
  readonly behind: string;
  /** What follows says that it happens now. */
  readonly isHere: boolean;
  readonly willBe: boolean;
  readonly isGoingOn: boolean;
}

function isOf(base: string, { subject, behind, isHere, willBe, isGoingOn }: Passive): boolean {
  if (subject.trim() === '' && !isGoingOn) return false;
  const isAnswer = ofTheAnswer.test(subject);
  if (states.test(base) && !handedOver.test(subject)) return isHere && !isAnswer;
  return (!isAnswer || isHere || willBe) && (isHere || complete.test(behind));
}

/** "(created if missing)", "deleted after reading". */
const participleAlone = new RegExp(
  `^(?:(?:and|then|is|are) )*(?<participle>[a-z]+(?:ed|sent|reset)) (?:${byTheCall}|(?:if|when) (?:missing|absent|needed|necessary|none|not (?:found|present|there|existing)|(?:it|they) (?:does|do) not exist|there is none)|on (?:the )?first (?:access|use|call|read))$`,
  'i',
);

function participleOf(clause: string): string | undefined {
  const { participle = '' } = participleAlone.exec(clause)?.groups ?? {};
  const base = baseOf(participle.toLowerCase());
  return base === undefined || states.test(base) ? undefined : participle.toLowerCase();
}

/** "each call invalidates the previous one". */
const eachCall =
  /^(?:and )?(?:each|every|any|one|this) (?:new )?(?:call|request|read|access|fetch|poll|visit|view|get|invocation)(?: (?:to|of) (?:it|this endpoint|the endpoint))? (?:(?:will|also|then|automatically|immediately) )*(?<verb>[a-z]+)\b(?!.*\b(?:against|quota|limits?|budget|allowance|credits?)\b)/i;
const changes =
  /^(?:invalidate|revoke|rotate|reset|delete|remove|increment|decrement|increase|decrease|bump|create|generate|issue|replace|clear|consume|extend|renew|mark|charge|deduct|advance|update|overwrite|trigger|send|lock|burn|expire|discard|reserve|add|write|append|start)s?$/i;

/** What is no good any more once there is another one. */
const noLongerGood =
  /^(?:and )?(?:the |any |all )?(?:previous|prior|old|former|earlier|preceding) (?:\w+ ){0,3}(?:becomes? (?:invalid|void|useless)|stops? working|loses? (?:its )?validity|expires?(?: at once| immediately)?$)/i;

function afterCall(clause: string): string | undefined {
  const { verb = '' } = eachCall.exec(clause)?.groups ?? {};
  if (changes.test(verb)) return verb.toLowerCase();
  return noLongerGood.exec(clause)?.[0].toLowerCase();
}

const countedThings =
  '(?:page ?)?(?:views?|hits?|counter|count|uv|pv|vv|clicks?|reads?|visits?|downloads?|plays?|likes?|impressions?)';
const countedUp = new RegExp(
  `\\b${countedThings}(?: (?:count|counter|number|is|are))? ?(?:[+＋] ?1(?!\\d)|\\+\\+)|(?<![\\w)])[+＋] ?1 (?:to )?(?:the )?${countedThings}\\b|\\b${countedThings} (?:plus one|(?:goes|go) up(?: by (?:one|1))?)\\b`,
  'i',
);
const countedUpInChinese =
  /(?:\p{Script=Han}{0,3}[量数值器]|计数|次数?|UV|PV|VV|热度|人气)\s*(?:就|会|将|都|即|便|自动|随之|相应|同时|的值)*\s*(?:自增|递增|累加|自加|加\s*[一1１]|\+\+|[+＋]\s*[1１一]|增加\s*[1１一])(?!\d|[的列键长序主至到]|字段|\s*[=＝])/iu;

/** A number or a secret that nobody had before. */
const handedOutInChinese =
  /^(?:获取|取得?|领取?|申请|返回|换取?|获得|得到|请求|拿到?|分发|派发)(?:[一1]?[个张枚组条份])?的?(?:全?新(?![品闻增手房人车股版建客老用郎])的?|下一?[个张枚位条]?|一次性的?|未使用的?|随机的?(?=.*(?:密[码钥]|令牌|口令)))[\p{Script=Han}\w\s]{0,8}?(?:(?<![型版电番账帐页档句信符批]|版本|手机)号码?|编号|编码|序号|密[钥匙]|秘钥|令牌|凭[证据]|口令|密码|票据|邀请码|兑换码|激活码|提货码|授权码|取件码|token|key|secret|ticket|nonce|id)$/iu;
/** 获取一个号, and not 获取一个手机号. */
const oneOfMany =
  /^(?:获取|领取?|申请|取得?|拿到?)[一1][个张]\p{Script=Han}{0,4}(?<![型版电机账帐页句信])(?:号码?|编号|序号)$/u;
const formerInChinese =
  /(?:^|[，,；;。（(、])(?:同时|并且?|则|且|会|将|使)*(?:旧的?|原来?的?|原有的?|之前的?|先前的?|此前的?|上一?[个张次枚条]的?|前一?[个张次枚条]的?|老的?)(?!版|接口|数据|用户)[\p{Script=Han}\w]{0,8}?(?:随即|立即|立刻|马上|自动|同时|将会?|会|即|随之|就|便|被|也)*(?:失效|作废|吊销|注销|替换|废止|覆盖|不再有效|过期)(?=$|[，,。；;！!）)])/u;
const passiveInChinese =
  /(?:^|[，,；;。（(])(?!(?:如果?|若|当|是否|已|未|可能|不))[\p{Script=Han}\w]{0,8}?(?<!可能|是否|不|不会|未|已|已经|曾|若|如|时)(?:会|将|随即|立即|自动|同时|即|就|随后|并)*被(?:自动|立即|同时)*(?:标记|标为|置为|设为|删除|移除|锁定|占用|租用|消费|清空|清零|重置|作废|吊销|撤销|领取|领走|取走|扣减|扣除|分配给|归档|销毁)(?![^，,。；;）)]*(?:的|者|时|后|则|返回|过滤|排除))[^，,。；;）)]{0,10}(?=$|[，,。；;！!）)])/u;

function inChinese(text: string): string | undefined {
  const asked = text.replace(/(?:接口|API|。)+$/iu, '').trim();
  const found =
    handedOutInChinese.exec(asked) ??
    oneOfMany.exec(asked) ??
    formerInChinese.exec(text) ??
    passiveInChinese.exec(text);
  return found?.[0].replace(/^[，,；;。（(]/u, '');
}

/** Characters of a text that are judged. */
const longest = 1000;
const mostClauses = 16;

function clausesOf(text: string): readonly string[] {
  return text
    .slice(0, longest)
    .split(
      /[,;()[\]]+|[.!?:](?=\s|$)|\s[—–-]+\s|\s(?=(?:and|but|then) (?:it|they|the|its|their|this|that|these|those|an?|any|each|every|is|are|then|also) )/u,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .slice(0, mostClauses);
}

/**
 * What a text says that the call does, beside what it begins with.
 *
 * @param isTitle Whose first clause names what is looked at ("User is locked"), while a sentence tells what is done.
 */
export function effectOf(text: string, isTitle: boolean): Sense {
  const written = text.slice(0, longest);
  const counted = countedUpInChinese.exec(written)?.[0] ?? countedUp.exec(written)?.[0];
  if (counted !== undefined) return sense('change', counted.toLowerCase());
  if (/\p{Script=Han}/u.test(written)) {
    const said = inChinese(written);
    return said === undefined ? nothing : sense('change', said);
  }
  const clauses = clausesOf(written);
  const word = clauses.reduce<string | undefined>(
    (found, clause, index) => found ?? effectOfClause(clause, isTitle && index === 0),
    undefined,
  );
  return word === undefined ? nothing : sense('change', word);
}

function effectOfClause(clause: string, isName: boolean): string | undefined {
  const given = several.test(clause)
    ? undefined
    : handedOut.find((one) => one.test(clause))?.exec(clause)?.[0];
  if (given !== undefined) return given.trim().toLowerCase();
  return afterCall(clause) ?? (isName ? undefined : (doneByCall(clause) ?? participleOf(clause)));
}
