import type { Clock } from '../../lib/time/clock.ts';
import { packageVersion } from '../../lib/version.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { AtRest } from '../../work/sealing.ts';
import type { Daemon } from '../daemon.ts';
import { Desk, type Signer, signerOf } from '../locations/desk.ts';
import { PassedOn } from './passed-on.ts';

export interface NodeDeskOptions {
  readonly store: Store;
  readonly atRest: AtRest;
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** Absent: this node follows. */
  readonly leading: () => Daemon | undefined;
  /** Asks the leader for a sealed bundle. */
  readonly ask: (sealed: string) => Promise<string>;
}

/** Where workers ask, whoever leads: what only the leader can do is passed on to it. */
export function deskOf({ store, atRest, clock, settings, leading, ask }: NodeDeskOptions): Desk | undefined {
  const { work } = store;
  if (work === undefined) return undefined;
  const passedOn = new PassedOn({ clock, atRest, ask });
  const signer = (): Signer => {
    const daemon = leading();
    return daemon === undefined ? passedOn : signerOf(daemon.tokens);
  };
  return new Desk({
    work,
    atRest,
    signer: {
      authorize: (credential, request, signal) => signer().authorize(credential, request, signal),
      rejected: (credential, generation, headers, signal) =>
        signer().rejected(credential, generation, headers, signal),
      clientCertificate: (credential) => signer().clientCertificate(credential),
    },
    settings,
    clock,
    version: packageVersion(),
    wake: () => leading()?.locations?.wake(),
    isPutHere: () => leading() !== undefined,
  });
}
