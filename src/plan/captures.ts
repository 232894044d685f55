import type { Steps } from '../lib/yielder.ts';
import { groupBy } from '../lib/group-by.ts';
import { type Check, uncertainOrigins } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import { type Caught, type Found, capture, Look } from './capture/capture.ts';
import type { CaptureRule } from './capture/capture-rule.ts';
import { captureRules } from './capture/capture-rules.ts';
import { canBeLent } from './capture/id-like.ts';
import { chooseFound, hasWorked, isRefusedNow, Trials } from './values/trials.ts';

/** A value from an answer to the operation `from`. */
export interface CapturedValue {
  readonly value: Json;
  readonly from: string;
  /** It has worked, and the last answer holds none any more. */
  readonly isKept?: true;
  /** What the answer holds is, or has in it, a configured secret: it is not sent, and the value is `null`. */
  readonly isSecret?: true;
}

/** Values by the id of the check that they are for, by parameter. */
export type CapturedValues = ReadonlyMap<string, Readonly<Record<string, CapturedValue>>>;

/** What one answer holds for one parameter, and what goes with each. */
interface Catch {
  readonly rank: number;
  readonly from: string;
  readonly parameter: string;
  readonly found: readonly Found[];
  /** As `Caught` has it. */
  readonly field: number;
  readonly isKept?: true;
}

/** What is known of one service. */
interface Followed {
  readonly checks: readonly Check[];
  readonly needs: readonly string[];
  readonly rules: readonly CaptureRule[];
}

/** Checks that can be called as soon as those in `after` have been; none of those comes in a later stage. */
export interface Stage {
  /** Ids of the checks whose answers they take values from. */
  readonly after: readonly string[];
  readonly checks: readonly Check[];
}

/** Real ones have four or five. */
const mostStages = 100;

/**
 * Remembers, from cycle to cycle, what the answers of some checks hold for others: ids only, never bodies. Made
 * once, kept by whoever runs cycles.
 */
export class Captures {
  readonly #services = new Map<string, Followed>();
  #rules: ReadonlyMap<string, readonly CaptureRule[]> = new Map();
  #supplied: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  readonly #found = new Map<string, Map<string, Catch>>();
  /** By check and parameter, the operation whose answer holds nothing for it but secrets. */
  readonly #withheld = new Map<string, Map<string, string>>();
  readonly #trials: Trials;
  readonly #isSecret: (text: string) => boolean;

  /**
   * @param trials By which one of several values is chosen.
   * @param isSecret Of a text: such a value is sent nowhere as an id, where access logs would keep it; default: none is.
   */
  constructor(trials: Trials = new Trials(), isSecret: (text: string) => boolean = () => false) {
    this.#trials = trials;
    this.#isSecret = isSecret;
  }

  /**
   * Takes over a new plan of some services, all of whose checks are in `checks`; what was found for checks that are
   * gone is forgotten. Values never go from one service to another.
   */
  *follow(checks: readonly Check[], services: readonly string[]): Steps<void> {
    const byService = groupBy(checks, ({ service }) => service);
    let isChanged = false;
    for (const service of services) {
      const followed = yield* this.#takeOver(service, byService.get(service) ?? []);
      isChanged ||= followed;
    }
    if (!isChanged) return;
    const rules = [...this.#services.values()].flatMap((followed) => followed.rules);
    this.#rules = groupBy(rules, ({ from }) => from);
    this.#supplied = suppliedBy(rules);
  }

  /** False when nothing is different. */
  *#takeOver(service: string, checks: readonly Check[]): Steps<boolean> {
    const before = this.#services.get(service);
    if (before !== undefined && isSameList(checks, before.checks)) return false;
    const needs = checks.map((check) => needOf(check));
    if (before !== undefined && isSameList(needs, before.needs)) {
      this.#services.set(service, { ...before, checks });
      return false;
    }
    const rules = yield* captureRules(checks);
    const ids = new Set(checks.map(({ id }) => id));
    for (const { id } of before?.checks ?? []) {
      if (ids.has(id)) continue;
      this.#found.delete(id);
      this.#withheld.delete(id);
      this.#trials.forget(id);
    }
    this.#services.set(service, { checks, needs, rules });
    return true;
  }

  /** Whether the answer of a check is worth looking at. */
  wants(checkId: string): boolean {
    return this.#rules.has(checkId);
  }

  /** Whether other answers can supply all that was made up for a check. */
  feeds({ id, values }: Check): boolean {
    const supplied = this.#supplied.get(id);
    return values.every(({ name, origin }) => !uncertainOrigins.has(origin) || supplied?.has(name) === true);
  }

  /** `body`: the parsed JSON of an answer that passed. What is no longer in it is forgotten, but for what has worked while it holds nothing. */
  observe(check: Check, body: Json): void {
    const look = new Look(body);
    for (const rule of this.#rules.get(check.id) ?? []) {
      const known = this.#found.get(rule.to) ?? new Map<string, Catch>();
      const { parameter } = rule;
      const caught = capture(rule, check, look);
      const { field } = caught;
      const found = this.#withoutSecrets(caught.found);
      this.#withhold(rule, check, found.length < caught.found.length);
      // What stands in one record goes together better than what two lists have.
      const isPair = rule.beside.some((name) => found[0] !== undefined && Object.hasOwn(found[0], name));
      const rank = isPair ? rule.rank + 0.5 : rule.rank;
      const key = `${rule.from} ${parameter}`;
      const last = known.get(key);
      const isAnother = found.length > 0 && last !== undefined && this.#isAnother(rule, last, caught);
      const before = found.length === 0 || isAnother ? this.#worked(last, rule.to) : undefined;
      const isOpen = before === undefined || (isAnother && this.#isRefused(before, rule.to));
      if (!isOpen) known.set(key, before);
      else if (found.length === 0) known.delete(key);
      else {
        const one = { rank, from: check.operation, parameter, found };
        const next: Catch = isAnother ? { ...one, field: last.field, isKept: true } : { ...one, field };
        this.#found.set(rule.to, known.set(key, next));
      }
    }
  }

  /** Records that have lost the field which their ids were taken from hold names, which may be no ids; nor is `501x` where `501` was. */
  #isAnother({ to, parameter }: CaptureRule, last: Catch, { found, field }: Caught): boolean {
    const tried = this.#trials.of(to);
    const isKnown = found.some((one) => hasWorked(parameter, one[parameter], tried));
    if (isKnown || tried?.worked?.[parameter] === undefined) return false;
    const forms = new Set(last.found.map((one) => formOf(one[parameter])));
    return field > last.field || !found.some((one) => forms.has(formOf(one[parameter])));
  }

  #isRefused({ parameter, found }: Catch, id: string): boolean {
    return isRefusedNow(parameter, found[0]?.[parameter], this.#trials.of(id));
  }

  /** Of what an answer has held, the one that has worked: a list may be empty for a while, and what was in it there still. */
  #worked(before: Catch | undefined, id: string): Catch | undefined {
    const tried = this.#trials.of(id);
    const one = before?.found.find((values) => hasWorked(before.parameter, values[before.parameter], tried));
    return before === undefined || one === undefined ? undefined : { ...before, found: [one], isKept: true };
  }

  #withhold({ to, parameter }: CaptureRule, { operation }: Check, isWithheld: boolean): void {
    const known = this.#withheld.get(to) ?? new Map<string, string>();
    if (isWithheld) this.#withheld.set(to, known.set(parameter, operation));
    else if (known.get(parameter) === operation) known.delete(parameter);
  }

  /** What stands beside a token of ours in a list of sessions is the token of somebody else. */
  #withoutSecrets(found: readonly Found[]): readonly Found[] {
    const isSecret = (value: Json): boolean => typeof value === 'string' && this.#isSecret(value);
    return found.some((one) => Object.values(one).some(isSecret)) ? [] : found;
  }

  /** The best values found so far: where two rules know a value, the one that knows more wins. */
  get values(): CapturedValues {
    return new Map(
      [...new Set([...this.#found.keys(), ...this.#withheld.keys()])].map((id) => {
        const poorestFirst = [...(this.#found.get(id)?.values() ?? [])].toSorted((a, b) => a.rank - b.rank);
        const best = poorestFirst.map((one) => this.#bestOf(one, id));
        return [id, Object.assign(this.#withheldFor(id), ...best) as Record<string, CapturedValue>];
      }),
    );
  }

  #withheldFor(id: string): Record<string, CapturedValue> {
    const entries = [...(this.#withheld.get(id) ?? [])];
    return Object.fromEntries(entries.map(([name, from]) => [name, { value: null, from, isSecret: true }]));
  }

  #bestOf({ from, parameter, found, isKept }: Catch, id: string): Readonly<Record<string, CapturedValue>> {
    const values = chooseFound(parameter, found, this.#trials.of(id), (one) => one[parameter]) ?? {};
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from, isKept }]));
  }

  /**
   * Checks in stages, each after those whose answers it takes values from, so that one cycle is enough: the first
   * waits for nothing. Where checks wait for each other in a circle, or in a chain that no interface has, none of
   * them waits.
   */
  stages(checks: readonly Check[]): readonly Stage[] {
    const ids = new Set(checks.map(({ id }) => id));
    const rules = [...this.#rules.values()].flat().filter(({ from, to }) => ids.has(from) && ids.has(to));
    const services = groupBy(rules, ({ to }) => to);
    const stages: Stage[] = [];
    const done = new Set<string>();
    let rest = checks;
    while (rest.length > 0) {
      const ready = rest.filter(({ id }) => services.get(id)?.every(({ from }) => done.has(from)) ?? true);
      const wave = ready.length === 0 || stages.length > mostStages ? rest : ready;
      const before = ({ id }: Check): readonly string[] => [
        ...new Set((services.get(id) ?? []).map(({ from }) => from).filter((from) => done.has(from))),
      ];
      for (const together of groupBy(wave, (check) => before(check).join(' ')).values()) {
        stages.push({ after: together.slice(0, 1).flatMap(before), checks: together });
      }
      for (const { id } of wave) done.add(id);
      rest = rest.filter(({ id }) => !done.has(id));
    }
    return stages;
  }
}

function formOf(value: Json | undefined): 'number' | 'uuid' | 'text' {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return 'text';
  return /^\d+$/.test(text)
    ? 'number'
    : /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text)
      ? 'uuid'
      : 'text';
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

function suppliedBy(rules: readonly CaptureRule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byCheck = groupBy(rules, ({ to }) => to);
  const names = ({ parameter, carry, beside, fixed }: CaptureRule): readonly string[] => [
    parameter,
    ...beside,
    ...Object.values(carry),
    ...Object.keys(fixed),
  ];
  return new Map([...byCheck].map(([id, own]) => [id, new Set(own.flatMap(names))]));
}

/** What rules are made from: the same for a value that can be lent and for the captured one in its place. */
function needOf({ id, values, promises }: Check): string {
  const needed = values.filter(canBeLent).map(({ name }) => name);
  const links = promises.flatMap(({ links = [] }) => links.map((link) => JSON.stringify(link)));
  return [id, ...needed, ...links].join(' ');
}
