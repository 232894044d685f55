import { fixedParts, wordsIn } from '../../lib/wording/words.ts';

/**
 * What generators make of the method and the path, which no person has said: FastAPI's `tip_drivers__id__tip_get`, springfox's
 * `tipUsingGET`, NSwag's `Drivers_TipGET`, drf-spectacular's `drivers_tip_retrieve`, hapi-swagger's `getDriversIdTip`.
 */

/**
 * The part of an operationId that somebody has chosen; `undefined` when there is none. That a method is called GET tells of no
 * reading.
 *
 * @param operationId In plain text.
 */
export function chosenName(operationId: string, path: string): string | undefined {
  const bare = operationId.replace(generatedEnd, '');
  const name = withoutPath(bare, path) ?? withoutMethod(bare);
  return isActionOfPath(name, path) ? undefined : name;
}

/** springfox and springdoc: `listUsingGET_1`, `list_1`. */
const generatedEnd = /(?:Using(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS))?(?:_\d+)?$/i;

/**
 * FastAPI: the function, the route's path with `_` for all that is no letter, the method (`generate_unique_id`). The document may
 * show a path below a prefix that the route does not know.
 */
function withoutPath(id: string, path: string): string | undefined {
  const body = /^(.+)_(?:get|head)$/.exec(id)?.[1];
  if (body === undefined) return undefined;
  const parts = path.split('/').slice(1);
  const ends = parts.map((_, index) => `/${parts.slice(index).join('/')}`.replace(/\W/g, '_'));
  const end = ends.find((one) => body.endsWith(one) && body.length > one.length);
  return end === undefined ? undefined : body.slice(0, -end.length);
}

/** `lock_get`, `XxxGet` of swagger-codegen, `Drivers_TipGET` of NSwag. */
function withoutMethod(id: string): string {
  return id.replace(/(?<=[A-Za-z0-9])(?:[_-](?:get|head)|(?<![A-Z])GET|[_-]GET|(?<=[a-z0-9])Get)$/, '');
}

/** The REST framework of Django calls every GET of one thing `retrieve` or `read` and of several `list`, whatever it does. */
function isActionOfPath(name: string, path: string): boolean {
  const words = wordsIn(name);
  if (!/^(?:retrieve|read|list)$/.test(words.at(-1) ?? '')) return false;
  return words.length > 2 && isOfPath(words.slice(0, -1), path);
}

/** Whether words are those of a path, with its parameters and "by" or without: `drivers by id tip`. */
export function isOfPath(words: readonly string[], path: string): boolean {
  const fixed = fixedParts(path)
    .flatMap((part) => wordsIn(part))
    .filter(isNoNumber);
  const named = new Set([...path.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) => wordsIn(name)));
  let at = 0;
  for (const word of words.filter(isNoNumber)) {
    if (word === fixed[at]) at += 1;
    else if (!(named.has(word) || word === 'by' || (at === 0 && word === 'api'))) return false;
  }
  return at === fixed.length && at > 0;
}

/** Ids stand in paths as they were called, and generators number what has one name. */
export function isNoNumber(word: string): boolean {
  return !/^\d+$/.test(word);
}
