import type { FilledValue } from '../../model/check.ts';
import { uncertainOrigins } from '../../model/check.ts';
import { wordsOf } from './resource.ts';

const identifying = /^(?:id|ids|no|num|number|code|key|name|uuid|guid|sid|sn|slug)$/;
/** 编码 (`bm`), 编号 (`bh`), 代码 (`dm`), 号码 (`hm`), 单号 (`dh`), 流水号 (`lsh`) behind initials of what they are of: `ckbm`, `rybh`. */
const initials = /^[a-z]{2,}(?:bm|bh|dm|hm|dh|lsh)$/;
const inChinese = /(?:编码|编号|代码|号码|流水号|单号|标识|主键)$|(?:bianma|bianhao|daima|haoma)$/i;
/** Words that pages, dates and kinds end in: what other answers hold of the kind is not what is asked for. */
const others =
  /^(?:page|pages|size|limit|offset|skip|count|total|rows|date|day|month|week|year|time|timestamp|start|end|from|to|before|after|version|lang|language|locale|format|type|kind|status|state|sort|order|by|direction|mode|flag|enabled|lat|lng|lon|latitude|longitude|width|height|depth|level|currency|unit|zoom|action|op)$/;

/** Whether a name says how, how many, when or of which kind. */
export function saysHow(name: string): boolean {
  return others.test(wordsOf(name).at(-1) ?? '');
}

/** Whether a name is one of an id to who writes Chinese, in characters or by their first letters. */
function isChineseId(name: string): boolean {
  return inChinese.test(name) || (initials.test(name) && !/[eiou]/.test(name));
}

/** Whether a name says which record of which kind is meant, wherever it stands: `teacherId`, `ckbm`; `id` alone and `name` do not. */
export function namesRecord(name: string): boolean {
  if (isChineseId(name)) return true;
  if (!isIdLike({ name, in: 'query' }) && !/^[a-z]{3,}(?:id|uuid|sn)s?$/.test(name)) return false;
  return /^.{2,}(?:ids?|no|code|uuid|guid|sid|sn)$/i.test(wordsOf(name).join(''));
}

/** Whether a parameter by its place and name says which record is meant, rather than how or how many. */
export function isIdLike({ name, in: place }: Pick<FilledValue, 'name' | 'in'>): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (place === 'path') return !saysHow(name);
  if (place !== 'query') return false;
  if (isChineseId(name)) return true;
  if (!identifying.test(last)) return false;
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
