import type { MediaType, RequestBody, Server } from '../../../model/document.ts';
import type { FoundOperation } from '../shared/assemble.ts';
import { requestOfCurl } from '../curl/curl-command.ts';
import type { Block } from './blocks/block.ts';
import { type Details, detailsOf } from './fields/details.ts';
import { schemaOfFields } from './fields/fields.ts';
import { isAbout, type Label, labelOf } from './sections/labels.ts';
import { titleIn } from './sections/titles.ts';
import type { Section } from './sections/section.ts';
import { headerPairs, parametersOf, type Placed, placedFields } from './fields/parameters.ts';
import { promisesOf } from './fields/promises.ts';
import { beginningOf } from '../shared/text.ts';
import { jsonMedia } from '../shared/recorded-content.ts';
import { operationOf, type RecordedRequest, writtenOut } from '../shared/recorded-request.ts';
import { securityOf, splitSecrets } from '../shared/recorded-security.ts';
import { choiceOf, choosesAnother } from '../shared/dispatch.ts';
import { matchTail, type Pair, serverUrl, splitUrl, type UrlParts } from '../shared/url-template.ts';
import { signaturesIn } from './sections/signatures.ts';
import { keyValueRows } from './fields/tables.ts';

export interface ReadSection extends FoundOperation {
  /** Whether anything but its name is documented. */
  readonly described: boolean;
}

/** The operation of a section: where each parameter goes, what is sent, what is promised. */
export function operationOfSection(section: Section, blocks: readonly Block[]): ReadSection {
  const details = detailsOf(section, blocks);
  const written = splitUrl(section.url);
  const url = { ...written, path: withNamedSegments(written.path, details) };
  const sent = recordedOf(section.method, url, details);
  const fields = placedFields(section.method, url.path, details, sent.operations);
  const secrets = splitSecrets({ headers: headerPairs(fields), query: [] });
  const security = securityOf(undefined, { auth: [...secrets.auth, ...sent.auth] });
  const kept = new Set(secrets.headers.map((header) => header.name));
  const documented = fields.filter((one) => one.place !== 'header' || kept.has(one.field.path[0] ?? ''));
  const body = bodyOf(section.method, documented, details, sent.operations);
  const summary = section.title === '' ? firstSentence(section, blocks) : section.title;
  const description = beginningOf(aboutOf(section, blocks).join('\n\n'));
  const described = details.groups.length + details.responses.length + details.requestSamples.length > 0;
  return {
    described,
    written: writtenIn(url.query, sent),
    schemes: security.schemes,
    operation: {
      method: section.method,
      path: url.path,
      ...(summary === '' ? {} : { summary }),
      description,
      tags: section.tags,
      deprecated: /废弃|弃用|deprecated|不推荐|已下线/i.test(section.title),
      servers: serversOf(section, sent.servers),
      parameters: parametersOf(url, documented, sent.operations),
      body,
      responses: promisesOf(details),
      ...(security.requirement === undefined ? {} : { security: [security.requirement] }),
      extensions: {},
      pointer: `line ${section.line}`,
    },
  };
}

/**
 * `/logstores/logstoreName/index`, where `logstoreName` is a documented parameter: the segment stands for its value. Only
 * names that no resource would have, of several words.
 */
function withNamedSegments(path: string, details: Details): string {
  if (path.includes('{')) return path;
  const names = new Set(
    details.groups
      .filter((group) => group.role === 'params' || group.role === 'path')
      .flatMap((group) => group.rows)
      .filter((row) => row.required !== false && /^[a-z]+(?:[A-Z_]\w*)$/.test(row.name.trim()))
      .map((row) => row.name.trim()),
  );
  return path
    .split('/')
    .map((one) => (names.has(one) && nouns.test(one) ? `{${one}}` : one))
    .join('/');
}

/** A segment may be the name of a resource or an operation; a parameter's ends like one. */
const nouns = /(?<!^(?:private|public|api|access|secret)_?)(?:Id|Name|No|Key|_id|_name|_no|_key)$/;

/** A heading that is only the method and path is explained by the line below it. */
function firstSentence(section: Section, blocks: readonly Block[]): string {
  const texts = blocks.slice(section.from + 1, Math.min(section.to, section.from + 4));
  const first = texts.find((block) => block.kind === 'text' && labelOf(block.text) === undefined);
  return first === undefined || first.kind !== 'text' || first.text.length > 120
    ? ''
    : titleIn(first.text, undefined);
}

/** Most describe an operation in front of its method and path, some behind. */
function aboutOf({ about, from, to }: Section, blocks: readonly Block[]): readonly string[] {
  return about.length > 0 ? about : aboutIn(blocks.slice(from, to));
}

interface Sent {
  readonly urls: readonly UrlParts[];
  readonly operations: readonly FoundOperation['operation'][];
  readonly servers: readonly Server[];
  readonly auth: Parameters<typeof securityOf>[1]['auth'];
}

/** The examples (curl, HTTP) that call this very operation, perhaps with a base path in front. */
function recordedOf(
  method: string,
  { path, query }: Pick<UrlParts, 'path' | 'query'>,
  details: Details,
): Sent {
  const curls = details.curls.map((command) => requestOfCurl(command, [])).filter((one) => one !== undefined);
  const texts = details.requests.map((text): RecordedRequest => ({ ...text, tags: [], pointer: '' }));
  const urls: UrlParts[] = [];
  const operations: FoundOperation['operation'][] = [];
  const servers: Server[] = [];
  const auth: Sent['auth'][number][] = [];
  for (const request of [...curls, ...texts]) {
    if (request.method !== method) continue;
    const parts = splitUrl(request.url);
    const match = matchTail(path, parts.path);
    if (match === undefined || choosesAnother(path, query, parts.query)) continue;
    const pathValues = Object.entries(match.values).map(([name, value]) => ({
      name,
      value: value === name ? '' : placeholderLess(value),
    }));
    const base = serverUrl(`${parts.base}${match.prefix}`);
    if (base !== undefined && !/^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\])/.test(base))
      servers.push(writtenOut({ url: base }));
    const found = operationOf({
      ...request,
      url: `${path}${request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''}`,
      pathValues,
    });
    operations.push(found.operation);
    urls.push(parts);
    auth.push(...splitSecrets({ headers: request.headers, query: parts.query }).auth);
  }
  return { urls, operations, servers, auth };
}

/** What the examples of an address that has no query all choose is what is meant. */
function writtenIn(query: readonly Pair[], { urls }: Sent): readonly Pair[] {
  if (query.length > 0) return query;
  const [first] = urls;
  const choices = new Set(urls.map(({ path, query: own }) => choiceOf(path, own)));
  return choices.size === 1 && first !== undefined ? first.query : [];
}

function placeholderLess(value: string): string {
  return /^[{:<]/.test(value) ? '' : value;
}

function serversOf(section: Section, sent: readonly Server[]): Server[] {
  const own = splitUrl(section.url).path;
  const named = [{ url: section.url }, ...section.otherUrls].flatMap((one): Server[] => {
    const { base, path } = splitUrl(one.url);
    // `/token` in one place and `https://host/open/token` in another: the base path is the server's.
    const url = serverUrl(`${base}${matchTail(own, path)?.prefix ?? ''}`);
    const name = 'name' in one ? one.name : section.otherUrls.find((other) => other.url === one.url)?.name;
    return url === undefined ? [] : [writtenOut(name === undefined ? { url } : { url, name })];
  });
  const all = named.length > 0 ? named : sent;
  return all.filter((server, index) => all.findIndex((other) => other.url === server.url) === index);
}

function bodyOf(
  method: string,
  fields: readonly Placed[],
  details: Details,
  sent: readonly FoundOperation['operation'][],
): RequestBody | undefined {
  const own = fields.filter((one) => one.place === 'body').map((one) => one.field);
  const recorded = sent.flatMap((operation) => operation.body?.media ?? []);
  if (/^(?:GET|HEAD)$/.test(method) && own.length === 0) return undefined;
  if (own.length === 0 && details.requestSamples.length === 0) {
    return recorded.length === 0 ? undefined : { required: true, media: recorded.slice(0, 1) };
  }
  const files = own.some((field) => field.schema['format'] === 'binary');
  const contentType = files
    ? 'multipart/form-data'
    : (details.contentType ?? recorded[0]?.contentType ?? 'application/json');
  const sampled = jsonMedia(contentType, details.requestSamples);
  // A table of members below `array` describes what is in the array; the sample shows the array.
  const listed = details.requestSamples.length > 0 && details.requestSamples.every(Array.isArray);
  const schema = own.length > 0 && !listed ? schemaOfFields(own, true) : sampled.schema;
  const examples =
    sampled.examples.length > 0
      ? sampled.examples
      : recorded.flatMap((media) => (media.contentType === contentType ? media.examples : []));
  const media: MediaType = {
    contentType,
    schema,
    examples: examples.slice(0, 3),
  };
  return { required: own.length === 0 || own.some((field) => field.required === true), media: [media] };
}

/** Further below, parameters and answers are described. */
const reach = 20;

type AboutState = 'prose' | 'awaiting' | 'over';

/** What the blocks of a section say that its operation does: sentences that nothing stands above, and what labels say. */
function aboutIn(blocks: readonly Block[]): readonly string[] {
  const about: string[] = [];
  let state: AboutState = 'prose';
  for (const [index, block] of blocks.slice(0, reach).entries()) {
    if (block.kind === 'table') about.push(...aboutInTable(block.rows));
    if (block.kind === 'code' || block.kind === 'table') continue;
    const label =
      index === 0 && block.kind === 'heading' ? undefined : labelOf(block.text, block.kind === 'heading');
    if (label !== undefined) {
      if (isAbout(label) && label.value !== '') about.push(label.value);
      state = stateBehind(label, state);
    } else if (
      block.kind === 'text' &&
      (state === 'awaiting' || (state === 'prose' && !block.item)) &&
      signaturesIn(block.text, false).length === 0
    ) {
      about.push(block.text);
      if (state === 'awaiting') state = 'over';
    }
  }
  return about;
}

function stateBehind(label: Label, state: AboutState): AboutState {
  if (label.value === '') return isAbout(label) ? 'awaiting' : 'over';
  return label.role === 'method' || label.role === 'url' ? state : 'over';
}

function aboutInTable(rows: Extract<Block, { readonly kind: 'table' }>['rows']): readonly string[] {
  if (rows.some((row) => row.length !== 2)) return [];
  return keyValueRows(rows).flatMap(({ name, value }) => {
    const label = labelOf(`${name}: ${value}`);
    return label !== undefined && isAbout(label) ? [label.value] : [];
  });
}
