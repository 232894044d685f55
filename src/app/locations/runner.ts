import type { Runner } from '../../check/runner.ts';
import type { RunOptions } from '../../check/scheduling/run.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Result } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { ServiceSettings, Settings } from '../../model/settings.ts';
import type { BatchEnd, Batches } from './batches.ts';
import { combine, type Vote } from './combine.ts';
import { credentialNames, orderOf, SentDocuments, type Share, sharesOf } from './order.ts';

/** A batch that has not begun by then finds its workers busy. */
const queueMs = 120_000;

export interface LocationRunnerOptions {
  /** Calls what is not called from locations. */
  readonly here: Runner;
  readonly batches: Pick<Batches, 'run'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly isSilent: (location: string) => boolean;
  /** Connections are opened with one of this credential. */
  readonly hasCertificate: (credential: string) => boolean;
  /** Takes secrets out of a result. */
  readonly scrubbed: (result: Result) => Result;
}

/** Has checks called where their services are to be called from, and puts together what came of them. */
export class LocationRunner implements Runner {
  readonly #options: LocationRunnerOptions;
  readonly #documents = new SentDocuments();

  constructor(options: LocationRunnerOptions) {
    this.#options = options;
  }

  async run(checks: readonly Check[], options: RunOptions): Promise<readonly Result[]> {
    const { here, settings } = this.#options;
    const services = new Map(settings().services.map((one) => [one.name, one]));
    const isSent = ({ service }: Check): boolean => (services.get(service)?.locations ?? []).length > 0;
    const sent = checks.filter(isSent);
    if (sent.length === 0) return here.run(checks, options);
    const tally = new Tally(sent, services, options);
    const locations = [...new Set(sent.flatMap(({ service }) => services.get(service)?.locations ?? []))];
    const own = checks.filter((one) => !isSent(one));
    const [found] = await Promise.all([
      here.run(own, options),
      ...locations.map((location) => {
        const wanted = sent.filter(
          ({ service }) => services.get(service)?.locations?.includes(location) === true,
        );
        return this.#runAt(location, wanted, options, tally);
      }),
    ]);
    const results = new Map([...found, ...tally.results].map((result) => [result.checkId, result]));
    return checks.flatMap(({ id }) => results.get(id) ?? []);
  }

  async #runAt(location: string, checks: readonly Check[], options: RunOptions, tally: Tally): Promise<void> {
    const ends = sharesOf(checks).map((share) => this.#runShare(location, share, options, tally));
    await Promise.all(ends);
  }

  async #runShare(location: string, share: Share, options: RunOptions, tally: Tally): Promise<void> {
    const end = await this.#sent(location, share, options, tally);
    if (end === 'cut' || options.signal.aborted) return;
    const why = sentence(end === 'silent' ? 'noWorkerAt' : 'notInTimeAt', { location });
    for (const { id } of share.checks)
      tally.add(location, uncalled(id, why, this.#options.clock.now()), undefined);
  }

  async #sent(location: string, share: Share, options: RunOptions, tally: Tally): Promise<BatchEnd> {
    const { batches, settings, isSilent, scrubbed, hasCertificate } = this.#options;
    if (isSilent(location)) return 'silent';
    const order = await orderOf(share, location, settings(), options, this.#documents, hasCertificate);
    const documents = await Promise.all(share.checks.map((check) => this.#documents.of(check)));
    return batches.run({
      location,
      origin: share.origin,
      credentials: credentialNames(share.checks),
      order,
      documents: [...new Set(documents)],
      patienceMs: patienceFor(share, options, settings()),
      signal: options.signal,
      found: (result, body) => tally.add(location, scrubbed(result), body),
      waiting: (checkId, isAnswered) => tally.waiting(checkId, isAnswered),
    });
  }
}

/** As long as it takes by the limits, twice, and some time in the queue. */
function patienceFor({ checks }: Share, { spread }: RunOptions, { limits }: Settings): number {
  const totalMs = Math.max(...checks.map(({ timeouts }) => timeouts.totalMs), 0);
  const callsMs =
    (checks.length / limits.ratePerOrigin) * 1000 + (checks.length / limits.perOrigin) * totalMs;
  return queueMs + (spread?.overMs ?? 0) + 2 * Math.min(callsMs, 3_600_000);
}

function uncalled(checkId: string, message: Sentence, at: number): Result {
  return {
    checkId,
    at,
    verdict: 'unknown',
    reason: { code: 'location', message },
    bytes: 0,
    phases: { totalMs: 0 },
    attempts: 0,
    findings: [],
  };
}

/** What locations have found of checks until all have. */
class Tally {
  readonly results: Result[] = [];
  readonly #options: RunOptions;
  readonly #services: ReadonlyMap<string, ServiceSettings>;
  readonly #checks: ReadonlyMap<string, Check>;
  readonly #votes = new Map<string, Map<string, Result>>();
  readonly #read = new Set<string>();

  constructor(checks: readonly Check[], services: ReadonlyMap<string, ServiceSettings>, options: RunOptions) {
    this.#options = options;
    this.#services = services;
    this.#checks = new Map(checks.map((one) => [one.id, one]));
  }

  /** The first result of a location counts: a batch that was taken over may bring one twice. */
  add(location: string, result: Result, body: Json | undefined): void {
    const check = this.#checks.get(result.checkId);
    const { locations = [], quorum } = this.#services.get(check?.service ?? '') ?? {};
    if (check === undefined || !locations.includes(location)) return;
    const votes = this.#votes.get(check.id) ?? new Map<string, Result>();
    if (votes.has(location)) return;
    this.#votes.set(check.id, votes.set(location, result));
    if (body !== undefined && !this.#read.has(check.id)) {
      this.#read.add(check.id);
      this.#options.reader?.observe(check, body);
    }
    if (votes.size < locations.length) return;
    const found = locations.flatMap((name): Vote[] => {
      const one = votes.get(name);
      return one === undefined ? [] : [{ location: name, result: one }];
    });
    const combined = combine(found, quorum);
    if (combined === undefined) return;
    this.results.push(combined);
    this.#options.onResult?.(combined, check);
  }

  waiting(checkId: string, isAnswered: boolean): void {
    const check = this.#checks.get(checkId);
    if (check !== undefined) this.#options.onWaiting?.(check, isAnswered);
  }
}
