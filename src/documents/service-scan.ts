import { sentence } from '../messages/sentence.ts';
import type { Dispatcher } from 'undici';
import type { ClientPair } from '../lib/net/way.ts';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { saidBy } from '../messages/said-error.ts';
import type { Sentence } from '../model/sentence.ts';
import { Semaphore } from '../lib/limits.ts';
import type { Logger } from '../lib/logger.ts';
import { sha256 } from '../lib/text/text.ts';
import type { ChangeSet, Document } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import { noCredential, type ServiceSettings } from '../model/settings.ts';
import { type Yielder, createYielder } from '../lib/yielder.ts';
import { compareDocuments, logChange } from './diff/change-set.ts';
import type { Format } from './formats/format.ts';
import type { CachedDocument, DocumentAuthorizer, DocumentCache } from './ports.ts';
import { parserOf, parserOfNone, type ReadOutcome } from './read.ts';
import type { ScanReport } from './report.ts';
import type { Discovery } from './sources/discovery.ts';
import type { Checkouts } from './sources/git/git.ts';
import type { GitHistory } from './sources/git/git-history.ts';
import { documentCredentialHint } from './sources/challenge.ts';
import { type HttpAnswer, HttpClient } from './sources/http-client.ts';
import { webPlaces } from '../lib/net/places.ts';
import { shownUrl } from './sources/shown-url.ts';
import { documentsOrigin, listPlaces } from './sources/list-places.ts';
import type { Fetched, Location } from './sources/place.ts';
import { recheck, TrackedFiles } from './tracked-files.ts';
import { idOf, reportable, unreadable, type Visit, withLastEdits } from './visit.ts';
import type { Scrub } from '../lib/secrets/secret.ts';
import { withoutSecrets } from './without-secrets.ts';
import type { DocumentReader } from './worker/worker-reader.ts';

export interface ServiceScanOptions {
  readonly cache: DocumentCache;
  readonly clock: Clock;
  readonly log: Logger;
  readonly http: (service: ServiceSettings, pair?: ClientPair) => Dispatcher;
  readonly root: string;
  readonly authorizer?: DocumentAuthorizer;
  readonly secrets?: () => Scrub;
  readonly places: Semaphore;
  readonly checkouts: Checkouts;
  readonly history: GitHistory;
  readonly formats: readonly Format[];
  readonly reader: DocumentReader;
}

/** Of addresses that are remembered; where redirects and lists lead may be another one each time. */
const mostNames = 2000;

type Content = Extract<Fetched, { kind: 'content' }>;

/** One service over all its scans: keeps what it knows of the documents in memory and in the cache. */
export class ServiceScan {
  readonly #name: string;
  readonly #options: ServiceScanOptions;
  readonly #parsers: ReadonlySet<string>;
  readonly #breathe: Yielder;
  /** A cycle and a look at changed files may come together. */
  readonly #turn = new Semaphore(1);
  readonly #discovered = new Map<string, Discovery>();
  readonly #names = new Map<string, string>();
  #known: Map<string, CachedDocument> | undefined;

  constructor(name: string, options: ServiceScanOptions) {
    this.#name = name;
    this.#options = options;
    this.#breathe = createYielder(() => options.clock.monotonic());
    this.#parsers = new Set([...options.formats.map(parserOf), parserOfNone(options.formats)]);
  }

  async run(service: ServiceSettings, signal: AbortSignal): Promise<ScanReport> {
    const leave = await this.#turn.acquire();
    try {
      return await this.#run(service, signal);
    } finally {
      leave();
    }
  }

  /** As far as they have been read. */
  async recall(): Promise<readonly Document[]> {
    const known = await this.#recall([]);
    return [...known.values()].toSorted(byUri).flatMap(({ document }) => document ?? []);
  }

  async #run(service: ServiceSettings, signal: AbortSignal): Promise<ScanReport> {
    const problems: Problem[] = [];
    const at = this.#options.clock.now();
    const known = await this.#recall(problems);
    const { root: workingFolder, checkouts } = this.#options;
    const surroundings = {
      workingFolder,
      checkouts,
      client: this.#client(service),
      discovered: this.#discovered,
    };
    const listing = await listPlaces(service, surroundings, signal);
    problems.push(...listing.problems);
    const looked = await Promise.all(
      listing.places.map(async (place) => {
        const visit = await this.#visit(place, known, signal);
        // Others may be waited for much longer.
        if (isRemote(place) && visit.entry !== undefined) await this.#remember(visit.entry, known, problems);
        return visit;
      }),
    );
    const visits = await withLastEdits(looked, this.#options.history, signal);
    for (const { entry } of visits) if (entry !== undefined) await this.#remember(entry, known, problems);
    const changes = visits.flatMap(({ change }) => (change === undefined ? [] : [change]));
    if (listing.complete) changes.push(...(await this.#forgetAllBut(listing.places, known, problems)));
    // Places that could not be listed this time may well be there.
    const visited = new Set(visits.map(({ place }) => idOf(this.#name, place)));
    const unlisted = [...known.values()].filter(({ id }) => !visited.has(id)).toSorted(byUri);
    problems.push(...reportable(visits));
    for (const change of changes) logChange(change, this.#options.log);
    return {
      documents: [...visits.map(({ entry }) => entry), ...unlisted].flatMap((entry) => entry?.document ?? []),
      problems,
      unreadable: unreadable(visits, this.#name, {
        at,
        credentialFor: (uri) => (URL.canParse(uri) ? credentialFor(uri, service) : undefined),
      }),
      changes,
      read: visits.filter(({ work }) => work === 'read').length,
      unchanged: visits.filter(({ work }) => work === 'unchanged').length,
    };
  }

  #client(service: ServiceSettings): HttpClient {
    const { http, authorizer } = this.#options;
    const dispatcher = http(service);
    const shown = (url: string) => this.#shown(url);
    if (authorizer === undefined) return new HttpClient({ dispatcher, shown });
    return new HttpClient({
      dispatcher,
      presenting: (pair) => http(service, pair),
      shown,
      sign: async (request, signal) => {
        const credential = credentialFor(request.url, service);
        if (credential === undefined) return { ok: true, request };
        const signed = await authorizer.authorize(credential, request, signal);
        return signed.ok ? signed : { ...signed, mayBePublic: service.docsCredential === undefined };
      },
      unsignedHint: (url, answer) => unsignedHint(url, service, answer),
    });
  }

  /** The same from one scan to the next, whatever becomes secret meanwhile: documents are known by it. */
  #shown(url: string): string {
    const before = this.#names.get(url);
    if (before !== undefined) return before;
    const scrub = /[?#]/.test(url) ? this.#options.secrets?.() : undefined;
    const shown = shownUrl(url, scrub);
    if (this.#names.size < mostNames) this.#names.set(url, shown);
    return shown;
  }

  async #visit(place: Location, known: Map<string, CachedDocument>, signal: AbortSignal): Promise<Visit> {
    const entry = known.get(idOf(this.#name, place));
    // Servers are asked by a client of each service, which has bounds of its own: a slow one holds up no other service.
    const leave = isRemote(place) ? undefined : await this.#options.places.acquire();
    try {
      if (signal.aborted) return { place, work: 'none', entry };
      return await this.#look(place, entry, signal);
    } catch (error) {
      const problem: Problem = {
        level: 'error',
        code: 'scan-failed',
        message: sentence('notScanned', { why: saidBy(error) }),
        file: place.uri,
      };
      return { place, work: 'none', problem, entry };
    } finally {
      leave?.();
    }
  }

  async #look(place: Location, entry: CachedDocument | undefined, signal: AbortSignal): Promise<Visit> {
    if (entry === undefined) return this.#fetchAndRead(place, undefined, new Map(), signal);
    const found = await recheck(entry, place.files, signal);
    const slow = place.files.tooSlow?.();
    if (slow !== undefined) return { place, entry, work: 'none', problem: slow };
    if (found.kind === 'failed') return { place, entry, work: 'none', problem: found.problem };
    const current = this.#parsers.has(entry.parser);
    if (found.kind === 'unchanged' && current) return { place, entry, work: 'unchanged' };
    if (found.kind === 'touched' && current) {
      return { place, entry: { ...entry, files: found.files }, work: 'unchanged' };
    }
    return this.#fetchAndRead(place, entry, found.kind === 'changed' ? found.fetched : new Map(), signal);
  }

  async #fetchAndRead(
    place: Location,
    previous: CachedDocument | undefined,
    fetched: ReadonlyMap<string, Content>,
    signal: AbortSignal,
  ): Promise<Visit> {
    const content = fetched.get(place.uri) ?? (await place.files.fetch(place.uri, undefined, signal));
    const before = { place, entry: previous };
    if (content.kind === 'failed') return { ...before, work: 'none', problem: content.problem };
    if (content.kind === 'unchanged') return { ...before, work: 'unchanged' };
    const files = new TrackedFiles(place.files, fetched, signal);
    const { bytes, contentType } = content;
    const raw = { uri: place.uri, bytes, contentType };
    const read = await this.#options.reader.read(raw, files, signal);
    const scrub = this.#options.secrets?.();
    const outcome = scrub === undefined ? read : await withoutSecrets(read, scrub, this.#breathe);
    const slow = place.files.tooSlow?.();
    if (slow !== undefined) return { ...before, work: 'none', problem: slow };
    if (outcome.kind === 'interrupted') return { ...before, work: 'none', problem: outcome.problem };
    const all = [{ uri: place.uri, validator: content.validator }, ...files.files];
    const entry = this.#entryOf(place, outcome, all, previous);
    const change = await compareDocuments(previous?.document, entry.document, this.#breathe);
    return { place, entry, work: 'read', change };
  }

  #entryOf(
    place: Location,
    outcome: Exclude<ReadOutcome, { kind: 'interrupted' }>,
    files: CachedDocument['files'],
    previous: CachedDocument | undefined,
  ): CachedDocument {
    const id = idOf(this.#name, place);
    const hashes = files.map(({ validator }) => validator.hash ?? '');
    const contentHash = files.length === 1 ? (hashes[0] ?? '') : sha256(hashes.toSorted().join('\n'));
    const common = { id, service: this.#name, uri: place.uri, parser: outcome.parser, contentHash, files };
    const readAt = this.#options.clock.now();
    switch (outcome.kind) {
      case 'read':
        return {
          ...common,
          readAt,
          document: { ...outcome.document, id, service: this.#name, uri: place.uri, contentHash },
        };
      case 'unknown':
      case 'refused':
        return { ...common, readAt, ...lastGood(previous), problem: graded(outcome.problem, previous) };
    }
  }

  async #recall(problems: Problem[]): Promise<Map<string, CachedDocument>> {
    if (this.#known !== undefined) return this.#known;
    const known = new Map<string, CachedDocument>();
    try {
      for (const entry of await this.#options.cache.list(this.#name)) known.set(entry.id, entry);
    } catch (error) {
      problems.push(this.#cacheFailed('cacheNotRead', error));
    }
    this.#known = known;
    return known;
  }

  async #remember(
    entry: CachedDocument,
    known: Map<string, CachedDocument>,
    problems: Problem[],
  ): Promise<void> {
    if (known.get(entry.id) === entry) return;
    known.set(entry.id, entry);
    try {
      await this.#options.cache.put(entry);
    } catch (error) {
      problems.push(this.#cacheFailed('cacheNotWritten', error));
    }
  }

  async #forgetAllBut(
    places: readonly Location[],
    known: Map<string, CachedDocument>,
    problems: Problem[],
  ): Promise<readonly ChangeSet[]> {
    const present = new Set(places.map((place) => idOf(this.#name, place)));
    const changes: ChangeSet[] = [];
    for (const [id, entry] of known) {
      if (present.has(id)) continue;
      const change = await compareDocuments(entry.document, undefined, this.#breathe);
      if (change !== undefined) changes.push(change);
      known.delete(id);
      await this.#options.cache
        .remove(id)
        .catch((error: unknown) => problems.push(this.#cacheFailed('cacheNotWritten', error)));
    }
    return changes;
  }

  #cacheFailed(what: 'cacheNotRead' | 'cacheNotWritten', error: unknown): Problem {
    return {
      level: 'warning',
      code: 'document-cache-failed',
      message: sentence(what, { service: this.#name, why: messageOf(error) }),
      hint: sentence('readAnewAfterRestart'),
    };
  }
}

/**
 * What is given for documents goes to the hosts that `docs` names, and not to where a list there leads; a service's
 * credential goes to the service alone, not to wherever its documents are published.
 */
function credentialFor(url: string, service: ServiceSettings): string | undefined {
  const named = namedFor(url, service);
  return named === noCredential ? undefined : named;
}

function namedFor(url: string, service: ServiceSettings): string | undefined {
  if (service.docsCredential !== undefined) {
    const { origin } = new URL(url);
    const named = service.docs.some((entry) => documentsOrigin(entry) === origin);
    return named ? service.docsCredential : undefined;
  }
  const { baseUrl } = service;
  const own =
    baseUrl !== undefined && URL.canParse(baseUrl) && new URL(baseUrl).origin === new URL(url).origin;
  return own ? service.credential : undefined;
}

/** There is no credential, or by `credentialFor` it does not go there. */
function unsignedHint(url: string, service: ServiceSettings, answer?: HttpAnswer): Sentence | undefined {
  const { credential, docsCredential, baseUrl, docs } = service;
  if (docsCredential !== undefined || credentialFor(url, service) !== undefined) return undefined;
  if (credential === undefined || credential === noCredential) {
    const isGiven = webPlaces(docs).some(({ username }) => username !== '');
    return answer === undefined || isGiven ? undefined : documentCredentialHint(answer);
  }
  return sentence(baseUrl === undefined ? 'credentialWithoutHome' : 'credentialStaysHome', {
    name: credential,
  });
}

function isRemote({ files }: Location): boolean {
  return files.pathOf === undefined;
}

function byUri(a: CachedDocument, b: CachedDocument): number {
  return a.uri < b.uri ? -1 : 1;
}

/** What is of no kind that is read is only noted, unless it was a document before. */
function graded(problem: Problem, previous: CachedDocument | undefined): Problem {
  return previous?.document === undefined ? problem : { ...problem, level: 'error' };
}

function lastGood(previous: CachedDocument | undefined): { readonly document?: Document } {
  return previous?.document === undefined ? {} : { document: previous.document };
}
