import type { TokenManager } from '../../auth/manager.ts';
import type { ChannelNow } from '../../notify/ports.ts';
import type { NotPatrolled } from '../daemon/cycle-health.ts';
import type { StorageTrouble } from '../daemon/store-alert.ts';
import type { Daemon } from '../daemon.ts';

/** What only the process that patrols knows, as it tells it the other nodes: JSON. */
export interface LeaderState {
  readonly next: readonly { readonly service: string; readonly at: number }[];
  readonly readAt: Readonly<Record<string, number>>;
  readonly notPatrolled: readonly NotPatrolled[];
  readonly channels: Readonly<Record<string, ChannelNow>>;
  readonly credentials: ReturnType<TokenManager['status']>;
  readonly trouble?: StorageTrouble;
}

export const nothingSaid: LeaderState = {
  next: [],
  readAt: {},
  notPatrolled: [],
  channels: {},
  credentials: [],
};

/** Moments are worked out from two clocks: what is off by less is the same one. */
const sameMs = 50;

/** @param before As it was told last: what is the same is the same text. */
export function stateOf(daemon: Daemon, before: LeaderState = nothingSaid): LeaderState {
  const known = new Map(before.next.map(({ service, at }) => [service, at]));
  const names = daemon.config.settings.services.map(({ name }) => name);
  return {
    next: daemon.nextCycles().map(({ service, at }) => {
      const last = known.get(service) ?? 0;
      return { service, at: Math.abs(at - last) < sameMs ? last : at };
    }),
    readAt: Object.fromEntries(
      names.flatMap((name) => {
        const at = daemon.documentsReadAt(name);
        return at === undefined ? [] : [[name, at]];
      }),
    ),
    notPatrolled: daemon.notPatrolled(),
    channels: daemon.sender.health(),
    credentials: daemon.tokens.status(),
    trouble: daemon.distress.trouble,
  };
}
