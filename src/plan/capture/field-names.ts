import { stemOf, wordsOf } from './resource.ts';

const identifying = 'id|ids|no|num|number|code|key|name|uuid|guid|sid|sn|slug';
const joinedName = new RegExp(`^(.{3,}?)(?:${identifying})$`);
const lastWord = new RegExp(`^(?:${identifying})$`);

/** What a parameter is called after: `orderId`, `order_no`, `orderid` → the stem of `order`. */
export function nounsOf(parameter: string): readonly string[] {
  const words = wordsOf(parameter);
  if (words.length > 1)
    return lastWord.test(words.at(-1) ?? '') ? [stemOf(words.slice(0, -1).join(' '))] : [];
  const joined = joinedName.exec(words[0] ?? '')?.[1];
  return joined === undefined ? [] : [stemOf(joined)];
}

/** The stem of the field that a parameter is called after; one for several records is called after that of each: `orderIds`. */
export function fieldOf(parameter: string): string {
  return stemOf(parameter).replace(/(id|no|sn)s$/, '$1');
}

/** Stems of an item's field that may hold the value, the most telling first. */
export function fieldsFor(
  parameter: string,
  noun: string,
  inPath: boolean,
  isForm = false,
): readonly string[] {
  const own = fieldOf(parameter);
  const bare = own.startsWith(noun) ? own.slice(noun.length) : '';
  const usual =
    inPath || own === 'id'
      ? ['id', `${noun}id`, 'uuid', 'key', 'code', ...(isForm ? ['valu'] : []), 'nam']
      : [];
  return [...new Set([own, bare, ...usual])].filter((name) => name !== '');
}

/** Of the stems of fields, those of a record's own that can mean nothing else than its id, wherever they stand. */
export function ownFields(parameter: string, noun: string): readonly string[] {
  const own = fieldOf(parameter);
  const isTelling = !lastWord.test(own) && own.length > 3;
  return [...new Set([...(isTelling ? [own] : []), ...(noun === '' ? [] : [`${noun}id`])])];
}
