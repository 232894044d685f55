import type { Json } from '../../../../model/json.ts';
import { type CurlCommand, curlCommands } from '../../curl/curl-command.ts';
import { type HttpRequestText, parseHttpRequest } from '../../shared/http-message.ts';
import type { Block } from '../blocks/block.ts';
import { type Label, labelOf, type Role } from '../sections/labels.ts';
import { type SampleAnswer, sampleIn, type Surroundings } from './samples.ts';
import { typeWord } from './fields.ts';
import type { Section } from '../sections/section.ts';
import { type FieldRow, fieldRows } from './tables.ts';
import { headingLabel } from '../sections/titles.ts';

/** What a section's blocks say about its operation, before it is decided where each parameter goes. */
export interface Details {
  readonly groups: readonly FieldGroup[];
  readonly requestSamples: readonly Json[];
  readonly responses: readonly SampleAnswer[];
  readonly contentType?: string;
  readonly curls: readonly CurlCommand[];
  readonly requests: readonly HttpRequestText[];
  /** Whether an answer is described at all. */
  readonly answered: boolean;
}

export interface FieldGroup {
  readonly role: 'path' | 'query' | 'headers' | 'body' | 'params' | 'response';
  readonly status: string;
  /** The field whose inside the table describes: `#### data`. */
  readonly inside?: string;
  readonly rows: readonly FieldRow[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Cursor {
  /** `subsection`: below a heading that is no label. */
  role: Role | 'subsection' | undefined;
  status: string;
  inside: string | undefined;
  /** What the label says of all that it holds: `必选参数`. */
  required: boolean | undefined;
}

/** Reads the blocks that belong to a section. */
export function detailsOf(section: Section, blocks: readonly Block[]): Details {
  const groups: Mutable<FieldGroup>[] = [];
  const requestSamples: Json[] = [];
  const responses: SampleAnswer[] = [];
  const loose: SampleAnswer[] = [];
  const curls: CurlCommand[] = [];
  const requests: HttpRequestText[] = [];
  let contentType: string | undefined;
  let answered = false;
  const cursor: Cursor = { role: undefined, status: '200', inside: undefined, required: undefined };
  for (const block of blocks.slice(section.from, section.to)) {
    const label = moveCursor(cursor, block, groups);
    answered ||= cursor.role === 'response' || cursor.role === 'responseExample';
    if (block.kind === 'table') addTable(groups, cursor, block.rows);
    else if (block.kind === 'text') {
      contentType ??= contentTypeIn(cursor, block.text);
      const text = label === undefined ? block.text : label.value;
      addItem(groups, cursor, { text, item: block.item || label !== undefined });
      const holds = isAnswer(cursor.role) || (label !== undefined && asksFor.test(label.role));
      const inline = holds ? /`([{[][^`]{2,2000}[}\]])`/.exec(block.text)?.[1] : undefined;
      const sample = inline === undefined ? undefined : sampleIn(inline, around(cursor, groups));
      if (sample?.answer !== undefined) responses.push(sample.answer);
      if (sample?.request !== undefined) requestSamples.push(sample.request);
    } else if (block.kind === 'code') {
      curls.push(...curlCommands(block.text));
      const request = parseHttpRequest(block.text.trim());
      if (request !== undefined) requests.push(request);
      const typed = typedRows(block.language, block.text);
      addRows(groups, cursor, typed);
      const sample =
        request === undefined && typed.length === 0
          ? sampleIn(block.text, around(cursor, groups))
          : undefined;
      if (sample?.answer !== undefined) responses.push(sample.answer);
      if (sample?.request !== undefined) requestSamples.push(sample.request);
      if (sample?.loose !== undefined) loose.push(sample.loose);
    }
  }
  // A GET sends no body: the only JSON that stands there is what it answers.
  if (section.method === 'GET' && loose.length === 1 && responses.length + requestSamples.length === 0)
    responses.push(...loose);
  return {
    groups,
    requestSamples,
    responses,
    contentType,
    curls,
    requests,
    answered,
  };
}

function around(cursor: Cursor, groups: readonly FieldGroup[]): Surroundings {
  const asked = groups.filter((group) => group.role !== 'response');
  const parameters = new Set(asked.flatMap((group) => group.rows.map((row) => row.name.trim())));
  return { role: cursor.role, status: cursor.status, parameters };
}

/** The label that a block is, if it is one. */
function moveCursor(cursor: Cursor, block: Block, groups: readonly FieldGroup[]): Label | undefined {
  if (block.kind !== 'heading' && block.kind !== 'text') return undefined;
  const label = block.kind === 'heading' ? headingLabel(block.text) : labelOf(block.text);
  if (label === undefined && block.kind === 'heading') enterSubsection(cursor, block.text, groups);
  if (label === undefined) return undefined;
  if (label.role === 'other' || label.role === 'contentType') {
    if (block.kind === 'heading' && label.role === 'other') cursor.role = 'other';
    return label;
  }
  // "Content example" below "Success response" is one of the answer.
  const ofAnswer = anyExample.test(label.words) && isAnswer(cursor.role);
  if (ofAnswer) return label;
  cursor.role = successful(label) ? label.role : 'error';
  cursor.status = label.status ?? '200';
  cursor.required = requiredIn(label.words);
  cursor.inside = insideOf(label, groups);
  return label;
}

/** `Body: {…}` in one line. */
const asksFor = /^(?:body|requestExample)$/;

const anyExample = /^(?:(?:content|data|json|sample) )?examples?$|^(?:示例|样例|举例)$/i;

function isAnswer(role: Cursor['role']): boolean {
  return role === 'response' || role === 'responseExample' || role === 'error';
}

function successful(label: Label): boolean {
  const response = label.role === 'response' || label.role === 'responseExample';
  return !response || label.status === undefined || label.status.startsWith('2');
}

/**
 * `#### data` below an answer's table describes the inside of its field `data`. Other subsections are about something
 * else; what they hold counts only where it says itself that it is a parameter.
 */
function enterSubsection(cursor: Cursor, text: string, groups: readonly FieldGroup[]): void {
  const names = new Set(groups.flatMap((group) => group.rows.map((row) => row.name.trim())));
  const words = text.match(/[A-Za-z_]\w*/g) ?? [];
  const name = [...words, words.join('_')].find((word) => names.has(word));
  const nested = cursor.role === 'response' || cursor.role === 'body' || cursor.role === 'params';
  cursor.inside = nested ? name : undefined;
  if (nested && name !== undefined) return;
  cursor.role = groups.length === 0 ? undefined : 'subsection';
}

function insideOf(label: Label, groups: readonly FieldGroup[]): string | undefined {
  const name = /(?:^|[^A-Za-z])([a-z_][A-Za-z_\d]{1,40})(?:$|[^A-Za-z])/.exec(label.words)?.[1];
  if (
    name === undefined ||
    /^(?:body|query|header|headers|path|json|form|data_?type|param|params|url|response|request|api|http|get|post)$/i.test(
      name,
    )
  )
    return undefined;
  return groups.some((group) => group.rows.some((row) => row.name.trim() === name)) ? name : undefined;
}

function addTable(groups: Mutable<FieldGroup>[], cursor: Cursor, rows: readonly (readonly string[])[]): void {
  addRows(groups, cursor, fieldRows(rows) ?? []);
}

function addRows(groups: Mutable<FieldGroup>[], cursor: Cursor, fields: readonly FieldRow[]): void {
  const role = groupRole(cursor.role);
  if (role === undefined || fields.length === 0) return;
  const said = fields.some((field) => field.required !== undefined || field.place !== '');
  if (cursor.role === 'subsection' && !said) return;
  groups.push({
    role,
    status: cursor.status,
    inside: cursor.inside,
    rows: fields,
  });
}

/** A table without a label is one of parameters, unless an example or an error stands above it. */
function groupRole(role: Cursor['role']): FieldGroup['role'] | undefined {
  switch (role) {
    case 'path':
    case 'query':
    case 'headers':
    case 'body':
    case 'params':
    case 'response':
      return role;
    case 'responseExample':
      return 'response';
    case 'requestExample':
    case 'request':
    case 'method':
    case 'url':
    case 'contentType':
    case 'subsection':
    case undefined:
      return 'params';
    case 'base':
    case 'error':
    case 'other':
      return undefined;
  }
}

const listed =
  /^`\s*([\w.[\]$@-]{1,80})(?:\s+([a-z]\w*(?:\[\])?)\s*)?`\s*(?:[（(]([^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)?)[)）])?\s*(?:[:：—–,，-]+\s*([^]*))?$/;
const listedPlain = /^([A-Za-z_][\w.[\]-]{0,60})()\s*(?:[（(]([^（）()]*)[)）])?\s*[:：—–]+\s*([^]*)$/;

/** `- \`page\` (integer, 可选，默认 1)：页码` and `Content-Type: application/json` in lists. */
function addItem(
  groups: Mutable<FieldGroup>[],
  cursor: Cursor,
  block: { readonly text: string; readonly item: boolean },
): void {
  const role = cursor.role;
  const group = /^(?:(required)|optional)\s*:?$/i.exec(block.text.trim());
  if (group !== null) cursor.required = group[1] !== undefined;
  if (
    group !== null ||
    role === undefined ||
    !['params', 'query', 'path', 'body', 'headers', 'response'].includes(role)
  )
    return;
  const match =
    listed.exec(block.text) ??
    placeholding.exec(block.text) ??
    (block.item ? listedPlain.exec(block.text) : null);
  if (match === null) return;
  const [, name = '', type = '', brackets, description = ''] = match;
  if (!block.item && brackets === undefined && type === '') return;
  const remark = `${brackets ?? ''} ${description}`;
  const required = requiredIn(remark) ?? cursor.required;
  const fallback =
    /(?:默认值?|default(?:s to)?)\s*[:：=]?\s*(?:is|为|是)?\s*[`"'“]?([^\s,，;；)）`"'”。]+)/i.exec(
      remark,
    )?.[1] ?? '';
  const example = /(?:例如|如|示例|example|e\.g\.)\s*[:：]?\s*[`"'“]([^`"'”]+)/i.exec(remark)?.[1] ?? '';
  const row: FieldRow = {
    name,
    type: typeIn(type, brackets ?? '', description),
    required,
    place: '',
    parent: '',
    default: fallback,
    example,
    description,
  };
  const open = groups.at(-1);
  const kind = groupRole(role) ?? 'params';
  if (open !== undefined && open.role === kind && open.inside === undefined) open.rows = [...open.rows, row];
  else groups.push({ role: kind, status: cursor.status, rows: [row] });
}

/** `id=[integer]`: the name and what to put there. */
const placeholding = /^`?([\w.-]{1,80})=\[([a-z]+)\]`?()(?:\s+([^]*))?$/i;

/** The type of an item: in its code span, in its brackets, or before a dash (`(必填): Long - 课程ID`). */
function typeIn(own: string, brackets: string, description: string): string {
  const first = brackets.split(/[,，;；、|]/, 1)[0]?.trim() ?? '';
  const before = /^([A-Za-z]\w*(?:<\w+>|\[\])?)\s*[-–—]\s/.exec(description)?.[1] ?? '';
  return own || (typeWord(first) === undefined && typeWord(before) !== undefined ? before : first);
}

function requiredIn(words: string): boolean | undefined {
  if (/可选|选填|非必|optional|not required|可不/i.test(words)) return false;
  return /必[填选须需传]|required|mandatory/i.test(words) ? true : undefined;
}

const mediaTypes = /\b(?:application\/(?:json|x-www-form-urlencoded|xml)|multipart\/form-data)\b/gi;

function contentTypeIn(cursor: Cursor, text: string): string | undefined {
  if (
    ['response', 'responseExample', 'error'].includes(cursor.role ?? '') ||
    /响应|response|返回/i.test(text)
  )
    return undefined;
  const found = (text.match(mediaTypes) ?? []).map((type) => type.toLowerCase());
  return found.includes('application/json') ? 'application/json' : found[0];
}

const maxLines = 1000;
const member = /^(["']?)([\w.$@-]{1,80})\1(\?)?\s*:\s*([^/]*?)\s*[;,]?\s*(?:\/\/\s*(.*))?$/;

/**
 * The members of a type written as TypeScript (`page?: integer // default: 1`), those of nested objects by their path:
 * how some documents give parameters and bodies in place of a table. None for code that is no type.
 */
function typedRows(language: string, code: string): FieldRow[] {
  if (
    !/^(?:ts|typescript)$/.test(language) ||
    /^\s*(?:import|export|const|let|function|class|await)\b/m.test(code)
  )
    return [];
  const rows: FieldRow[] = [];
  const inside: string[] = [];
  let remark = '';
  for (const line of code.split('\n').slice(0, maxLines)) {
    const text = line.trim();
    const found = member.exec(text);
    if (text.startsWith('//')) remark = text.slice(2).trim();
    else if (text.startsWith('}')) {
      const list = text.startsWith('}[]');
      const name = inside.pop();
      const index = rows.findIndex((row) => row.name === [...inside, name].join('.'));
      const row = rows[index];
      if (list && row !== undefined) rows[index] = { ...row, type: 'array' };
    } else if (found !== null) {
      const [, , name = '', optional, type = '', comment = ''] = found;
      const opens = type.endsWith('{');
      rows.push({
        name: [...inside, name].join('.'),
        type: opens ? 'object' : type.replace(/^enum\[.*$/, 'string'),
        required: optional === undefined,
        place: '',
        parent: '',
        default: /^default:\s*(.+)$/.exec(comment)?.[1] ?? '',
        example: '',
        description: remark,
      });
      if (opens) inside.push(name);
      remark = '';
    }
  }
  return rows;
}
