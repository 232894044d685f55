import { groupBy } from '../../lib/group-by.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Check, ValueOrigin } from '../../model/check.ts';
import type { MayBlame, Proof } from '../../model/proof.ts';
import type { StoredCheck } from '../../store/store.ts';
import { isUnreadable } from '../../messages/unreadable.ts';
import { type Finding, isHiccup, isSuccess, refusesInWords, type Result } from '../../model/result.ts';

/** What operations have shown that they can. */
export class Proofs {
  readonly #known: Map<string, Proof>;
  /** Where an operation has answered well, with the credential that it was asked with. */
  readonly #places: Set<string>;
  /** Services that have been asked for what others know. */
  readonly #inherited = new Set<string>();
  readonly #otherwise: MayBlame;
  readonly #isExhausted: (check: Check) => boolean;

  /**
   * @param otherwise Of operations of which nothing is proven; default: nothing may be blamed on them.
   * @param isExhausted Whether other values than those that were refused have been tried in vain.
   */
  constructor(
    kept: readonly Proof[],
    otherwise: MayBlame = () => false,
    isExhausted: (check: Check) => boolean = () => false,
  ) {
    this.#known = new Map(kept.map((proof) => [proof.checkId, proof]));
    this.#places = new Set(kept.map(({ place }) => place));
    this.#otherwise = otherwise;
    this.#isExhausted = isExhausted;
  }

  readonly mayBlame: MayBlame = (check, result, isTokenTaken, isProven) => {
    const proof = this.#known.get(check.id);
    if (proof?.place !== placeOf(check))
      return !isExcused(result) && this.#otherwise(check, result, isTokenTaken, isProven);
    if (isExcused(result)) return this.#isExhausted(check);
    if (hasAnswered(result))
      return (
        (proof.matched && !isOfUnseen(proof, result)) ||
        this.#otherwise(check, result, isTokenTaken, isProven)
      );
    if (!valuesMayExplain(result) || proof.values === valuesOf(check)) return true;
    if (this.#isExhausted(check)) return true;
    return this.#otherwise(check, result, isTokenTaken, isProven);
  };

  /** As its document says, at this origin and with this credential; whatever values it was called with. */
  readonly hasWorked = (check: Check): boolean => {
    const proof = this.#known.get(check.id);
    return proof?.matched === true && proof.place === placeOf(check);
  };

  /** It has answered well before, whoever asked, or another operation of its origin has to the same credential. */
  readonly hadAccess = (check: Check): boolean =>
    this.#known.has(check.id) || this.#places.has(placeOf(check));

  /**
   * What the operations of a service have shown under the name that it had before they have shown. Asks once for each service
   * that nothing is known of, and remembers it for as long as this process runs.
   *
   * @param former Checks of services that are no longer patrolled.
   */
  async inherit(checks: readonly Check[], former: () => Promise<readonly StoredCheck[]>): Promise<void> {
    const unknown = [...groupBy(checks, ({ service }) => service)].filter(
      ([service, own]) => !this.#inherited.has(service) && !own.some(({ id }) => this.#known.has(id)),
    );
    // Nothing can be had of the others where nothing is known at all: they need not be read.
    if (this.#known.size === 0) for (const [service] of unknown) this.#inherited.add(service);
    if (unknown.length === 0 || this.#known.size === 0) return;
    const known = [...groupBy(await former(), ({ service }) => service).values()];
    for (const [service, own] of unknown) {
      this.#inherited.add(service);
      const [proofs] = known
        .map((theirs) => this.#proofsLike(own, theirs))
        .toSorted((a, b) => b.length - a.length);
      if (proofs !== undefined && proofs.length * 2 >= own.length) this.adopt(proofs);
    }
  }

  /** What others of the same name and place have shown. */
  #proofsLike(own: readonly Check[], theirs: readonly StoredCheck[]): readonly Proof[] {
    const ids = new Map(theirs.map(({ operation, id }) => [operation, id]));
    return own.flatMap((check) => {
      const proof = this.#known.get(ids.get(check.operation) ?? '');
      return proof?.place === placeOf(check) ? [{ ...proof, checkId: check.id }] : [];
    });
  }

  /** What these results prove that was not known before. */
  learnt(results: readonly Result[], checks: ReadonlyMap<string, Check>): readonly Proof[] {
    return results.flatMap((result) => {
      const check = checks.get(result.checkId);
      const matched = hasMatched(result);
      if (check === undefined || !(matched || hasAnswered(result))) return [];
      const known = this.#known.get(check.id);
      const [place, values] = [placeOf(check), valuesOf(check)];
      const isSamePlace = known?.place === place;
      const before = isSamePlace && known.matched ? known : undefined;
      const isFull =
        (matched && result.isHollow !== true) || (before !== undefined && before.isHollow !== true);
      const hasMatchedEver = matched || before !== undefined;
      const proof: Proof = {
        checkId: check.id,
        place,
        values,
        matched: hasMatchedEver,
        ...(hasMatchedEver && !isFull && { isHollow: true }),
      };
      const isNews =
        !isSamePlace ||
        known.values !== values ||
        known.matched !== proof.matched ||
        known.isHollow !== proof.isHollow;
      return isNews ? [proof] : [];
    });
  }

  /** They have been stored. */
  adopt(proofs: readonly Proof[]): void {
    for (const proof of proofs) {
      this.#known.set(proof.checkId, proof);
      this.#places.add(proof.place);
    }
  }
}

/** What it differs in is in what has never been there until now: below an envelope, in the items of a list. */
function isOfUnseen({ isHollow }: Proof, { findings }: Result): boolean {
  const wanting = findings.filter(({ level }) => level !== 'info');
  return (
    isHollow === true &&
    wanting.every(({ kind, pointer = '' }) => kind === 'schema' && /\/.*\//.test(pointer))
  );
}

function hasMatched({ verdict, reason }: Result): boolean {
  return verdict === 'pass' || (verdict === 'degraded' && isHiccup(reason.code));
}

/** What a success is held to beyond being one. */
const promises: ReadonlySet<string> = new Set([
  'content-type',
  'schema',
  'that',
  'drift',
  'latency',
  'certificate',
]);

/** A success, though not as it was promised. */
export function hasAnswered(result: Result): boolean {
  const wanting = result.findings.filter(({ level }) => level !== 'info');
  if (isUnreadable(wanting)) return false;
  return isSuccess(result) && wanting.length > 0 && wanting.every(isOfPromise);
}

function isOfPromise({ kind, level }: Finding): boolean {
  return promises.has(kind) || (kind === 'status' && level === 'warning');
}

/** It was put down to values of ours. */
function isExcused({ reason }: Result): boolean {
  return reason.code === 'made-up-value';
}

function valuesMayExplain(result: Result): boolean {
  const { status = 0 } = result;
  return (status >= 400 && status < 500) || refusesInWords(result);
}

/** Somebody has written them down; others change from call to call. */
const writtenDown: ReadonlySet<ValueOrigin> = new Set<ValueOrigin>(['config', 'example', 'default', 'enum']);

const digestLength = 16;
/** Checks are made anew only when something about them changes. */
const valuesKnown = new WeakMap<Check['values'], string>();
const placesKnown = new Map<string, string>();
/** There are a few origins and credentials. */
const mostPlaces = 10_000;

function valuesOf({ values }: Check): string {
  const known = valuesKnown.get(values);
  if (known !== undefined) return known;
  const written = values
    .filter(({ origin }) => writtenDown.has(origin))
    .map(({ name, in: place, value }) => [place, name, value]);
  const digest = written.length === 0 ? '' : sha256(JSON.stringify(written)).slice(0, digestLength);
  valuesKnown.set(values, digest);
  return digest;
}

function placeOf({ origin, credential = '' }: Check): string {
  const place = `${origin}\0${credential}`;
  const known = placesKnown.get(place);
  if (known !== undefined) return known;
  if (placesKnown.size >= mostPlaces) placesKnown.clear();
  const digest = sha256(place).slice(0, digestLength);
  placesKnown.set(place, digest);
  return digest;
}
