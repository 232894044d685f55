import { fitsHost, isAtHome, webPlaces } from '../../lib/net/places.ts';
import type { ServiceSettings } from '../../model/settings.ts';

/** Where credentials may be sent. Only the configuration says so: nothing that a document names adds to it. */
export class CredentialHosts {
  readonly #services: readonly ServiceSettings[];
  readonly #named: (credential: string) => readonly string[];
  readonly #signIns: (credential: string) => readonly string[];
  /** By credential, of those that services name; there may be a hundred thousand operations to ask for. */
  readonly #claimed = new Map<string, readonly URL[] | undefined>();
  readonly #own = new Map<string, readonly URL[]>();

  /**
   * @param services All of the configuration: whom a credential belongs to shows in what names it.
   * @param named Hosts that a credential's own settings allow besides.
   * @param signIns Addresses at which it gets its tokens.
   */
  constructor(
    services: readonly ServiceSettings[],
    named: (credential: string) => readonly string[],
    signIns: (credential: string) => readonly string[] = () => [],
  ) {
    this.#services = services;
    this.#named = named;
    this.#signIns = signIns;
  }

  /**
   * Whether a request of `service` to `url` may carry it: the address of a service whose settings name it, or of that
   * service's documents, or a host of its own settings. One that no service names, and that has no hosts of its own, is
   * for the only service there is, at home: of several a document would choose for itself.
   */
  mayGo(credential: string, service: ServiceSettings, url: string): boolean {
    const target = new URL(url);
    const hosts = this.#named(credential);
    if (hosts.some((pattern) => fitsHost(pattern, target))) return true;
    const claimed = remembered(this.#claimed, credential, () => this.#claimedPlaces(credential));
    if (claimed === undefined && (hosts.length > 0 || this.#services.length > 1)) return false;
    const places = claimed ?? remembered(this.#own, service.name, () => ownPlaces(service));
    return places.some((place) => isAtHome(place, target));
  }

  /**
   * Whether a service may be advised to use it: it may go there as it is, it signs in at the very same place, or nobody has it yet.
   * That of another service would hand its tokens to whoever answers here, and on one host every port is somebody else's.
   */
  isMeantFor(credential: string, service: ServiceSettings, url: string): boolean {
    if (this.mayGo(credential, service, url)) return true;
    const target = new URL(url);
    const signIns = webPlaces(this.#signIns(credential));
    if (signIns.some((place) => isAtHome(place, target))) return true;
    if (this.isClaimed(credential) || this.#named(credential).length > 0) return false;
    if (this.#services.length === 1) return true;
    const others = this.#services.filter(({ name }) => name !== service.name).flatMap(ownPlaces);
    const isOfOthers = (signIn: URL): boolean =>
      others.some((place) => isAtHome(signIn, place) || isAtHome(place, signIn)) ||
      (signIn.hostname !== target.hostname && others.some((place) => place.hostname === signIn.hostname));
    return ownPlaces(service).some((place) => isAtHome(place, target)) && !signIns.some(isOfOthers);
  }

  /** Some service names it, were it for its documents alone. */
  isClaimed(credential: string): boolean {
    return remembered(this.#claimed, credential, () => this.#claimedPlaces(credential)) !== undefined;
  }

  /** Names of the services whose settings name it. */
  ownersOf(credential: string): readonly string[] {
    return this.#services.filter((service) => isNamedBy(service, credential)).map(({ name }) => name);
  }

  /** `undefined` when the settings of no service name it. */
  #claimedPlaces(credential: string): readonly URL[] | undefined {
    const claims = this.#services.flatMap((one) => {
      if (isNamedBy(one, credential)) return [ownPlaces(one)];
      return one.docsCredential === credential ? [webPlaces(one.docs)] : [];
    });
    return claims.length === 0 ? undefined : claims.flat();
  }
}

/** Where the configuration itself says that a service is, and where its documents stand. */
export function ownPlaces({ baseUrl, server, docs }: ServiceSettings): readonly URL[] {
  return webPlaces([baseUrl, server, ...docs]);
}

function isNamedBy({ credential, overrides }: ServiceSettings, name: string): boolean {
  return credential === name || overrides.some((override) => override.credential === name);
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before as T;
  const made = make();
  known.set(key, made);
  return made;
}

/**
 * Origins that the configuration itself names: whoever wrote it means them, wherever they are. What only a
 * document names may be anybody's idea.
 */
export function trustedOrigins(services: readonly ServiceSettings[]): ReadonlySet<string> {
  const named = services.flatMap(({ baseUrl, server, docs }) => [baseUrl, server, ...docs]);
  return new Set(named.flatMap((url) => (url !== undefined && isWeb(url) ? new URL(url).origin : [])));
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
