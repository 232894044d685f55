import { saysServersFault, saysSuccess } from '../../lib/text/said.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { EnvelopeMemory } from './memory.ts';
import {
  carriesData,
  codeText,
  envelopeMessage,
  flagFields,
  isFailingCode,
  isUsualSuccess,
  refusalIn,
  saysFailure,
} from './words.ts';

/** What an envelope whose success nobody has described says of it. */
export interface Unsuccessful {
  readonly field: string;
  readonly value: Json;
  /** What would have been success; empty: the value itself, were it not for the text. */
  readonly expected: readonly Json[];
}

/** Fields that mean other things as well say failure only in so many words. */
const ambiguous: ReadonlySet<string> = new Set(['status', 'state', 'ret']);

/**
 * A usual value is success, and so is any other that has come with data, unless the code or the text says failure.
 * `undefined`: the call has succeeded, as far as the body says.
 */
export function unsuccessful(
  body: JsonObject,
  field: string,
  { service, memory }: { readonly service: string; readonly memory: EnvelopeMemory },
): Unsuccessful | undefined {
  const flag = flagFields.find((name) => body[name] === false);
  const said = flag ?? field;
  const value = Object.hasOwn(body, said) ? body[said] : undefined;
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
  const text = envelopeMessage(body);
  const hasData = carriesData(body);
  const learnt = memory.successes(service, said);
  const failure = { field: said, value, expected: expectedOf(value, learnt) };
  if (value === false) return failure;
  if (isUsualSuccess(value)) {
    const isContradicted = !hasData && isDenied(value, text, learnt);
    if (hasData && !saysFailure(text)) memory.learn(service, said, value);
    if (!isContradicted) return undefined;
    return learnt.size > 0 && !learnt.has(codeText(value)) ? failure : { ...failure, expected: [] };
  }
  if (memory.isArbitrary(service, said) && !saysFailure(text)) return undefined;
  if (isFailingCode(value)) return failure;
  if (hasData && !saysFailure(text)) {
    memory.learn(service, said, value);
    return undefined;
  }
  if (learnt.has(codeText(value)) && !saysFailure(text)) return undefined;
  if (saysSuccess(text) || value === null) return undefined;
  return ambiguous.has(said) && !saysFailure(text) && !Number.isInteger(value) ? undefined : failure;
}

/**
 * Nothing is carried, and the text says failure: `0` is failure where 1 is success, and some write the code of success
 * whatever has happened.
 */
function isDenied(value: Json, text: string | undefined, learnt: ReadonlySet<string>): boolean {
  if (refusalIn('', text) !== undefined) return true;
  if (text === undefined || !saysFailure(text)) return false;
  if (saysServersFault(text)) return true;
  if (learnt.has(codeText(value))) return false;
  return learnt.size > 0 || codeText(value) === '0';
}

function expectedOf(value: Json, learnt: ReadonlySet<string>): readonly Json[] {
  if (typeof value === 'boolean') return [true];
  if (learnt.size > 0) return [...learnt].map((text) => (typeof value === 'number' ? Number(text) : text));
  if (typeof value === 'number') return [0, 200];
  return typeof value === 'string' && /^-?\d+$/.test(value) ? ['0', '200'] : ['SUCCESS', 'OK', '0'];
}
