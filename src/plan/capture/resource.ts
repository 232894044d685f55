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
  return resourceIn(kept, normal);
}

/** What a path shows a part of, or in another form, by its last words: `/dept/tree`, `/role/options`, `/pet/findByStatus`; else `undefined`. */
export function viewedBy(path: string): Resource | undefined {
  const kept = path.split('/').filter((segment) => segment !== '');
  const normal = kept.map(normalSegment);
  let isView = false;
  for (let index = normal.length - 1; index > 0 && normal[index] !== '{}'; index--) {
    const form = withoutForm(kept[index] ?? '');
    isView ||= form !== normal[index];
    normal[index] = form;
    if (form !== '') break;
    normal.pop();
  }
  return isView && normal.at(-1) !== '{}' ? resourceIn(kept, normal) : undefined;
}

/** Whether a path asks for one by its last words: `/user/info`. */
export function showsOne(path: string): boolean {
  const last = path.split('/').findLast((segment) => segment !== '') ?? '';
  return normalSegment(last) === '' && wordsOf(last).every((word) => singular.has(word));
}

function resourceIn(kept: readonly string[], normal: readonly string[]): Resource {
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

/** Of those, words that ask for one. */
const singular: ReadonlySet<string> = new Set(
  'get fetch load detail details info view show id one single'.split(' '),
);

/** Words of a part of a resource, or of another form of it. */
const forms: ReadonlySet<string> = new Set(
  'tree trees treeselect treelist select selects selector selection option options optionselect enable enabled active available valid mine my own recent recently latest newest hot children child record records simple brief basic dropdown drop down combo combobox cascader picker choices lookup flat pagination pagelist listpage listall'.split(
    ' ',
  ),
);
const chineseForm =
  /(?:树形?(?:结构|列表|选择)?|下拉(?:框|列表|选项|树)?|选项(?:列表)?|(?:分页)?列表|分页|查询)$/;
const looking: ReadonlySet<string> = new Set(['find', 'get', 'list', 'query', 'search', 'select', 'page']);

/** Empty when the segment only says how, or in which form. */
function withoutForm(segment: string): string {
  const words = wordsOf(segment);
  const by = words.indexOf('by');
  const named = by > 0 && looking.has(words[0] ?? '') ? words.slice(0, by) : words;
  return named
    .map((word) => word.replace(chineseForm, ''))
    .filter((word) => word !== '' && !views.has(word) && !forms.has(word))
    .map(stem)
    .join('');
}

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
