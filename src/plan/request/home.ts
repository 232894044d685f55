import { sentence } from '../../messages/sentence.ts';
import type { Document, Operation } from '../../model/document.ts';
import type { Candidate } from '../candidate.ts';
import { operationLines, serviceLines } from '../config-snippets.ts';
import { type SkipNote, skip } from '../skip.ts';
import { resolve } from './base-url.ts';

type Placed = Pick<Candidate, 'service' | 'operation' | 'document' | 'documents'>;

/**
 * What a document quotes of somebody else's host among the addresses of its own service is not asked of that service, with its
 * token: `http://express.example/track` in a shop's list. Hosts of one domain are one owner's.
 */
export function refuseOthers(placed: Placed): SkipNote | undefined {
  const { service, operation, document, documents } = placed;
  const [server] = operation.servers;
  if (service.baseUrl === undefined || server?.isWhole !== true) return undefined;
  const written = resolve(server.url, document);
  const { home, counts } = tallyOf(documents);
  if (written === undefined || home === undefined || written.host === home.host) return undefined;
  const isRare = 2 * (counts.get(written.host) ?? 0) < (counts.get(home.host) ?? 0);
  const own = [home, new URL(service.baseUrl)];
  const isOwners = own.some((one) => one.host === written.host || isSibling(one, written));
  return isRare && !isOwners ? othersNote(placed, written, home) : undefined;
}

/**
 * A service has one address, and its credential one owner: what stands elsewhere than most of its operations is no reason to give a
 * second `baseUrl`, or to send the credential there. `undefined` where the configuration says where the service is.
 */
export function leftElsewhere(placed: Placed): SkipNote | undefined {
  const { service, operation, document, documents } = placed;
  if (service.baseUrl !== undefined || service.server !== undefined) return undefined;
  const written = hostOf(operation, document);
  const { home } = tallyOf(documents);
  if (written === undefined || home === undefined || written.host === home.host) return undefined;
  return othersNote(placed, written, home);
}

function othersNote({ service, operation, document }: Placed, written: URL, home: URL): SkipNote {
  const reason = sentence('standsElsewhere', { host: written.host, home: home.host });
  const isWholeDocument = document.operations.every((one) => hostOf(one, document)?.host === written.host);
  const lines = isWholeDocument
    ? serviceLines(`${service.name}-${written.hostname}`, { docs: document.uri, baseUrl: written.origin })
    : operationLines(service.name, operation, { skip: true });
  return skip('foreign-host', reason, lines);
}

interface Tally {
  /** Where most operations stand, the first of them where several do. */
  readonly home: URL | undefined;
  /** Operations by host. */
  readonly counts: ReadonlyMap<string, number>;
}

const tallies = new WeakMap<readonly Document[], Tally>();

function tallyOf(documents: readonly Document[]): Tally {
  const known = tallies.get(documents);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  const places = new Map<string, URL>();
  for (const document of documents) {
    for (const operation of document.operations) {
      const place = hostOf(operation, document);
      if (place === undefined) continue;
      counts.set(place.host, (counts.get(place.host) ?? 0) + 1);
      if (!places.has(place.host)) places.set(place.host, place);
    }
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  const tally = { home: most === undefined ? undefined : places.get(most[0]), counts };
  tallies.set(documents, tally);
  return tally;
}

function hostOf({ servers: [server] }: Operation, document: Document): URL | undefined {
  const url = server === undefined ? undefined : resolve(server.url, document);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** `api.shop.example` and `user.shop.example`; of `a.com.cn` and `b.com.cn` nothing is known. */
function isSibling(a: URL, b: URL): boolean {
  const domain = ({ hostname }: URL): string | undefined =>
    /(?:^|\.)([a-z\d-]+\.(?:(?:com|net|org|gov|edu|co|ac)\.)?[a-z]{2,})$/i.exec(hostname)?.[1];
  const own = domain(a);
  return own !== undefined && own === domain(b);
}
