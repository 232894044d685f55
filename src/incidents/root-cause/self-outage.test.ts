import { describe, expect, it } from 'vitest';
import { all, check, World } from '../world.fixture.ts';

const [near, far] = ['near', 'far'].map((host) =>
  check(host, { origin: `https://${host}.example`, service: host }),
);
const two = [near, far].flatMap((one) => one ?? []);
const three = [...two, check('third', { origin: 'https://third.example', service: 'third' })];

describe('when the patrol hears nothing', () => {
  it('what found no answer is unknown, counts against nobody, and is told once', () => {
    const world = new World(three);
    const { results, statistics, transitions } = world.play({ results: all(three, 'no-resolver') });
    expect(results.map(({ verdict, reason }) => [verdict, reason])).toEqual(
      three.map(() => [
        'unknown',
        { code: 'self', message: 'no network on the side of the patrol: found no-resolver' },
      ]),
    );
    expect(statistics.counts).toMatchObject({ fail: 0, unknown: 3 });
    expect(statistics.successRate).toBeUndefined();
    expect(transitions.map(({ incident }) => incident.fingerprint)).toEqual(['self:network']);
  });

  it('answers that did arrive count as they are', () => {
    const wide = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id, { origin: `https://${id}.example` }));
    const { results } = new World(wide).play({ results: { ...all(wide, 'no-route'), e: 'fail status' } });
    expect(results.map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'fail',
    ]);
  });

  it('two silent origins are not enough to conclude it, but are once the host itself has been found at fault', () => {
    expect(new World(two).tell({ results: all(two, 'no-resolver') })).toEqual([
      'opened origin:https://far.example',
      'opened origin:https://near.example',
    ]);
    const world = new World(two);
    const { transitions } = world.play({ results: all(two, 'unknown self') });
    expect(transitions).toMatchObject([
      {
        incident: {
          fingerprint: 'self:network',
          reason: { code: 'self', message: '2 of 2 origins find no answer: found self' },
          members: { count: 2, of: 2 },
        },
      },
    ]);
    expect(world.tell({ results: all(two, 'ok') })).toEqual(['resolved self:network']);
  });

  it.each(['connect-refused', 'reset', 'tls', 'dns', 'timeout'])(
    'that nine of ten hosts give %s is about them, host by host: nothing in it is evidence of our own',
    (outcome) => {
      const ten = Array.from({ length: 10 }, (_, no) =>
        check(`c${no}`, { origin: `https://h${no}.d${no}.example`, service: `s${no}` }),
      );
      const { results, transitions } = new World(ten).play({
        results: { ...all(ten, outcome), c9: 'ok' },
      });
      expect(results.map(({ verdict }) => verdict)).toEqual([
        ...Array.from({ length: 9 }, () => 'fail'),
        'pass',
      ]);
      const level = outcome === 'timeout' || outcome === 'reset' ? 'operation' : 'origin';
      expect(transitions.map(({ incident }) => incident.cause.level)).toEqual(
        Array.from({ length: 9 }, () => level),
      );
    },
  );

  it('one that refuses is told beside the others that nobody hears of', () => {
    const world = new World([...three, check('shut', { origin: 'https://shut.example', service: 'shut' })]);
    expect(world.tell({ results: { ...all(three, 'unknown self'), shut: 'connect-refused' } })).toEqual([
      'opened origin:https://shut.example',
    ]);
    const wide = Array.from({ length: 9 }, (_, no) => check(`n${no}`, { origin: `https://n${no}.example` }));
    const other = new World([...wide, check('shut', { origin: 'https://shut.example', service: 'shut' })]);
    const told = other.play({ results: { ...all(wide, 'no-route'), shut: 'connect-refused' } });
    expect(told.transitions.map(({ incident }) => incident.fingerprint)).toEqual([
      'origin:https://shut.example',
      'self:network',
    ]);
  });

  it('names of one domain that no name server knows anything of are lost with it, not with us', () => {
    const one = ['a', 'b', 'c', 'd'].map((id) => check(id, { origin: `https://${id}.corp.example` }));
    expect(new World(one).tell({ results: all(one, 'no-resolver') })).toEqual(
      one.map(({ origin }) => `opened origin:${origin}`),
    );
  });

  it('what was wrong before is neither over nor worse, nor told as without data', () => {
    const world = new World(three);
    world.play({ results: { ...all(three, 'ok'), near: 'fail status' } });
    for (let hour = 0; hour < 4; hour++)
      expect(world.tell({ results: all(three, 'no-route'), afterMs: 3_600_000 })).toEqual(
        hour === 0 ? ['opened self:network'] : [],
      );
    expect(world.tell({ results: { ...all(three, 'ok'), near: 'fail status' } })).toEqual([
      'resolved self:network',
    ]);
    expect(world.tell({ results: all(three, 'ok') })).toEqual(['resolved operation:near']);
  });

  it('documents that could not be fetched are not blamed on anybody', () => {
    const uri = 'https://docs.example/api.yaml';
    const problem = { documentId: `near:${uri}`, service: 'near', uri, message: 'cannot be reached' };
    const world = new World(three);
    for (let cycle = 0; cycle < 3; cycle++)
      world.play({ results: all(three, 'no-resolver'), documentProblems: [problem] });
    expect(world.open.map(({ fingerprint }) => fingerprint)).toEqual(['self:network']);
  });
});
