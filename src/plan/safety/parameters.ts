import type { Parameter } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { namesAction } from '../../kit/wording/address.ts';
import { senseOfChinese } from '../../kit/wording/chinese.ts';
import { senseOfWords } from '../../kit/wording/english.ts';
import { isHarm } from '../../kit/wording/sense.ts';
import { wordsIn } from '../../kit/wording/words.ts';

/** These say so only where their values do: `type` is most often a kind. */
const kindName = /^(?:type|event|mode|flag|switch|state|option)$/i;

/** Whether a parameter's value makes a read into a write, as in RPC over GET: `?Action=RunInstances`. */
export function changingValue(parameter: Parameter, value: Json): boolean {
  if (parameter.in !== 'query' && parameter.in !== 'path') return false;
  if (isOn(value)) return switchesOn(bareName(parameter.name));
  return textsOf(parameter.name, value).some(([name, text]) => changingText({ ...parameter, name }, text));
}

function isOn(value: Json): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes)$/i.test(value));
}

/** `?delete=true`: the name says what is done. */
function switchesOn(name: string): boolean {
  const said = senseOfWords(wordsIn(name));
  return isHarm(said) && said.strength === 'hard';
}

/**
 * What is sent of a value, each with the names that it may have there: an object is `action=delete`,
 * `filter[action]=delete` or `filter=action,delete`; what separates parts of a text separates values.
 */
function textsOf(name: string, value: Json): readonly (readonly [name: string, text: string])[] {
  if (typeof value === 'string') {
    const pieces = value.split(/[/;,|]+/).filter((piece) => piece !== '');
    return pieces.length > 1
      ? [...pieces.map((piece) => [name, piece] as const), [name, value]]
      : [[name, value]];
  }
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(name, item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [...textsOf(key, item), ...textsOf(name, item)]);
}

function changingText(parameter: Parameter, value: string): boolean {
  const { in: place } = parameter;
  const name = bareName(parameter.name);
  const words = wordsIn(value);
  const said = senseOfWords(words);
  const isAction = namesAction(name);
  if (!isAction && !(kindName.test(name) && actsByKind(parameter)))
    return place === 'path' && isHarm(said) && said.strength === 'hard' && words.length === 1;
  // `?Action=AttachVolume`: a call of a name that is not known.
  const isCall = isAction && /^[A-Z][a-z]+[A-Z]/.test(value);
  return isHarm(said) || (isCall && said.says !== 'reads');
}

/** `action[]` and `filter[action]` are sent for what they end in. */
function bareName(name: string): string {
  return /\[([^[\]]+)\](?:\[\])?$/.exec(name)?.[1] ?? name.replace(/\[\]$/, '');
}

const fewest = 2;

/** `type` with start, stop, remove; kinds of records (`update`, `login`) name no two of these. */
function actsByKind({ schema }: Parameter): boolean {
  const documented = isObject(schema) && Array.isArray(schema['enum']) ? schema['enum'] : [];
  const commands = documented.filter((one) => typeof one === 'string' && isCommand.test(one));
  return commands.length >= fewest && commands.length === documented.length;
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
