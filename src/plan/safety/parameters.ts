import type { Operation, Parameter } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { namesAction, senseOfField } from '../../lib/wording/command.ts';
import { removes, senseOfValue } from '../../lib/wording/value.ts';
import { senseOfChinese } from '../../lib/wording/chinese.ts';
import { senseOfWords } from '../../lib/wording/english.ts';
import { isBeyondJudging, isHarm, nothing, type Sense, sense, strongest } from '../../lib/wording/sense.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';

/** These say so only where their values do: `type` is most often a kind. */
const kindName = /^(?:type|event|mode|flag|switch|state|option)$/i;

/**
 * What the value of a parameter makes of a read: a write, as in RPC over GET (`?Action=RunInstances`), or another operation
 * (`/users/deleteAll` for `/users/{id}`). A soft one may be a kind of record.
 */
export function senseOfFilled(parameter: Parameter, value: Json): Sense {
  const { in: place, name } = parameter;
  if (isBeyondJudging(value)) return sense('change', name);
  if (place === 'path') return strongest(textsOf(name, value).map(([, text]) => senseInPath(name, text)));
  if (place !== 'query') return nothing;
  return strongest(textsOf(name, value).map(([own, text]) => senseInQuery(parameter, bareName(own), text)));
}

/** `/outlets/8/{op}`: what is done there is an order whatever a title says. */
function senseInPath(name: string, text: string): Sense {
  const said = senseOfValue(text);
  return isHarm(said) && namesAction(name) ? sense('change', said.word) : said;
}

/**
 * What is sent of a value, each with the names that it may have there: an object is `action=delete`,
 * `filter[action]=delete` or `filter=action,delete`.
 */
function textsOf(name: string, value: Json): readonly (readonly [name: string, text: string])[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(name, item));
  if (!isObject(value)) return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, item]) => [
    [name, key] as const,
    ...textsOf(key, item),
    ...textsOf(name, item),
  ]);
}

function senseInQuery(parameter: Parameter, name: string, value: string): Sense {
  const said = senseOfField(name, value);
  if (isHarm(said)) return said;
  const isAction = namesAction(name);
  if (!isAction && kindName.test(name))
    return isHarm(senseOfKind(parameter, value)) ? sense('change', name, 'soft') : nothing;
  // `?cmd=101`: a number that stands for what is done.
  if (numberedOrder.test(name) && /^\d+$/.test(value)) return sense('change', name, 'soft');
  // `?Action=AttachVolume`: a call of a name that is not known.
  const isCall = isAction && /^[A-Z][a-z]+[A-Z]/.test(value) && senseOfWords(wordsIn(value)).says !== 'reads';
  return isCall ? sense('change', name) : nothing;
}

const numberedOrder = /^(?:cmd|command|cmd[-_]?(?:id|code|no|type)|op|opcode|act|func|ctrl|control)$/i;

/** `action[]` and `filter[action]` are sent for what they end in. */
function bareName(name: string): string {
  return /\[([^[\]]+)\](?:\[\])?$/.exec(name)?.[1] ?? name.replace(/\[\]$/, '');
}

const fewest = 2;
/** Of longer lists the first so many tell what they are lists of. */
const mostChoices = 200;

/** `type` with start, stop, remove: kinds of records (`update`, `login`) name no two of these. What alone it may be says so too. */
function senseOfKind({ name, schema }: Parameter, value: string): Sense {
  const said = senseOfValue(value);
  const documented = isObject(schema) && Array.isArray(schema['enum']) ? schema['enum'] : [];
  const isOnly = documented.length <= 1 && removes(said.word) && !/^(?:event|state)$/i.test(name);
  if (isOnly) return said;
  const isOfCommands = documented
    .slice(0, mostChoices)
    .every((one) => typeof one === 'string' && isCommand.test(one));
  return documented.length >= fewest && isOfCommands ? said : nothing;
}

const isCommand =
  /^(?:start|stop|pause|resume|restart|remove|delete|add|cancel|open|close|enable|disable|lock|unlock|on|off|up|down|reset|reboot|kill)$/i;

/** More than a word for what is looked for: `?cmd=`, and not `?action=` of a journal. */
const commandName = /^(?:cmd|command|do|operate|control|ctrl|handle)$/i;

/** The parameter that takes orders ("DISABLE ALL", "RESET", "LIST"), of which the document does not say what is done without one. */
export function commanded(parameters: readonly Parameter[]): string | undefined {
  return parameters.find(({ name, required, schema }) => {
    if (required || !commandName.test(name) || !isObject(schema) || schema['default'] !== undefined)
      return false;
    const documented = Array.isArray(schema['enum']) ? schema['enum'] : [];
    // Nobody knows what else it takes.
    if (documented.length > mostChoices) return true;
    const orders = documented.filter((one) => typeof one === 'string' && isHarm(senseOfWords(wordsIn(one))));
    return orders.length >= fewest;
  })?.name;
}

const numbered = /\d\s*[-:：=、.]?\s*\p{Script=Han}{2,}.*?\d\s*[-:：=、.]?\s*\p{Script=Han}{2,}/u;

/** "操作类型：1启动 2停止" of a parameter that has to be sent: each of its values does something. */
export function actionDescribed(parameters: readonly Parameter[]): string | undefined {
  return parameters.find(({ name, description = '', required, in: place }) => {
    if (!required || place === 'header' || place === 'cookie' || !namesAction(name)) return false;
    if (!numbered.test(description)) return false;
    const meanings = [...description.matchAll(/\d\s*[-:：=、.]?\s*(\p{Script=Han}{2,6})/gu)].map(
      ([, text = '']) => text,
    );
    return meanings.every((text) =>
      isHarm(senseOfChinese(text) ?? { says: 'nothing', word: '', strength: 'soft' }),
    );
  })?.name;
}

const kindOfDeed = /^(?:oper|opt|op|operation|operate|action|business)[-_]?(?:type|kind|code)$/i;
const journal = /^(?:\w*-?logs?|journals?|audits?|history|histories)$/i;
const shown = /^(?:pages?|list|query|search|\w*-?logs|oper-?log|journals?|history|histories)$/i;

/** Deeds that are told of in a journal, and never done to it. */
const told = /^(?:create|update|insert|add|edit|modify|login|logout|approve|reject|submit|publish|upload)$/i;

/** `/sys/log/page?operType=delete`, `/audit-logs?action=update`: which entries of a journal are shown. */
export function narrowsJournal({ name, in: place }: Parameter, value: Json, path: string): boolean {
  const parts = fixedParts(path);
  return (
    place === 'query' &&
    (kindOfDeed.test(name) ||
      (/^(?:action|operation)$/i.test(name) && typeof value === 'string' && told.test(value))) &&
    shown.test(parts.at(-1) ?? '') &&
    parts.some((part) => journal.test(part))
  );
}

/** What has two states and is named by what it is. */
const switchable =
  /^(?:power|switch|light|lamp|bulb|relay|outlet|plug|socket|fan|valve|pump|heater|boiler|motor|servo|led|gpio|dimmer|gate|siren|buzzer|horn|curtain|blind|shutter|sprinkler|charger|thermostat|aircon|humidifier|dehumidifier|purifier|compressor|breaker|backlight|torch|flashlight|laser)$/;
/** As `switchable`, of one among several: `/relays/{id}`. */
const oneOfSeveral = /s\/\{[^{}]*\}\/?$/;
const stateName = /^(?:state|status|value|mode|switch|power|on_?off|cmd|level)$/i;
/** What a thing is told, whatever stands behind. */
const orderName = /^(?:on|off|set|turn|toggle|on_?off|turn_?(?:on|off))$/i;
/** The same of what is listed more often than it is set off. */
const raised = /^(?:alarm|alert|door|lock|doorlock|window|screen|camera|light)$/;
const numberOrFlag = /^(?:-?\d+(?:\.\d+)?|true|false)$/i;

/** `/device/power?state=off`, `/pump?on=1`, `/led?value=1`, `/alarm?set=1`: a thing, and the state that it is brought into. */
export function switchesThing({ name, in: place }: Parameter, value: Json, path: string): boolean {
  if (place !== 'query') return false;
  const part = wordsIn(fixedParts(path).at(-1) ?? '').at(-1) ?? '';
  const thing = oneOfSeveral.test(path) ? part.replace(/s$/, '') : part;
  const isSwitchable = switchable.test(thing);
  if (orderName.test(name)) return isSwitchable || raised.test(thing);
  if (!isSwitchable || !stateName.test(name)) return false;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // By its status one among many is looked for.
  const isSet = !/^status$/i.test(name) && numberOrFlag.test(text);
  return isSet || /^(?:on|off|open|close|toggle)$/i.test(text);
}

/** What is read of a thing, and set as well. */
const settable =
  /^(?:limit|quota|threshold|set-?point|volume|brightness|temperature|speed|position|level|price|rate)$/i;

/** `/card/{id}/limit?value=5000`, `/fan/speed?value=3`: what a thing has, and how much of it. */
export function setsAmount({ name, in: place }: Parameter, value: Json, path: string): boolean {
  return (
    place === 'query' &&
    /^(?:new[-_]?)?val(?:ue)?$/i.test(name) &&
    (/\}\/[^{}/]+\/?$/.test(path) || switchable.test(fixedParts(path).at(-2) ?? '')) &&
    settable.test(fixedParts(path).at(-1) ?? '') &&
    (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)))
  );
}

/** What moves a thing on: `/orders/{id}?event=SUBMIT`; a list of events has other names, or small letters. */
export function movesOn({ name, in: place }: Parameter, value: Json, path: string): boolean {
  return (
    place === 'query' &&
    /^event$/i.test(name) &&
    typeof value === 'string' &&
    /^(?:SUBMIT|APPROVE|REJECT|CANCEL|WITHDRAW|CLOSE|REOPEN|PAY|CONFIRM|FINISH|COMPLETE|RECALL|REVOKE|ABORT|RESUME)$/.test(
      value,
    ) &&
    !journal.test(fixedParts(path).at(-1) ?? '') &&
    !/(?:logs?|events?|hooks?)$/i.test(fixedParts(path).at(-1) ?? '')
  );
}

/** What is shown once, at a counter or out of a mail. */
const proof = /^(?:code|token|key|(?:coupon|ticket|verify|verification|redeem|qr)[-_]?code)$/i;

/** `/verify?code=`, `/verify-email/{code}` take what they verify: whoever comes with it again is turned away. */
export function redeemed({ path, parameters }: Pick<Operation, 'path' | 'parameters'>): string | undefined {
  if (!/^(?:verify|redeem|confirm)(?:-\w+)?$/i.test(fixedParts(path).at(-1) ?? '')) return undefined;
  return parameters.find(({ name, in: place }) => place !== 'header' && proof.test(name))?.name;
}

const replacing =
  /^(?:new|old|original|target)[-_]?(?:password|passwd|pwd|pass|name|email|phone|mobile|status|state|value|owner)$/i;
const payer = /^(?:from|source|out|payer)[-_]?(?:account|card|wallet|user)(?:[-_]?(?:id|no|number))?$/i;

/** What is put in the place of what: `?oldPassword=&newPassword=`, `?targetStatus=`; what is moved from where: `?fromAccount=&amount=`. */
export function replaces(parameters: readonly Parameter[]): string | undefined {
  const own = parameters.filter(({ in: place }) => place === 'query');
  const named = own.find(({ name }) => replacing.test(name));
  if (named !== undefined) return named.name;
  return own.some(({ name }) => /^(?:amount|money|sum)$/i.test(name))
    ? own.find(({ name }) => payer.test(name))?.name
    : undefined;
}
