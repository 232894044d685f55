import type { LoadedConfig } from '../config/load.ts';
import type { CredentialStatus } from '../auth/status.ts';
import type { Secret } from '../kit/secret.ts';
import type { Result } from '../model/result.ts';
import type { ChannelHealth } from '../notify/ports.ts';
import type { Observer } from '../daemon/observer.ts';
import type { Store } from '../store/store.ts';

/** What the server needs of a running patrol; `Service` has it. */
export interface Patrol {
  readonly store: Store;
  readonly config: LoadedConfig;
  /** Signs what links in messages allow. */
  readonly linkKey: Secret | undefined;
  observe(observer: Observer): void;
  nextCycles(): readonly { readonly source: string; readonly at: number }[];
  channels(): Readonly<Record<string, ChannelHealth>>;
  credentials(): readonly CredentialStatus[];
  /** `undefined`: not in the plan, or the patrol is being stopped. */
  checkNow(checkId: string): Promise<Result | undefined>;
  runNow(): void;
  reload(): Promise<void>;
  /** Something was put into the outbox. */
  wake(): void;
}
