import { isBareAt } from './bare.ts';

/** What is shorter stands in longer ids and numbers by chance. */
const leastInside = 8;
/** Where an escape ends, something else begins. */
const escapeEnd = /(?:~[01]|%[\da-f]{2}|\\(?:[nrt]|u[\da-f]{4}))$/i;
const longestEscape = 6;

/** Whether a form of a value is the value as somebody would write it, and so short that only by itself it is that. */
export function isOnlyAlone(form: string, value: string): boolean {
  return value.length < leastInside && form.toLowerCase() === value.toLowerCase();
}

/** Whether what stands there goes on in letters or digits on either side: it is part of another word or number. */
export function isInside(text: string, start: number, end: number): boolean {
  return continuesInto(text, start) || isBareAt(text, end);
}

/** Whether what begins there goes on from a word or number. */
export function continuesInto(text: string, start: number): boolean {
  if (!isBareAt(text, start - 1)) return false;
  return !escapeEnd.test(text.slice(Math.max(0, start - longestEscape), start));
}
