import { percentDecoded } from '../../../lib/text/text.ts';
import type { JsonObject } from '../../../model/json.ts';

/** A URL as people write it in documents, taken apart. */
export interface UrlParts {
  /** What stands before the path, as written: `https://host`, `{{baseUrl}}`, or nothing. */
  readonly base: string;
  /** Template with `{name}`; starts with `/`. */
  readonly path: string;
  readonly query: readonly Pair[];
}

export interface Pair {
  readonly name: string;
  readonly value: string;
  /** In a query, `name=value` or `name` as it was written, where it is encoded in a way of its own. */
  readonly written?: string;
  /** Kept by its author but not sent. */
  readonly disabled?: boolean;
}

const placeholder = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{%[^{}]*%\}|<%[^<>]*%>|\{\$?[^{}/]*\}/;
const placeholders = new RegExp(placeholder.source, 'g');
const absolute = /^([a-z][a-z0-9+.-]*):\/\//i;
const bareHost =
  /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}|[a-z0-9-]+(?=:\d))(?::\d{1,5})?(?=\/|\?|#|$)/i;
/** Host names that stand for "put yours here". */
const inventedHost =
  /^(?:ip|host|hostname|server|serverip|server[-_]?ip|domain|your.*|my[-_]?(?:domain|host|server)|x+|api[-_]?host|\*.*|[^.]*\.?x{2,}\..*)$/i;

/** Whether a value still waits for a variable: `{{x}}`, `${x}`, `<x>`, `{% … %}`. */
export function hasPlaceholder(text: string): boolean {
  return /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{%|<%|^<[^<>/]+>$/.test(text);
}

/** Takes a URL from a document apart: what stands before the path, the path as a template, the query. */
export function splitUrl(raw: string): UrlParts {
  const [before = ''] = raw.trim().split('?', 1);
  const text = before.replace(/%7B/gi, '{').replace(/%7D/gi, '}') + raw.trim().slice(before.length);
  const end = baseEnd(text);
  const rest = text.slice(end).split('#', 1)[0] ?? '';
  const mark = rest.indexOf('?');
  return {
    base: text.slice(0, end),
    path: templatePath(mark < 0 ? rest : rest.slice(0, mark)),
    query: mark < 0 ? [] : parseQuery(rest.slice(mark + 1)),
  };
}

function baseEnd(text: string): number {
  const scheme = absolute.exec(text) ?? /^(?:\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{[^{}]*\}):\/\//.exec(text);
  if (scheme !== null) return hostEnd(text, scheme[0].length);
  const variable = /^(?:\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{%[^{}]*%\}|<%[^<>]*%>|<[^<>]+>|\{[^{}/]*\})/.exec(text);
  if (variable !== null) {
    const glued = /^[A-Za-z0-9_-]/.test(text.slice(variable[0].length));
    return glued ? variable[0].length : hostEnd(text, 0);
  }
  return bareHost.exec(text)?.[0].length ?? 0;
}

/** Where the host ends: the first `/`, `?` or `#` outside a placeholder. */
function hostEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '<') depth++;
    else if (char === '}' || char === '>') depth = Math.max(0, depth - 1);
    else if (depth === 0 && (char === '/' || char === '?' || char === '#')) return at;
  }
  return text.length;
}

/**
 * The base as a server's URL, without a slash at its end. `undefined` when it is not http(s), still has a variable in
 * it, or names a host that stands for the reader's own (`your-server`, `serverIp`): nobody must ever call that.
 */
export function serverUrl(base: string): string | undefined {
  const text = base.trim().replace(/\/+$/, '');
  const scheme = absolute.exec(text);
  const end = hostEnd(text, scheme?.[0].length ?? 0);
  const authority = text.slice(scheme?.[0].length ?? 0, end);
  if (authority.length > 300) return undefined;
  if (!/^https?$/i.test(scheme?.[1] ?? (bareHost.test(text) ? 'http' : ''))) return undefined;
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  if (!/^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/.test(host)) return undefined;
  if (inventedHost.test(host.replace(/:\d+$/, ''))) return undefined;
  const path = text.slice(end).split(/[?#]/, 1)[0] ?? '';
  return placeholder.test(path) ? undefined : `${(scheme?.[1] ?? 'http').toLowerCase()}://${host}${path}`;
}

/** `/users/:id`, `/users/<int:id>`, `/users/${id}`, `/users/{{id}}`, `/users/[id]`, `/users/(id)` → `/users/{id}`. */
export function templatePath(path: string): string {
  const trimmed = path.trim();
  const segments = trimmed.replace(placeholders, (found) => `{${variableName(found)}}`).split('/');
  const named = segments
    .map(templateSegment)
    .join('/')
    .replace(/\/{2,}/g, '/');
  return named.startsWith('/') ? named : `/${named}`;
}

/** A name in words: `(id or name)`. */
const named = /^\(([\p{L}_][\p{L}\p{N}_ -]*)\)$/u;

function templateSegment(segment: string): string {
  const colon = /^:([\p{L}_][\p{L}\p{N}_-]*)(?:\([^()]*\))?\??$/u.exec(segment);
  if (colon?.[1] !== undefined) return `{${colon[1]}}`;
  // `:id.json`: the name ends before what says how the answer is written.
  const ending = /^:([\p{L}_][\p{L}\p{N}_-]*)(\.[a-z]{2,5})$/u.exec(segment);
  if (ending !== null) return `{${ending[1] ?? ''}}${ending[2] ?? ''}`;
  const angle =
    /^<(?:[a-z]+:)?([^<>]+)>$/.exec(segment) ??
    /^\[(?:\.\.\.)?([^[\]]+)\]$/.exec(segment) ??
    named.exec(segment);
  if (angle?.[1] !== undefined) return `{${cleanName(angle[1])}}`;
  return segment.replace(/<(?:[a-z]+:)?([^<>/]+)>/g, (_, name: string) => `{${cleanName(name)}}`);
}

function variableName(found: string): string {
  return cleanName(found.replace(/^\{\{|^\$\{|^\{%|^<%|^\{/, '').replace(/\}\}$|%\}$|%>$|\}$/, ''));
}

/** `_.base_url`, `$guid`, `id:int`, `id?`, `*path` → the bare name. */
function cleanName(name: string): string {
  const bare = name
    .trim()
    .replace(/^(?:_\.|[$*+.:])+/, '')
    .replace(/[:?*=|].*$/, '')
    .trim()
    .replace(/[\s/]+/g, '_');
  return bare === '' ? 'value' : bare;
}

/** Names of the parameters in a template, in order, each once. */
export function pathNames(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''))];
}

/** `a=1&b=x%20y` → pairs, percent-decoded where that is possible. */
export function parseQuery(text: string): Pair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map(writtenPair)
    .filter((pair) => pair.name !== '' && !/^[.…]+$/.test(pair.name));
}

/** The query that stands in an address (`/gateway?action=list`) without what a list of parameters says more about. */
export function unlessDescribed(query: readonly Pair[], described: readonly JsonObject[]): readonly Pair[] {
  const names = new Set(described.map((one) => one['name']));
  return query.filter(({ name }) => !names.has(name));
}

/** `name=value` or `name`, percent-encoded or not. */
export function writtenPair(part: string): Pair {
  const equals = part.indexOf('=');
  const name = decode((equals < 0 ? part : part.slice(0, equals)).trim());
  const value = equals < 0 ? '' : decode(part.slice(equals + 1).trim());
  return part === encodedPair(name, value) ? { name, value } : { name, value, written: part.trim() };
}

function encodedPair(name: string, value: string): string {
  return `${encodeText(name)}=${encodeText(value)}`;
}

/**
 * A pair as it goes out: what was encoded stays as it was, what may not stand in a query is encoded (URL Standard,
 * special-query percent-encode set).
 */
export function sentText({ name, value, written }: Pair): string {
  if (written === undefined) return encodedPair(name, value);
  return written.replace(/%(?![0-9a-f]{2})|[^\x21-\x7e]+|["#'<>]/giu, encodeText).replaceAll("'", '%27');
}

function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Percent-decoded, a plus as the blank that it stands for in a query. */
function decode(text: string): string {
  return percentDecoded(text.replaceAll('+', ' '));
}

/**
 * Whether a concrete or templated path is an instance of a template: `/orders/7` of `/orders/{id}`. Yields the values
 * by name, `undefined` when it is not.
 */
export function matchPath(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = template.split('/').filter((part) => part !== '');
  const given = path.split('/').filter((part) => part !== '');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{([^{}]*)\}$/.exec(part)?.[1];
    if (name !== undefined) values[name] = value;
    else if (part !== value) return undefined;
  }
  return values;
}

/** As `matchPath`, where a base path may stand in front: what it is, and the values of the template. */
export function matchTail(
  template: string,
  path: string,
): { values: Readonly<Record<string, string>>; prefix: string } | undefined {
  const wanted = template.split('/').length;
  const given = path.split('/');
  const extra = given.length - wanted;
  if (extra < 0) return undefined;
  const values = matchPath(template, `/${given.slice(extra + 1).join('/')}`);
  return values === undefined ? undefined : { values, prefix: given.slice(0, extra + 1).join('/') };
}
