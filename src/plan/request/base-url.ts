import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { isIP } from 'node:net';
import { nearest } from '../../lib/text/text.ts';
import type { Document, Operation, Server } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import type { Candidate, PlanContext } from '../candidate.ts';
import { blank, serviceLines } from '../config-snippets.ts';
import type { Remark } from '../remarks.ts';
import { type SkipNote, skip } from '../skip.ts';

/**
 * Where an operation is answered: the service's `baseUrl` (with the document's base path, where it names a host only), else the server it selects, else the document's first
 * usable one; no slash at its end. A relative server is resolved against the document's own URL (OpenAPI 3.1 §4.8.5).
 */
export function baseUrlOf(
  { service, document, operation }: Candidate,
  { refusal }: Pick<PlanContext, 'refusal'>,
): string | SkipNote {
  if (service.baseUrl !== undefined) {
    const base = trimmed(new URL(service.baseUrl));
    return `${base}${basePathOf(service.baseUrl, operation, document) ?? ''}`;
  }
  const servers = serversOf(operation, document);
  if (service.server !== undefined) return selected(service, service.server, servers, document);
  const usable = servers.map((server) => resolve(server.url, document));
  const web = usable
    .filter((url) => url !== undefined)
    .filter((url) => isWeb(url) && !isPlaceholder(url))
    .map((url) => servedInstead(url, document) ?? url);
  const isRefused = (url: URL): boolean => {
    const address = addressIn(url);
    return address !== undefined && refusal?.(url.origin, address, service.network?.internal) !== undefined;
  };
  const first = [...web, ...beside(web, document)].find((url) => !isRefused(url));
  if (first !== undefined) return trimmed(first);
  if (web[0] !== undefined) {
    const reason = sentence('serverInternal', { origin: web[0].origin });
    return skip('no-base-url', reason, serviceLines(service.name, { baseUrl: trimmed(web[0]) }));
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

function pathOf(url: string, document: Document): string | undefined {
  const resolved =
    url.startsWith('/') && !url.startsWith('//') ? parse(url, 'http://host') : resolve(url, document);
  return resolved === undefined || /[{}<>\s]/.test(url) ? undefined : resolved.pathname.replace(/\/+$/, '');
}

/** What `baseUrl` and the document make together, for the reader of a scan. */
export function combinedBase(
  { baseUrl }: ServiceSettings,
  operation: Operation,
  document: Document,
): Remark | undefined {
  const path = baseUrl === undefined ? undefined : basePathOf(baseUrl, operation, document);
  if (baseUrl === undefined || path === undefined) return undefined;
  const base = trimmed(new URL(baseUrl));
  return {
    level: 'info',
    code: 'base-path',
    what: sentence('calledBelow', { base, path }),
    hint: sentence('writeWholeBase', { base, path }),
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
function servedInstead(url: URL, document: Document): URL | undefined {
  if (!isWebAddress(document.uri)) return undefined;
  const from = new URL(document.uri);
  const place = ownPlace.exec(from.pathname);
  const isOnlyThere = isLoopback(url)
    ? !isLoopback(from)
    : place !== null && isOnlyInside(url) && !isOnlyInside(from) && !isLoopback(from);
  return from.origin === url.origin || !isOnlyThere ? undefined : whereServed(url, document);
}

function whereServed(url: URL, document: Document): URL {
  const from = new URL(document.uri);
  const base = url.pathname.replace(/\/+$/, '');
  const before = ownPlace.exec(from.pathname)?.[1] ?? '';
  return new URL(before.endsWith(base) ? before : `${before}${base}`, from.origin);
}

/** Of servers of this machine that may not be called, the one that answers where the document was: that was named. */
function beside(servers: readonly URL[], document: Document): readonly URL[] {
  if (!isWebAddress(document.uri) || !isLoopback(new URL(document.uri))) return [];
  return servers.filter(isLoopback).map((url) => whereServed(url, document));
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

function resolve(url: string, document: Document): URL | undefined {
  if (/[{}<>\s]/.test(url)) return undefined;
  if (isWebAddress(document.uri)) return parse(url, document.uri);
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
