import { sentence } from '../../messages/sentence.ts';
import { describe, expect, it } from 'vitest';
import type { UnreadableDocument } from '../../model/document.ts';
import { all, check, type CycleScript, start, World } from '../world.fixture.ts';

const a = check('a');

const problem = {
  documentId: 'orders:a.yaml',
  service: 'orders',
  uri: 'a.yaml',
  line: 3,
  column: 7,
  message: 'is not YAML',
  hint: 'Save it.',
};

describe('a document that cannot be read', () => {
  it('is told once, while its operations go on being judged, and ends when it can be read', () => {
    const world = new World([a]);
    expect(world.tell({ results: { a: 'ok' }, documentProblems: [problem] })).toEqual([
      'opened document:orders:a.yaml',
    ]);
    expect(world.tell({ results: { a: 'fail status' }, documentProblems: [problem] })).toEqual([
      'opened operation:a',
    ]);
    expect(world.tell({ results: {} })).toEqual([]);
    expect(world.tell({ results: {}, documentProblems: [], checks: [] })).toEqual([]);
    expect(world.tell({ results: {}, documentProblems: [] })).toEqual(['resolved document:orders:a.yaml']);
  });

  it('is a minor matter and names the file', () => {
    const { transitions } = new World([a]).play({ results: {}, documentProblems: [problem] });
    expect(transitions[0]?.incident).toMatchObject({
      severity: 'minor',
      verdict: 'degraded',
      subjectLabel: 'a.yaml',
      reason: { code: 'document', message: 'is not YAML' },
      place: { line: 3, column: 7 },
      hint: 'its operations (1) go on being judged by what it said when it was last readable. Save it.',
      members: { count: 1, of: 1 },
    });
  });

  it('that is gone from its address is no wrong address where it has been read before', () => {
    const hint = sentence('giveAddressThatIs');
    const { transitions } = new World([a]).play({ results: {}, documentProblems: [{ ...problem, hint }] });
    expect(transitions[0]?.incident.hint).toEqual(
      sentence('judgedMeanwhile', {
        going: sentence('goesOnBeingJudged', { n: 1 }),
        hint: sentence('wasReadThere'),
      }),
    );
    const fresh = new World([]).play({ results: {}, documentProblems: [{ ...problem, hint }] });
    expect(fresh.transitions[0]?.incident.hint).toEqual(hint);
  });

  it('may fail to download once, and is no news behind a host that is known to be down', () => {
    const behind = { ...problem, uri: 'https://orders.example/openapi.json' };
    const [cycle, down] = [
      { results: { a: 'ok' }, documentProblems: [behind] },
      { results: { a: 'dns' }, documentProblems: [behind] },
    ];
    const flaky = new World([a]);
    expect([flaky.tell(cycle), flaky.tell({ ...cycle, documentProblems: [] })]).toEqual([[], []]);
    const gone = new World([a]);
    expect([gone.tell(cycle), gone.tell(cycle)]).toEqual([[], ['opened document:orders:a.yaml']]);
    const dead = new World([a]);
    expect([dead.tell(down), dead.tell(down), dead.tell(down)]).toEqual([
      ['opened origin:https://orders.example'],
      [],
      [],
    ]);
  });

  it('is open for as long as it cannot be read, also when it never could be', () => {
    const world = new World([a]);
    const never = { ...problem, documentId: 'orders:b.yaml' };
    const cycle = { results: {}, documentProblems: [never], scope: ['orders'] };
    expect([world.tell(cycle), world.tell(cycle)]).toEqual([['opened document:orders:b.yaml'], []]);
    expect(world.tell({ ...cycle, documentProblems: [] })).toEqual(['removed document:orders:b.yaml']);
  });
});

describe('a document that has never been readable', () => {
  it('is no incident, until it has been readable once', () => {
    const world = new World([a]);
    const uri = 'https://orders.example/openapi.json';
    const [never, later] = [
      { ...problem, uri, neverRead: true as const },
      { ...problem, uri },
    ];
    const cycle = { results: { a: 'ok' } };
    const tell = (documentProblems: readonly UnreadableDocument[]) =>
      world.tell({ ...cycle, documentProblems });
    expect([tell([never]), tell([never]), tell([never])]).toEqual([[], [], []]);
    expect([tell([]), tell([later]), tell([later])]).toEqual([[], [], ['opened document:orders:a.yaml']]);
    // What is known of it is lost: the incident goes on.
    expect([tell([never]), tell([])]).toEqual([[], ['resolved document:orders:a.yaml']]);
  });
});

describe('a document behind what is at fault', () => {
  const those = ['a', 'b', 'c'].map((id) => check(id, { credential: 'sso' }));
  const uri = 'https://orders.example/openapi.json';
  const behind = { ...problem, uri, credential: 'sso' };
  const well = all(those, 'ok');
  const opened = ['opened document:orders:a.yaml'];
  const minutes = (count: number): number => start + count * 60_000;

  /** A service that fails from the first minute on and is well from the third on; told of each minute, with its document. */
  function outage(
    ill: CycleScript,
    document: Partial<UnreadableDocument> = {},
  ): { readonly world: World; readonly ended: readonly string[] } {
    const world = new World(those);
    const asked = (count: number): { readonly documentProblems: readonly UnreadableDocument[] } => ({
      documentProblems: [{ ...behind, ...document, askedAt: minutes(count) - 5000 }],
    });
    const told = [
      ...world.tell({ results: well, documentProblems: [] }),
      ...world.tell({ afterMs: 60_000, ...ill, ...asked(1) }),
      ...world.tell({ afterMs: 60_000, ...ill, ...asked(2) }),
      ...world.tell({ afterMs: 60_000, results: well, ...asked(3) }),
      // Taken before its end was known.
      ...world.tell({ afterMs: 60_000, results: well, ...asked(3) }),
    ];
    return { world, ended: told };
  }

  const noToken = { credential: 'sso', message: 'POST /token answered 401', permanent: true };
  const causes: readonly (readonly [string, CycleScript])[] = [
    ['origin:https://orders.example', { results: all(those, 'connect-refused') }],
    ['gateway:https://orders.example', { results: all(those, 'fail 502') }],
    ['credential:sso', { results: all(those, 'blocked credential'), credentialFailures: [noToken] }],
    ['service:orders', { results: { a: 'fail words', b: 'fail error', c: 'fail schema' } }],
  ];

  it.each(causes)('is told with %s and not by itself', (fingerprint, ill) => {
    const { world, ended } = outage(ill);
    expect(ended).toEqual([`opened ${fingerprint}`, `resolved ${fingerprint}`]);
    const now = { afterMs: 60_000, results: well };
    expect(world.tell({ ...now, documentProblems: [] })).toEqual([]);
  });

  it.each(causes)('is told after the end of %s when it still cannot be read, asked twice', (_, ill) => {
    const { world } = outage(ill);
    const still = (count: number): readonly string[] =>
      world.tell({
        afterMs: 60_000,
        results: well,
        documentProblems: [{ ...behind, askedAt: minutes(count) - 5000 }],
      });
    expect([still(5), still(6)]).toEqual([[], opened]);
  });

  it('is told by itself when it stands elsewhere, or is asked for without what was refused', () => {
    const [[, down], [, sick], [, refused]] = causes as [
      (typeof causes)[0],
      (typeof causes)[0],
      (typeof causes)[0],
    ];
    const elsewhere = { uri: 'https://docs.example/openapi.json' };
    for (const [ill, document] of [
      [down, elsewhere],
      [sick, elsewhere],
      [refused, { credential: 'docs' }],
    ] as const)
      expect(outage(ill, document).ended).toContain(opened[0]);
  });
});

describe('what another service that shares the host finds', () => {
  const other = check('b', { service: 'stock', documentId: 'stock:s.yaml' });
  const beside = { scope: ['stock'], planned: ['orders', 'stock'] };

  it('says nothing of a document that it has not read, whether it has operations or none', () => {
    for (const documentId of ['orders:a.yaml', 'orders:b.yaml']) {
      const world = new World([a, other]);
      const broken = { ...problem, documentId };
      const own = { results: { a: 'ok' as const }, scope: ['orders'] };
      expect(world.tell({ ...own, documentProblems: [broken] })).toEqual([`opened document:${documentId}`]);
      expect(world.tell({ results: { b: 'ok' }, ...beside, documentProblems: [] })).toEqual([]);
      expect(world.tell({ results: { b: 'ok' }, ...beside })).toEqual([]);
      expect(world.tell(own)).toEqual([]);
      expect(world.tell({ ...own, documentProblems: [] })).toHaveLength(1);
    }
  });
});
