import { curlCommands, isDownload, requestOfCurl } from '../curl/curl-command.ts';
import { splitUrl } from '../shared/url-template.ts';
import type { Block } from './blocks/block.ts';
import { type Label, labelOf } from './sections/labels.ts';
import {
  codeAddresses,
  callInAnyCase,
  labelledCall,
  reversedSignature,
  type Signature,
  signaturesIn,
  urlIn,
  urlsIn,
} from './sections/signatures.ts';
import { addressCells, keyValueRows } from './fields/tables.ts';
import {
  headingPath,
  headingSignatures,
  isOnlyYourHost,
  isSpecification,
  onlyPath,
  urlAlone,
} from './sections/titles.ts';

/** A place of a document that looks as if it named an operation, whether it has become one or not. */
export interface Mention {
  /** None where only an address is named. */
  readonly methods: readonly string[];
  /** As written. */
  readonly url: string;
  readonly line: number;
  /** Index of its block. */
  readonly block: number;
  /** `group`: may be what stands in front of others; `link`: a bare URL, which may lead to a page. */
  readonly kind: 'call' | 'address' | 'group' | 'link';
}

type Found = Pick<Mention, 'methods' | 'url' | 'kind'> & { readonly line?: number };

/** Everything in a document that looks like an operation: methods with paths, and addresses that are called such. */
export function mentionsIn(blocks: readonly Block[]): Mention[] {
  let before: Block | undefined;
  return blocks.flatMap((block, index) => {
    const found = foundIn(block, before);
    before = block;
    return found.map((one): Mention => ({ line: block.line, ...one, block: index }));
  });
}

function foundIn(block: Block, before: Block | undefined): Found[] {
  switch (block.kind) {
    case 'heading':
      return inHeading(block.text);
    case 'text':
      return inText(block.text, block.item, before);
    case 'code':
      return inCode(block, before);
    case 'table':
      return inTable(block);
  }
}

function inHeading(text: string): Found[] {
  const found = headingSignatures(text);
  if (found.length > 0) return calls(text, found);
  const path = headingPath(text);
  const isNamed = path !== undefined && !isFile(path) && (/\/.*\//.test(path) || /[`（(]\/|^\//.test(text));
  return isNamed ? [{ methods: [], url: path, kind: 'group' }] : [];
}

/** `- `/orders/count` counts them`: an entry of a list that names no method. */
const listedPath = /^\s*`(\/[\w.{}:-]+(?:\/[\w.{}:-]+)+)`(?!\s*[、/])/;

function inText(text: string, item: boolean, before: Block | undefined): Found[] {
  const label = labelOf(text);
  const said = labelledCall(text);
  if (said !== undefined) return [{ methods: said.methods, url: said.url, kind: 'call' }];
  const anyCase = callInAnyCase.test(text) || (label !== undefined && namesCall(label));
  const found = [
    ...calls(text, signaturesIn(text, anyCase)),
    ...inCommands(inlineCommand(text) ?? text.replaceAll('`', '')),
  ];
  if (found.length > 0) return found.map(({ methods, url, kind }) => ({ methods, url, kind }));
  const reversed = reversedSignature(text);
  if (reversed !== undefined) return calls(text, [reversed]);
  if (label !== undefined) return labelled(label);
  if (awaitsAddress(before)) return addresses(urlIn(text, true));
  const path = item ? listedPath.exec(text)?.[1] : onlyPath(text);
  if (path !== undefined) return isFile(path) ? [] : addresses(path);
  const link = urlAlone(text);
  return link === undefined || isFile(link) ? [] : [{ methods: [], url: link, kind: 'link' }];
}

function namesCall({ role }: Label): boolean {
  return role === 'url' || role === 'method' || role === 'request';
}

/** `请求地址: /orders`, `Base path: /api`. */
function labelled({ role, words, value }: Label): Found[] {
  if (role === 'base') {
    const base = urlIn(value, false);
    return base === undefined || /^https?:/.test(base) ? [] : [{ methods: [], url: base, kind: 'group' }];
  }
  return role === 'url' ? urlsIn(value, !/^(?:api|接口|location)$/i.test(words)).flatMap(addresses) : [];
}

/** Whether what stands above is only the name of an address. */
function awaitsAddress(before: Block | undefined): boolean {
  if (before?.kind !== 'text' && before?.kind !== 'heading') return false;
  const label = labelOf(before.text, before.kind === 'heading');
  return label?.role === 'url' && label.value === '';
}

/** `重定向到 /wechat/authorize` as all that a block of code holds. */
const ledPath = /^\p{Script=Han}{1,8}\s*(\/[\w.{}:-]+(?:\/[\w.{}:-]+)+)$/u;
/** Of a line of code beyond which nothing is looked for. */
const maxCodeChars = 2000;

function inCode(block: Extract<Block, { readonly kind: 'code' }>, before: Block | undefined): Found[] {
  const found: Found[] = inCommands(block.text).map((one) => ({
    ...one,
    line: block.line + (one.line ?? 1) - 1,
  }));
  for (const [index, line] of block.text.split('\n').entries()) {
    const text = line.trim().slice(0, maxCodeChars);
    for (const one of calls(text, signaturesIn(text, false)))
      found.push({ ...one, line: block.line + index });
  }
  if (found.length > 0) return found;
  const text = block.text.trim();
  if (awaitsAddress(before) && !text.includes('\n')) return addresses(urlIn(text, true));
  const led = ledPath.exec(text.slice(0, maxCodeChars))?.[1];
  if (led !== undefined) return addresses(led);
  return codeAddresses(block.language, block.text).flatMap(({ url, line }) =>
    addresses(url).map((one) => ({ ...one, line: block.line + line })),
  );
}

/** The curl command in a code span with which a line ends. */
export function inlineCommand(text: string): string | undefined {
  return /`\s*(?:\$\s+)?(curl\s[^`]+)`[\s。.;；)）]*$/.exec(text)?.[1];
}

/** Lines are counted from 1. */
function inCommands(text: string): Found[] {
  return curlCommands(text)
    .filter((command) => !isDownload(command, text))
    .flatMap((command): Found[] => {
      const request = requestOfCurl(command, []);
      if (request === undefined || splitUrl(request.url).path === '/') return [];
      return [{ methods: [request.method], url: request.url, kind: 'call', line: command.line }];
    });
}

function inTable({ rows, lines }: Extract<Block, { readonly kind: 'table' }>): Found[] {
  const at = (row: number): { readonly line?: number } => {
    const line = lines[row];
    return line === undefined ? {} : { line };
  };
  const found = rows.flatMap((cells, row) =>
    cells.flatMap((cell) => calls(cell, signaturesIn(cell, false)).map((one) => ({ ...one, ...at(row) }))),
  );
  const shown = rows.flatMap((cells, row) =>
    cells.flatMap((cell) => inCommands(inlineCommand(cell) ?? '').map((one) => ({ ...one, ...at(row) }))),
  );
  const said = addressCells(rows).flatMap(({ url, row }) =>
    addresses(url).map((one) => ({ ...one, ...at(row) })),
  );
  const named = keyValueRows(rows).flatMap(({ name, value, row }) => {
    const label = labelOf(`${name}: ${value}`);
    return label === undefined ? [] : labelled(label).map((one) => ({ ...one, ...at(row) }));
  });
  return [...found, ...shown, ...said, ...named];
}

/** A path that breaks off where a value in another script begins goes on with that value: `/courses/数学`. */
function calls(text: string, signatures: readonly Signature[]): Found[] {
  return signatures
    .map(({ methods, url, end }): Found => {
      const isCut = url.endsWith('/') && /\p{Script=Han}/u.test(text[end] ?? '');
      return { methods, url: isCut ? `${url}{}` : url, kind: 'call' };
    })
    .filter(({ url }) => url.length > 1 && !/^[^?]*\.{2}/.test(url));
}

function addresses(url: string | undefined): Found[] {
  return url === undefined || !isAddress(url) || isOnlyYourHost(url) || isSpecification(url)
    ? []
    : [{ methods: [], url, kind: 'address' }];
}

/** No word of prose, no host alone, and no choice of types: `str/int`. */
function isAddress(url: string): boolean {
  if (/^(?:https?:|[/{$<])/.test(url)) return splitUrl(url).path !== '/';
  const words = url.split('/');
  return words.length > 1 && !words.every((word) => typeName.test(word));
}

const typeName =
  /^(?:str(?:ing)?|int(?:eger)?|long|float|double|number|bool(?:ean)?|list|dict|array|object|json|null|none|date)?$/i;

/** A path that ends like a file's is mostly none of an interface. */
function isFile(path: string): boolean {
  return /\.(?:md|mdx|html?|json|ya?ml|conf|sh|js|ts|java|py|go|txt|xml|png|jpe?g)$/i.test(path);
}
