import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Running } from './running.ts';

export interface Settled {
  readonly result: Result;
  readonly service: string;
  readonly check: Check;
  /** Monotonic. */
  readonly at: number;
  /** The cycle that it belongs to; absent: it was asked beside the cycles. */
  readonly cycle?: Running;
}

/**
 * What has come in and is not judged yet. It may be the whole of a large patrol of which next to nothing is wrong: whoever
 * asks for what is bad, or for one service, does not go through the others.
 */
export class Fresh {
  readonly #byService = new Map<string, Map<string, Settled>>();
  readonly #badByService = new Map<string, Map<string, Settled>>();
  readonly #services = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#services.size === 0;
  }

  has(checkId: string): boolean {
    return this.#services.has(checkId);
  }

  get(checkId: string): Settled | undefined {
    return this.#byService.get(this.#services.get(checkId) ?? '')?.get(checkId);
  }

  /** In place of what has come in of the same check; what comes in later is dated no earlier. */
  put(one: Settled): void {
    const { service, result, check } = one;
    this.delete(check.id);
    this.#services.set(check.id, service);
    put(this.#byService, one);
    if (result.verdict !== 'pass') put(this.#badByService, one);
  }

  delete(checkId: string): void {
    const service = this.#services.get(checkId);
    if (service === undefined) return;
    this.#services.delete(checkId);
    remove(this.#byService, service, checkId);
    remove(this.#badByService, service, checkId);
  }

  /** What has not passed, of these services; absent: of all. */
  bad(services: Iterable<string> = this.#badByService.keys()): readonly Settled[] {
    return [...new Set(services)].flatMap((service) => [
      ...(this.#badByService.get(service)?.values() ?? []),
    ]);
  }

  /** All that has come in of these services. */
  of(services: readonly string[]): readonly Settled[] {
    return [...new Set(services)].flatMap((service) => [...(this.#byService.get(service)?.values() ?? [])]);
  }

  /** Services of which something has come in: with the first of it, and all of it that is bad. */
  *firstAndBad(): Iterable<readonly [service: string, found: readonly Settled[]]> {
    for (const [service, found] of this.#byService) {
      const [first] = found.values();
      const bad = this.bad([service]);
      yield [service, first === undefined || first === bad[0] ? bad : [first, ...bad]];
    }
  }

  /** Takes out what is wanted of these services. */
  take(services: readonly string[], isWanted: (one: Settled) => boolean = () => true): readonly Settled[] {
    const taken = this.of(services).filter(isWanted);
    for (const { check } of taken) this.delete(check.id);
    return taken;
  }

  /** Gives what has come in other dates. */
  redate(redated: (result: Result) => Result): void {
    for (const byId of [...this.#byService.values(), ...this.#badByService.values()])
      for (const [id, one] of byId) byId.set(id, { ...one, result: redated(one.result) });
  }
}

function put(groups: Map<string, Map<string, Settled>>, one: Settled): void {
  const group = groups.get(one.service) ?? new Map<string, Settled>();
  groups.set(one.service, group.set(one.check.id, one));
}

function remove(groups: Map<string, Map<string, Settled>>, service: string, checkId: string): void {
  const group = groups.get(service);
  if (group?.delete(checkId) === true && group.size === 0) groups.delete(service);
}
