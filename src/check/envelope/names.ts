import { messageNames, noteNames } from '../../lib/text/said.ts';

const namesOf = (text: string): readonly string[] => text.split(' ');

/*
 * Names by which envelopes are known, as `looseName` gives them: of the open platforms of WeChat, Alipay, Taobao, JD, Baidu, Tencent,
 * Aliyun, Huawei, UnionPay, Meituan, Kuaishou and banks, and of what wraps answers in RuoYi, JeecgBoot, Ant Design Pro, ABP, Spring,
 * NestJS, DRF and FastAPI. What is read from an answer of each is in `known.test.ts`.
 */

/** Countries, coupons and the states of pages have these as well. */
const weakCodes = namesOf('code statuscode rc');
/** A code of these names is hardly anything else beside a message. */
const plainCodes: readonly string[] = namesOf(
  'code errcode errno errorcode errorno retcode returncode rtncode rtncd resultcode respcode responsecode rspcode rspcod rescode ' +
    'bizcode faultcode statuscode rc errnum errcd errorcd errornum retcd retno retnum rtnno returncd respcd respno respnum rspno ' +
    'msgcode msgcd retflag rtnflag resflag rspflag respflag resultflag returnflag successcode opresult operresult ' +
    'resultcd resultno rescd bizcd failcode failurecode exceptioncode rcode 状态码 错误码 错误代码 返回码 返回代码 响应码 响应代码',
);
/** Names that mean many other things as well: they need a message and data beside them. */
export const ambiguousCodes = namesOf('status ret state stat rtn');
export const codeNames: readonly string[] = [...plainCodes, ...ambiguousCodes];

export const flagNames = namesOf('success succeeded issuccess successful issuccessful ok isok flag');
/** `true` is failure. */
export const failureFlags = namesOf('error iserror haserror haserrors failed isfailed');

export const payloadNames = namesOf(
  'data result results payload body content rows list records items value values obj object response datas datalist resultdata retdata ' +
    'respdata rspdata returndata responsedata rspbody respbody bizdata output module info 数据 结果',
);

const blockNames = new Set(
  namesOf(
    'meta head header rsphead resphead responsehead responseheader rspheader status result base common ret baseresp baseresponse ' +
      'resultinfo responseinfo responsestatus retinfo statusinfo extra response resp rsp respinfo rspinfo respstatus rspstatus',
  ),
);

/** An object of this name may hold how the call went, beside what was asked for; `alipay_trade_query_response` as well. */
export function isBlockName(loose: string): boolean {
  return blockNames.has(loose) || (loose.endsWith('response') && loose !== 'errorresponse');
}

/** Where an error stands, alone or beside data that is not there. */
export const errorNames = namesOf('error errorresponse err exception fault errors errormessages errormsgs');

/** What stands beside how a call went and is no part of what was asked for. */
const surroundings = namesOf(
  'jsonrpc requestid reqid traceid tid logid spanid timestamp ts time date now path uri url method request version apiversion v host ' +
    'hostid server servertime systemtime trace stack stacktrace cost took elapsed ttl exectime duration showtype type instance subcode ' +
    'submsg recommend documentationurl docurl hints moreinfo extra sign signature lang locale nonce targeturl unauthorizedrequest abp ' +
    'errortype errordetails cause serverid infocode',
);

const known: ReadonlySet<string> = new Set([
  ...codeNames,
  ...flagNames,
  ...failureFlags,
  ...payloadNames,
  ...errorNames,
  ...messageNames,
  ...noteNames,
  ...surroundings,
]);

/** Whether a field stands beside any answer. */
export function isOfSurroundings(loose: string): boolean {
  return surroundings.includes(loose);
}

/** Whether a field is part of an envelope, of whatever kind. */
export function isOfEnvelope(loose: string): boolean {
  return known.has(loose);
}

/** A code that is hardly anything else. */
export function isStrongCode(loose: string): boolean {
  return plainCodes.includes(loose) && !weakCodes.includes(loose);
}

/** What there is of an object: which names, and what they come to. */
export interface Company {
  readonly names: readonly string[];
  /** By loose names. */
  readonly has: (name: string) => boolean;
  readonly hasNote: boolean;
  readonly hasPayload: boolean;
  /** There is nothing that is not part of an envelope. */
  readonly isPure: () => boolean;
}

/** Of a record: `id`, `orderNo`. */
function isIdentity(loose: string): boolean {
  return /(?:id|no|number)$/.test(loose) && !known.has(loose);
}

/** The field that says how it went: what the fields of an object make of it. */
export function envelopeFieldIn({ names, has, hasNote, hasPayload, isPure }: Company): string | undefined {
  const hasMessage = messageNames.some(has);
  if (!hasMessage && !hasNote) return undefined;
  const code = plainCodes.find(has);
  // A record of its own may have a code and a text, and much beside them.
  if (code !== undefined && (hasPayload || (hasMessage && isStrongCode(code)) || isPure())) return code;
  if (!hasPayload) return undefined;
  // An order with a state, a reason and items is an order.
  return flagNames.find(has) ?? (names.some(isIdentity) ? undefined : ambiguousCodes.find(has));
}

const ofHowItWent: ReadonlySet<string> = new Set([
  ...codeNames,
  ...flagNames,
  ...messageNames,
  ...errorNames,
]);

/** Loose names of fields among which there is one for what was asked for, and one for how it went. */
export function hasPlaceForData(names: readonly string[]): boolean {
  return (
    names.some((name) => payloadNames.includes(name)) &&
    names.some((name) => ofHowItWent.has(name) || isBlockName(name))
  );
}

/** Names that may well tell how a call went, but are not known to; what an order or a user has is not among them. */
const maybeCode =
  /^(?:ret|rtn|rtv|rsp|resp|rst|rslt|err)(?:n?o|num|code?|cd|flag|status|state|result|type|val)?$|^\w{0,12}succ(?:ess)?(?:flag)?$|^(?:biz|sys|api|trans|service)\w{0,4}(?:code|cd|status)$|^(?:op|oper|exec|call|process)(?:result|flag|code|status)$/;
/** How many there are, and which part of them this is: `total`, `pageNum`, `hasNext`. */
const counting =
  /^(?:total|page|count|current|record|row|item|offset|limit|size|cursor|next|prev|num|start|end|from|to|skip|draw|hits?|length|perpage|hasnext|hasprev|hasmore|is(?:first|last|end)|first|last|empty|more|index|pos)|(?:total|counts?|size|pages?|pageno|limit|offset|rows|length|records|elements|items|found)$|总数|总条数|条数|页码|页数|数量/;

/** A field that may tell how a call went, by its name. */
function mayTell(loose: string): boolean {
  return (
    codeNames.includes(loose) ||
    flagNames.includes(loose) ||
    failureFlags.includes(loose) ||
    maybeCode.test(loose)
  );
}

/** A field that counts what was asked for; beside a list any number or flag does whose name is not of a code. */
export function isCount(loose: string, beside: { readonly hasList: boolean }): boolean {
  return !mayTell(loose) && (beside.hasList || counting.test(loose));
}

const maybeText = /(?:msg|message|desc|tips?|reason|remark|info)$/;

/** The name of what may be an envelope that nobody knows: `{ rtnflag, tipmsg, obj }`. */
export function maybeEnvelopeIn(names: readonly string[]): string | undefined {
  return names.some((name) => maybeText.test(name)) ? names.find((name) => maybeCode.test(name)) : undefined;
}
