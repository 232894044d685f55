import { jsonOf } from '../json/json-of.ts';
import { isObject, type Json } from '../../model/json.ts';
import { normalForm } from '../text/normal-form.ts';
import { percentDecoded } from '../text/text.ts';
import { formsOf } from './encoded.ts';

/** Comments, texts, brackets and names of GraphQL (https://spec.graphql.org/October2021/#sec-Language.Source-Text). */
const tokens = /#[^\n\r]*|"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n\r])*"|[{}]|[\w$@.]+/g;

/** Whether a document holds an operation that changes something or never ends; one that may is one. */
function holdsMutation(text: string): boolean {
  let depth = 0;
  let named = false;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '}') depth = Math.max(0, depth - 1);
    else if (token === '{') {
      if (depth === 0 && named) return true;
      depth++;
    } else if (depth === 0 && /^(?:mutation|subscription)$/.test(token)) named = true;
  }
  return false;
}

/** Whether the value of a field holds such a document, in whatever spelling, alone or as a text within JSON. */
export function isMutation(value: string): boolean {
  return formsOf(value).some(isMutationWritten);
}

/** Comments end with their lines, which the normal form does not keep. */
function isMutationWritten(value: string): boolean {
  if (!/mutation|subscription/i.test(normalForm(value))) return false;
  return [value, percentDecoded(value), normalForm(value)].some((text) =>
    [text, ...textsIn(text)].some(holdsMutation),
  );
}

/** Of JSON, all that is text in it: batches and bodies as the value of a parameter. */
function textsIn(text: string): readonly string[] {
  const value = valueIn(text);
  return value === undefined ? [] : stringsOf(value);
}

function stringsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return isObject(value) ? Object.values(value).flatMap(stringsOf) : [];
}

/** The value that a text is in JSON, if it can be taken for that. */
export function valueIn(text: string): Json | undefined {
  return /^\s*["[{]/.test(text) ? jsonOf(text) : undefined;
}
