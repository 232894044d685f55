import type { Parameter } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { isHarm } from './sense.ts';
import { wordsIn } from './words.ts';

/** Parameters that say what is done rather than to what. */
const actionName =
  /^(?:action|act|cmd|command|do|op|oper|operation|operate|oper(?:ate|ation)?_?type|action_?type|opt|func|function|method|control|handle|ctrl)$/i;
/** These say so only where their values do: `type` is most often a kind. */
const kindName = /^(?:type|event|mode|flag|switch|state|option)$/i;

/** Whether a parameter's value makes a read into a write, as in RPC over GET: `?Action=RunInstances`. */
export function changingValue(parameter: Parameter, value: Json): boolean {
  const { name, in: place } = parameter;
  if (typeof value !== 'string' || (place !== 'query' && place !== 'path')) return false;
  const said = senseOfWords(wordsIn(value));
  const isAction = actionName.test(name);
  if (!isAction && !(kindName.test(name) && actsByKind(parameter)))
    return place === 'path' && isHarm(said) && said.strength === 'hard' && wordsIn(value).length === 1;
  // `?Action=AttachVolume`: a call of a name that is not known.
  const isCall = isAction && /^[A-Z][a-z]+[A-Z]/.test(value);
  return isHarm(said) || (isCall && said.says !== 'reads');
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

const numbered = /\d\s*[-:：=、.]?\s*\p{Script=Han}{2,}.*?\d\s*[-:：=、.]?\s*\p{Script=Han}{2,}/u;

/** "操作类型：1启动 2停止" of a parameter that has to be sent: each of its values does something. */
export function actionDescribed(parameters: readonly Parameter[]): string | undefined {
  return parameters.find(({ name, description = '', required, in: place }) => {
    if (!required || place === 'header' || place === 'cookie' || !actionName.test(name)) return false;
    if (!numbered.test(description)) return false;
    const meanings = [...description.matchAll(/\d\s*[-:：=、.]?\s*(\p{Script=Han}{2,6})/gu)].map(
      ([, text = '']) => text,
    );
    return meanings.every((text) =>
      isHarm(senseOfChinese(text) ?? { says: 'nothing', word: '', strength: 'soft' }),
    );
  })?.name;
}
