/**
 * What a path is about, so that a list (`/orders`, `/order/list`, `/api/listOrders.do`) and its details
 * (`/orders/{id}`, `/order/detail/{id}`, `/order/getById?id=`) are recognised as two views of one resource.
 */
export interface Resource {
  /** Fixed segments in normal form, parameters as `{}`: `/shop/{}/order`. */
  readonly key: string;
  /** The last fixed word's stem: `order`; empty when there is none. */
  readonly noun: string;
  /** Names of the parameters in `key`, in order. */
  readonly parameters: readonly string[];
}

/** The path of an operation's key: `GET /orders #2` → `/orders`. */
export function pathOf(operationKey: string): string {
  return operationKey.replace(/^\S+ /, '').replace(/ #\d+$/, '');
}

/** The resource of a whole path, or of what stands before one of its parameters. */
export function resourceOf(path: string, before?: string): Resource {
  const all = path.split('/').filter((segment) => segment !== '');
  const cut = before === undefined ? -1 : all.findIndex((segment) => segment.includes(`{${before}}`));
  const kept = cut === -1 ? all : all.slice(0, cut);
  const normal = kept.map(normalSegment);
  while (normal.length > 0 && normal.at(-1) === '') normal.pop();
  const fixed = normal.filter((segment) => segment !== '');
  return {
    key: `/${fixed.join('/')}`,
    noun: fixed.findLast((segment) => segment !== '{}') ?? '',
    parameters: kept.slice(0, normal.length).flatMap((segment) => parameterIn(segment) ?? []),
  };
}

/** Words that say how a resource is looked at, not which. */
const views: ReadonlySet<string> = new Set(
  'list lists page pages paged paging all query search find index get fetch json read load detail details info view show by id ids one single do action php aspx'.split(
    ' ',
  ),
);

/** Empty when the segment only says how. */
function normalSegment(segment: string): string {
  if (parameterIn(segment) !== undefined) return '{}';
  return wordsOf(segment)
    .filter((word) => !views.has(word))
    .map(stem)
    .join('');
}

function parameterIn(segment: string): string | undefined {
  return /\{([^{}]*)\}/.exec(segment)?.[1];
}

/** `listOrders.do` → `list`, `orders`, `do`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A name without case, separators and number: what two people would take for the same. */
export function stemOf(name: string): string {
  return wordsOf(name).map(stem).join('');
}

/** Brings `orders`, `boxes`, `cases` and `categories` together with what they are lists of; no word of a language. */
function stem(word: string): string {
  const one = word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
  return one.length > 3 ? one.replace(/ie$|y$/, 'i').replace(/e$/, '') : one;
}
