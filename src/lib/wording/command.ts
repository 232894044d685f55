import { normalForm } from '../text/normal-form.ts';
import { isObject, type Json } from '../../model/json.ts';
import { senseOfAddressPath } from './address.ts';
import { formsOf } from './encoded.ts';
import { leadsInside } from './leads-inside.ts';
import { senseOfWords } from './english.ts';
import { isMutation, valueIn } from './graphql-kind.ts';
import { isBeyondJudging, isHarm, nothing, type Sense, sense, strongest } from './sense.ts';
import { changingStatement } from './statement.ts';
import { isChange, removes, senseOfPiece, senseOfPlainValue } from './value.ts';
import { wordsIn } from './words.ts';

/** What the fields of an address tell a server to do: `?r=user/delete`, `?delete=1`, `?url=https://…/delete`. */

/** An address or what of it counts here. */
type Address = Pick<URL, 'pathname' | 'search'>;

/** The word by which an address that nobody has described does more than read: asked of where lists and redirects lead. */
export function changingWord({ pathname, search }: Address): string | undefined {
  const path = senseOfAddressPath(pathname);
  return isHarm(path) ? path.word : changingQuery(search);
}

/**
 * The word by which `target` does more than what somebody has chosen with `first`: the same word is the same deed at the
 * same address alone, `/auth/delete` is not `/users/7/delete`.
 */
export function furtherWord(first: Address, target: Address): string | undefined {
  const word = changingWord(target);
  return word !== undefined && isSameDeed(first, target) ? undefined : word;
}

/** The path, save for its end and the size of its letters, and no order in the query that was not there. */
function isSameDeed(first: Address, target: Address): boolean {
  const plain = ({ pathname }: Address): string => pathname.replace(/\/+$/, '').toLowerCase();
  if (plain(first) !== plain(target)) return false;
  return first.search === target.search || changingQuery(target.search) === undefined;
}

/** As a person reads the query, and as the most forgiving server does. */
function changingQuery(search: string): string | undefined {
  const spaced = search.replaceAll('+', ' ');
  for (const pair of new Set([...spaced.split(/[?&;]/), ...normalForm(spaced).split(/[?&;]/)])) {
    const word = changingPair(pair);
    if (word !== undefined) return word;
  }
  return undefined;
}

function changingPair(pair: string): string | undefined {
  if (pair === '') return undefined;
  const at = pair.indexOf('=');
  const name = normalForm(at === -1 ? pair : pair.slice(0, at));
  const value = at === -1 ? 'true' : pair.slice(at + 1);
  if (isMutation(value)) return 'mutation';
  const word = changingField(/\[([^[\]]+)\](?:\[\])?$/.exec(name)?.[1] ?? name.replace(/\[\]$/, ''), value);
  if (word !== undefined) return word;
  // Nobody has said that it narrows a list.
  const words = wordsIn(normalForm(value));
  const said = senseOfWords(words);
  const isCertain =
    said.strength === 'hard' && (words.length === 1 || (words[0] === said.word && removes(said.word)));
  return isChange(said) && isCertain ? said.word : undefined;
}

const doing =
  /^(?:action|act|cmd|command|do|op|oper|opt|operate|operation|func|function|fn|method|verb|control|handle|handler|ctrl|transition)$/;
const kindOfDoing = /^(?:type|name|code|kind|mode)$/;
/** Glued: `switchcmd`, `cmnd`. */
const gluedDoing = /^(?:cmnd|[a-z]+(?:cmd|command|action))$/;

/** Whether a parameter says what is done rather than to what: `action`, `optType`, 操作. */
export function namesAction(name: string): boolean {
  if (/\p{Script=Han}/u.test(name))
    return /(?:操作|动作|命令|指令|方法|行为)(?:类型|名称|码|代码)?$/u.test(name);
  const words = wordsIn(name);
  const last = words.at(-1) ?? '';
  const said = words.length > 1 && kindOfDoing.test(last) ? words.slice(0, -1) : words;
  return said.length === 1 && (doing.test(said[0] ?? '') || gluedDoing.test(said[0] ?? ''));
}

/** Where one address takes all calls, and a parameter says which one is meant. */
const takesAll = /^(?:gateway|gw|dispatch|dispatcher|router|rpc|invoke|entry|entrance|api|rest)$/;
const saysWhich =
  /^(?:(?:api|biz|business|func|interface|mod|module|msg|service|trade|tran|trans|transaction)[-_]?)?(?:type|code|name|no|id)$/i;
/** The name of a program rather than of a record, wherever it is sent. */
const ofPrograms = /^_?(?:api|interface|service|rpc|proc|procedure|exec|crud)$/i;

/** Whether a parameter says which of several things is done there: one that nobody has named may do anything. */
export function selectsAction(name: string, path: string): boolean {
  if (namesAction(name) || ofPrograms.test(name)) return true;
  const last = wordsIn(path.split('/').at(-1) ?? '').at(-1) ?? '';
  return takesAll.test(last) && (dispatching.test(name) || saysWhich.test(name));
}

/** What is looked for, of which kind it is, and how it is shown: such a parameter may bear any word. */
const filtering =
  /^(?:status|statuses|state|states|type|types|kind|kinds|category|categories|class|sort|order|orders|by|direction|key|keys|keyword|keywords|word|words|text|term|terms|q|query|search|filter|filters|where|like|match|name|names|title|titles|tag|tags|label|labels|topic|topics|subject|reason|reasons|event|events|log|logs|lang|language|locale|format|field|fields|column|columns|include|includes|exclude|expand|embed|select|role|roles|permission|permissions|perm|perms|scope|scopes|privilege|authority|authorities|level|group|groups|source|description|remark|comment|content|flag|flags|time|date|day|start|end|begin|from|since|until|before|after|code|value|values|prefix|suffix|pattern|view|tab|dict|unit|reading|icon|image|url|uri|email|address|feature|features|phase|stage)$/;
const filteringChinese =
  /(?:状态|类型|类别|分类|排序|关键[字词]|搜索|查询|名称|标题|标签|原因|事件|日志|内容|备注|描述|时间|日期|角色|权限|编码|文本|词|地址)$/u;

/** Whether a parameter only narrows what is shown. */
function namesFilter(name: string): boolean {
  if (/\p{Script=Han}/u.test(name)) return filteringChinese.test(name);
  return filtering.test(wordsIn(name).at(-1) ?? '');
}

/** Servers act on these by their being there: `isset($_GET['delete'])`. */
const switches = new Set(
  'delete remove destroy drop purge wipe truncate erase clear clean kill reset execute logout signout reboot restart shutdown terminate revoke commit flush unlock resend toggle enable disable'.split(
    ' ',
  ),
);
/** These are pages, kinds and hints as well, so that only what turns them on is an order: `?update=1`. */
const switchesTurnedOn = new Set(
  'update write save insert create modify overwrite apply submit approve pass agree reject publish send pay refund import install uninstall upgrade cancel lock autofix'.split(
    ' ',
  ),
);
const switchedOff = /^(?:false|0|no|off|n|否)?$/i;
const turnedOn = /^(?:true|yes|on|y|是)$/i;

/** What a device is told to do, whichever way: `?turn=off`, `?go=open`. */
const movements = /^(?:turn|go|press)$/;

/** Nothing is ever in a state of that name: `?status=toggle`; a `type` or a `mode` may be a kind of control. */
const toggled = /^(?:status|state|power|switch|relay|light|lamp|output|outlet|value)$/;
/** `?doIt=true`, `?really=1`: without it one only sees what would be done. */
const earnest = /^(?:do it|do|really|for real|do execute|do run)$/;

/** `?transfer_to=acct-9&amount=100`: money goes there. */
const paying =
  /^(?:transfer|pay|payout|remit|withdraw|refund|donate) to(?: (?:account|acct|card|user|id|no))?$/;

/** The name is nothing but an order: `?purge=a`, `?删除=1`. */
function switchNamed(name: string, value: string): string | undefined {
  if (switchedOff.test(value) && !/^(?:turn|go)$/.test(name)) return undefined;
  if (/^(?:删除|移除|清空|清除|销毁|重置|重启|注销|退出)$/u.test(name)) return name;
  const [word = '', ...others] = wordsIn(name);
  if (paying.test([word, ...others].join(' '))) return name;
  if (earnest.test([word, ...others].join(' ')) && (value === '1' || turnedOn.test(value))) return name;
  if (others.length > 0) return switchOfSeveral(name, [word, ...others]);
  if (movements.test(word) && /^[a-z]+$/i.test(value)) return word;
  if (word === 'set' && /^(?:up$|down$|[\w.]+=)/i.test(value)) return word;
  // The other one only shows what would be done: `?mode=dry-run`.
  if (word === 'mode' && /^(?:commit|execute)$/i.test(value)) return value.toLowerCase();
  if (toggled.test(word) && /^toggle$/i.test(value)) return 'toggle';
  const isOn = value === '1' || turnedOn.test(value);
  return switches.has(word) || (isOn && switchesTurnedOn.has(word)) ? word : undefined;
}

const asks = /^(?:is|are|has|have|was|were|not|no|can|may|show|with|include|exclude|only|last|max|min|by)$/;

/** `?clear_cache=a`, `?forceLogout=a`, `?doDelete=a`; a `deleteUser` or `resetDate` is looked for. */
function switchOfSeveral(name: string, words: readonly string[]): string | undefined {
  if (asks.test(words[0] ?? '') || namesFilter(name)) return undefined;
  if (/^(?:user|by|name|id|ids|person|operator|admin|count|num|no)$/.test(words.at(-1) ?? ''))
    return undefined;
  const said = senseOfPiece(name);
  return isHarm(said) && said.strength === 'hard' ? words.find((word) => switches.has(word)) : undefined;
}

/** `?delete=1`: the name says what is done. Numbers are counts and degrees as well: `?zoom=1`; goods are `?onShelf=1`. */
function switchedOn(name: string, value: string): string | undefined {
  const isNumber = value === '1';
  if (/^(?:on|off)[-_]?(?:shelf|sale)$/i.test(name)) return undefined;
  if (!isNumber && !turnedOn.test(value)) return undefined;
  const said = senseOfPiece(name);
  if (!isHarm(said) || (isNumber && /(?:flag|status|state|type)$/i.test(name))) return undefined;
  const isSure = said.strength === 'hard' ? !isNumber || !measures.test(said.word) : said.word === 'reset';
  return isSure ? said.word : undefined;
}

const measures =
  /^(?:zoom|scale|rotate|seek|adjust|increase|decrease|increment|decrement|incr|decr|inc|dec|complete|finish|compress|encrypt|encode|leave|bet|spin|buy|sell|pin|mark|hide|change|replace)$/;

const writes = /^(?:post|put|patch|delete|merge)$/i;
/** Of whose method it is: a payment has one as well. */
const ofRequest = /^(?:x|http|request|req|rest|override|real|original|method|verb)$/;
/** Glued and in capitals, as orders of file systems and stores are: `MKDIRS`, `SETPERMISSION`, `DELETEBACKUP`. */
const gluedOrder =
  /^(?:mkdirs?|rmdir|mv|chmod|chown|unload|(?:delete|remove|create|rename|append|truncate|concat|modify|update|insert|enable|disable|restart|stop|kill|purge|drop|flush|unload|set(?!tings?$)|add(?!ress|ition))[a-z]{2,})$/i;

/**
 * The word by which a field of an address does more than read, GraphQL aside.
 *
 * @param name In normal form; of `filter[action]` what it ends in.
 * @param text As it is sent.
 */
export function changingField(name: string, text: string): string | undefined {
  const said = senseOfField(name, text);
  return isHarm(said) ? said.word : undefined;
}

/**
 * As `changingField`. A soft order is a kind of record as well where an operation says that it lists some (`?scene=pay`); the
 * others are obeyed whatever a title says: `?requestMethod=DELETE`, `?sql=DROP…`, `?delete=1`, `?action=delete`, `?r=user/del`.
 */
export function senseOfField(name: string, text: string): Sense {
  if (isBeyondJudging(text)) return sense('change', name);
  return strongest(formsOf(text).map((form) => senseOfForm(name, form)));
}

function senseOfForm(name: string, text: string): Sense {
  const value = normalForm(text).trim();
  const commanding =
    changingStatement(name, value) ??
    switchNamed(name, value) ??
    (isMethod(name, value) ? value.toLowerCase() : undefined) ??
    switchedOn(name, value);
  if (commanding !== undefined) return sense('change', commanding);
  return strongest(ordersIn(name, value));
}

/** What is harder to find out comes later, and is not looked for behind a sure order. */
function* ordersIn(name: string, value: string): Iterable<Sense> {
  yield* inXml(value);
  yield* inJson(name, value);
  yield ordered(name, value);
}

function isMethod(name: string, value: string): boolean {
  const words = wordsIn(name);
  return (
    writes.test(value) &&
    words.some((word) => /^(?:method|verb|m)$/.test(word)) &&
    (value === value.toUpperCase() || /^_?m$/.test(name) || words.every((word) => ofRequest.test(word)))
  );
}

function ordered(name: string, value: string): Sense {
  const inside = leadsInside(name, value, namesFilter(name));
  if (inside !== undefined) return sense('change', inside);
  const said = senseOfPlainValue(
    dispatching.test(name) ? value.replace(ofProgram, '').replace(kindOfProgram, '') : value,
  );
  if (namesAction(name)) {
    if (isHarm(said)) return sense('change', said.word);
    // `wp_delete_post`: behind the name of a program.
    const within = wordsIn(value).find((word) => removes(word));
    if (within !== undefined) return sense('change', within);
    return gluedOrder.test(value) ? sense('change', value.toLowerCase()) : nothing;
  }
  if (isAddress(name, value)) return senseOfAddress(name, value);
  if (namesFilter(name)) return nothing;
  if (!isChange(said) || said.strength === 'soft' || /\s/.test(value)) return nothing;
  const isCall = callsByName.test(value) || dispatching.test(name) || removes(said.word);
  return sense('change', said.word, isCall ? 'hard' : 'soft');
}

/** `user/delete`, `App.User.Remove`, `cancelOrder`, `order_cancel`: routes and functions rather than kinds of records. */
const callsByName = /[./:]\p{L}|\p{Ll}\p{Lu}|\p{L}_\p{L}/u;
/** Parameters by which a program finds what it runs. */
const dispatching =
  /^_?(?:a|m|c|r|s|f|do|mod|route|router|routing|api|interface|service|server|task|job|call|callback|jsonp|run|exec|button|btn|submit|crud|override|trigger|hook|proc|procedure|rpc|event_?handler)$/i;

/** What databases put in front of the names of what they run: `sp_close_period`. */
const ofProgram = /^(?:[xu]?sp|proc|prc|fn|fnc|pkg)_/i;

/** `orderCancelService`, `DeleteUserHandler`: what it is called for what it is. */
const kindOfProgram =
  /(?<=[a-z\d_.-])[-_.]?(?:[Ss]ervice|[Hh]andler|[Aa]ction|[Cc]ommand|[Cc]md|[Tt]ask|[Jj]ob|[Pp]rocessor|[Ee]xecutor|[Ff]acade)(?:Impl)?$/;

const absolute = /^(?:[a-z][a-z\d+.-]{0,20}:)?\/\//i;
/** What is gone to on behalf of whoever asks: `url`, `imageSrc`, `target_endpoint`. */
const addressing =
  /^(?:url|urls|uri|uris|link|links|href|src|source|image|address|endpoint|target|proxy|upstream|forward|fetch|origin|site|location|feed|remote)$/;
/** Where one comes back to is no part of what is asked for: `?service=https://…/login`, `?next=/orders/create`. */
const returning =
  /^(?:next|back|return|returns|redirect|to|continue|goto|callback|service|notify|notification|success|fail|failure|error|cancel|hook|webhook|referer|referrer|origin|home|from|target)$/;

/** Whether a parameter holds the address of something, in full or without its beginning. */
function isAddress(name: string, value: string): boolean {
  if (/\s/.test(value)) return false;
  const words = wordsIn(name);
  const isNamed = addressing.test(words.at(-1) ?? '');
  if (absolute.test(value)) return isNamed || !namesFilter(name);
  return (
    (value.startsWith('/') && words.some((word) => returning.test(word))) || (isNamed && value.includes('/'))
  );
}

/** Pictures and the like, which one keeps in `/upload`. */
const kept = /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|woff2?|ttf|mp[34]|pdf|md|txt)$/i;

/** What an address that is handed over would do: of where one comes back to, and of files, only what is sure to be lost. */
function senseOfAddress(name: string, value: string): Sense {
  const written = absolute.test(value) || value.startsWith('/') ? value : `/${value}`;
  if (!URL.canParse(written, 'http://localhost')) return senseOfPlainValue(value);
  const { pathname, search } = new URL(written, 'http://localhost');
  const path = senseOfAddressPath(pathname);
  const query = changingQuery(search);
  const said = query === undefined ? path : sense('change', query);
  const isPlain = kept.test(pathname) || wordsIn(name).some((word) => returning.test(word));
  return isHarm(said) && (!isPlain || removes(said.word))
    ? sense('change', said.word, removes(said.word) ? 'hard' : said.strength)
    : nothing;
}

const mostElements = 200;
const element =
  /<(?:\w{1,40}:)?([A-Za-z_\p{Script=Han}][\w\p{Script=Han}-]{0,60})([^<>]{0,500})>([^<]{0,500})/gu;
const attribute = /([\w-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]{0,200})"|'([^']{0,200})')/g;

/** `?xml=<cancel id="1"/>`: elements are what is asked for, or fields as attributes are: `<action>delete</action>`. */
function* inXml(value: string): Iterable<Sense> {
  if (!value.startsWith('<')) return;
  const elements = [...value.matchAll(element)].slice(0, mostElements);
  for (const [, name = ''] of elements) {
    const said = senseOfPiece(name);
    if (isChange(said) && (said.strength === 'hard' || elements.length === 1)) yield said;
  }
  for (const [, name = '', attributes = '', text = ''] of elements) {
    yield* filled(name, text);
    for (const [, own = '', double, single = ''] of attributes.matchAll(attribute))
      yield* filled(own, double ?? single);
  }
}

function* filled(name: string, text: string): Iterable<Sense> {
  if (text.trim() !== '' && !text.trimStart().startsWith('<')) yield senseOfField(name, text);
}

const mostLevels = 20;

/** `?data={"action":"delete"}`: members are fields. */
function* inJson(name: string, value: string): Iterable<Sense> {
  const json = valueIn(value);
  if (json !== undefined && typeof json !== 'string') yield* inMembers(name, json, mostLevels);
}

function* inMembers(name: string, value: Json, levels: number): Iterable<Sense> {
  if (levels === 0) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* inMembers(name, item, levels - 1);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* inMembers(key, item, levels - 1);
  } else {
    yield senseOfField(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
}
