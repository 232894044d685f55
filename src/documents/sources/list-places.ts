import { sentence } from '../../messages/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { type Discovery, discover, isBaseAddress } from './discovery.ts';
import { type Checkouts, type GitAddress, parseGitAddress, relocated, shownRepository } from './git/git.ts';
import { type HttpClient, shownUrl } from './http-client.ts';
import { HttpFiles } from './http-files.ts';
import { listLocal, LocalFiles } from './local-files.ts';
import type { Listing, Location } from './place.ts';
import { exportRequest, ProjectFiles } from './projects.ts';

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
  let complete = true;
  for (const entry of service.docs) {
    const git = parseGitAddress(entry);
    const listing =
      git !== undefined
        ? await listGit(git, service, surroundings, signal)
        : /^https?:\/\//i.test(entry)
          ? await listUrl(entry, service, surroundings, signal)
          : await listLocal(entry, service, local);
    for (const place of listing.places) if (!places.has(place.uri)) places.set(place.uri, place);
    problems.push(...listing.problems);
    complete &&= listing.complete;
  }
  return { places: [...places.values()], problems, complete };
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
  signal: AbortSignal,
): Promise<Listing> {
  if (!URL.canParse(url)) {
    const problem: Problem = { level: 'error', code: 'bad-url', message: sentence('isNoUrl'), file: url };
    return { places: [], problems: [problem], complete: true };
  }
  const { client, discovered } = surroundings;
  const project = exportRequest(url);
  if (project !== undefined)
    return named({ uri: shownUrl(url), files: new ProjectFiles(client, project), named: true });
  if (!isBaseAddress(url)) return named(documentAt(url, client, docs));
  const known = discovered.get(url) ?? (await discover(url, client, signal));
  // A service that is down now is asked again; one that has answered keeps its places.
  const isKnown = known.urls.length > 0 && known.isOpen !== true;
  if (isKnown) discovered.set(url, known);
  return {
    places: known.urls.map((found) => documentAt(found, client, docs)),
    problems: known.problems.map((problem) => ({ ...problem, file: shownUrl(problem.file ?? url) })),
    complete: isKnown,
  };
}

function documentAt(url: string, client: HttpClient, docs: readonly string[]): Location {
  const files = new HttpFiles(client, url, docs);
  return { uri: files.uri, files, named: true };
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
