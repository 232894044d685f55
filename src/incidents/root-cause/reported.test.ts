import { describe, expect, it } from 'vitest';
import { check, World } from '../world.fixture.ts';

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
      hint: 'Save it; its operations (1) go on being judged by what it said when it was last readable',
      members: { count: 1, of: 1 },
    });
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
