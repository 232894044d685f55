import { describe, expect, it } from 'vitest';
import { check, World } from './world.fixture.ts';

const a = check('a');

describe('a document that cannot be read', () => {
  const problem = {
    documentId: 'orders:a.yaml',
    source: 'orders',
    uri: 'a.yaml',
    message: 'is not YAML',
    hint: 'line 3',
  };

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
      hint: 'line 3',
      members: { count: 1, of: 1 },
    });
  });
});
