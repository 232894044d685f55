import type { Problem } from '../../model/problem.ts';
import type { SourceSettings } from '../../model/settings.ts';
import type { HttpClient } from './http-client.ts';
import { HttpFiles } from './http-files.ts';
import { listLocal, LocalFiles } from './local-files.ts';
import type { Listing, Place } from './place.ts';

/** Where the documents of a source may stand, in the order of its `docs`, each once. */
export async function listPlaces(
  source: SourceSettings,
  workingFolder: string,
  client: HttpClient,
): Promise<Listing> {
  const local = new LocalFiles(workingFolder, source);
  const places = new Map<string, Place>();
  const problems: Problem[] = [];
  let complete = true;
  for (const entry of source.docs) {
    const listing = /^https?:\/\//i.test(entry)
      ? listUrl(entry, client)
      : await listLocal(entry, source, local);
    for (const place of listing.places) if (!places.has(place.uri)) places.set(place.uri, place);
    problems.push(...listing.problems);
    complete &&= listing.complete;
  }
  return { places: [...places.values()], problems, complete };
}

function listUrl(url: string, client: HttpClient): Listing {
  if (!URL.canParse(url)) {
    const problem: Problem = { severity: 'error', code: 'bad-url', message: 'is no URL', file: url };
    return { places: [], problems: [problem], complete: true };
  }
  const files = new HttpFiles(client, url);
  return { places: [{ uri: files.uri, files, named: true }], problems: [], complete: true };
}
