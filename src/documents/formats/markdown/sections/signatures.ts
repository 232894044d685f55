import { type Label, labelOf, labelsIn } from './labels.ts';

/** Method and URL as they stand in a line of text. */
export interface Signature {
  readonly methods: readonly string[];
  /** As written: a path, a URL, with or without variables and query. */
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** The same path on one of several hosts. */
export interface NamedUrl {
  readonly name?: string;
  readonly url: string;
}

const methodNames = 'GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS';
/** Behind the first of a list: as many as there are others. */
const maxMethods = 6;
const methodList = `(?:${methodNames})(?:[\\s\`]{0,3}(?:[/、,，|&+]|或|or)[\\s\`]{0,3}(?:${methodNames})(?![A-Za-z])){0,${maxMethods}}`;
const wordBefore = '(?<![A-Za-z0-9_./{-])';
const between = '(?:\\s?(?:请求|方法|method|request))?[\\s`*:：|—–=＝>→⇒,，;；\\])）】"\'-]{1,12}';
const methodFirst = new RegExp(
  `${wordBefore}(${methodList})${between}(?=https?:\\/\\/|\\/|\\{\\{|\\$\\{|\\{[A-Za-z_]+\\}\\/|<[a-z_-]+>\\/|[a-z0-9.-]+:\\d+\\/)`,
  'gi',
);
const methodLast = new RegExp(
  `^[\\s\`*:：|—–=＝>→⇒,，;；、()（\\[【-]{1,10}(${methodList})(?:\\s?(?:请求|方法))?[\\s\`*\\])）】]{0,4}(?:$|[\\s—–:：-])`,
  'i',
);
const programming =
  /^(?:js|jsx|javascript|ts|tsx|typescript|java|kotlin|python|py|go|golang|ruby|rb|php|c|cpp|csharp|cs|c#|rust|swift|sql|yaml|yml|xml|html|css|vue|dart|scala|lua|dockerfile|nginx|ini|toml|diff|mermaid|proto|graphql|json|json5|jsonc)$/;
/** Absolute paths of files, not of interfaces: those may well begin with `/home/` or `/Users/`. */
const filePath =
  /^\/(?:(?:etc|usr|var|opt|tmp|root|bin|sbin|proc|mnt)\/|dev\/(?:null|zero|u?random|shm|tty|std|sd)|(?:home|Users)\/[\w.-]+\/(?:.*\.\w+$|(?:\.\w|www|apps?|code|src|workspace|projects?|logs?|data|bin)\b))/;

/**
 * A line of a method and a path that are told from prose, in any case of letters: by marks around one of them (`get` /a),
 * by a sign between them (get → /a), by brackets or a colon in front and nothing behind.
 */
export const callInAnyCase =
  /^\s*(?:`(?:get|post|put|delete|patch)`\s*[:：]?\s*`?\/|(?:get|post|put|delete|patch)\s+`\/[^`]+`\s*$)|(?<![\w./{-])(?:get|post|put|delete|patch)`?\s*(?:→|⇒|[-=]>)\s*`?\/\S|[:：（([【]\s*`?(?:get|post|put|delete|patch)`?(?:\s*[,，;；:：\])】）]\s*|\s+)`?\/[^\s`]+[`)）\]】\s]*$/;

/** Every `METHOD url` in a line. Lower-case methods count only when `anyCase`, for headings and labelled lines. */
export function signaturesIn(text: string, anyCase: boolean): Signature[] {
  // No address is without one of these, and most texts are.
  if (!/[/{]/.test(text)) return [];
  const spread = spreadIn(text);
  if (spread !== undefined) return [spread];
  const found: Signature[] = [];
  for (const match of text.matchAll(methodFirst)) {
    const methods = methodsIn(match[1] ?? '');
    const start = match.index;
    const at = start + match[0].length;
    if (start < (found.at(-1)?.end ?? 0)) continue;
    if (!anyCase && match[1] !== match[1]?.toUpperCase()) continue;
    const url = readUrl(text, at);
    if (url === '' || filePath.test(url) || (url === '/' && methodsIn(text.slice(at, at + 12)).length > 0))
      continue;
    found.push({ methods, url, start, end: at + url.length });
  }
  const slashless = found.length === 0 ? slashlessIn(text, anyCase) : undefined;
  return slashless === undefined ? found : [slashless];
}

const spreadLine = new RegExp(
  `^[\\s\`*\\[【]*(${methodNames})[\\s\`*\\]】:：]+(\\/(?: [\\w.:{}-]{1,60} \\/){0,9} [\\w.:{}-]{1,60}(?: ?\\/)?)[\\s\`*]*$`,
);

/** `[POST] / user / login`: a line of a method and a path with blanks around its slashes. */
function spreadIn(text: string): Signature | undefined {
  const [, method = '', path = ''] = spreadLine.exec(text) ?? [];
  return path === ''
    ? undefined
    : {
        methods: methodsIn(method),
        url: path.replaceAll(' ', ''),
        start: text.search(/[A-Z]/),
        end: text.length,
      };
}

const slashlessLine = new RegExp(
  `^[\\s\`*]*(${methodNames})(\\s*[:：]\\s*|\\s+)([A-Za-z][\\w.-]*(?:\\/[\\w.:{}<>$-]+)+\\/?(?:\\?[^\\s\`]*)?)[\\s\`*]*$`,
  'i',
);

/** `GET:v1/time`, `GET v1/users/{id}`: a line of method and path, no slash in front. Two words with a slash are prose. */
function slashlessIn(text: string, anyCase: boolean): Signature | undefined {
  const match = slashlessLine.exec(text);
  const [, method = '', between = '', path = ''] = match ?? [];
  const isPath = /[:：]/.test(between) || /^(?:api|rest|open\w*|v\d+)\/|\/.*\/|[{:?]/i.test(path);
  if (match === null || !isPath || /^https?\//i.test(path) || (!anyCase && method !== method.toUpperCase()))
    return undefined;
  const start = text.search(/[A-Za-z]/);
  const url = /^[^/]*(?:\.[a-z]{2,}|:\d+)\//i.test(path) ? path : `/${path}`;
  return { methods: methodsIn(method), url, start, end: text.length };
}

/** `url [GET]`, `/users (POST)`, `（/users，GET）`: the other way round. */
export function reversedSignature(text: string): Signature | undefined {
  const start = text.search(/(?:https?:\/\/|\/)[^\s`]/);
  if (start < 0) return undefined;
  const url = readUrl(text, start);
  const last = methodLast.exec(text.slice(start + url.length));
  if (last === null || url.length < 2 || filePath.test(url)) return undefined;
  return { methods: methodsIn(last[1] ?? ''), url, start, end: start + url.length + last[0].length };
}

/** `GET`, `post 请求`, `https + POST`, `GET/POST` → upper-case names; none when the text names no method. */
export function methodsIn(text: string): string[] {
  return [...new Set([...text.matchAll(anyMethod)].map((match) => (match[1] ?? '').toUpperCase()))];
}

const anyMethod = new RegExp(`(?<![A-Za-z])(?:HTTPS?)?(${methodNames})(?![A-Za-z])`, 'gi');

/** The first URL or path in a text; with `bare`, also one without a slash in front: `users/:id`. */
export function urlIn(written: string, bare: boolean): string | undefined {
  // `…/orders`, `./orders`: the host is left out.
  const text = written.replace(/^([\s`]*)(?:\.{1,3}|…)(?=\/\w)/, '$1');
  const start = text.search(
    /https?:\/\/|(?:\{\{[^{}\s]+\}\}|\$\{[^{}\s]+\}|\{[^{}\s]+\}|<[^<>\s]+>)\/|(?<![\w:/.)}\]>])\/(?![/*])/,
  );
  if (start >= 0) {
    const url = readUrl(text, start);
    if (url !== '' && !filePath.test(url)) return url;
  }
  if (!bare) return undefined;
  const word =
    /^[`"'\s]*((?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/|localhost(?::\d+)?\/)?[A-Za-z][\w.-]*(?:\/[\w.:{}<>$-]*)*(?:\?[^\s`]*)?)[`"'\s]*$/.exec(
      text,
    );
  const candidate = word?.[1];
  if (
    candidate === undefined ||
    // The name of a class or package.
    /^\w+(?:\.\w+){2,}$/.test(candidate) ||
    /^(?:https?|tcp|rpc|none|n\/a|无|json|get|post|put|delete|patch)$/i.test(candidate)
  )
    return undefined;
  return candidate;
}

/** What may stand between addresses of one list; behind "or" stands another name of the same operation. */
const listed = /^[\s`]*(?:[、，,；;|+]|\/(?=[\s`])|和|与|及|and(?=[\s`])|\s)[\s`]*(?=\/[\w{:]|https?:\/\/)/;
const maxListed = 50;

/** The addresses of a list: `/a<br>/b`, `/a、/b`; what follows in words is none of it. */
export function urlsIn(text: string, bare: boolean): string[] {
  const first = urlIn(text, bare);
  if (first === undefined) return [];
  const urls = [first];
  let at = text.indexOf(first) + first.length;
  while (urls.length < maxListed) {
    const between = listed.exec(text.slice(at, at + 200))?.[0];
    const url = between === undefined ? '' : readUrl(text, at + between.length);
    if (between === undefined || url === '' || filePath.test(url)) break;
    urls.push(url);
    at += between.length + url.length;
  }
  return urls;
}

const stop = /[\s`"'“”‘’|，。；、！？《》「」（）【】\\*^]/;
const cjk = /[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/;

/** A segment that names its parameter in words: `/containers/(id or name)/json`. */
const inBrackets = /^\([\p{L}_][\p{L}\p{N}_ -]{0,38}\)/u;

/** Reads a URL from `start` on: to white space, a quote, other punctuation or CJK text outside of a placeholder. */
export function readUrl(text: string, start: number): string {
  // What a code span begins with is the URL as a whole, also with a value in Chinese.
  const span =
    text[start - 1] === '`' ? /^[^`\s]+(?=`)/.exec(text.slice(start, start + 2000))?.[0] : undefined;
  if (span?.includes('?') === true) return span;
  let depth = 0;
  let at = start;
  for (; at < text.length && at - start < 2000; at++) {
    const char = text[at] ?? '';
    if (char === '\n' || char === '`') break;
    const named =
      depth === 0 && char === '(' && text[at - 1] === '/' ? inBrackets.exec(text.slice(at, at + 42)) : null;
    if (named !== null) {
      at += named[0].length - 1;
      continue;
    }
    if ('{<'.includes(char)) depth++;
    else if ('}>'.includes(char)) depth = Math.max(0, depth - 1);
    else if (
      depth === 0 &&
      (stop.test(char) || cjk.test(char) || (char === ',' && /^,(?:\s|$)/.test(text.slice(at, at + 2))))
    )
      break;
    else if (depth > 0 && char === ' ' && !/^[^{}<>\n`]{0,40}[}>]/.test(text.slice(at, at + 42))) break;
  }
  let url = text.slice(start, at).replace(/[.,;:!?]+$/, '');
  // `/...` stands for any path.
  if (url === '/' && text[start + 1] === '.') return '';
  // `/orders[?id=1]`: a query that may be left out.
  url = url.replace(/\[(?=\?)([^\]]*)\]?$/, '$1');
  if (!url.includes('(')) url = url.replace(/\)+$/, '').replace(/[.,;:]+$/, '');
  return url.replace(/\]+$/, (found) => (url.includes('[') ? found : ''));
}

export interface LabelledCall {
  readonly methods: readonly string[];
  readonly url: string;
  /** What stands in front of the labels. */
  readonly title: string;
}

/** `路径 = /users ; 方法 = GET`: method and address behind labels of their own in one line, in either order. */
export function labelledCall(text: string): LabelledCall | undefined {
  const { before, labels } = labelsIn(text);
  const called = labels.filter(({ role }) => role === 'method');
  const urls = labels.flatMap(({ role, value }) => (role === 'url' ? (urlIn(value, true) ?? []) : []));
  const methods = methodsIn(called[0]?.value.slice(0, maxMethodChars) ?? '');
  const [url] = urls;
  if (url === undefined || methods.length === 0 || called.length + urls.length > 2) return undefined;
  return { methods, url, title: before };
}

const maxMethodChars = 40;

/** `METHOD url` at the start of a code block's lines; none in a programming language. */
export function codeSignatures(
  language: string,
  code: string,
): { readonly signature: Signature; readonly line: number }[] {
  if (programming.test(language)) return [];
  return code.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    const [signature] = /^[A-Z]{3,7}[\s:/|,、]/i.test(trimmed) ? signaturesIn(trimmed, false) : [];
    return signature?.start === 0 ? [{ signature, line: index }] : [];
  });
}

/** `URL: /users` and `METHOD: POST` as lines of a block of code that is a form rather than a program. */
export function codeLabels(
  language: string,
  code: string,
): { readonly label: Label; readonly line: number }[] {
  const labels = labelledLines(language, code);
  const roles = new Set(labels.map(({ label }) => label.role));
  return roles.has('method') && roles.has('url') ? labels : [];
}

/** What such lines call an address, in a block that names no method. */
export function codeAddresses(
  language: string,
  code: string,
): { readonly url: string; readonly line: number }[] {
  return labelledLines(language, code).flatMap(({ label, line }) => {
    // `path=/data`: a setting.
    const isSetting = /^[^:：]*=/.test(code.split('\n')[line] ?? '');
    const url = label.role === 'url' && !isSetting ? urlIn(label.value, false) : undefined;
    return url === undefined ? [] : [{ url, line }];
  });
}

function labelledLines(language: string, code: string): { readonly label: Label; readonly line: number }[] {
  if (programming.test(language) || /^\s*[{[<]/.test(code)) return [];
  return code.split('\n').flatMap((text, line) => {
    const label = text.length < 300 ? labelOf(text) : undefined;
    return label !== undefined && label.value !== '' && /^(?:method|url)$/.test(label.role)
      ? [{ label, line }]
      : [];
  });
}
