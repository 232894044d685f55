import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkStore } from '../../work/ports.ts';
import { failsOnlyAt } from './combine.ts';
import type { OwnNotices } from '../daemon/own-notices.ts';

const lookMs = 1000;
/** A worker says that it is there more often than this, whatever it does: no cycle waits any longer for one that does not. */
const awayMs = 12_000;
/** Then people are told: it may have been started again. */
const silentMs = 25_000;
/** Workers of a server that has just started find it again. */
const graceMs = 30_000;

export interface LocationWatchOptions {
  readonly work: WorkStore;
  readonly silent: OwnNotices;
  readonly alone: OwnNotices;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Looks after locations: whether anybody is at work there, and what is wrong from there alone. */
export class LocationWatch {
  readonly #options: LocationWatchOptions;
  readonly #begun: number;
  #silent: ReadonlySet<string> = new Set();
  #isUntold = true;

  constructor(options: LocationWatchOptions) {
    this.#options = options;
    this.#begun = options.clock.monotonic();
  }

  readonly isSilent = (location: string): boolean => this.#silent.has(location);

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        await this.look();
        this.#isUntold = true;
      } catch (error) {
        if (this.#isUntold) log.warn('locations could not be looked after', { problem: messageOf(error) });
        this.#isUntold = false;
      }
      await clock.sleep(lookMs, signal);
    }
  }

  async look(): Promise<void> {
    const { work, silent, clock, settings } = this.#options;
    const wanted = locationsInUse(settings());
    if (wanted.length > 0) {
      await work.takeBack();
      const workers = await work.workers();
      const isHeard = (location: string, withinMs = awayMs): boolean =>
        workers.some((one) => one.location === location && clock.now() - (one.seenAt ?? 0) < withinMs);
      const told = new Set(await silent.going());
      const isFound = clock.monotonic() - this.#begun > graceMs;
      const away = wanted.filter((location) => !isHeard(location));
      this.#silent = new Set(away.filter((location) => isFound || told.has(location)));
      for (const location of away.filter((one) => isFound && !isHeard(one, silentMs)))
        await silent.begin(location, {
          label: inLanguage(sentence('theLocation', { location }), settings().language),
          severity: 'critical',
          verdict: 'fail',
          reason: { code: 'location', message: sentence('locationSilent', { location }) },
          hint: sentence('startWorkerThere', { location }),
        });
      for (const location of await silent.going()) if (isHeard(location)) await silent.end(location);
    }
    for (const location of await silent.going()) if (!wanted.includes(location)) await silent.end(location);
  }

  /** Tells of what fails from a location alone, and of its end. Never rejects: the next cycle tells it. */
  async judged(service: string, results: readonly Result[], checks: readonly Check[]): Promise<void> {
    try {
      await this.#judge(service, results, checks);
    } catch (error) {
      this.#options.log.warn('what fails from a location alone could not be told', {
        service,
        problem: messageOf(error),
      });
    }
  }

  async #judge(service: string, results: readonly Result[], checks: readonly Check[]): Promise<void> {
    const { alone, settings } = this.#options;
    const { locations = [] } = settings().services.find(({ name }) => name === service) ?? {};
    const operations = new Map(checks.map(({ id, operation }) => [id, operation]));
    for (const location of locations) {
      const found = results.filter((one) => hasResultAt(one, location));
      if (found.length === 0) continue;
      const failing = found.filter((one) => failsOnlyAt(one).includes(location));
      const isBlind = failing.length === 0 && found.every((one) => isOwnTrouble(one, location));
      const [first] = isBlind ? found : failing;
      const name = `${location} ${service}`;
      if (first === undefined) {
        await alone.end(name);
        continue;
      }
      const operation = operations.get(first.checkId) ?? '';
      const about = { location, n: failing.length, of: found.length, operation, why: whyAt(first, location) };
      const label = inLanguage(sentence('serviceFrom', { service, location }), settings().language);
      const message = sentence(isBlind ? 'nothingCalledFrom' : 'failsOnlyFrom', about);
      const hint = sentence('lookAtNetworkThere', { location });
      const reason = { code: 'location', message } as const;
      await alone.begin(name, { label, severity: 'major', verdict: 'degraded', reason, hint }, [service]);
    }
    for (const name of await alone.going()) {
      const [location = '', ...rest] = name.split(' ');
      const isOther = rest.join(' ') !== service;
      if (isOther ? !isCalledFrom(settings(), rest.join(' '), location) : !locations.includes(location))
        await alone.end(name);
    }
  }
}

function locationsInUse({ services, locations = {} }: Settings): readonly string[] {
  const used = new Set(services.flatMap((service) => service.locations ?? []));
  return Object.keys(locations).filter((location) => used.has(location));
}

function isCalledFrom({ services }: Settings, service: string, location: string): boolean {
  return services.find(({ name }) => name === service)?.locations?.includes(location) === true;
}

function whyAt({ locations = [] }: Result, at: string): Sentence {
  return locations.find(({ location }) => location === at)?.message ?? '';
}

/** The network of the worker itself is at fault. */
function isOwnTrouble({ locations = [] }: Result, location: string): boolean {
  return locations.some((one) => one.location === location && one.code === 'self');
}

function hasResultAt({ locations = [] }: Result, location: string): boolean {
  return locations.some((one) => one.location === location && one.code !== 'location');
}
