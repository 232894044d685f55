import { meantUrl } from '../../lib/secrets/token-segments.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { isIP } from 'node:net';
import { groupBy } from '../../lib/group-by.ts';
import type { Steps } from '../../lib/yielder.ts';
import { nearest } from '../../lib/text/text.ts';
import type { CombinedBase } from '../../model/check.ts';
import type { Document, Operation, Server } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import type { Candidate, PlanContext } from '../candidate.ts';
import { blank, serviceLines } from '../config-snippets.ts';
import type { Remark, Remarked } from '../remarks.ts';
import { type SkipNote, skip } from '../skip.ts';

/**
 * Where an operation is answered: the service's `baseUrl` (with the document's base path, where it names a host only), else the server it selects, else the document's first
 * usable one; no slash at its end. A relative server is resolved against the document's own URL (OpenAPI 3.1 §4.8.5).
 */
export function baseUrlOf(
  {
    service,
    document,
    documents,
    operation,
  }: Pick<Candidate, 'service' | 'document' | 'documents' | 'operation'>,
  { refusal }: Pick<PlanContext, 'refusal'>,
): string | SkipNote {
  if (service.baseUrl !== undefined) {
    const base = trimmed(new URL(service.baseUrl));
    const repeated = repeatedPath(base, operation, document);
    return `${base.slice(0, base.length - repeated.length)}${basePathOf(service.baseUrl, operation, document) ?? ''}`;
  }
  const servers = serversOf(operation, document);
  if (service.server !== undefined) return selected(service, service.server, servers, document);
  const usable = servers.map((server) => resolve(server.url, document));
  const web = usable
    .filter((url) => url !== undefined)
    .filter((url) => isWeb(url) && !isPlaceholder(url))
    .map((url) => servedInstead(url, document, service.network?.internal) ?? url);
  const isRefused = (url: URL): boolean => {
    const address = addressIn(url);
    return address !== undefined && refusal?.(url.origin, address, service.network?.internal) !== undefined;
  };
  const first = [...web, ...beside(web, document)].find((url) => !isRefused(url));
  if (first !== undefined) return trimmed(first);
  if (web[0] !== undefined) {
    const reason = sentence('serverInternal', { origin: web[0].origin });
    return skip(
      'no-base-url',
      reason,
      serviceLines(service.name, { baseUrl: commonBase(web[0], documents) }),
    );
  }
  const odd = usable.find((url) => url !== undefined && !isWeb(url));
  if (odd !== undefined)
    return skip('not-http', sentence('serverNotHttp', { protocol: odd.protocol.replace(':', '') }));
  return skip(
    'no-base-url',
    missing(servers),
    serviceLines(service.name, { baseUrl: `https://${blank}${basePath(servers)}` }),
  );
}

/** One `baseUrl` for all operations of the service that are answered there: with its base path where they have the same one. */
function commonBase({ origin }: URL, documents: readonly Document[]): string {
  const known = common.get(documents) ?? new Map<string, string>();
  common.set(documents, known);
  const base = known.get(origin) ?? findCommonBase(origin, documents);
  known.set(origin, base);
  return base;
}

const common = new WeakMap<readonly Document[], Map<string, string>>();

function findCommonBase(origin: string, documents: readonly Document[]): string {
  const there = documents.flatMap((document) =>
    document.operations.flatMap(({ servers: [server], path }) =>
      server !== undefined && resolve(server.url, document)?.origin === origin
        ? [{ base: pathOf(server.url, document), path, isWhole: server.isWhole === true }]
        : [],
    ),
  );
  const relative = there.filter(({ isWhole }) => !isWhole);
  const [path = '', ...others] = new Set(relative.map(({ base }) => base));
  const isOfAll = others.length === 0 && there.every((one) => !one.isWhole || isBelow(path, one.path));
  return isOfAll ? `${origin}${path}` : origin;
}

/** `/api/v1` of a document that names no host. */
function basePath(servers: readonly Server[]): string {
  const url = servers[0]?.url ?? '';
  return /^\/[^/{}<>\s]/.test(url) ? url.replace(/\/+$/, '') : '';
}

/** The base path that the document names and a `baseUrl` without any path leaves out; `http://host/.` has none. */
function basePathOf(baseUrl: string, operation: Operation, document: Document): string | undefined {
  if (new URL(baseUrl).pathname !== '/' || baseUrl.endsWith('/.')) return undefined;
  const paths = operation.servers
    .map(({ url }) => pathOf(url, document))
    .filter((path) => path !== undefined);
  const [first] = paths;
  // Servers that differ in it say where they stand, not where the service begins.
  const isAgreed = first !== undefined && first !== '' && paths.every((path) => path === first);
  return isAgreed && !operation.path.startsWith(`${first}/`) ? first : undefined;
}

/**
 * The end of the base's path that the operation's own path has as well: of an address that the document has written out only the host
 * is replaced, and what such an address on the base's own host begins with is not put in front of it again.
 */
function repeatedPath(base: string, operation: Operation, document: Document): string {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '') return '';
  const [server] = operation.servers;
  if (server?.isWhole === true) return sharedEnd(path, beginningsOf(document).get(server.url) ?? new Set());
  const isSameHost =
    parse(server?.url ?? '')?.origin === url.origin && pathOf(server?.url ?? '', document) === '';
  return isSameHost && isBelow(path, operation.path) ? path : '';
}

/** The longest end of `path` that one of these begins with. */
function sharedEnd(path: string, beginnings: ReadonlySet<string>): string {
  const segments = path.split('/').slice(1);
  return (
    segments.map((_, start) => `/${segments.slice(start).join('/')}`).find((end) => beginnings.has(end)) ?? ''
  );
}

function isBelow(base: string, path: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

const written = new WeakMap<Document, Map<string, Set<string>>>();

/** What the paths of addresses begin with that the document has whole, by their server. */
function beginningsOf(document: Document): ReadonlyMap<string, ReadonlySet<string>> {
  const known = written.get(document);
  if (known !== undefined) return known;
  const byServer = new Map<string, Set<string>>();
  for (const { servers, path } of document.operations) {
    const [server] = servers;
    if (server?.isWhole !== true) continue;
    const beginnings = byServer.get(server.url) ?? new Set();
    byServer.set(server.url, beginnings);
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
      beginnings.add(path.slice(0, end));
  }
  written.set(document, byServer);
  return byServer;
}

function pathOf(url: string, document: Document): string | undefined {
  const resolved =
    url.startsWith('/') && !url.startsWith('//') ? parse(url, 'http://host') : resolve(url, document);
  return resolved === undefined || /[{}<>\s]/.test(url) ? undefined : resolved.pathname.replace(/\/+$/, '');
}

type Described = Pick<Candidate, 'operation' | 'document'>;

/** What `baseUrl` and the documents of a service make together, for the reader of a scan. */
export function* combinedBases(
  { baseUrl }: ServiceSettings,
  all: readonly Described[],
): Steps<readonly Remarked[]> {
  if (baseUrl === undefined) return [];
  const base = trimmed(new URL(baseUrl));
  const found: (Described & { readonly path: string })[] = [];
  const others: Operation[] = [];
  const doubled: Remarked[] = [];
  for (const one of all) {
    yield;
    const path = basePathOf(baseUrl, one.operation, one.document);
    if (path === undefined) others.push(one.operation);
    else found.push({ ...one, path });
    const remark = doubledBase(base, one);
    if (remark !== undefined) doubled.push({ operation: one.operation, document: one.document, remark });
  }
  const byPath = groupBy(found, ({ path }) => path);
  const combined = [...byPath].flatMap(([path, own]) => {
    const isForAll = byPath.size === 1 && others.every((other) => isWrittenBelow(path, other));
    const remark = combinedBase(base, path, isForAll);
    return own.map(({ operation, document }) => ({ operation, document, remark }));
  });
  return [...combined, ...doubled];
}

/** The same of one operation, for who asks why nothing is found there. */
export function combinedBaseOf({
  service,
  operation,
  document,
}: Described & Pick<Candidate, 'service'>): CombinedBase | undefined {
  const { baseUrl } = service;
  if (baseUrl === undefined) return undefined;
  const base = trimmed(new URL(baseUrl));
  const path = basePathOf(baseUrl, operation, document);
  if (path !== undefined) return togetherOf(combinedBase(base, path, false), `${base}/.`);
  const doubled = doubledBase(base, { operation, document });
  return doubled === undefined ? undefined : togetherOf(doubled, new URL(base).origin);
}

function togetherOf({ what, hint = '' }: Remark, baseUrl: string): CombinedBase {
  return { what, hint, baseUrl };
}

/** Its address stays the same when `path` is written into `baseUrl`. */
function isWrittenBelow(path: string, { servers, path: own }: Operation): boolean {
  return servers[0]?.isWhole === true && isBelow(path, own);
}

/** @param isForAll Every operation of the service is called where it is now when the path is written down. */
function combinedBase(base: string, path: string, isForAll: boolean): Remark {
  return {
    level: 'info',
    code: 'base-path',
    what: sentence('calledBelow', { base, path }),
    hint: sentence(isForAll ? 'writeWholeBase' : 'writeBareBase', { base, path }),
  };
}

function doubledBase(base: string, { operation, document }: Described): Remark | undefined {
  const { pathname, origin } = new URL(base);
  if (pathname === '/' || !isBelow(pathname, operation.path)) return undefined;
  if (repeatedPath(base, operation, document) !== '') return undefined;
  return {
    level: 'info',
    code: 'base-path',
    what: sentence('calledBelowTwice', { base, path: pathname }),
    hint: sentence('writeHostAlone', { base, origin }),
  };
}

/** A document that names no server is answered where it was served from (OpenAPI: `/`; Swagger 2: no `host`). */
function serversOf(operation: Operation, document: Document): readonly Server[] {
  return operation.servers.length === 0 && isWebAddress(document.uri) ? [{ url: '/' }] : operation.servers;
}

/** Where frameworks serve their own document: what stands in front is the service's base, as a gateway shows it. */
const ownPlace =
  /^(.*?)\/(?:v[23]\/api-docs(?:\/.*)?|swagger\/v\d+\/swagger\.json|swagger\/doc\.json|(?:openapi|swagger)\.(?:json|ya?ml)|api-json|api-docs|q\/openapi)$/;

/**
 * A service behind a gateway writes into its document how it is called there (`localhost:8080`, a pod's address), where
 * nobody else reaches it. The address that the document came from does reach it.
 */
function servedInstead(url: URL, document: Document, internal: readonly string[] = []): URL | undefined {
  if (!isWebAddress(document.uri)) return undefined;
  const from = new URL(addressOf(document));
  const isOnlyThere = isLoopback(url)
    ? !isLoopback(from)
    : isOwnName(url, from) && !internal.includes(url.hostname);
  return from.origin === url.origin || !isOnlyThere ? undefined : whereServed(url, document);
}

/** What a service that serves its own document calls itself. On this machine an address is what it says, unless it may not be called. */
function isOwnName(url: URL, from: URL): boolean {
  if (!ownPlace.test(from.pathname) || !isOnlyInside(url)) return false;
  return isLoopback(from) ? addressIn(url) === undefined : !isOnlyInside(from);
}

function whereServed(url: URL, document: Document): URL {
  const from = new URL(addressOf(document));
  const base = url.pathname.replace(/\/+$/, '');
  const before = ownPlace.exec(from.pathname)?.[1] ?? '';
  return new URL(before.endsWith(base) ? before : `${before}${base}`, from.origin);
}

/**
 * Of servers that may not be called, of this machine or of what serves its own document, the one that answers where the document
 * was on this machine: that was named.
 */
function beside(servers: readonly URL[], document: Document): readonly URL[] {
  if (!isWebAddress(document.uri)) return [];
  const from = new URL(addressOf(document));
  if (!isLoopback(from)) return [];
  const isOwnPlace = ownPlace.test(from.pathname);
  return servers
    .filter((url) => isLoopback(url) || (isOwnPlace && isOnlyInside(url)))
    .map((url) => whereServed(url, document));
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** A private address (RFC 1918) or a name without a domain, as containers have it. */
function isOnlyInside({ hostname }: URL): boolean {
  return (
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/.test(hostname) ||
    /^[a-z][a-z\d-]*$/i.test(hostname)
  );
}

function selected(
  service: ServiceSettings,
  wanted: string,
  servers: readonly Server[],
  document: Document,
): string | SkipNote {
  const server = servers.find(
    ({ name, url }) => name?.toLowerCase() === wanted.toLowerCase() || sameUrl(url, wanted),
  );
  const url = server === undefined ? undefined : resolve(server.url, document);
  if (url !== undefined && isWeb(url)) return trimmed(url);
  const names = servers.map(({ name, url }) => name ?? url);
  const meant = nearest(wanted, names) ?? names[0];
  const hint = meant === undefined ? { baseUrl: `https://${blank}` } : { server: meant };
  return skip(
    'no-base-url',
    names.length === 0
      ? sentence('noUsableServer', { wanted })
      : sentence('noUsableServerOf', { wanted, names }),
    serviceLines(service.name, hint),
  );
}

function sameUrl(a: string, b: string): boolean {
  return a.replace(/\/+$/, '') === b.replace(/\/+$/, '');
}

/** Of those whose `uri` shows only the beginning of what lets in by its path. */
const addresses = new WeakMap<Document, string>();

/** From now on what is relative to the document is relative to its whole address, as the service's settings have it. */
export function locate(document: Document, { docs }: ServiceSettings): void {
  const address = meantUrl(document.uri, docs);
  if (address !== document.uri) addresses.set(document, address);
}

function addressOf(document: Document): string {
  return addresses.get(document) ?? document.uri;
}

/** A server's address, relative to the document's own where that is one. */
export function resolve(url: string, document: Document): URL | undefined {
  if (/[{}<>\s]/.test(url)) return undefined;
  if (isWebAddress(document.uri)) return parse(url, addressOf(document));
  return parse(/^\/\/[^/]/.test(url) ? `https:${url}` : isHost(url) ? withScheme(url) : url);
}

/** `localhost:8080/api` and `api.example.cn/v1`: people leave the scheme out where no relative URL can be meant. */
function isHost(url: string): boolean {
  return /^(?:[\w-]+(?:\.[\w-]+)*:\d+|(?:[\w-]+\.)+[a-z]{2,})(?:\/|$)/i.test(url);
}

function withScheme(url: string): string {
  return /:\d+(?:\/|$)/.test(url) ? `http://${url}` : `https://${url}`;
}

function parse(url: string, base?: string): URL | undefined {
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

function isWebAddress(uri: string): boolean {
  return /^https?:\/\//.test(uri);
}

/** An address that stands there as one; what names mean is known when they are called. */
function addressIn({ hostname }: URL): string | undefined {
  if (hostname === 'localhost') return '127.0.0.1';
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? undefined : bare;
}

/** RFC 2606 §3: nobody runs a service there; documents use them to say "your host here". */
function isPlaceholder({ hostname }: URL): boolean {
  return /(?:^|\.)(?:example\.(?:com|org|net)|your-?(?:domain|host|server|api)[\w.-]*)$/i.test(hostname);
}

function missing(servers: readonly Server[]): Sentence {
  const first = servers[0];
  if (first === undefined) return sentence('noServerNamed');
  return sentence('serverNotCallable', { url: first.url });
}

/** Without userinfo, query, fragment and slash at the end: a path is appended to it as it is. */
function trimmed(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
