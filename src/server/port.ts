import type { ConfigEdits } from '../config/edit/config-edits.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { TokenManager } from '../auth/manager.ts';
import type { Secret } from '../lib/secrets/secret.ts';
import type { Result } from '../model/result.ts';
import type { Sender } from '../notify/delivery/sender.ts';
import type { NotPatrolled } from '../app/daemon/cycle-health.ts';
import type { Role } from '../app/node/node.ts';
import type { StoreAlert } from '../app/daemon/store-alert.ts';
import type { Observer } from '../app/daemon/observer.ts';
import type { Members, Tries } from '../store/nodes.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from '../app/locations/desk.ts';

/** As the public status was, JSON. */
export interface StatusTold {
  read(): Promise<unknown>;
  keep(told: unknown): Promise<void>;
}

/** What the server needs of a running patrol: a daemon's, or that of one of several nodes. */
export interface Patrol {
  readonly store: Store;
  readonly config: LoadedConfig;
  /** Signs what links in messages allow; other keys are made of it. Absent: this installation has none. */
  readonly linkKey: Secret | undefined;
  observe(observer: Observer): void;
  nextCycles(): readonly { readonly service: string; readonly at: number }[];
  /** When the documents of a service were asked for last, epoch ms; absent: by no process that knows. */
  documentsReadAt?(service: string): number | undefined;
  /** Services whose last cycle failed, or is overdue by more than an interval. */
  notPatrolled(): readonly NotPatrolled[];
  readonly sender: Pick<Sender, 'health' | 'wake'>;
  /** Knows whether something can be stored; absent: nobody looks after that. */
  readonly distress?: Pick<StoreAlert, 'trouble'>;
  readonly tokens: Pick<TokenManager, 'status' | 'forget' | 'retry'>;
  /** `undefined`: not in the plan, or the patrol is being stopped. */
  checkNow(checkId: string): Promise<Result | undefined>;
  /** Starts a cycle of one service, or of all. */
  runNow(service?: string): void;
  reload(): Promise<void>;
  /** Changes the configuration file; absent where nobody goes by it. */
  readonly edits?: ConfigEdits;
  /** Where workers ask for work; absent: there can be none. */
  readonly desk?: Desk | undefined;
  /**
   * What is told has changed for another reason than a result.
   * @param services Of which services; absent: all.
   */
  lookNow(services?: readonly string[]): void;
  /** Absent: it is no node of several. */
  readonly role?: Role;
  /** Absent: it is no node of several. */
  readonly tries?: Tries;
  /** By which the next node to lead knows what the status page was when those who have subscribed were told last; absent: there is one. */
  readonly statusTold?: StatusTold;
  /** All nodes; absent: it is none of several. */
  members?(): Promise<Members>;
  /** By which the pages of several nodes show the same; absent: there is one. */
  readonly relay?: {
    tell(event: unknown, concerns: unknown): void;
    listen(shown: (event: unknown, concerns: unknown) => void): void;
  };
}
