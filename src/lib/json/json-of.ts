import type { Json } from '../../model/json.ts';
import { parseExactJson } from './exact-json.ts';

/** The value that a text is in JSON; `undefined` when it is none. */
export function jsonOf(text: string): Json | undefined {
  return attempt(() => JSON.parse(text) as Json);
}

/** The same with numbers that lose digits as texts. */
export function exactJsonOf(text: string): Json | undefined {
  return attempt(() => parseExactJson(text));
}

function attempt(parse: () => Json): Json | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
