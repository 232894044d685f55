import type { TokenManager } from '../../auth/manager.ts';
import type { Runner } from '../../check/runner.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import { packageVersion } from '../../lib/version.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { WorkStore } from '../../work/ports.ts';
import { AtRest } from '../../work/sealing.ts';
import { Batches } from './batches.ts';
import { Desk } from './desk.ts';
import { LocationWatch } from './location-watch.ts';
import { OwnNotices } from './own-notices.ts';
import { LocationRunner } from './runner.ts';
import { scrubbedBy } from './scrubbed.ts';

export interface LocationsOptions {
  readonly store: Pick<Store, 'ownIncidents' | 'outbox'> & { readonly work: WorkStore };
  /** Of the installation. */
  readonly key: Uint8Array;
  readonly here: Runner;
  readonly tokens: Pick<TokenManager, 'authorize' | 'rejected' | 'clientCertificate'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

/** All that has to do with locations, wired. */
export class Locations {
  readonly runner: Runner;
  readonly desk: Desk;
  readonly watch: LocationWatch;
  /** A message was put in. */
  onMessage: () => void = () => undefined;

  constructor({ store, key, here, tokens, settings, clock, log, redactor }: LocationsOptions) {
    const { work } = store;
    const atRest = new AtRest(key);
    const notices = (prefix: string): OwnNotices =>
      new OwnNotices({ prefix, store, settings, clock, log, wake: () => this.onMessage() });
    this.watch = new LocationWatch({
      work,
      silent: notices('location:'),
      alone: notices('from-location:'),
      settings,
      clock,
      log,
    });
    const { isSilent } = this.watch;
    const batches: Batches = new Batches({
      work,
      atRest,
      clock,
      log,
      isSilent,
      locations: () => Object.keys(settings().locations ?? {}),
      put: () => this.desk.nudge(),
    });
    this.desk = new Desk({
      work,
      atRest,
      tokens,
      settings,
      clock,
      version: packageVersion(),
      wake: () => batches.wake(),
    });
    const scrubbed = scrubbedBy(redactor);
    this.runner = new LocationRunner({ here, batches, settings, clock, isSilent, scrubbed });
  }
}
