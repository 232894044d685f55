import { isAddress } from '../../lib/net/address-scheme.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { type Discovery, discover, isBaseAddress } from './discovery.ts';
import { type Checkouts, type GitAddress, parseGitAddress, relocated, shownRepository } from './git/git.ts';
import { type HttpClient, looksLikeDocument, tooSlow } from './http-client.ts';
import { withoutUser } from './shown-url.ts';
import { meantUrl } from '../../lib/secrets/token-segments.ts';
import { listLocal, LocalFiles } from './local-files.ts';
import { type Fetched, type Files, hashOf, type Listing, type Location } from './place.ts';
import type { Sentence } from '../../model/sentence.ts';
import { Names } from './names.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { Validator } from '../ports.ts';
import { limits } from '../limits.ts';
import { ServerTime } from './server-time.ts';
import { isObject } from '../../model/json.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { parseData } from '../text/parse.ts';

/** What places are looked up with. */
export interface Surroundings {
  readonly workingFolder: string;
  readonly client: HttpClient;
  readonly checkouts: Checkouts;
  /** What was discovered behind base addresses; kept between scans. */
  readonly discovered: Map<string, Discovery>;
}

/** Where the documents of a service may stand, in the order of its `docs`, each once. */
export async function listPlaces(
  service: ServiceSettings,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Listing> {
  const local = new LocalFiles(surroundings.workingFolder, service);
  const places = new Map<string, Location>();
  const problems: Problem[] = [];
  const names = new Names((url) => surroundings.client.shown(url));
  let complete = true;
  for (const entry of service.docs) {
    const git = parseGitAddress(entry);
    const listing =
      git !== undefined
        ? await listGit(git, service, surroundings, signal)
        : /^https?:\/\//i.test(entry)
          ? await listUrl(entry, service, surroundings, names, signal)
          : isAddress(entry)
            ? unreadAddress(entry, surroundings.client)
            : await listLocal(entry, service, local);
    for (const place of listing.places) if (!places.has(place.uri)) places.set(place.uri, place);
    problems.push(...listing.problems);
    complete &&= listing.complete;
  }
  return { places: [...places.values()], problems, complete };
}

/** `ftp://x/y`: shown without who it would be asked as. */
function unreadAddress(entry: string, client: HttpClient): Listing {
  const file = client.shown(entry.replace(/\/\/[^/@]*@/, '//'));
  const message = sentence('addressNotRead', { scheme: file.slice(0, file.indexOf(':')).toLowerCase() });
  return {
    places: [],
    problems: [{ level: 'error', code: 'address-not-read', message, file }],
    complete: true,
  };
}

/** Where the documents of an entry are asked for; `undefined` for files. */
export function documentsOrigin(entry: string): string | undefined {
  const url = exportRequest(entry)?.url ?? entry;
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}

async function listUrl(
  url: string,
  { docs }: ServiceSettings,
  surroundings: Surroundings,
  names: Names,
  signal: AbortSignal,
): Promise<Listing> {
  const { client, discovered } = surroundings;
  if (!URL.canParse(url)) {
    const problem: Problem = {
      level: 'error',
      code: 'bad-url',
      message: sentence('isNoUrl'),
      file: client.shown(url),
    };
    return { places: [], problems: [problem], complete: true };
  }
  const project = exportRequest(url);
  if (project !== undefined)
    return named({ uri: names.of(url), files: new ProjectFiles(client, project), named: true });
  if (!isBaseAddress(url)) return named(documentAt(url, names.of(url), client, docs));
  const known = discovered.get(url) ?? (await discover(url, client, signal));
  // A service that is down now is asked again; one that has answered keeps its places.
  const isKnown = known.urls.length > 0 && known.isOpen !== true;
  if (isKnown) discovered.set(url, known);
  return {
    places: known.urls.map((found) => documentAt(found, names.of(found), client, docs)),
    problems: known.problems.map((problem) => ({ ...problem, file: client.shown(problem.file ?? url) })),
    complete: isKnown,
  };
}

function documentAt(url: string, uri: string, client: HttpClient, docs: readonly string[]): Location {
  return { uri, files: new HttpFiles(client, url, uri, docs), named: true };
}

function named(place: Location): Listing {
  return { places: [place], problems: [], complete: true };
}

async function listGit(
  address: GitAddress,
  service: ServiceSettings,
  { checkouts, client }: Surroundings,
  signal: AbortSignal,
): Promise<Listing> {
  let folder = await checkouts.checkout(address, signal);
  if (typeof folder !== 'string') {
    const moved = await relocated(address, folder, client, signal);
    folder =
      typeof moved === 'string' ? await checkouts.checkout({ ...address, repository: moved }, signal) : moved;
  }
  if (typeof folder !== 'string') return { places: [], problems: [folder], complete: false };
  const prefix = `${shownRepository(address)}#${address.branch ?? ''}:`;
  const entry = address.path === '' ? '.' : address.path;
  const inside = { ...service, root: folder, docs: [] };
  return listLocal(entry, inside, new LocalFiles(folder, inside, prefix));
}

/**
 * Documents behind one http(s) URL. References are confined to the origin of the document that makes them, and there to
 * what looks like a document or is named in `docs`: any other address could do more than read when it is asked for.
 */
class HttpFiles implements Files {
  readonly #client: HttpClient;
  /** Its name. */
  readonly uri: string;
  /** The configured URL, which may carry user, password and other secrets; `uri`s never do. */
  readonly #configured: string;
  readonly #named: ReadonlySet<string>;
  readonly #time = new ServerTime(limits.serverMs);

  constructor(client: HttpClient, configured: string, uri: string, docs: readonly string[]) {
    this.#client = client;
    this.uri = uri;
    this.#named = new Set(docs.filter((entry) => URL.canParse(entry)).map(withoutUser));
    this.#configured = configured;
  }

  async fetch(uri: string, validator: Validator | undefined, signal: AbortSignal): Promise<Fetched> {
    const fetched = await this.#client.fetch(this.#signed(uri), validator, signal, this.#time);
    if (fetched.kind !== 'failed' || uri !== this.uri) return fetched;
    return { kind: 'failed', problem: { ...fetched.problem, file: uri } };
  }

  tooSlow(): Problem | undefined {
    return this.#time.isSpent ? tooSlow(this.uri, this.#time) : undefined;
  }

  resolve(reference: string, from: string): Promise<string | Problem> {
    const target = URL.canParse(reference, from) ? new URL(reference, from) : undefined;
    const { origin } = new URL(from);
    if (target?.origin !== origin)
      return Promise.resolve(notRead(reference, from, sentence('onlyOriginReferred', { origin })));
    target.hash = '';
    const { href } = target;
    const isNamed = this.#named.has(meantUrl(href, [this.#configured]));
    if (href === this.uri || isNamed || looksLikeDocument(target)) return Promise.resolve(href);
    return Promise.resolve({
      ...notRead(reference, from, sentence('couldDoMore')),
      hint: sentence('nameIfDocument', { where: this.#client.shown(href) }),
    });
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  #signed(uri: string): string {
    if (uri === this.uri) return this.#configured;
    const meant = meantUrl(uri, [this.#configured]);
    const { username, password } = new URL(this.#configured);
    if (username === '' && password === '') return meant;
    const signed = new URL(meant);
    signed.username = username;
    signed.password = password;
    return signed.href;
  }
}

function notRead(reference: string, file: string, why: Sentence): Problem {
  return {
    level: 'error',
    code: 'ref-outside-source',
    message: sentence('refersNotRead', { reference: JSON.stringify(ellipsize(reference, 200)), why }),
    file,
  };
}

/** How a tool exports a project whose page in the browser has this address; `undefined` for other addresses. */
function exportRequest(url: string): OutgoingRequest | undefined {
  return yapiExport(url) ?? apifoxExport(url);
}

/** YApi: `https://yapi.example/project/11/interface/api`; the project's token goes into the query as `token`. */
function yapiExport(url: string): OutgoingRequest | undefined {
  const [, base, project] = /^(https?:\/\/.+?)\/project\/(\d+)\/interface\/api(?:\/.*)?$/i.exec(url) ?? [];
  if (base === undefined || project === undefined) return undefined;
  const query = `type=json&pid=${project}&status=all&isWiki=false`;
  return { method: 'GET', url: `${base}/api/plugin/export?${query}`, headers: {} };
}

/** Apifox: `https://app.apifox.com/project/123`; its open API exports OpenAPI to a bearer of an access token. */
function apifoxExport(url: string): OutgoingRequest | undefined {
  const [, project] = /^https:\/\/app\.apifox\.(?:com|cn)\/project\/(\d+)(?:[/?#].*)?$/i.exec(url) ?? [];
  if (project === undefined) return undefined;
  return {
    method: 'POST',
    url: `https://api.apifox.com/v1/projects/${project}/export-openapi?locale=zh-CN`,
    headers: { 'content-type': 'application/json', 'x-apifox-api-version': '2024-03-28' },
    body: JSON.stringify({
      scope: { type: 'ALL' },
      options: { includeApifoxExtensionProperties: false, addFoldersToTags: true },
      oasVersion: '3.1',
      exportFormat: 'JSON',
    }),
  };
}

/** A project of an interface tool, read through the tool's own export. */
class ProjectFiles implements Files {
  readonly #client: HttpClient;
  readonly #request: OutgoingRequest;

  constructor(client: HttpClient, request: OutgoingRequest) {
    this.#client = client;
    this.#request = request;
  }

  async fetch(uri: string, _validator: Validator | undefined, signal: AbortSignal): Promise<Fetched> {
    const answer = await this.#client.send(this.#request, signal);
    if ('level' in answer) return { kind: 'failed', problem: { ...answer, file: uri } };
    const refused = this.#client.refusal(uri, answer) ?? refusedByTool(uri, answer.bytes);
    if (refused !== undefined) return { kind: 'failed', problem: refused };
    return {
      kind: 'content',
      bytes: answer.bytes,
      validator: { bytes: answer.bytes.length, hash: await hashOf(answer.bytes) },
      contentType: 'application/json',
    };
  }

  resolve(reference: string, from: string): Promise<Problem> {
    return Promise.resolve({
      level: 'error',
      code: 'ref-outside-source',
      message: sentence('refersFromExport', { reference: JSON.stringify(ellipsize(reference, 200)) }),
      file: from,
    });
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** YApi answers 200 with `{ errcode: 40011, errmsg: "请登录..." }`. */
function refusedByTool(file: string, bytes: Uint8Array): Problem | undefined {
  if (bytes.length > 2000) return undefined;
  const parsed = parseData(new TextDecoder().decode(bytes));
  if (parsed.kind !== 'data' || !isObject(parsed.value)) return undefined;
  const { errcode, errmsg } = parsed.value;
  if (typeof errcode !== 'number' || errcode === 0) return undefined;
  return {
    level: 'error',
    code: 'document-unauthorized',
    message: sentence('refusedByYapi', {
      why: `${errcode} ${typeof errmsg === 'string' ? ellipsize(errmsg, 200) : ''}`.trim(),
    }),
    file,
    hint: sentence('giveYapiToken'),
  };
}
