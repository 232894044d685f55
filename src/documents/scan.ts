import path from 'node:path';
import type { Dispatcher } from 'undici';
import type { ClientPair } from '../lib/net/way.ts';
import type { Clock } from '../lib/time/clock.ts';
import { Semaphore } from '../lib/limits.ts';
import type { Logger } from '../lib/logger.ts';
import type { Document } from '../model/document.ts';
import type { ServiceSettings } from '../model/settings.ts';
import { formats } from './formats/registry.ts';
import type { DocumentAuthorizer, DocumentCache } from './ports.ts';
import type { ScanReport } from './report.ts';
import { ServiceScan } from './service-scan.ts';
import { createCheckouts } from './sources/git/git.ts';
import { createGitHistory } from './sources/git/git-history.ts';
import type { Scrub } from '../lib/secrets/secret.ts';
import { createReader, nobodyElse } from './worker/worker-reader.ts';

export type { ScanReport } from './report.ts';

export interface ScannerOptions {
  readonly cache: DocumentCache;
  readonly clock: Clock;
  readonly log: Logger;
  /** Carries the requests for the documents of a service; goes nowhere but where that service may lead. */
  readonly http: (service: ServiceSettings, pair?: ClientPair) => Dispatcher;
  /** The working folder: `uri`s of files are relative to it. */
  readonly root: string;
  /** Signs requests for documents that are not public. */
  readonly authorizer?: DocumentAuthorizer;
  /** Takes what is secret by now out of what documents say; default: nothing is. */
  readonly secrets?: () => Scrub;
  /** Folder for checkouts of git repositories; default: `.apipatrol/checkouts` in the working folder. */
  readonly checkouts?: string;
  /** Nothing else is going on that reading could hold up. */
  readonly alone?: boolean;
}

export interface Scanner {
  /** Brings the documents of all services up to date. Never rejects: what fails is a problem of its own. */
  scan(services: readonly ServiceSettings[], signal: AbortSignal): Promise<ScanReport>;
  /** The documents of a service as they were when they were last read, also by an earlier process; asks nobody. */
  recall(service: string): Promise<readonly Document[]>;
  close(): Promise<void>;
}

/** Files that are read and requests that are made at once. */
const concurrency = 8;

export function createScanner(options: ScannerOptions): Scanner {
  const root = path.resolve(options.root);
  const reader = options.alone === true ? createReader(formats, nobodyElse) : createReader(formats);
  const shared = {
    ...options,
    root,
    places: new Semaphore(concurrency),
    checkouts: createCheckouts(options.checkouts ?? path.join(root, '.apipatrol', 'checkouts')),
    history: createGitHistory(() => options.clock.now()),
    formats,
    reader,
  };
  const serviceScans = new Map<string, ServiceScan>();
  const scanOf = (name: string): ServiceScan => {
    const known = serviceScans.get(name) ?? new ServiceScan(name, shared);
    serviceScans.set(name, known);
    return known;
  };
  return {
    async scan(services, signal) {
      const reports = await Promise.all(services.map((service) => scanOf(service.name).run(service, signal)));
      return {
        documents: reports.flatMap((report) => report.documents),
        problems: reports.flatMap((report) => report.problems),
        unreadable: reports.flatMap((report) => report.unreadable),
        changes: reports.flatMap((report) => report.changes),
        read: reports.reduce((sum, report) => sum + report.read, 0),
        unchanged: reports.reduce((sum, report) => sum + report.unchanged, 0),
      };
    },
    recall: (service) => scanOf(service).recall(),
    close: () => reader.close(),
  };
}
