import type { Scheme } from '../auth/scheme.ts';
import { schemes } from '../auth/schemes/registry.ts';
import type { ExpectationKind } from '../check/expectation.ts';
import { expectations } from '../check/expectations/registry.ts';
import type { ChannelKind } from '../notify/channels/channel.ts';
import { channels } from '../notify/channels/registry.ts';

/** What the config's `scheme:`, `kind:` and `expect:` may name. */
export interface Registries {
  readonly schemes: readonly Scheme[];
  readonly channels: readonly ChannelKind[];
  readonly expectations: readonly ExpectationKind[];
}

/** Everything that the program ships. */
export const builtIn: Registries = { schemes, channels, expectations };
