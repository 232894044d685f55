import type { FilledValue } from '../../model/check.ts';
import { uncertainOrigins } from '../../model/check.ts';
import { wordsOf } from './resource.ts';

const identifying = /^(?:id|ids|no|num|number|code|key|name|uuid|guid|sid|sn|slug)$/;
/** Words that pages, dates and kinds end in: what other answers hold of the kind is not what is asked for. */
const others =
  /^(?:page|pages|size|limit|offset|skip|count|total|rows|date|day|month|week|year|time|timestamp|start|end|from|to|before|after|version|lang|language|locale|format|type|kind|status|state|sort|order|by|direction|mode|flag|enabled|lat|lng|lon|latitude|longitude|width|height|depth|level|currency|unit|zoom|action|op)$/;

/** Whether a name says how, how many, when or of which kind. */
export function saysHow(name: string): boolean {
  return others.test(wordsOf(name).at(-1) ?? '');
}

/** Whether a parameter by its place and name says which record is meant, rather than how or how many. */
export function isIdLike({ name, in: place }: Pick<FilledValue, 'name' | 'in'>): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (place === 'path') return !saysHow(name);
  if (place !== 'query' || !identifying.test(last)) return false;
  const before = words.at(-2);
  return before === undefined ? last !== 'num' && last !== 'no' : !/^(?:page|current|index)$/.test(before);
}

/**
 * Whether the value that other answers hold is better than what a check has: made up, or a sample of the document for
 * something that comes and goes. Headers and whole bodies are nobody's field.
 */
export function canBeLent(filled: FilledValue): boolean {
  const { name, in: place, origin, value } = filled;
  if (place !== 'path' && place !== 'query' && (place !== 'body' || name === 'body')) return false;
  if (uncertainOrigins.has(origin)) return true;
  if (origin !== 'example' && origin !== 'default') return false;
  return isIdLike(filled) && (typeof value === 'string' || typeof value === 'number');
}
