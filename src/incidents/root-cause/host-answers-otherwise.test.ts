import { describe, expect, it } from 'vitest';
import { all, check, inShort, World } from '../world.fixture.ts';

const host = 'https://orders.example';
const four = ['a', 'b', 'c', 'd'].map((id) => check(id));

/** What is told of four operations that all come to the same, evaluation by evaluation; `?`: a look between two cycles. */
function told(outcomes: readonly string[]): readonly (readonly string[])[] {
  const world = new World(four, { recovery: { successes: 2 } });
  return outcomes.map((outcome) => {
    const results = all(four, outcome.replace('? ', ''));
    const { transitions } = world.play({ results, selection: outcome.startsWith('?'), afterMs: 10_000 });
    expect(new Set(world.open.map(({ id }) => id)).size).toBeLessThan(2);
    return transitions.map(inShort);
  });
}

describe('a host that is down in the middle of a failure', () => {
  it.each([
    ['fail 503', `gateway:${host}`],
    ['fail error', 'service:orders'],
  ])('and then fails as before (%s) has not recovered: one incident goes on', (outcome, fingerprint) => {
    const down = ['connect-refused', 'connect-refused', 'connect-refused'];
    const still = [outcome, `? ${outcome}`];
    const before = [`? ${outcome}`, `? ${outcome}`, outcome];
    const lines = told([outcome, ...down, ...before, ...still, 'connect-refused', ...before, '? ok', '? ok']);
    expect(lines.flat()).toEqual([
      `opened ${fingerprint}`,
      `changed origin:${host}`,
      `changed ${fingerprint}`,
      `resolved ${fingerprint}`,
    ]);
    expect(lines.at(-1)).toEqual([`resolved ${fingerprint}`]);
  });

  it('and then answers with errors alone is told to answer, and recovers with what works', () => {
    expect(
      told(['connect-refused', '? fail 503', '? fail 503', 'fail 503', '? ok', '? ok', 'ok']).flat(),
    ).toEqual([`opened origin:${host}`, `changed gateway:${host}`, `resolved gateway:${host}`]);
  });

  it('is over as soon as its operations work', () => {
    expect(told(['connect-refused', '? ok', '? ok']).at(-1)).toEqual([`resolved origin:${host}`]);
  });
});

describe('a host that also gives the tokens and is down', () => {
  const signed = four.map((one) => ({ ...one, credential: 'sso' }));
  const noToken = (status?: number) => {
    const endpoint = { origin: host, status };
    const message = status === undefined ? 'POST /token: refused' : `POST /token answered ${status}`;
    return [{ credential: 'sso', message, permanent: false, endpoint }];
  };
  const soon = { afterMs: 10_000 };
  const waiting = { ...soon, results: all(signed, 'blocked credential') };

  it('is one incident, also while its sign-in, which was about to be over, finds that out first', () => {
    const world = new World(signed, { recovery: { successes: 2 } });
    expect(world.tell({ ...waiting, credentialFailures: noToken(500) })).toEqual(['opened credential:sso']);
    world.play({ results: all(signed, 'ok'), ...soon });
    expect(world.open).toMatchObject([{ state: 'recovering' }]);
    const look = { results: {}, selection: true, ...soon };
    expect(world.tell({ ...look, credentialFailures: noToken() })).toEqual([]);
    const down = { results: all(signed, 'connect-refused'), credentialFailures: noToken() };
    expect(world.tell({ ...down, ...soon })).toEqual([`changed origin:${host}`]);
    expect(world.open).toHaveLength(1);
  });

  it('goes on as what its sign-in answers, once it answers', () => {
    const world = new World(signed);
    expect(world.tell({ results: all(signed, 'connect-refused'), ...soon })).toEqual([
      `opened origin:${host}`,
    ]);
    const [before] = world.open;
    const { transitions } = world.play({ ...waiting, credentialFailures: noToken(503) });
    expect(transitions.map(inShort)).toEqual([`changed gateway:${host}`]);
    expect(world.open).toMatchObject([
      { id: before?.id, reason: { message: expect.saying('its sign-in answers HTTP 503') } },
    ]);
    expect(world.tell({ results: all(signed, 'ok'), ...soon })).toEqual([`resolved gateway:${host}`]);
  });

  it('is not over for those that wait for a token from it while others are well', () => {
    const free = ['e', 'f', 'g'].map((id) => check(id, { service: 'free', documentId: 'free:a.yaml' }));
    const world = new World([...signed, ...free]);
    const everything = [...signed, ...free];
    expect(world.tell({ results: all(everything, 'connect-refused'), ...soon })).toEqual([
      `opened origin:${host}`,
    ]);
    const results = { ...all(signed, 'blocked credential'), ...all(free, 'ok') };
    expect(world.tell({ results, ...soon, credentialFailures: noToken(503) })).toEqual([]);
    expect(world.tell({ results: all(everything, 'ok'), ...soon })).toEqual([`resolved origin:${host}`]);
  });

  it('has another trouble when it refuses who asks for a token', () => {
    const world = new World(signed);
    world.play({ results: all(signed, 'connect-refused'), ...soon });
    expect(world.tell({ ...waiting, credentialFailures: noToken(401) })).toContain('opened credential:sso');
  });
});
