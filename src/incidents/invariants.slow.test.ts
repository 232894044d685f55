import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Incident, Suppression, Transition } from '../model/incident.ts';
import { analyze } from './analyze.ts';
import { type AnalysisInput, defaultAnalysisSettings } from './analysis.ts';
import { check, result, start, World } from './world.fixture.ts';

const checks = [
  ...['a', 'b', 'c', 'd'].map((id) => check(id)),
  ...['e', 'f'].map((id) => check(id, { origin: 'https://pay.example', service: 'pay', credential: 'sso' })),
];

const outcome = fc.constantFrom(
  'ok 100',
  'ok 100',
  'ok 4000',
  'fail status',
  'fail schema',
  'timeout',
  'connect-refused',
  'degraded drift',
  'degraded flaky',
  'blocked credential',
  'unknown interrupted',
  'unknown origin-down',
);
const cycle = fc.record({
  results: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), outcome),
  credentialFailures: fc.constantFrom([], [], [{ credential: 'sso', message: 'no', permanent: false }]),
  removedChecks: fc.constantFrom<readonly string[]>([], [], [], ['a']),
});

it('whatever happens: opened before anything else, ended once, never two open with one fingerprint or id', () => {
  fc.assert(
    fc.property(fc.array(cycle, { maxLength: 25 }), (cycles) => {
      const world = new World(checks);
      const open = new Set<string>();
      const keptBack = new Set<string>();
      for (const script of cycles) {
        const { transitions, open: after } = world.play(script);
        for (const { kind, incident, suppressed } of transitions) {
          const { id } = incident;
          const isTold = kind === 'opened' && keptBack.delete(id);
          expect(open.has(id)).toBe(kind !== 'opened' || isTold);
          if (suppressed?.by === 'flapping') keptBack.add(id);
          if (kind === 'opened') open.add(id);
          if (kind === 'resolved' || kind === 'removed') {
            open.delete(id);
            keptBack.delete(id);
          }
        }
        const told = after.filter(({ state }) => state !== 'pending');
        expect(told.map(({ id }) => id).sort()).toEqual([...open].sort());
        expect(new Set(after.map(({ fingerprint }) => fingerprint)).size).toBe(after.length);
        expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
        expect(after.every(isSound)).toBe(true);
      }
    }),
  );
});

function isSound(incident: Incident): boolean {
  const { members, openedAt, lastSeenAt, version, failingCycles } = incident;
  return (
    members.count <= members.of &&
    openedAt <= lastSeenAt &&
    version >= Number(incident.state !== 'pending') &&
    failingCycles >= 1
  );
}

it('the order in which results, checks and incidents are given makes no difference', () => {
  const inputs = fc.record({ before: fc.array(cycle, { maxLength: 4 }), now: cycle, seed: fc.nat() });
  fc.assert(
    fc.property(inputs, ({ before, now, seed }) => {
      const world = new World(checks);
      for (const script of before) world.play(script);
      const results = Object.entries(now.results).map(([id, word]) => result(id, word, start));
      const input: AnalysisInput = {
        cycle: { id: 9, dueAt: start, startedAt: start, outcome: 'complete', durationMs: 1, missed: 0 },
        checks,
        results,
        open: world.open,
        credentialFailures: now.credentialFailures,
        removedChecks: now.removedChecks,
        recent: () => [],
        now: start,
        settings: defaultAnalysisSettings,
      };
      const shuffled = {
        ...input,
        checks: shuffle(checks, seed),
        results: shuffle(results, seed),
        open: shuffle(world.open, seed),
      };
      expect(analyze(shuffled)).toEqual(analyze(input));
    }),
  );
});

function shuffle<T>(items: readonly T[], seed: number): readonly T[] {
  return items
    .map((item, no) => ({ item, rank: Math.sin(seed + no) }))
    .sort((x, y) => x.rank - y.rank)
    .map(({ item }) => item);
}

/** Cycles with everything that can be known beside results. */
const anything = fc.record({
  results: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), outcome),
  credentialFailures: fc.constantFrom([], [], [{ credential: 'sso', message: 'no', permanent: false }]),
  documentProblems: fc.constantFrom(
    [],
    [],
    [{ documentId: 'orders:a.yaml', service: 'orders', uri: 'a.yaml', message: 'is not YAML' }],
  ),
  hush: fc.constantFrom<() => Suppression | undefined>(
    () => undefined,
    () => undefined,
    () => ({ by: 'silence', note: '#1' }),
  ),
  usual: fc.constantFrom(
    () => undefined,
    () => ({ ms: 50, spread: 0.2 }),
  ),
  selection: fc.boolean(),
  afterMs: fc.constantFrom(10_000, 60_000, 900_000, 3 * 3_600_000),
});

type Cycle = typeof anything extends fc.Arbitrary<infer One> ? One : never;

function plainCycle(results: Cycle['results']): Cycle {
  return {
    results,
    credentialFailures: [],
    documentProblems: [],
    hush: () => undefined,
    usual: () => undefined,
    selection: false,
    afterMs: 10_000,
  };
}

/** Two operations are left of what was a host that does not answer. */
const leftOver: readonly Cycle['results'][] = [
  { a: 'fail schema', d: 'fail status', c: 'timeout' },
  { d: 'connect-refused', b: 'unknown origin-down', a: 'timeout' },
  { a: 'ok 100', d: 'ok 100' },
  { c: 'ok 100', a: 'ok 100', b: 'connect-refused', d: 'fail schema' },
];

it.each([1, 2])(
  'what fires is told, or kept back with a reason; what is told has begun (%i good answers)',
  (successes) => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (cycles) => {
        const world = new World(checks, { recovery: { successes } });
        const book = new Book();
        for (const script of cycles) {
          const { transitions, open } = world.play(script);
          book.close(transitions);
          for (const one of transitions) book.write(one);
          expect(book.mistakes).toEqual([]);
          expect(open.map(({ id }) => book.stateOf(id))).toEqual(open.map(stateOf));
          expect(new Set(open.map(({ fingerprint }) => fingerprint)).size).toBe(open.length);
        }
      }),
      { examples: [[leftOver.map(plainCycle)]] },
    );
  },
);

type Known = 'nothing' | 'kept back' | 'told';

function stateOf({ state, told }: Incident): Known {
  if (state === 'pending') return 'nothing';
  return told === undefined ? 'kept back' : 'told';
}

/** What people know of incidents, by what they were told alone. */
class Book {
  readonly mistakes: string[] = [];
  readonly #known = new Map<string, Known>();
  #closed: ReadonlySet<string> = new Set();
  /** Beginnings of what people were told has begun, epoch ms. */
  readonly #toldAt = new Set<number>();

  stateOf(id: string): Known {
    return this.#known.get(id) ?? 'nothing';
  }

  /** What is over with something wider is named where people hear of that. */
  close(transitions: readonly Transition[]): void {
    this.#closed = new Set(
      transitions.flatMap(({ incident, suppressed }) =>
        suppressed === undefined ? (incident.closes ?? []).map(({ id }) => id) : [],
      ),
    );
  }

  write({ kind, incident, suppressed }: Transition): void {
    const { id } = incident;
    const before = this.stateOf(id);
    const isEnd = incident.state === 'resolved';
    const isTold = suppressed === undefined || (suppressed.by === 'part' && this.#closed.has(id));
    // What is left of a common cause was told with that, has its beginning and names it.
    const isWhatIsLeft =
      kind === 'changed' && (incident.was ?? []).length > 0 && this.#toldAt.has(incident.openedAt);
    const isRight =
      kind === 'opened'
        ? before !== 'told'
        : (before !== 'nothing' || isWhatIsLeft) &&
          (isEnd ? isTold === (before === 'told') : suppressed === undefined);
    if (!isRight) this.mistakes.push(`${kind} ${id} when ${before} was known`);
    if (kind === 'opened' && suppressed === undefined) this.#toldAt.add(incident.openedAt);
    this.#known.set(id, isEnd ? 'nothing' : suppressed === undefined ? 'told' : 'kept back');
  }
}
