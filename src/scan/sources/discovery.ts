import { isObject, type Json } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { parseData } from '../parse.ts';
import { headerOf, type HttpAnswer, type HttpClient } from './http-client.ts';

/** What was found behind the base address of a service. */
export interface Discovery {
  /** Addresses of documents, in the service's own order. */
  readonly urls: readonly string[];
  readonly problems: readonly Problem[];
}

/** Where frameworks serve their documents, by how often they are met; relative to the service's base address. */
const usualPlaces: readonly string[] = [
  'v3/api-docs',
  'v2/api-docs',
  'openapi.json',
  'swagger.json',
  'swagger/v1/swagger.json',
  'swagger/doc.json',
  'api-json',
  'api-docs',
  'openapi.yaml',
  'swagger.yaml',
  'q/openapi',
  'openapi',
  'api/openapi.json',
  'api/swagger.json',
  'api/v3/api-docs',
  'api/schema/',
  'docs/openapi.json',
  'docs/swagger.json',
  'api/docs.json',
  'apispec_1.json',
];

/** Lists of documents: springdoc's page settings, springfox's and knife4j's groups. */
const usualLists: readonly string[] = ['v3/api-docs/swagger-config', 'swagger-resources'];

const maxDocuments = 100;

/** Whether an address names a service or its documentation page instead of a document. */
export function isBaseAddress(url: string): boolean {
  const { pathname } = new URL(url);
  return pathname.endsWith('/') || /\/(?:swagger-ui|doc|docs|index|redoc)(?:\.html)?$/i.test(pathname);
}

/**
 * Finds the documents of a service from its base address or documentation page: what the page says, then the lists
 * and places that frameworks use. Never leaves the service's origin.
 */
export async function discover(base: string, client: HttpClient, signal: AbortSignal): Promise<Discovery> {
  const search = new Search(base, client, signal);
  const page = await search.get(base);
  if (page !== undefined && isDocument(page)) return { urls: [base], problems: [] };
  const named = page === undefined ? [] : await search.namedByPage(page);
  const urls = named.length > 0 ? named : await search.atUsualPlaces();
  if (urls.length > 0) return { urls: urls.slice(0, maxDocuments), problems: search.problems };
  return { urls: [], problems: [...search.problems, notFound(base, search.tried)] };
}

class Search {
  readonly problems: Problem[] = [];
  tried = 0;
  readonly #origin: string;
  readonly #folder: string;
  readonly #client: HttpClient;
  readonly #signal: AbortSignal;

  constructor(base: string, client: HttpClient, signal: AbortSignal) {
    this.#origin = new URL(base).origin;
    this.#folder = new URL('.', base.replace(/\/swagger-ui\/[^/]*$/, '/')).href;
    this.#client = client;
    this.#signal = signal;
  }

  /** A good answer, or nothing: most of the places are expected not to exist. */
  async get(url: string): Promise<HttpAnswer | undefined> {
    this.tried++;
    const answer = await this.#client.send({ method: 'GET', url, headers: {} }, this.#signal);
    if (!('severity' in answer)) return answer.status >= 200 && answer.status < 300 ? answer : undefined;
    if (this.problems.length === 0) this.problems.push(answer);
    return undefined;
  }

  /** What a documentation page loads, itself or by the script beside it (Swagger UI 4 and later). */
  async namedByPage(page: HttpAnswer): Promise<readonly string[]> {
    const text = textOf(page);
    const linked = linksOf(page).flatMap((reference) => this.#inside(reference, page.url));
    if (linked.length > 0) return this.#documentsAmong(linked);
    const references = referencesIn(text);
    const script = /<script[^>]{1,300}?src=["']([^"']*swagger-initializer\.js[^"']{0,100})["']/i.exec(
      text,
    )?.[1];
    for (const address of script === undefined ? [] : this.#inside(script, page.url)) {
      const loaded = await this.get(address);
      if (loaded !== undefined) references.push(...referencesIn(textOf(loaded)));
    }
    const inside = references.flatMap((reference) => this.#inside(reference, page.url));
    return this.#documentsAmong([...new Set(inside)]);
  }

  async atUsualPlaces(): Promise<readonly string[]> {
    for (const folder of new Set([this.#folder, `${this.#origin}/`])) {
      for (const place of usualLists) {
        const listed = await this.#documentsAmong([new URL(place, folder).href]);
        if (listed.length > 0) return listed;
      }
      for (const place of usualPlaces) {
        const url = new URL(place, folder).href;
        const answer = await this.get(url);
        if (answer !== undefined && isDocument(answer)) return [url];
        if (this.problems.length > 0 || this.#signal.aborted) return [];
      }
    }
    return [];
  }

  /** Of addresses, those that are documents and those that lists among them name. */
  async #documentsAmong(urls: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const url of urls.slice(0, maxDocuments)) {
      const answer = await this.get(url);
      if (answer === undefined) continue;
      if (isDocument(answer)) found.push(url);
      else for (const listed of listedIn(answer)) found.push(...(await this.#listed(listed, url)));
    }
    return [...new Set(found)];
  }

  /** Lists name their documents from the origin, or from the folder that a gateway puts in front of the service. */
  async #listed(reference: string, list: string): Promise<readonly string[]> {
    const behindGateway = new URL(reference.replace(/^\//, ''), this.#folder).href;
    for (const url of new Set([...this.#inside(reference, list), behindGateway])) {
      const answer = await this.get(url);
      if (answer !== undefined && isDocument(answer)) return [url];
    }
    return [];
  }

  #inside(reference: string, from: string): readonly string[] {
    const target = URL.canParse(reference, from) ? new URL(reference, from) : undefined;
    return target?.origin === this.#origin ? [target.href] : [];
  }
}

function textOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes.subarray(0, 2_000_000));
}

/** The version stands at the beginning, or at the end where a generator sorts its keys. */
function isDocument(answer: HttpAnswer): boolean {
  const text = textOf(answer);
  if (/^\s*</.test(text)) return false;
  const ends = `${text.slice(0, 5000)}\n${text.slice(-5000)}`;
  return /["']?\b(?:openapi|swagger)["']?\s*:\s*["']?[23]/.test(ends);
}

/** RFC 8631: `Link: </openapi.json>; rel="service-desc"`, or the same in a page's head. */
function linksOf(page: HttpAnswer): readonly string[] {
  const header = [...(headerOf(page, 'link') ?? '').matchAll(/<([^>]*)>\s*;[^,]*\brel="?service-desc\b/g)];
  const head = [...textOf(page).matchAll(/<link\b[^>]{0,300}>/gi)]
    .map(([tag]) => tag)
    .filter((tag) => /\brel=["']?service-desc\b/i.test(tag))
    .map((tag) => /\bhref=["']([^"']+)["']/i.exec(tag));
  return [...header, ...head].flatMap((match) => match?.[1] ?? []);
}

/** Addresses in the settings of Swagger UI, ReDoc, RapiDoc, Scalar and Stoplight Elements. */
function referencesIn(text: string): string[] {
  const patterns = [
    /["']?\b(?:url|configUrl|spec_url|specUrl)["']?\s*[:=]\s*["']([^"']{1,500})["']/g,
    /\b(?:spec-url|apiDescriptionUrl|data-url)=["']([^"']{1,500})["']/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** `{ urls: [{ url }] }` of springdoc, `[{ url | location }]` of springfox. */
function listedIn(answer: HttpAnswer): readonly string[] {
  const parsed = parseData(textOf(answer));
  const value: Json = parsed.kind === 'data' ? parsed.value : null;
  const list = isObject(value) ? (value['urls'] ?? [value]) : value;
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).filter(isObject).flatMap((entry) => {
    const reference = entry['url'] ?? entry['location'];
    return typeof reference === 'string' ? [reference] : [];
  });
}

function notFound(base: string, tried: number): Problem {
  return {
    severity: 'error',
    code: 'no-documents',
    message: `offers no interface document at any of ${tried} addresses where services keep theirs`,
    file: base,
    hint: 'Give the address of the document itself, for example …/v3/api-docs or …/openapi.json.',
  };
}
