import type { Parameter } from '../../../model/document.ts';
import type { JsonSchema } from '../../../model/json.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { type BlueprintItem, readItems } from './items.ts';
import { attributesIn, bodyOf, headersIn, responsesOf } from './payload.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { readMember, referenceTo, schemaOf, typeSchema } from './mson.ts';
import { beginningOf, isMarkup, typedValue } from '../shared/text.ts';
import { securityOf, splitSecrets } from '../shared/recorded-security.ts';
import { type Pair, pathNames, serverUrl, splitUrl } from '../shared/url-template.ts';

/** API Blueprint 1A: Markdown whose headings name resources and actions. */
export const apiBlueprint = defineFormat({
  kind: 'api-blueprint',
  version: 5,
  detect: (raw) => certaintyOf(raw.text),
  read: async (raw) => readBlueprint(raw),
});

const methods = 'GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT';
const named = new RegExp(
  `^(.*?)\\s*\\[\\s*(?:(${methods})(?:\\s+|(?=\\])))?(/[^\\]]*|\\{[^\\]]*|https?:[^\\]]*)?\\s*\\]\\s*$`,
);
const bare = new RegExp(`^(?:(${methods})(?:\\s+(/\\S*|\\{\\S*))?|(/\\S*))$`);

function certaintyOf(text: string): number {
  if (isMarkup(text)) return 0;
  const head = text.slice(0, 300_000);
  if (/^\s*FORMAT:\s*1A/i.test(head.slice(0, 2000))) return 1;
  const actions =
    head.match(new RegExp(`^#{1,6} .*\\[(?:${methods})(?: /[^\\]\\n]*)?\\]\\s*$`, 'gm'))?.length ?? 0;
  return actions > 0 && /^\s*\+ Response \d{3}/m.test(head) ? 0.9 : 0;
}

interface Section {
  readonly level: number;
  readonly title: string;
  readonly line: number;
  readonly lines: string[];
}

function sectionsOf(lines: readonly string[]): Section[] {
  const sections: Section[] = [{ level: 0, title: '', line: 1, lines: [] }];
  let fenced = false;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line.slice(0, 1000));
    if (heading === null) sections.at(-1)?.lines.push(line);
    else
      sections.push({ level: heading[1]?.length ?? 1, title: heading[2] ?? '', line: index + 1, lines: [] });
  }
  return sections;
}

/** What the headings above an action say. */
interface BlueprintScope {
  readonly group: string | undefined;
  readonly resource: string;
  readonly uri: string;
  readonly items: readonly BlueprintItem[];
}

function readBlueprint(raw: RawDocument): ReadDocument {
  const sections = sectionsOf(raw.text.replace(/\r\n?/g, '\n').split('\n'));
  const host = /^HOST:\s*(\S+)/im.exec(sections[0]?.lines.join('\n') ?? '')?.[1];
  const { schemas, known } = namedTypes(sections);
  const found: FoundOperation[] = [];
  let scope: BlueprintScope = { group: undefined, resource: '', uri: '', items: [] };
  for (const section of sections) {
    const group = /^Group\s+(.+)$/i.exec(section.title)?.[1];
    if (group !== undefined) scope = { group, resource: '', uri: '', items: [] };
    const head = headOf(section.title);
    if (head === undefined) continue;
    const items = readItems(section.lines, section.line + 1);
    if (head.method === undefined) scope = { ...scope, resource: head.name, uri: head.uri ?? '', items };
    else if ((head.uri ?? scope.uri) !== '') found.push(actionOf(section, head, scope, items, known, host));
  }
  const title =
    sections.find(
      ({ level, title }) => level === 1 && headOf(title) === undefined && !ownHeadings.test(title),
    )?.title ?? raw.uri;
  return assemble({ format: 'api-blueprint', title, found, schemas, problems: [] });
}

/** Headings that mean something to the format and are no title. */
const ownHeadings = /^(?:Data Structures$|Group\s)/i;

function headOf(title: string): { name: string; method?: string; uri?: string } | undefined {
  const match = named.exec(title);
  const [, name = '', method, uri] = match ?? [];
  if (match !== null && (method !== undefined || uri !== undefined)) {
    return {
      name,
      method,
      uri: uri?.trim(),
    };
  }
  const plain = bare.exec(title);
  if (plain === null) return undefined;
  const path = plain[2] ?? plain[3];
  return {
    name: '',
    method: plain[1],
    uri: path,
  };
}

/** Named types of `# Data Structures` and resources with attributes, as a pool of schemas. */
function namedTypes(sections: readonly Section[]): {
  schemas: Record<string, JsonSchema>;
  known: ReadonlySet<string>;
} {
  const start = sections.findIndex((section) => /^Data Structures$/i.test(section.title));
  const own =
    start < 0
      ? []
      : sections.slice(start + 1).filter((section) => section.level > (sections[start]?.level ?? 0));
  const resources = sections.flatMap((section) => {
    const head = headOf(section.title);
    const attributes =
      head === undefined || head.name === '' || head.method !== undefined
        ? undefined
        : attributesIn(readItems(section.lines, section.line + 1));
    return head === undefined || attributes === undefined
      ? []
      : [{ name: head.name, type: attributes.type, items: attributes.items }];
  });
  const structures = own.map((section) => {
    const member = readMember(section.title);
    return { name: member.name, type: member.type, items: readItems(section.lines, section.line + 1) };
  });
  const all = [...resources, ...structures].filter((one) => one.name !== '');
  const known = new Set(all.map((one) => one.name));
  const schemas = Object.fromEntries(
    all.map((one) => [
      referenceTo(one.name),
      schemaOf(one.type === '' ? 'object' : one.type, one.items, known),
    ]),
  );
  return { schemas, known };
}

function actionOf(
  section: Section,
  head: NonNullable<ReturnType<typeof headOf>>,
  scope: BlueprintScope,
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
  host: string | undefined,
): FoundOperation {
  const { path, names, written } = uriTemplate(head.uri ?? scope.uri);
  const described = [...parametersIn(items), ...parametersIn(scope.items)];
  const requests = items.filter((item) => /^Request\b/i.test(item.text));
  const secrets = splitSecrets({ headers: requests.flatMap(headersIn), query: [] });
  const security = securityOf(undefined, secrets);
  const body = bodyOf(head.method ?? '', requests, items, known);
  const end = section.lines.findIndex((line) => /^\s*\+/.test(line));
  const description = beginningOf(section.lines.slice(0, end === -1 ? undefined : end).join('\n'));
  const server = host === undefined ? undefined : serverUrl(host);
  return {
    schemes: security.schemes,
    written,
    operation: {
      method: head.method ?? 'GET',
      path,
      ...(head.name === '' ? {} : { summary: head.name }),
      description,
      tags: [scope.group, scope.resource]
        .filter((tag) => tag !== undefined && tag !== '')
        .slice(0, 1) as string[],
      deprecated: /deprecated/i.test(head.name),
      servers: server === undefined ? [] : [{ url: server }],
      parameters: parametersOf(path, names, described),
      body,
      responses: responsesOf(
        items,
        known,
        attributesIn(scope.items) === undefined ? undefined : scope.resource,
      ),
      ...(security.requirement === undefined ? {} : { security: [security.requirement] }),
      extensions: {},
      pointer: `line ${section.line}`,
    },
  };
}

/** `/gists/{id}{?page,since}` (RFC 6570) → the path and the names of the query's parameters. */
function uriTemplate(uri: string): { path: string; names: readonly string[]; written: readonly Pair[] } {
  const names: string[] = [];
  const rest = uri.replace(/\{[?&]([^{}]*)\}/g, (_, list: string) => {
    for (const name of list.split(',')) names.push(name.trim().replace(/[*:].*$/, ''));
    return '';
  });
  const url = splitUrl(rest.replace(/\{[+#./;]([^{}]*)\}/g, '{$1}').replace(/#$/, ''));
  return {
    path: url.path,
    names: [...names, ...url.query.map((pair) => pair.name)].filter((name) => name !== ''),
    written: url.query,
  };
}

function parametersIn(items: readonly BlueprintItem[]): BlueprintItem[] {
  return items.filter((item) => /^Parameters?\s*$/i.test(item.text)).flatMap((item) => item.children);
}

function parametersOf(
  path: string,
  query: readonly string[],
  described: readonly BlueprintItem[],
): Parameter[] {
  const inPath = pathNames(path);
  return [...inPath, ...query].map((name): Parameter => {
    const item = described.find((one) => readMember(one.text).name === name);
    const place = inPath.includes(name) ? 'path' : 'query';
    return item === undefined
      ? { name, in: place, required: place === 'path', schema: { type: 'string' }, examples: [] }
      : describedParameter(name, place, item);
  });
}

function describedParameter(name: string, place: 'path' | 'query', item: BlueprintItem): Parameter {
  const member = readMember(item.text);
  const optional = /\(([^()]*,\s*)?optional\b/i.test(item.text);
  const fallback = item.children
    .map((child) => /^Default:?\s*`?([^`]*)`?/i.exec(child.text)?.[1]?.trim())
    .find((value) => value !== undefined && value !== '');
  const members = item.children
    .filter((child) => /^(?:Members|Values)\b/i.test(child.text))
    .flatMap((child) => child.children.map((one) => readMember(one.text).name));
  const type = typeSchema(member.type, new Set());
  const base = typeof type === 'object' && Object.keys(type).length > 0 ? type : { type: 'string' };
  const numeric = base['type'] === 'number';
  return {
    name,
    in: place,
    // Old blueprints mark what is optional, later ones what is required; a sample without either is meant to be sent.
    required: place === 'path' || (!optional && fallback === undefined && member.required),
    schema: {
      ...base,
      ...(members.length === 0 ? {} : { enum: members }),
      ...(fallback === undefined ? {} : { default: numeric ? typedValue(fallback) : fallback }),
    },
    examples: member.sample === '' ? [] : [numeric ? typedValue(member.sample) : member.sample],
    ...(member.description === '' ? {} : { description: member.description }),
  };
}
