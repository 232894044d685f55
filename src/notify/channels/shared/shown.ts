import { isObject } from '../../../model/json.ts';

/** The text of a part whose content stands under one of these names; a title, if it has one, above it. */
export function shownText(part: string, names: readonly string[]): string {
  const body: unknown = JSON.parse(part);
  if (!isObject(body)) return part;
  const inner = names.map((name) => body[name]).find(isObject);
  if (inner === undefined) return part;
  const text = inner['content'] ?? inner['text'];
  return typeof text === 'string' ? text : part;
}
