import type { TokenManager } from '../../auth/manager.ts';
import type { Runner } from '../../check/runner.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import { hushAt } from '../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import { type Incident, locationPrefixes } from '../../model/incident.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { WorkStore } from '../../work/ports.ts';
import { AtRest } from '../../work/sealing.ts';
import { AloneWatch } from './alone-watch.ts';
import { Batches } from './batches.ts';
import { LocationWatch } from './location-watch.ts';
import { OwnNotices } from '../daemon/own-notices.ts';
import { LocationRunner } from './runner.ts';
import { scrubbedBy } from './scrubbed.ts';

export interface LocationsOptions {
  readonly store: Pick<Store, 'ownIncidents' | 'outbox' | 'desk'> & { readonly work: WorkStore };
  /** Of the installation. */
  readonly key: Uint8Array;
  readonly here: Runner;
  readonly tokens: Pick<TokenManager, 'clientCertificate'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

/** All that has to do with locations, wired. */
export class Locations {
  readonly runner: Runner;
  readonly watch: LocationWatch;
  readonly alone: AloneWatch;
  /** A message was put in. */
  onMessage: () => void = () => undefined;
  /** A batch was put in, or waits again. */
  onPut: () => void = () => undefined;
  /** Something has come of a batch. */
  readonly wake: () => void;

  constructor({ store, key, here, tokens, settings, clock, log, redactor }: LocationsOptions) {
    const { work } = store;
    const atRest = new AtRest(key);
    const hushed = async (): Promise<(incident: Incident) => boolean> => {
      const now = clock.now();
      const quiet = hushAt(now, await store.desk.silences(now), runningWindows(now, settings()));
      return (incident) => quiet(incident) !== undefined;
    };
    const notices = (prefix: string): OwnNotices =>
      new OwnNotices({ prefix, store, settings, clock, log, hushed, wake: () => this.onMessage() });
    this.watch = new LocationWatch({
      work,
      silent: notices(locationPrefixes.silent),
      settings,
      clock,
      log,
      freed: () => this.onPut(),
    });
    this.alone = new AloneWatch({ notices: notices(locationPrefixes.alone), settings, log });
    const { isSilent } = this.watch;
    const batches = new Batches({
      work,
      atRest,
      clock,
      log,
      isSilent,
      locations: () => Object.keys(settings().locations ?? {}),
      put: () => this.onPut(),
    });
    this.wake = () => batches.wake();
    const hasCertificate = (name: string): boolean => tokens.clientCertificate(name) !== undefined;
    const scrubbed = scrubbedBy(redactor);
    this.runner = new LocationRunner({ here, batches, settings, clock, isSilent, hasCertificate, scrubbed });
  }
}
