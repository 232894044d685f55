import { sentence } from '../../../messages/sentence.ts';
import type { DocumentedResponse, Server } from '../../../model/document.ts';
import { isObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { curlCommands, isDownload, requestOfCurl } from '../curl/curl-command.ts';
import { parseHttpRequest } from '../shared/http-message.ts';
import { maxTitleChars, type Titled, titled } from './above.ts';
import type { Block } from './blocks/block.ts';
import { markdownBlocks } from './blocks/blocks.ts';
import { looksLikeMarkdown } from './detect.ts';
import { operationOfSection, type ReadSection } from './operation.ts';
import { outlineOf } from './sections/outline.ts';
import { labelOf } from './sections/labels.ts';
import { withSaidSignIn } from '../shared/sign-in-text.ts';
import { type Named, withSameParameters } from './same-as.ts';
import { inlineCommand, type Mention, mentionsIn } from './mentions.ts';
import type { Outline, Section } from './sections/section.ts';
import { areTwo, choiceAt, shape, titleIn } from './sections/titles.ts';
import { type Known, PathTree, unreadOf, unreadProblems } from './unread.ts';
import { isForeign, siteOf } from '../shared/own-hosts.ts';
import { shownAnswer } from './shown-answer.ts';
import { choiceOf } from '../shared/dispatch.ts';
import { operationOf, type RecordedRequest, writtenOut } from '../shared/recorded-request.ts';
import { serverUrl, splitUrl } from '../shared/url-template.ts';

const maxChars = 2_000_000;
const maxLines = 30_000;
/** Headings, lines, tables and blocks of code; a single line of HTML may hold any number. */
const maxBlocks = 50_000;
const maxOperations = 5000;
/** Places that are held against the operations. */
const maxMentions = 10_000;
/** Of a request that is only shown: what stands in front of its path is looked through so far. */
const maxSegments = 12;

/** Interface documents as people write them, Chinese and English. */
export const markdown = defineFormat({
  kind: 'markdown',
  version: 22,
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
  const readable = beginningOf(raw.text);
  if (readable.length < raw.text.length) problems.push(tooLarge(raw, readable));
  const text = readable.replace(slippedScheme, 'http$1');
  const all = markdownBlocks(withHeadings(text));
  const blocks = all.slice(0, maxBlocks);
  if (blocks.length < all.length) problems.push(tooManyBlocks(raw, all));
  const outline = outlineOf(blocks);
  const sections = outline.sections.slice(0, maxOperations);
  const bases = basesOf(outline);
  const read = withSameParameters(
    sections.map((section) => ({ section, read: operationOfSection(section, blocks) })),
    blocks,
  );
  const described = mergeRepeated(read).map((one) => withServers(one, bases));
  const own = ownSites(outline, described);
  const requests = shownOnly(blocks, sections)
    .filter(({ url }) => !isForeign(url, own))
    .slice(0, maxOperations - described.length);
  const found = [...described, ...requests.map(shownOperation)];
  if (outline.sections.length > maxOperations) problems.push(tooMany(raw, outline.sections.length));
  const known = [...read.map(knownOf), ...requests.map(knownRequest)];
  const mentions = mentionsIn(blocks);
  if (mentions.length > maxMentions) problems.push(tooManyMentions(raw, mentions));
  const unread = unreadOf(mentions.slice(0, maxMentions), known, basePathsOf(outline, described), own);
  problems.push(...unreadProblems(raw.uri, unread));
  if (found.length + problems.length === 0) problems.push(nothingNamed(raw));
  const only = found.length === 1 ? found[0]?.operation.summary : undefined;
  const document = assemble({ format: 'markdown', title: outline.title ?? only ?? raw.uri, found, problems });
  return { ...document, securitySchemes: withSaidSignIn(document.securitySchemes, textsOf(blocks)) };
}

function textsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text];
    return block.kind === 'table' ? headersSaid(block.rows) : [];
  });
}

/** A table of headers, each row as the sentence that it stands for. */
function headersSaid([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  if (!/^(?:公共|通用|全局)?(?:请求头|headers?)(?:参数|名称?)?$/i.test(head[0]?.trim() ?? '')) return [];
  return rows.flatMap(([cell = '', ...others]) => {
    const name = cell.replaceAll('`', '').trim();
    return /token|auth|session|ticket|jwt/i.test(name) ? [`请求头 \`${name}\`：${others.join(' ')}`] : [];
  });
}

/** What of its address chooses it. */
function choiceIn({ operation, written = [] }: ReadSection): string {
  return choiceOf(operation.path, written);
}

function knownOf({ section, read }: Named): Known {
  const { method, overview, from, to, lines } = section;
  return { method, path: read.operation.path, choice: choiceIn(read), lines, from, to: overview ? from : to };
}

function knownRequest({ method, url, pointer }: RecordedRequest): Known {
  const lines = [Number(pointer.replace(/\D/g, ''))];
  return { method, path: splitUrl(url).path, choice: choiceAt(url), lines, from: 0, to: 0 };
}

function basePathsOf({ basePaths, bases }: Outline, described: readonly ReadSection[]): string[] {
  const servers = [...bases, ...described.flatMap((one) => one.operation.servers)];
  return [...basePaths, ...new Set(servers.map(({ url }) => splitUrl(url).path))];
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
    const key = `${one.section.method} ${shape(one.section.url)}?${choiceIn(one.read)}`;
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
    return repeated ? writtenOut({ ...base, url: base.url.slice(0, base.url.length - path.length) }) : base;
  });
  return { ...read, operation: { ...read.operation, servers } };
}

/**
 * What is only shown how to call, by curl or as HTTP, each once: nothing that is described has its method and path. In
 * the section of an operation, another request is a slip of the pen unless the section also shows its own.
 */
function shownOnly(blocks: readonly Block[], sections: readonly Section[]): ShownRequest[] {
  const described = new PathTree<Section>();
  for (const section of sections) described.add(splitUrl(section.url).path, section);
  const shown = titled(blocks).flatMap((one, index) =>
    shownRequests(one).map((request, _, { length }) => {
      const { path } = splitUrl(request.url);
      const same = tailsOf(path)
        .flatMap((tail) => described.find(tail))
        .filter(({ item }) => item.method === request.method && !areTwo(item.url, request.url));
      const isAlone = one.block.kind === 'code' && length === 1;
      const responses = isAlone ? shownAnswer(blocks, index, request.method) : [];
      return { request: { ...request, responses }, index, path, same: same.map(({ item }) => item) };
    }),
  );
  const showing = new Set(
    shown.flatMap(({ index, same }) => same.filter((section) => holds(section, index))),
  );
  const slips = new Set(
    sections
      .filter((section) => !showing.has(section))
      .flatMap((section) => (section.overview ? [] : range(section.from, section.to))),
  );
  const seen = new Set<string>();
  return shown.flatMap(({ request, index, path, same }) => {
    const key = `${request.method} ${path}?${choiceAt(request.url)}`;
    if (path === '/' || seen.has(key) || same.length > 0 || slips.has(index)) return [];
    seen.add(key);
    return [request];
  });
}

/** A request with what the document shows as its answer. */
interface ShownRequest extends RecordedRequest {
  readonly responses: readonly DocumentedResponse[];
}

function shownOperation({ responses, ...request }: ShownRequest): FoundOperation {
  const found = operationOf(request);
  return responses.length === 0 ? found : { ...found, operation: { ...found.operation, responses } };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** A path, and what is left of it when more and more of its front is taken for a base path. */
function tailsOf(path: string): string[] {
  const segments = path.split('/').slice(0, maxSegments);
  return segments.slice(1).map((_, index) => `/${segments.slice(index + 1).join('/')}`);
}

function ownSites({ bases }: Outline, described: readonly ReadSection[]): ReadonlySet<string> {
  const urls = [...bases, ...described.flatMap((one) => one.operation.servers)].map(({ url }) => siteOf(url));
  return new Set(urls.filter((site) => site !== undefined));
}

function holds({ overview, from, to }: Section, index: number): boolean {
  return !overview && from <= index && index < to;
}

function shownRequests({ block, title: heading, description }: Titled): RecordedRequest[] {
  if (block.kind === 'text') return inlineRequests(block.text, block.line, heading);
  if (block.kind === 'table')
    return block.rows.flatMap((cells, row) =>
      cells.flatMap((cell, index) => {
        const name = index === 0 ? undefined : titleIn(cells[0] ?? '', undefined);
        return inlineRequests(cell, block.lines[row] ?? block.line, name || heading);
      }),
    );
  if (block.kind === 'heading') return [];
  const curls = commandRequests(block.text, block.line, heading, description);
  const text = parseHttpRequest(block.text.trim());
  const host = text?.headers.find(({ name }) => /^host$/i.test(name))?.value;
  if (text === undefined || host === undefined || !text.url.startsWith('/')) return curls;
  return [
    ...curls,
    {
      ...text,
      url: `https://${host}${text.url}`,
      tags: [],
      name: heading,
      description,
      pointer: `line ${block.line}`,
    },
  ];
}

/** A curl command in a code span that ends its line, behind a label or a title at most. */
function inlineRequests(text: string, line: number, heading: string | undefined): RecordedRequest[] {
  const span = inlineCommand(text);
  if (span === undefined) return [];
  const before = text.slice(0, text.indexOf('`'));
  const own = labelOf(before) === undefined ? titleIn(before, undefined) : '';
  if (own.length > maxTitleChars || /[，。,;；!?？]/.test(own)) return [];
  const title = own || heading;
  return commandRequests(span, line, title);
}

function commandRequests(
  text: string,
  line: number,
  heading: string | undefined,
  description?: string,
): RecordedRequest[] {
  return curlCommands(text)
    .filter((command) => !isDownload(command, text))
    .flatMap(({ title = heading, ...command }) => {
      const at = line + command.line - 1;
      const request = requestOfCurl({ ...command, line: at, title }, []);
      return request === undefined ? [] : [{ ...request, description }];
    });
}

function nothingNamed(raw: RawDocument): Problem {
  return {
    level: 'info',
    code: 'no-operations',
    message: sentence('noOperationNamed'),
    file: raw.uri,
    hint: sentence('writeMethodAndPath', { example: 'GET /orders/{orderId}' }),
  };
}

function tooManyBlocks(raw: RawDocument, all: readonly Block[]): Problem {
  const line = all[maxBlocks]?.line;
  return {
    level: 'warning',
    code: 'document-too-large',
    message: sentence('tooManyBlocks', { n: all.length, limit: maxBlocks }),
    file: raw.uri,
    line,
    hint: sentence('splitIntoFiles'),
  };
}

function tooMany(raw: RawDocument, count: number): Problem {
  return {
    level: 'warning',
    code: 'too-many-operations',
    message: sentence('operationsBeyond', { n: count, limit: maxOperations }),
    file: raw.uri,
    hint: sentence('splitIntoFiles'),
  };
}

function tooManyMentions(raw: RawDocument, mentions: readonly Mention[]): Problem {
  const line = mentions[maxMentions]?.line;
  return {
    level: 'warning',
    code: 'too-many-mentions',
    message: sentence('mentionsBeyond', { n: mentions.length, limit: maxMentions }),
    file: raw.uri,
    line,
    hint: sentence('splitIntoFiles'),
  };
}

/** As much of a text as is read: whole lines, unless a single one is too long. */
function beginningOf(text: string): string {
  const kept = text.slice(0, maxChars);
  let end = -1;
  for (let line = 0; line < maxLines; line++) {
    end = kept.indexOf('\n', end + 1);
    if (end < 0) return kept;
  }
  return kept.slice(0, end);
}

function tooLarge(raw: RawDocument, readable: string): Problem {
  return {
    level: 'warning',
    code: 'document-too-large',
    message: sentence('tooManyChars', { n: raw.text.length, limit: readable.length }),
    file: raw.uri,
    hint: sentence('splitIntoFiles'),
  };
}
