import type { Server } from '../../../model/document.ts';
import { isObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { curlCommands, isDownload, requestOfCurl } from '../curl/curl-command.ts';
import { parseHttpRequest } from '../shared/http-message.ts';
import type { Block } from './markdown-block.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { looksLikeMarkdown } from './markdown-detect.ts';
import { operationOfSection, type ReadSection } from './markdown-operation.ts';
import { outlineOf } from './markdown-outline.ts';
import { type Named, withSameParameters } from './markdown-same-as.ts';
import type { Leftover, Outline, Section } from './markdown-section.ts';
import { headingLabel, shape, titleIn } from './markdown-titles.ts';
import { isForeign, siteOf } from '../shared/own-hosts.ts';
import { operationOf, type RecordedRequest } from '../shared/recorded-request.ts';
import { matchTail, serverUrl, splitUrl } from '../shared/url-template.ts';

const maxChars = 8_000_000;
const maxOperations = 5000;
/** Requests that are only shown, which are held against every operation. */
const maxShown = 1000;

/** Interface documents as people write them, Chinese and English. */
export const markdown = defineFormat({
  kind: 'markdown',
  version: 12,
  detect: (raw) => (looksLikeMarkdown(raw.text) && !isConfiguration(raw) ? 0.2 : 0),
  read: async (raw) => readMarkdown(raw),
});

/**
 * YAML whose names are a program's: the settings of a gateway, a manifest. Its lists and comments look like those of
 * Markdown; people's notes that happen to be YAML have names of their own language.
 */
function isConfiguration({ data, items }: RawDocument): boolean {
  const first = data ?? items?.find((item) => isObject(item));
  if (!isObject(first)) return false;
  const isNested = Object.values(first).some((value) => typeof value === 'object' && value !== null);
  return isNested && Object.keys(first).every((name) => /^[\w.$-]+$/.test(name));
}

function readMarkdown(raw: RawDocument): ReadDocument {
  const problems: Problem[] = [];
  if (raw.text.length > maxChars) problems.push(tooLarge(raw));
  const text = raw.text.slice(0, maxChars).replace(slippedScheme, 'http$1');
  const blocks = markdownBlocks(withHeadings(text));
  const outline = outlineOf(blocks);
  const sections = outline.sections.slice(0, maxOperations);
  const bases = basesOf(outline);
  const named = mergeRepeated(
    withSameParameters(
      sections.map((section) => ({ section, read: operationOfSection(section, blocks) })),
      blocks,
    ),
  );
  const described = named.map((one) => withServers(one, bases));
  const { requests, slipped } = shownOnly(blocks, sections);
  const own = ownSites(outline, described);
  const foreign = requests.filter(({ url }) => isForeign(url, own));
  const found = [...described, ...requests.filter((one) => !foreign.includes(one)).map(operationOf)];
  const elsewhere = slipped.filter(({ url }) => !isForeign(url, own)).map(callOf);
  problems.push(...problemsOf(raw, outline, found, elsewhere), ...foreignProblem(raw, foreign));
  const only = found.length === 1 ? found[0]?.operation.summary : undefined;
  return assemble({ format: 'markdown', title: outline.title ?? only ?? raw.uri, found, problems });
}

/** `htttp://`, `htpp://`: as fingers slip. */
const slippedScheme = /\b(?:ht{3,}p|h{2,}ttp|htp{2,}|htttp)(s?)(?=:\/\/)/gi;

const chapter = /^[ \t]*[一二三四五六七八九十]{1,3}、[ \t]*(\S.{0,40})$/gm;
const numbered = /^[ \t]*\d{1,2}(?:\.\d{1,2}){1,3}[.、]?[ \t]+(\S.{0,60})$/gm;

/** What an office exports as plain text has no headings, only their numbers: `三、用户`, `3.1 登录`. */
function withHeadings(text: string): string {
  if (/^#{1,6}[ \t]|^<h[1-6]\b/im.test(text)) return text;
  if ([...text.matchAll(numbered)].length < 2) return text;
  return text.replace(chapter, '## $1').replace(numbered, '### $1');
}

function basesOf(outline: Outline): Server[] {
  return outline.bases.flatMap((base): Server[] => {
    const url = serverUrl(base.url);
    return url === undefined ? [] : [base.name === undefined ? { url } : { url, name: base.name }];
  });
}

/**
 * An overview and the sections that it lists are the same operations. Two sections of their own stay two when both
 * describe something: the document repeats itself on purpose.
 */
function mergeRepeated(all: readonly Named[]): ReadSection[] {
  const kept: Named[] = [];
  const places = new Map<string, number>();
  for (const one of all) {
    const key = `${one.section.method} ${shape(one.section.url)}`;
    const index = places.get(key);
    const known = index === undefined ? undefined : kept[index];
    if (index === undefined || known === undefined) {
      places.set(key, kept.length);
      kept.push(one);
    } else if (known.section.overview && !one.section.overview)
      kept[index] = { ...one, read: withTitle(one.read, known.read) };
    else if (!one.section.overview && one.read.described && known.read.described) kept.push(one);
    else if (!one.section.overview && one.read.described)
      kept[index] = { ...one, read: withTitle(one.read, known.read) };
  }
  return kept.map((one) => one.read);
}

function withTitle(read: ReadSection, other: ReadSection): ReadSection {
  const summary = read.operation.summary ?? other.operation.summary;
  return summary === undefined ? read : { ...read, operation: { ...read.operation, summary } };
}

/** The document's base URLs for operations that name no host; a path that repeats the base path loses it there. */
function withServers(read: ReadSection, bases: readonly Server[]): ReadSection {
  if (read.operation.servers.length > 0) return read;
  const servers = bases.map((base): Server => {
    const path = splitUrl(base.url).path;
    const repeated = path !== '/' && read.operation.path.startsWith(`${path.replace(/\/$/, '')}/`);
    return repeated ? { ...base, url: base.url.slice(0, base.url.length - path.length) } : base;
  });
  return { ...read, operation: { ...read.operation, servers } };
}

/** Requests that are operations of their own, and those that are not. */
interface Shown {
  readonly requests: readonly RecordedRequest[];
  readonly slipped: readonly RecordedRequest[];
}

/**
 * What is only shown how to call, by curl or as HTTP, each once: nothing that is described is at that path. In the
 * section of an operation, a request elsewhere is a slip of the pen unless the section also shows its own.
 */
function shownOnly(blocks: readonly Block[], sections: readonly Section[]): Shown {
  const requests: RecordedRequest[] = [];
  const slipped: RecordedRequest[] = [];
  const seen = new Set<string>();
  const paths = sections.map((section) => ({ section, path: splitUrl(section.url).path }));
  const shown = titled(blocks)
    .flatMap(({ block, title }, index) =>
      shownRequests(block, title).map((request) => ({ request, index, path: splitUrl(request.url).path })),
    )
    .slice(0, maxShown);
  const slips = paths.filter(
    ({ section, path }) => !shown.some((one) => holds(section, one.index) && isAt(one.path, path)),
  );
  for (const { request, index, path } of shown) {
    const key = `${request.method} ${path}`;
    if (path === '/' || seen.has(key) || paths.some((one) => isAt(path, one.path))) continue;
    const isSlip = slips.some(({ section }) => holds(section, index));
    if (!isSlip) seen.add(key);
    (isSlip ? slipped : requests).push(request);
  }
  return { requests, slipped };
}

function ownSites({ bases }: Outline, described: readonly ReadSection[]): ReadonlySet<string> {
  const urls = [...bases, ...described.flatMap((one) => one.operation.servers)].map(({ url }) => siteOf(url));
  return new Set(urls.filter((site) => site !== undefined));
}

/** Whether a request's path is that of a template, perhaps with a base path in front. */
function isAt(path: string, template: string): boolean {
  // Nearly all others differ in their last segment.
  const last = template.slice(template.lastIndexOf('/'));
  return (last.includes('{') || path.endsWith(last)) && matchTail(template, path) !== undefined;
}

function holds({ overview, from, to }: Section, index: number): boolean {
  return !overview && from <= index && index < to;
}

/** Blocks with the heading that they stand under. */
function titled(blocks: readonly Block[]): { readonly block: Block; readonly title: string | undefined }[] {
  let title: string | undefined;
  return blocks.map((block) => {
    if (block.kind === 'heading' && headingLabel(block.text) === undefined)
      title = titleIn(block.text, undefined);
    return { block, title };
  });
}

function shownRequests(block: Block, heading: string | undefined): RecordedRequest[] {
  if (block.kind !== 'code') return [];
  const curls = curlCommands(block.text)
    .filter((command) => !isDownload(command, block.text))
    .flatMap(({ title = heading, ...command }) => {
      const line = block.line + command.line - 1;
      return requestOfCurl({ ...command, line, ...(title === undefined ? {} : { title }) }, []) ?? [];
    });
  const text = parseHttpRequest(block.text.trim());
  const host = text?.headers.find(({ name }) => /^host$/i.test(name))?.value;
  if (text === undefined || host === undefined || !text.url.startsWith('/')) return curls;
  return [
    ...curls,
    { ...text, url: `https://${host}${text.url}`, tags: [], name: heading, pointer: `line ${block.line}` },
  ];
}

const mostListed = 20;

/** @param elsewhere Examples in the section of another operation. */
function problemsOf(
  raw: RawDocument,
  outline: Outline,
  found: readonly FoundOperation[],
  elsewhere: readonly Pick<Leftover, 'call' | 'line'>[],
): Problem[] {
  const without = outline.leftovers.filter((one) => one.why === 'no-method');
  const named = outline.leftovers.filter((one) => one.why === 'mentioned');
  const mentioned = [...named, ...elsewhere].toSorted((a, b) => a.line - b.line);
  const problems = [
    ...leftOut(raw, without, {
      code: 'method-missing',
      what: `${count(without, 'address', 'addresses')} without a method`,
      hint: 'name the method beside the path, for example: 请求方式: GET',
    }),
    ...leftOut(raw, mentioned, {
      code: 'only-mentioned',
      what: `${count(mentioned, 'call', 'calls')} only in a sentence or an example`,
      hint: 'where it is an interface of its own, write method and path in a line of their own below its heading',
    }),
  ];
  if (found.length > 0 || problems.length > 0) return problems;
  return [
    {
      severity: 'notice',
      code: 'no-operations',
      message: 'no operation is named by method and path',
      file: raw.uri,
      hint: 'write method and path where an operation is described, for example: `GET /orders/{orderId}`',
    },
  ];
}

function count(all: readonly unknown[], one: string, many: string): string {
  return `${all.length} ${all.length === 1 ? one : many}`;
}

/** What looks like an interface and is not read, counted and listed. */
function leftOut(
  raw: RawDocument,
  all: readonly Pick<Leftover, 'call' | 'line'>[],
  { code, what, hint }: { readonly code: string; readonly what: string; readonly hint: string },
): Problem[] {
  const [first] = all;
  if (first === undefined) return [];
  const listed = all.slice(0, mostListed).map(({ call, line }) => `${call} (line ${line})`);
  const more = all.length > mostListed ? `, and ${all.length - mostListed} more` : '';
  const message = `${what}: ${listed.join(', ')}${more}`;
  return [{ severity: 'notice', code, message, file: raw.uri, line: first.line, hint }];
}

function foreignProblem(raw: RawDocument, foreign: readonly RecordedRequest[]): Problem[] {
  const all = foreign.map(callOf);
  return leftOut(raw, all, {
    code: 'foreign-host',
    what: `${count(all, 'call', 'calls')} of other hosts left out`,
    hint: 'a service of its own belongs into a document of its own',
  });
}

function callOf({ method, url, pointer }: RecordedRequest): Pick<Leftover, 'call' | 'line'> {
  return { call: `${method} ${url.split(/[?#]/, 1)[0] ?? url}`, line: Number(pointer.replace(/\D/g, '')) };
}

function tooLarge(raw: RawDocument): Problem {
  return {
    severity: 'warning',
    code: 'document-too-large',
    message: `the document has ${raw.text.length} characters; what is beyond ${maxChars} is not read`,
    file: raw.uri,
    hint: 'split it into several files',
  };
}
