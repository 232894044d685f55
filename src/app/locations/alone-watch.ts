import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import { isTransportFailure, type LocationNote, type Result } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { ServiceSettings, Settings } from '../../model/settings.ts';
import { failsOnlyAt, isFailing, isWorking } from './combine.ts';
import type { Notice, OwnNotices } from '../daemon/own-notices.ts';

export interface AloneWatchOptions {
  readonly notices: OwnNotices;
  readonly settings: () => Settings;
  readonly log: Logger;
}

/** How an operation was from a location when that last had something to say of it. */
interface Heard {
  /** Epoch ms. */
  readonly at: number;
  /** `alone`: it failed from there, and worked from elsewhere, and has not worked from there since. `self`: nothing could be called. */
  readonly trouble?: 'alone' | 'self';
  /** Of what is in trouble, what every location found when it began. */
  readonly notes?: readonly LocationNote[];
}

/** From where, and what its operations are called. */
interface Place {
  readonly service: string;
  readonly location: string;
  readonly operations: ReadonlyMap<string, string>;
}

/** Tells of what fails from a location alone, and of its end. */
export class AloneWatch {
  readonly #options: AloneWatchOptions;
  /** By location and service, what is known of its checks since this process looks on. */
  readonly #heard = new Map<string, Map<string, Heard>>();

  constructor(options: AloneWatchOptions) {
    this.#options = options;
  }

  /**
   * Never rejects: the next cycle tells it.
   *
   * @param checks All of the service, those that are not in the results as well.
   */
  async judged(service: string, results: readonly Result[], checks: readonly Check[]): Promise<void> {
    try {
      const { locations = [] } = serviceOf(this.#options.settings(), service) ?? {};
      for (const location of locations) await this.#judge(service, location, results, checks);
      await this.#endOthers();
    } catch (error) {
      this.#options.log.warn('what fails from a location alone could not be told', {
        service,
        problem: messageOf(error),
      });
    }
  }

  async #judge(
    service: string,
    location: string,
    results: readonly Result[],
    checks: readonly Check[],
  ): Promise<void> {
    const { notices } = this.#options;
    const name = `${location} ${service}`;
    const services = [service];
    const place = {
      service,
      location,
      operations: new Map(checks.map(({ id, operation }) => [id, operation])),
    };
    const heard = this.#take(name, place, results);
    const troubled = [...heard].filter(([, { trouble }]) => trouble !== undefined);
    const alone = troubled.filter(([, { trouble }]) => trouble === 'alone');
    const isBlind = results.every(({ checkId }) => heard.get(checkId)?.trouble === 'self');
    if (alone.length > 0) await notices.begin({ name, services, told: aloneTold(alone, heard.size, place) });
    else if (results.length > 0 && isBlind)
      await notices.begin({ name, services, told: blindTold(troubled, place) });
    else if (troubled.length === 0 && checks.every(({ id }) => heard.has(id))) await notices.end(name);
  }

  /** A call that is still out says nothing, and is no end: what was known of it stands. */
  #take(
    name: string,
    { location, operations }: Place,
    results: readonly Result[],
  ): ReadonlyMap<string, Heard> {
    const before = this.#heard.get(name) ?? new Map<string, Heard>();
    const heard = new Map([...before].filter(([id]) => operations.has(id)));
    for (const result of results) {
      const known = heard.get(result.checkId);
      const isOlder = known !== undefined && known.at > result.at;
      const next = isOlder ? undefined : heardFrom(location, result, known);
      if (next !== undefined) heard.set(result.checkId, next);
    }
    this.#heard.set(name, heard);
    return heard;
  }

  /** What is not called from there any more, or is no service any more. */
  async #endOthers(): Promise<void> {
    const { notices, settings } = this.#options;
    for (const name of await notices.going()) {
      const [location = '', ...rest] = name.split(' ');
      if (serviceOf(settings(), rest.join(' '))?.locations?.includes(location) !== true)
        await notices.end(name);
    }
  }
}

/** Absent: it could not look, or has not come to an end. */
function heardFrom(location: string, result: Result, before: Heard | undefined): Heard | undefined {
  const { at, locations: notes = [] } = result;
  const own = notes.find((one) => one.location === location);
  if (own === undefined || own.code === 'location' || own.code === 'interrupted') return undefined;
  if (failsOnlyAt(result).includes(location)) return { at, trouble: 'alone', notes };
  if (before?.trouble === 'alone' && !isWorking(own.verdict)) return { ...before, at };
  return own.code === 'self' ? { at, trouble: 'self', notes } : { at };
}

type Troubled = readonly (readonly [checkId: string, Heard])[];

/** Whoever cannot be reached from there, or answers there in another way. */
function aloneTold(alone: Troubled, of: number, { service, location, operations }: Place): Notice['told'] {
  const isUnreached = ([, { notes = [] }]: Troubled[number]): boolean =>
    notes.some((one) => one.location === location && isTransportFailure(one.code));
  const unreached = alone.find(isUnreached);
  const [checkId, { notes = [] }] = unreached ?? alone[0] ?? ['', { at: 0 }];
  const about = {
    location,
    places: notes.filter(({ verdict, code }) => isFailing(verdict, code)).map((one) => one.location),
    n: alone.length,
    of,
    operation: operations.get(checkId) ?? '',
    why: notes.find((one) => one.location === location)?.message ?? '',
  };
  return {
    label: sentence('serviceFrom', { service, location }),
    severity: 'major',
    verdict: 'degraded',
    reason: {
      code: 'location',
      message:
        unreached === undefined
          ? sentence('answeredOnlyFrom', { ...about, ...answeredElsewhere(notes) })
          : sentence('failsOnlyFrom', about),
    },
    hint: sentence(unreached === undefined ? 'lookAtAnswersThere' : 'lookAtNetworkThere', { location }),
  };
}

function answeredElsewhere(notes: readonly LocationNote[]): {
  readonly others: readonly string[];
  readonly answer: Sentence;
} {
  const working = notes.filter(({ verdict }) => isWorking(verdict));
  const status = working.find((one) => one.status !== undefined)?.status;
  return {
    others: working.map((one) => one.location),
    answer: status === undefined ? sentence('goodAnswer') : sentence('goodAnswerWith', { status }),
  };
}

function blindTold([first]: Troubled, { service, location }: Place): Notice['told'] {
  const why = first?.[1].notes?.find((one) => one.location === location)?.message ?? '';
  return {
    label: sentence('serviceFrom', { service, location }),
    severity: 'major',
    verdict: 'degraded',
    reason: { code: 'location', message: sentence('nothingCalledFrom', { location, why }) },
    hint: sentence('lookAtNetworkThere', { location }),
  };
}

function serviceOf({ services }: Settings, service: string): ServiceSettings | undefined {
  return services.find(({ name }) => name === service);
}
