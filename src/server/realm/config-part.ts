import type { ConfigValue } from '../../config/origins.ts';
import type { Settings } from '../../model/settings.ts';
import type { Realm } from './realm.ts';

/** What holds for every service alike and names none. */
const common = new Set([
  'interval',
  'timeout',
  'retries',
  'severity',
  'latency',
  'expect',
  'limits',
  'grace',
  'timeZone',
  'language',
  'logLevel',
]);

/** Which places of the configuration are about the services of a realm, or about all of them alike. */
export class ConfigPart {
  readonly #realm: Realm;
  readonly #settings: Settings;

  constructor(realm: Realm, settings: Settings) {
    this.#realm = realm;
    this.#settings = settings;
  }

  valuesOf(values: readonly ConfigValue[]): readonly ConfigValue[] {
    return values.filter(({ path }) => this.isSeen(path));
  }

  /** @param path `services[0].baseUrl` */
  isSeen(path: string): boolean {
    const { services, credentials, channels } = this.#settings;
    const index = /^services(?:\[|\.)(\d+)/.exec(path)?.[1];
    if (index !== undefined) return this.#realm.sees([services[Number(index)]?.name ?? '']);
    const credential = namedIn(path, 'credentials', Object.keys(credentials));
    if (credential !== undefined) return this.#realm.seesCredential(credential);
    const channel = namedIn(path, 'channels', Object.keys(channels));
    if (channel !== undefined) return this.#realm.seesChannel(channel);
    return common.has(/^\w*/.exec(path)?.[0] ?? '');
  }
}

/** Names may have dots: the longest that fits is meant. */
function namedIn(path: string, section: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => path === `${section}.${name}` || path.startsWith(`${section}.${name}.`))
    .toSorted((a, b) => b.length - a.length)[0];
}
