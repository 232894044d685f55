import { sentence } from '../../../messages/sentence.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { Parameter, SentPair } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { objectAt, objectsAt, textAt } from '../shared/text.ts';
import { type RecordedAnswer, type RecordedBody, responsesOf } from '../shared/recorded-content.ts';
import { isForeign, mainSite, siteOf } from '../shared/own-hosts.ts';
import { operationOf, type RecordedRequest } from '../shared/recorded-request.ts';
import { choiceOf } from '../shared/dispatch.ts';
import { type Pair, splitUrl } from '../shared/url-template.ts';

/**
 * HTTP Archive 1.2: what a browser or proxy recorded. One operation for each method and URL; the recorded answers are
 * what is promised. Cookies, `Authorization`, tokens by name are dropped here, at the border.
 */
export const har = defineFormat({
  kind: 'har',
  version: 6,
  detect: ({ data }) =>
    data !== undefined && isObject(data['log']) && Array.isArray(data['log']['entries']) ? 0.95 : 0,
  read: async (raw) => readHar(raw),
});

interface Entry {
  readonly request: RecordedRequest;
  readonly answer: RecordedAnswer | undefined;
  readonly asset: boolean;
}

function readHar(raw: RawDocument): ReadDocument {
  const log = objectAt(raw.data ?? {}, 'log');
  const all = objectsAt(log, 'entries').map(readEntry);
  const recorded = all.filter((entry) => entry !== undefined);
  const own = ownSite(log, recorded);
  const entries = recorded.filter(({ request }) => !isForeign(request.url, own));
  const calls = groupBy(entries, ({ request }) => `${request.method} ${addressOf(request)}`);
  const found = [...calls.values()].map(mergeCalls);
  return assemble({
    format: 'har',
    title: titleOf(log) ?? raw.uri,
    dialect: '2020-12',
    found,
    problems: [
      ...skippedProblem(raw.uri, all.length - recorded.length),
      ...foreignProblem(raw.uri, recorded.length - entries.length, own),
    ],
  });
}

/** The site whose page was recorded; without a page, the one that most calls went to. */
function ownSite(log: JsonObject, recorded: readonly Entry[]): ReadonlySet<string> {
  const pages = objectsAt(log, 'pages').map((page) => textAt(page, 'title') ?? '');
  const calls = recorded.filter(({ asset }) => !asset).map(({ request }) => request.url);
  const site = mainSite(pages.filter((title) => /^https?:\/\//.test(title))) ?? mainSite(calls);
  return new Set(site === undefined || !calls.some((url) => siteOf(url) === site) ? [] : [site]);
}

function foreignProblem(file: string, left: number, own: ReadonlySet<string>): Problem[] {
  if (left === 0) return [];
  const message = sentence('callsOfOtherSites', { n: left, sites: [...own] });
  const hint = sentence('watchByOwnDocument');
  return [{ level: 'info', code: 'foreign-host', message, file, hint }];
}

function titleOf(log: JsonObject): string | undefined {
  const [page] = objectsAt(log, 'pages');
  const title = page === undefined ? undefined : textAt(page, 'title');
  return title === undefined || title === '' ? undefined : splitTitle(title);
}

/** Browsers put the page's address there, query and all. */
function splitTitle(title: string): string {
  return /^https?:\/\//.test(title) ? withoutQuery(title) : title;
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

/** Without what of its query chooses no other operation. */
function addressOf({ url, query = [] }: RecordedRequest): string {
  const parts = splitUrl(url);
  return `${withoutQuery(url)}?${choiceOf(parts.path, [...parts.query, ...query])}`;
}

function readEntry(entry: JsonObject, index: number): Entry | undefined {
  const request = objectAt(entry, 'request');
  const url = textAt(request, 'url') ?? '';
  const method = (textAt(request, 'method') ?? '').toUpperCase();
  if (!/^(?:https?:\/\/|\/|[{$])/i.test(url) || !/^[A-Z]{2,20}$/.test(method)) return undefined;
  const inUrl = url.includes('?');
  return {
    request: {
      method,
      url,
      name: textAt(entry, 'comment') ?? textAt(request, 'comment'),
      tags: [],
      headers: pairsAt(request, 'headers'),
      query: inUrl ? [] : pairsAt(request, 'queryString'),
      body: bodyIn(objectAt(request, 'postData')),
      pointer: `/log/entries/${index}`,
    },
    answer: answerIn(objectAt(entry, 'response')),
    asset: isAsset(entry),
  };
}

function pairsAt(object: JsonObject, key: string): Pair[] {
  return objectsAt(object, key).map((pair) => ({
    name: textAt(pair, 'name') ?? '',
    value: textAt(pair, 'value') ?? '',
  }));
}

function bodyIn(postData: JsonObject): RecordedBody | undefined {
  const contentType = textAt(postData, 'mimeType');
  const params = objectsAt(postData, 'params');
  if (params.length > 0) {
    const fields = params.map((param) => ({
      name: textAt(param, 'name') ?? '',
      value: textAt(param, 'value') ?? '',
      file: textAt(param, 'fileName') !== undefined,
    }));
    return { contentType, fields };
  }
  const text = textAt(postData, 'text');
  return text === undefined || text === '' ? undefined : { contentType, text };
}

function answerIn(response: JsonObject): RecordedAnswer | undefined {
  const status = Number(response['status']);
  if (!(status >= 100 && status <= 599)) return undefined;
  const content = objectAt(response, 'content');
  const base64 = textAt(content, 'encoding') === 'base64';
  const text = textAt(content, 'text');
  return {
    status,
    contentType: textAt(content, 'mimeType'),
    text: base64 && text !== undefined ? decoded(text) : text,
  };
}

function decoded(text: string): string {
  return Buffer.from(text.slice(0, 2_000_000), 'base64').toString('utf8');
}

/** What a page loads to look right is no interface: told by the browser, or by what came back. */
function isAsset(entry: JsonObject): boolean {
  const kind = textAt(entry, '_resourceType');
  if (kind !== undefined) return /^(?:image|stylesheet|script|font|media|manifest|texttrack)$/.test(kind);
  const type = textAt(objectAt(objectAt(entry, 'response'), 'content'), 'mimeType') ?? '';
  return /^(?:image|font|audio|video)\/|^text\/css|javascript|woff/.test(type);
}

/** Calls of one method and URL as one operation: a parameter is required when every call had it. */
function mergeCalls(calls: readonly Entry[]): FoundOperation {
  const found = calls.map(({ request }) => operationOf(request));
  const [first] = found;
  if (first === undefined) throw new RangeError('a group is never empty');
  const { operation } = first;
  const answers = calls.map((call) => call.answer).filter((answer) => answer !== undefined);
  const bodies = found.flatMap((one) => one.operation.body?.media ?? []);
  const [media] = bodies;
  const tags: JsonObject = calls.every((call) => call.asset)
    ? { 'x-patrol': { skip: 'an asset of a page' } }
    : {};
  return {
    written: first.written,
    schemes: Object.assign({}, ...found.map((one) => one.schemes)) as FoundOperation['schemes'],
    operation: {
      ...operation,
      parameters: mergeParameters(found.map((one) => one.operation.parameters)),
      ...(operation.sentQuery === undefined ? {} : { sentQuery: alwaysSent(found) }),
      ...(media === undefined ? {} : { body: { required: bodies.length === found.length, media: [media] } }),
      responses: responsesOf(answers),
      extensions: tags,
    },
  };
}

/** The query of the first call, without what others did without. */
function alwaysSent(calls: readonly FoundOperation[]): readonly SentPair[] {
  const [first = [], ...others] = calls.map(({ operation }) => operation);
  const names = others.map(({ parameters }) => new Set(parameters.map((one) => one.name)));
  return ('sentQuery' in first ? (first.sentQuery ?? []) : []).filter(({ name }) =>
    names.every((known) => known.has(name)),
  );
}

function mergeParameters(calls: readonly (readonly Parameter[])[]): Parameter[] {
  const groups = groupBy(calls.flat(), (parameter) => `${parameter.in} ${parameter.name}`);
  return [...groups.values()].flatMap((group): Parameter[] => {
    const [first] = group;
    if (first === undefined) return [];
    const types = new Set(group.map((parameter) => JSON.stringify(parameter.schema)));
    return [
      {
        ...first,
        required: first.in === 'path' || (first.required && group.length === calls.length),
        ...(types.size > 1 ? { schema: { type: 'string' } } : {}),
        examples: distinct(group.flatMap((parameter) => parameter.examples)).slice(0, 5),
      },
    ];
  });
}

function distinct(values: readonly Json[]): Json[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function skippedProblem(file: string, skipped: number): Problem[] {
  if (skipped === 0) return [];
  return [
    {
      level: 'info',
      code: 'not-http',
      message: sentence('entriesNotHttp', { n: skipped }),
      file,
    },
  ];
}
