import type { Clock } from '../../lib/time/clock.ts';
import { isInstalled } from '../../lib/lazy.ts';
import type { Logger } from '../../lib/logger.ts';
import { type Redactor, Secret } from '../../lib/secrets/secret.ts';
import { hushAt } from '../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import type { Incident } from '../../model/incident.ts';
import type { HourRollup } from '../../model/histogram.ts';
import type { Language, Settings } from '../../model/settings.ts';
import { pictureLibrary } from '../../notify/channels/channel.ts';
import { trendPicture } from '../../notify/render/picture/picture.ts';
import { trendSpanMs } from '../../notify/render/picture/svg.ts';
import { createPost } from '../../notify/delivery/post.ts';
import { createSender, type Sender } from '../../notify/delivery/sender.ts';
import type { Store } from '../../store/store.ts';
import { createHmac } from 'node:crypto';
import type { TokenStoreKey } from '../../auth/persistence/sealed-token-store.ts';

/** Sends what waits in the store, with pictures of what the store knows where something is installed that draws them. */
export function createMessenger(options: {
  readonly store: Store;
  /** As they are now. */
  readonly settings: () => Settings;
  readonly linkKey: Secret | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Asked before each call; absent: nobody else could make it. */
  readonly mayPost?: () => Promise<boolean>;
}): Sender {
  const { store, settings, linkKey, clock, log, redactor, mayPost } = options;
  return createSender({
    outbox: store.outbox,
    settings: settings(),
    linkKey,
    post: createPost({ mayPost, network: () => settings().network }),
    clock,
    log,
    redactor,
    hushed,
    ...(isInstalled(pictureLibrary) ? { picture } : {}),
  });

  async function hushed(): Promise<(incident: Incident) => boolean> {
    const now = clock.now();
    const quiet = hushAt(now, await store.desk.silences(now), runningWindows(now, settings()));
    return (incident) => quiet(incident) !== undefined;
  }

  async function picture(language: Language): Promise<Uint8Array> {
    const now = clock.now();
    const rollups: HourRollup[] = [];
    for await (const hour of store.rollups({ from: now - trendSpanMs, to: now })) rollups.push(hour);
    const { timeZone, font } = settings();
    return trendPicture(rollups, { language, timeZone, now, font });
  }
}

/** What links in messages are signed with, made of the key of this installation; none when there is none. */
export function linkKey(key: TokenStoreKey): Secret | undefined {
  return key.ok
    ? new Secret(createHmac('sha256', key.key).update('links in messages').digest('base64url'))
    : undefined;
}
