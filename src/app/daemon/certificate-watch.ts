import type { Conclusion } from '../cycle/conclude.ts';
import type { Engine } from '../../check/engine.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { groupBy } from '../../lib/group-by.ts';
import { Semaphore } from '../../lib/limits.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CertificateSighting } from '../../model/certificate.ts';
import type { Check } from '../../model/check.ts';
import type { Settings } from '../../model/settings.ts';
import { certificateFingerprint } from '../../incidents/evaluate/certificates.ts';
import type { Incident } from '../../model/incident.ts';
import type { Parts } from '../composition.ts';
import { isAlmostOver } from './recheck-loop.ts';

/** How often each certificate is looked at when nothing happens; where calls are more frequent, as often as they are. */
const lookMs = 600_000;
/** The same after a failed connection and while it is wrong. */
const soonMs = 60_000;
const tickMs = 5000;
/** Two ticks may be a fraction less than twice their time. */
const slackMs = 500;
/** How soon after it was first seen to be well again it is looked at once more. */
const secondLookMs = 10_000;

/** Handshakes at once. */
const places = 8;

interface Look {
  readonly origin: string;
  readonly sighting: CertificateSighting | undefined;
  readonly isWrong: boolean;
}

export interface CertificateWatchOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly engine: Pick<Engine, 'certificateOf' | 'takeUnconnected'>;
  /** All that is planned. */
  readonly checks: () => readonly Check[];
  /** What was seen counts from then on; the incidents that are open now. */
  readonly conclude: (
    sightings: readonly CertificateSighting[],
    signal: AbortSignal,
  ) => Promise<readonly Incident[]>;
}

/** For a running patrol: what is seen is concluded as what a look between two cycles finds. */
export function watchCertificates(
  { clock, log, engine, assessor }: Parts,
  settings: () => Settings,
  checks: () => readonly Check[],
  concluded: (found: Conclusion) => void,
): CertificateWatch {
  engine.holdCertificatesApart();
  return new CertificateWatch({
    clock,
    log,
    engine,
    checks,
    conclude: async (certificates, signal) => {
      const found = await assessor.sighted(settings(), certificates, signal);
      concluded(found);
      return found.open;
    },
  });
}

/**
 * Looks at the certificate of each https origin by a whole handshake of its own. Calls go over kept connections and
 * resumed sessions, which show no certificate: until one of its own has ended they neither find one that ends soon nor one
 * that was replaced. What a new client gets is seen here within an interval.
 */
export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  /** By origin: when it was looked at (monotonic), and whether it was wrong. */
  readonly #seen = new Map<string, { readonly at: number; readonly isWrong: boolean }>();
  /** Origins that calls could not open a connection to since they were looked at. */
  readonly #failed = new Set<string>();
  /** Incidents about certificates that were open when something was last concluded, by fingerprint. */
  #open: ReadonlyMap<string, Incident> = new Map();
  readonly #places = new Semaphore(places);

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        await this.look(signal);
      } catch (error) {
        log.error('what was seen of certificates could not be stored', { problem: messageOf(error) });
      }
      await clock.sleep(tickMs, signal);
    }
  }

  /** Looks at those that are due. */
  async look(signal: AbortSignal): Promise<void> {
    const { clock, engine, checks, conclude } = this.#options;
    for (const origin of engine.takeUnconnected()) this.#failed.add(origin);
    const byOrigin = groupBy(
      checks().filter(({ origin }) => origin.startsWith('https:')),
      ({ origin }) => origin,
    );
    for (const known of [this.#seen, this.#failed])
      for (const origin of known.keys()) if (!byOrigin.has(origin)) known.delete(origin);
    const due = [...byOrigin].filter(([origin, own]) => this.#isDue(origin, own));
    const looks = await Promise.all(due.map(([origin, own]) => this.#lookAt(origin, own, signal)));
    if (signal.aborted) return;
    const telling = looks.flatMap((one) =>
      one.sighting !== undefined && this.#isNews(one) ? one.sighting : [],
    );
    if (telling.length > 0) {
      const open = await conclude(telling, signal);
      this.#open = new Map(open.map((incident) => [incident.fingerprint, incident]));
    }
    for (const { origin, isWrong } of looks) {
      this.#seen.set(origin, { at: clock.monotonic(), isWrong });
      this.#failed.delete(origin);
    }
  }

  async #lookAt(origin: string, own: readonly Check[], signal: AbortSignal): Promise<Look> {
    const before = this.#seen.get(origin);
    const release = await this.#places.acquire();
    try {
      const sighting = await this.#options.engine.certificateOf(own, signal);
      const isWrong = sighting === undefined ? before?.isWrong === true : sighting.trouble !== undefined;
      return { origin, sighting, isWrong };
    } finally {
      release();
    }
  }

  /** The first look after a start may end what was wrong before it. */
  #isNews({ origin, isWrong }: Look): boolean {
    return isWrong || this.#seen.get(origin)?.isWrong !== false || this.#incidentOf(origin) !== undefined;
  }

  #incidentOf(origin: string): Incident | undefined {
    return this.#open.get(certificateFingerprint(origin));
  }

  #isDue(origin: string, own: readonly Check[]): boolean {
    const seen = this.#seen.get(origin);
    if (seen === undefined) return true;
    const intervalMs = Math.min(...own.map((check) => check.intervalMs));
    const incident = this.#incidentOf(origin);
    const elapsedMs = this.#options.clock.monotonic() - seen.at + slackMs;
    if (!seen.isWrong && incident !== undefined && isAlmostOver(incident)) return elapsedMs >= secondLookMs;
    const isUrgent = seen.isWrong || incident !== undefined || this.#failed.has(origin);
    return elapsedMs >= Math.min(intervalMs, isUrgent ? soonMs : lookMs);
  }
}
