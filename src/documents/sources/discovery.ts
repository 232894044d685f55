import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { changingWord } from '../../lib/wording/command.ts';
import { statusHint } from './fetch-hints.ts';
import { graphqlHint, isGraphqlEndpoint } from './graphql-endpoint.ts';
import { headerOf, type HttpAnswer, type HttpClient } from './http-client.ts';
import { asksForPassword } from '../../lib/text/page.ts';
import { wantsSignIn } from '../answered-instead.ts';
import { limits } from '../limits.ts';
import { servedDocument } from '../text/served.ts';
import { ServerTime } from './server-time.ts';
import { commonPlaces, rarePlaces, usualLists } from './usual-places.ts';

/** What was found behind the base address of a service. */
export interface Discovery {
  /** Addresses of documents, in the service's own order. */
  readonly urls: readonly string[];
  readonly problems: readonly Problem[];
  /** The address itself has not answered: what it is shows once it does. */
  readonly isOpen?: true;
}

/** Scripts that hold the settings of Swagger UI, or the document itself (swagger-ui-express, NestJS). */
const settingsScript =
  /<script[^>]{1,300}?src=["']([^"']*(?:swagger-initializer|swagger-ui-init|\bindex)\.js[^"']{0,100})["']/gi;

const maxDocuments = 100;
/** Answers, all of them errors, of a server that is taken to be down. */
const fewestOfOneDown = 6;
/** Of the addresses that were asked for in vain. */
const mostNamed = 8;

/** Whose document Swagger UI comes with until another is set (its `dist/swagger-initializer.js`). */
const exampleHost = /^petstore3?\.swagger\.io$/;

/** Where frameworks list their documents. */
const listPlace = /\/(?:v3\/api-docs\/swagger-config|swagger-config|swagger-resources)$/;

/**
 * Whether an address could be that of a service or of its documentation page. One that ends with a file's name or like a
 * document's is none; of all others the answer tells.
 */
export function isBaseAddress(url: string): boolean {
  const { pathname, search } = new URL(url);
  if (isCertainlyBase(url) || listPlace.test(pathname)) return true;
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return search === '' && !last.includes('.') && !/\/api-docs(?:\/|$)|-json$/i.test(pathname);
}

function isCertainlyBase(url: string): boolean {
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
  const isGuess = !isCertainlyBase(base);
  const byList = page === undefined ? [] : await search.namedByList(page);
  if (byList.length > 0) return found(byList, base, search);
  // What is neither a page nor OpenAPI is a document of another kind.
  if (isGuess && page !== undefined && !isPage(page)) return { urls: [base], problems: [] };
  const named = page === undefined ? [] : await search.namedByPage(page);
  const urls = named.length > 0 ? named : await search.atUsualPlaces();
  if (urls.length > 0) return found(urls, base, search);
  const graphql = await search.graphqlBelow();
  if (graphql !== undefined) return { urls: [], problems: [ofGraphql(base, graphql)] };
  // An address that could be anything is then read as the document, which says what is wrong with it.
  if (isGuess && page === undefined) return { urls: [base], problems: [], isOpen: true };
  const { problems } = found([], base, search);
  // What does not answer at all offers nothing anywhere.
  if (page === undefined && search.isUnreachable) return { urls: [], problems };
  return { urls: [], problems: [...problems, notFound(base, search, client.unsignedHint(base))] };
}

function ofGraphql(base: string, where: string): Problem {
  const message = sentence('answersGraphql', { where });
  return { level: 'error', code: 'no-documents', message, file: base, hint: graphqlHint };
}

/** What is named and cannot be had says why itself, as often as it is asked for. */
function found(all: readonly string[], base: string, search: Search): Discovery {
  const urls = all.slice(0, maxDocuments);
  const shown = new Set(urls.map((url) => search.shown(url)));
  const own = search.problems.filter(({ file = '' }) => !shown.has(file));
  return { urls, problems: [...own, ...elsewhere(base, search), ...notAsked(base, search)] };
}

class Search {
  readonly problems: Problem[] = [];
  /** Origins that a page or a list named beside the service's own. */
  readonly foreign = new Set<string>();
  /** Addresses named there that by their words do more than read. */
  readonly doubtful = new Set<string>();
  /** Paths that were asked for, in that order. */
  readonly asked: string[] = [];
  /** Those at which the server fails, with the status. */
  readonly failing = new Map<string, number>();
  /** Why an answer was none: `answered 401`, `a sign-in page`. */
  barrier: Sentence | undefined;
  readonly #origin: string;
  readonly #folder: string;
  /** The address itself as a folder, where that is something else. */
  readonly #below: string | undefined;
  readonly #client: HttpClient;
  readonly #signal: AbortSignal;
  /** A path at which GraphQL is spoken. */
  #graphql: string | undefined;
  readonly #time = new ServerTime(limits.discoveryMs);

  constructor(base: string, client: HttpClient, signal: AbortSignal) {
    this.#origin = new URL(base).origin;
    this.#folder = new URL('.', base.replace(/\/swagger-ui\/[^/]*$/, '/').replace(listPlace, '/')).href;
    this.#below = isCertainlyBase(base) ? undefined : `${base}/`;
    this.#client = client;
    this.#signal = signal;
  }

  /** The first request has got no answer. */
  get isUnreachable(): boolean {
    return this.problems.some(({ code }) => code === 'url-unreachable' || code === 'too-slow');
  }

  /** Whatever is asked for is answered with an error: nothing is found there now, and asking on does no good. */
  get isDown(): boolean {
    return this.asked.length >= fewestOfOneDown && this.failing.size === new Set(this.asked).size;
  }

  shown(url: string): string {
    return this.#client.shown(url);
  }

  /** A good answer, or nothing: most of the places are expected not to exist. */
  async get(url: string): Promise<HttpAnswer | undefined> {
    this.asked.push(new URL(url).pathname);
    const answer = await this.#client.send({ method: 'GET', url, headers: {} }, this.#signal, this.#time);
    if (!('level' in answer)) {
      if (isGraphqlEndpoint(answer)) this.#graphql ??= new URL(url).pathname;
      this.barrier ??= barrierOf(answer, this.shown(answer.url));
      if (answer.status >= 500 || answer.status === 429)
        this.failing.set(new URL(url).pathname, answer.status);
      return answer.status >= 200 && answer.status < 300 ? answer : undefined;
    }
    if (this.problems.length === 0) this.problems.push(answer);
    return undefined;
  }

  /** What a documentation page loads, itself or by the script beside it (Swagger UI 4 and later). */
  async namedByPage(page: HttpAnswer): Promise<readonly string[]> {
    const text = textOf(page);
    const linked = linksOf(page).flatMap((reference) => this.#inside(reference, page.url));
    if (linked.length > 0) return this.#documentsAmong(linked);
    const nest = referencesIn(text).length === 0 ? besidePage(page.url) : undefined;
    const beside = nest === undefined ? undefined : await this.get(nest);
    if (nest !== undefined && beside !== undefined && isDocument(beside)) return [nest];
    const texts = [text];
    const scripts = [...text.matchAll(settingsScript)].flatMap((match) => match[1] ?? []);
    for (const address of scripts.flatMap((script) => this.#inside(script, page.url))) {
      const loaded = await this.get(address);
      if (loaded !== undefined && isDocument(loaded)) return [address];
      if (loaded !== undefined) texts.push(textOf(loaded));
    }
    const grouped = await this.#namedIn(texts.flatMap(groupsIn), page.url);
    if (grouped.length > 0) return grouped;
    // What stands at `configUrl` goes before the page's own `url`, which then tells nothing of the service.
    const configured = await this.#amongNamed(texts.flatMap(configsIn), page.url);
    return configured.length > 0 ? configured : this.#amongNamed(texts.flatMap(referencesIn), page.url);
  }

  #amongNamed(references: readonly string[], page: string): Promise<readonly string[]> {
    const inside = references.flatMap((reference) => this.#inside(reference, page));
    return this.#documentsAmong([...new Set(inside)]);
  }

  async atUsualPlaces(): Promise<readonly string[]> {
    const folders = [...(this.#below === undefined ? [] : [this.#below]), this.#folder, `${this.#origin}/`];
    for (const folder of new Set(folders)) {
      for (const place of usualLists) {
        if (this.isDown) return [];
        const listed = await this.#documentsAmong([new URL(place, folder).href]);
        if (listed.length > 0) return listed;
      }
      const places = folder === this.#below ? commonPlaces : [...commonPlaces, ...rarePlaces];
      for (const place of places) {
        const url = new URL(place, folder).href;
        const answer = await this.get(url);
        if (answer !== undefined && isDocument(answer)) return [url];
        if (this.problems.length > 0 || this.#signal.aborted || this.isDown) return [];
      }
    }
    return [];
  }

  /** The path at which GraphQL is spoken, if it is there that others have it. */
  async graphqlBelow(): Promise<string | undefined> {
    if (this.#graphql !== undefined) return this.#graphql;
    if (this.isUnreachable || this.isDown || this.barrier !== undefined) return undefined;
    const folder = this.#below ?? this.#folder;
    const places = ['graphql', 'graphql/graphql'].map((place) => new URL(place, folder));
    for (const { href, pathname } of places.filter((one) => !this.asked.includes(one.pathname))) {
      if (this.#signal.aborted) return undefined;
      const answer = await this.#client.send(
        { method: 'GET', url: href, headers: {} },
        this.#signal,
        this.#time,
      );
      if (!('level' in answer) && isGraphqlEndpoint(answer)) return pathname;
    }
    return undefined;
  }

  /** All that a list names, if this is one: also when none of it can be had now. */
  async namedByList(answer: HttpAnswer): Promise<readonly string[]> {
    return isList(answer) ? await this.#namedIn(listedIn(answer), answer.url, true) : [];
  }

  /** Of addresses, those that are documents and those that lists among them name. */
  async #documentsAmong(urls: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const url of urls.slice(0, maxDocuments)) {
      const answer = await this.get(url);
      if (answer === undefined) continue;
      if (isDocument(answer)) found.push(url);
      else found.push(...(await this.#namedIn(listedIn(answer), url)));
    }
    return [...new Set(found)];
  }

  /**
   * Lists name their documents from the origin, or from the folder that a gateway puts in front of the service. What cannot be had
   * now stands where the others do.
   *
   * @param isCertain It is a list of documents, whether or not one of them can be had.
   */
  async #namedIn(references: readonly string[], list: string, isCertain = false): Promise<readonly string[]> {
    const places: (string | undefined)[] = [];
    let way = 0;
    const candidates = references.slice(0, maxDocuments).map((reference) => {
      const behindGateway = this.#inside(reference.replace(/^\//, ''), this.#folder);
      return [...new Set([...this.#inside(reference, list), ...behindGateway])];
    });
    for (const urls of candidates) {
      const found = await this.#firstDocument(urls);
      if (found !== undefined) way = found;
      places.push(found === undefined ? undefined : urls[found]);
    }
    if (!isCertain && places.every((place) => place === undefined)) return [];
    return places.flatMap((place, no) => place ?? candidates[no]?.[way] ?? candidates[no]?.[0] ?? []);
  }

  /** Which of them it is. */
  async #firstDocument(urls: readonly string[]): Promise<number | undefined> {
    for (const [no, url] of urls.entries()) {
      const answer = await this.get(url);
      if (answer !== undefined && isDocument(answer)) return no;
    }
    return undefined;
  }

  #inside(reference: string, from: string): readonly string[] {
    const target = URL.canParse(reference, from) ? new URL(reference, from) : undefined;
    if (target === undefined) return [];
    if (changingWord(target) !== undefined) {
      this.doubtful.add(this.shown(target.href));
      return [];
    }
    // A service that does not know its own address names this machine.
    if (/^(?:localhost|127\.\d+\.\d+\.\d+)$/.test(target.hostname))
      return [`${this.#origin}${target.pathname}${target.search}`];
    if (target.origin === this.#origin) return [target.href];
    if (/^https?:$/.test(target.protocol) && !exampleHost.test(target.hostname))
      this.foreign.add(target.origin);
    return [];
  }
}

/** NestJS serves the document of the page `/api` as `/api-json`; of the page at the root there is none. */
function besidePage(url: string): string | undefined {
  const page = new URL(url);
  const path = page.pathname.replace(/\/$/, '');
  return path === '' ? undefined : `${page.origin}${path}-json`;
}

function textOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes.subarray(0, 2_000_000));
}

/** The version stands at the beginning, or at the end where a generator sorts its keys. */
function isDocument(answer: HttpAnswer): boolean {
  const text = servedDocument(textOf(answer));
  if (/^\s*</.test(text)) return false;
  const ends = `${text.slice(0, 5000)}\n${text.slice(-5000)}`;
  return /["']?\b(?:openapi|swagger)["']?\s*:\s*["']?[23]/.test(ends);
}

function isPage(answer: HttpAnswer): boolean {
  return /^\s*(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(
    textOf(answer).slice(0, 2000),
  );
}

function barrierOf(answer: HttpAnswer, where: string): Sentence | undefined {
  if (answer.status === 401 || answer.status === 403)
    return sentence('placeAnswered', { where, status: answer.status });
  const body = jsonIn(answer);
  const said = isObject(body) ? wantsSignIn(body) : undefined;
  if (said !== undefined) return sentence('placeSays', { where, said });
  const isSignIn =
    isPage(answer) &&
    (asksForPassword(textOf(answer)) || /\/(?:login|signin|sign-in|sso|cas)\b/i.test(answer.url));
  return isSignIn ? sentence('placeIsSignIn', { where }) : undefined;
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

/** Where Swagger UI is told to look for its settings. */
function configsIn(text: string): string[] {
  return [...text.matchAll(/["']?\bconfigUrl["']?\s*[:=]\s*["']([^"']{1,500})["']/g)].map(
    (match) => match[1] ?? '',
  );
}

/** `urls: [{ url: '/v3/api-docs/a', name: 'a' }]` of Swagger UI, which then shows nothing else. */
function groupsIn(text: string): string[] {
  const pattern =
    /\{\s*["']?(?:name["']?\s*:\s*["'][^"'{}]{0,300}["']\s*,\s*["']?)?url["']?\s*:\s*["']([^"']{1,500})["']([^{}]{0,300})\}/g;
  return [...text.matchAll(pattern)].flatMap(([whole, url = '']) => (/\bname\b/.test(whole) ? [url] : []));
}

/** A list of documents is short; anything longer is not worth the time. */
const longestListBytes = 500_000;

function jsonIn(answer: HttpAnswer): Json {
  if (answer.bytes.length > longestListBytes) return null;
  try {
    return JSON.parse(textOf(answer)) as Json;
  } catch {
    return null;
  }
}

/** `{ urls: [{ url }] }` of springdoc, `[{ url | location }]` of springfox. */
function listedIn(answer: HttpAnswer): readonly string[] {
  const value = jsonIn(answer);
  const list = isObject(value) ? (value['urls'] ?? [value]) : value;
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).filter(isObject).flatMap((entry) => {
    const reference = entry['url'] ?? entry['location'];
    return typeof reference === 'string' ? [withEncodedGroup(reference, entry['name'])] : [];
  });
}

/** springfox writes the name of a group into the address as it is: `?group=Orders & Returns`. */
function withEncodedGroup(reference: string, name: Json | undefined): string {
  const isAsItIs = typeof name === 'string' && name !== '' && reference.endsWith(`?group=${name}`);
  return isAsItIs ? `${reference.slice(0, -name.length)}${encodeURIComponent(name)}` : reference;
}

/** Nothing else has these members: `urls` or `configUrl` of springdoc, `swaggerVersion` or `location` of springfox. */
function isList(answer: HttpAnswer): boolean {
  const value = jsonIn(answer);
  if (Array.isArray(value))
    return value.some((one: Json) => isObject(one) && ('swaggerVersion' in one || 'location' in one));
  return isObject(value) && ('configUrl' in value || listPlace.test(new URL(answer.url).pathname));
}

/** Whoever writes a list decides what is read by it: only on the host that was named. */
function elsewhere(base: string, { foreign }: Search): readonly Problem[] {
  if (foreign.size === 0) return [];
  const where = firstOf(foreign);
  return [
    {
      level: 'info',
      code: 'documents-elsewhere',
      message: sentence('leadsElsewhere', { where, origin: new URL(base).origin }),
      file: base,
      hint: sentence('nameThemAsWell'),
    },
  ];
}

/** `https://a.example and 2 more` */
function firstOf(places: ReadonlySet<string>): Sentence {
  const [what = ''] = places;
  return places.size === 1 ? what : sentence('andOthers', { what, n: places.size - 1 });
}

function notAsked(base: string, { doubtful }: Search): readonly Problem[] {
  if (doubtful.size === 0) return [];
  const [first = ''] = doubtful;
  return [
    {
      level: 'info',
      code: 'documents-not-asked',
      message: sentence('leadsToMore', { where: firstOf(doubtful) }),
      file: base,
      hint: sentence('nameIfDocument', { where: first }),
    },
  ];
}

function notFound(base: string, search: Search, unsignedHint: Sentence | undefined): Problem {
  const { asked, barrier } = search;
  if (barrier !== undefined) {
    return {
      level: 'error',
      code: 'document-unauthorized',
      message: sentence('showsNothingUnsigned', { why: barrier }),
      file: base,
      hint: unsignedHint ?? sentence('giveCredentialOrOpen'),
    };
  }
  const failure = failureOf(base, search);
  if (failure !== undefined) return { ...failure, level: 'error', code: 'url-status', file: base };
  return {
    level: 'error',
    code: 'no-documents',
    message: sentence('offersNoDocument', { n: asked.length, places: asked.slice(0, mostNamed) }),
    file: base,
    hint: sentence('giveDocumentAddress'),
  };
}

/** Where a server fails there may be a document; what it answers elsewhere tells of none. */
function failureOf(base: string, { asked, failing }: Search): Pick<Problem, 'message' | 'hint'> | undefined {
  const own = failing.get(new URL(base).pathname);
  if (own !== undefined)
    return { message: sentence('answeredStatus', { status: own }), hint: statusHint(own) };
  const [first] = failing;
  if (first === undefined) return undefined;
  const [where, status] = first;
  return {
    message: sentence('offersNoneAndFails', { n: asked.length, where, status }),
    hint: statusHint(status),
  };
}
