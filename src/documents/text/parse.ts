import { jsonComplaint } from '../../messages/syntax.ts';
import { sentence } from '../../messages/sentence.ts';
import { parseExactJson } from '../../lib/json/exact-json.ts';
import { isObject, type Json } from '../../model/json.ts';
import { asOne, fromMintlify, inPages, inSettingsScript, titleOf } from './embedded.ts';
import { limits } from '../limits.ts';
import { type Flaw, parseYaml, placeOf } from './yaml.ts';
import { boundKeywords } from './yaml-scalars.ts';

export type Parsed =
  | { readonly kind: 'data'; readonly value: Json; readonly flaws: readonly Flaw[] }
  /** It does not even look like JSON or YAML. */
  | { readonly kind: 'text' }
  | { readonly kind: 'broken'; readonly flaw: Flaw };

/** A badge or a link, as the first line of many a README has it. */
const startsWithLink = /^\s*\[(?:!\[|[^\]\n]{1,200}\]\()/;

/** `[TOC]`, `[[_TOC_]]`, `[目录]` on a line of their own: where editors put the contents. */
const startsWithWord = /^\s*\[{1,2}(?!(?:true|false|null)\])[\p{L}_]{1,20}\]{1,2}[ \t]*\r?\n/u;

/** JSON by its own parser; everything else that looks like data as YAML, of which lenient JSON is a part. */
export function parseData(text: string): Parsed {
  const first = /[^\s]/.exec(text)?.[0];
  if (first === undefined || startsWithLink.test(text) || startsWithWord.test(text)) return { kind: 'text' };
  if (first === '{' || first === '[') return parseJson(text);
  const embedded = inSettingsScript(text);
  if (embedded !== undefined) return parseJson(embedded);
  const pages = parsePages(text);
  if (pages !== undefined) return pages;
  if (!looksLikeYaml(text) || isFrontMatter(text)) return { kind: 'text' };
  const parsed = asYaml(text);
  const prose =
    parsed.kind === 'broken' ? isProse(text) : parsed.kind === 'data' && isList(parsed.value, text);
  return prose ? { kind: 'text' } : parsed;
}

/** The OpenAPI of all pages in a Markdown text; what is broken in one page is left to the others. */
function parsePages(text: string): Parsed | undefined {
  const pages = inPages(text)
    .map((page) => (page.trimStart().startsWith('{') ? parseJson(page) : asYaml(page)))
    .filter((page) => page.kind === 'data');
  const values = pages.map((page) => page.value).filter((value) => isObject(value));
  const value = asOne(values.map((one) => fromMintlify(one) ?? one));
  if (value === undefined) return undefined;
  const info = isObject(value['info']) ? value['info'] : {};
  const title = info['title'] === '' ? titleOf(text) : undefined;
  return {
    kind: 'data',
    value: title === undefined ? value : { ...value, info: { ...info, title } },
    flaws: pages.flatMap((page) => page.flaws),
  };
}

function parseJson(text: string): Parsed {
  try {
    const value = parseExactJson(text, boundKeywords);
    const deep = deeperThan(value, limits.depth);
    if (!deep) return { kind: 'data', value, flaws: [] };
    return {
      kind: 'broken',
      flaw: {
        code: 'nested-too-deep',
        message: sentence('nestedTooDeep', { n: limits.depth }),
      },
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Comments, trailing commas and unquoted keys are what people write into JSON; YAML allows most of it.
    const lenient = asYaml(text);
    if (lenient.kind === 'data' && lenient.flaws.length === 0) return lenient;
    if (lenient.kind === 'broken' && lenient.flaw.code === 'nested-too-deep') return lenient;
    return { kind: 'broken', flaw: jsonFlaw(error, text) };
  }
}

function asYaml(text: string): Parsed {
  if (text.length > limits.yamlBytes) {
    return {
      kind: 'broken',
      flaw: {
        code: 'yaml-too-large',
        message: sentence('yamlTooLarge', { n: text.length, limit: limits.yamlBytes }),
      },
    };
  }
  const result = parseYaml(text);
  if (!result.ok) return { kind: 'broken', flaw: result.flaw };
  return { kind: 'data', value: result.value, flaws: result.flaws };
}

function jsonFlaw(error: SyntaxError, text: string): Flaw {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  const offset = position === undefined ? text.length : Number(position);
  return {
    code: 'json-syntax',
    message: sentence('invalidJson', { why: jsonComplaint(error) }),
    ...placeOf(offset, text),
  };
}

const mappingOrList =
  /^(?:-\s|\?\s|&\S+|!\S+|(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"|>@`{}[\],&*!%][^#\n]*?)\s*:(?:\s|$))/;

/** The first line that carries content must begin a mapping or a list: keeps prose away from the YAML parser. */
function looksLikeYaml(text: string): boolean {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? undefined : end).trim();
    from = end === -1 ? text.length : end + 1;
    if (line === '' || line.startsWith('#') || line.startsWith('%') || line === '---') continue;
    return mappingOrList.test((line.startsWith('--- ') ? line.slice(4) : line).slice(0, 1000));
  }
  return false;
}

/** Prose with its metadata in front, as Markdown has it: a heading stands on its own there, a comment in YAML does not. */
function isFrontMatter(text: string): boolean {
  const end = /^---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[0].length;
  if (end === undefined || end >= text.length) return false;
  const rest = text.slice(end);
  return /^\s*#{1,6} [^\n]*\n\s*\n/.test(rest) || !looksLikeYaml(rest);
}

/** Notes that begin like data (`Known issues: …`) are no broken document: they have headings, or most of their lines are neither keys nor items. */
function isProse(text: string): boolean {
  if (/^#{2,6} \S/m.test(text.slice(0, 20_000))) return true;
  const lines = text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => /^\s*[^\s#]/.test(line));
  return lines.filter((line) => mappingOrList.test(line.trim().slice(0, 1000))).length * 2 < lines.length;
}

/** Headings with a list below them are YAML to its parser: a list with comments. */
function isList(value: Json, text: string): boolean {
  return Array.isArray(value) && /^#{1,6} \S/m.test(text);
}

function deeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (isObject(value)) {
    for (const key in value) if (deeperThan(value[key] as Json, levels - 1)) return true;
    return false;
  }
  return value.some((item) => deeperThan(item, levels - 1));
}
