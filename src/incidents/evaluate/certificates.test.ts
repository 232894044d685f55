import { describe, expect, it } from 'vitest';
import type { CertificateSighting } from '../../model/certificate.ts';
import { all, check, start, World } from '../world.fixture.ts';

const origin = 'https://orders.example';
const four = ['a', 'b', 'c', 'd'].map((id) => check(id));

function ending(verdict: 'fail' | 'degraded', message: string): readonly CertificateSighting[] {
  return [{ origin, at: start, trouble: { verdict, code: 'certificate', message, hasExpired: false } }];
}

const untrusted: readonly CertificateSighting[] = [
  {
    origin,
    at: start,
    trouble: { verdict: 'fail', code: 'tls', message: 'the certificate has expired', hasExpired: true },
  },
];
const named: readonly CertificateSighting[] = [
  {
    origin,
    at: start,
    trouble: {
      verdict: 'fail',
      code: 'tls',
      message: 'the certificate is not for orders.example',
      hasExpired: false,
    },
  },
];
const well: readonly CertificateSighting[] = [{ origin, at: start }];

describe('a certificate that ends soon', () => {
  it('is one incident of its origin, whatever calls say, told once and again when it is urgent', () => {
    const world = new World(four);
    const ok = { results: all(four, 'ok') };
    expect(world.tell({ ...ok, certificates: ending('degraded', 'ends in 20 days') })).toEqual([
      `opened certificate:${origin}`,
    ]);
    expect(world.tell({ ...ok, certificates: ending('degraded', 'ends in 19 days') })).toEqual([]);
    expect(world.tell(ok)).toEqual([]);
    expect(world.tell({ ...ok, certificates: ending('fail', 'ends in 6 days') })).toEqual([
      `changed certificate:${origin}`,
    ]);
    expect(world.open).toMatchObject([
      { cause: { level: 'origin', subject: origin }, severity: 'major', members: { count: 0 } },
    ]);
    expect(world.tell({ ...ok, certificates: well })).toEqual([`resolved certificate:${origin}`]);
  });

  it('is over when two looks, nine seconds apart, have found it well', () => {
    const world = new World(four, { recovery: { successes: 2 } });
    const look = (certificates: readonly CertificateSighting[]): readonly string[] =>
      world.tell({ results: {}, selection: true, afterMs: 10_000, certificates });
    const wellAt = (at: number): readonly CertificateSighting[] => [{ origin, at }];
    expect(look(ending('fail', 'ends in 3 days'))).toEqual([`opened certificate:${origin}`]);
    expect(look(wellAt(start + 10_000))).toEqual([]);
    expect(look(wellAt(start + 18_000))).toEqual([]);
    expect(look(wellAt(start + 19_000))).toEqual([`resolved certificate:${origin}`]);
  });

  it('is not over when only the first of two looks has found it well', () => {
    const world = new World(four, { recovery: { successes: 2 } });
    const look = (certificates: readonly CertificateSighting[]): readonly string[] =>
      world.tell({ results: {}, selection: true, afterMs: 10_000, certificates });
    look(ending('fail', 'ends in 3 days'));
    expect(look(well)).toEqual([]);
    expect(look(ending('fail', 'ends in 3 days'))).toEqual([]);
    expect(world.open).toMatchObject([{ state: 'firing' }]);
  });

  it('has failed only since it has ended, however long people have been warned of that', () => {
    const world = new World(four);
    const ok = { results: all(four, 'ok') };
    world.play({ ...ok, certificates: ending('degraded', 'ends in 8 days') });
    world.play({ ...ok, certificates: ending('fail', 'ends in 6 days') });
    expect(world.open[0]).not.toHaveProperty('failingSince');
    const endedAt = world.now + 5 * 24 * 3_600_000;
    const [ended] = untrusted.map((one) => ({ ...one, at: endedAt }));
    const look = { results: {}, selection: true, afterMs: endedAt - world.now, certificates: [ended!] };
    const { transitions } = world.play(look);
    expect(transitions.map(({ kind, incident }) => [kind, incident])).toMatchObject([
      ['changed', { openedAt: start, failingSince: endedAt, members: { count: 0, of: 4 } }],
    ]);
    // Its calls find out as well: it goes on as the host that nobody connects to.
    world.play({ results: all(four, 'tls') });
    expect(world.open).toMatchObject([
      {
        fingerprint: `origin:${origin}`,
        openedAt: start,
        failingSince: endedAt,
        members: { count: 4, of: 4 },
      },
    ]);
    const { transitions: over } = world.play(ok);
    expect(over).toMatchObject([{ kind: 'resolved', incident: { failingSince: endedAt } }]);
  });

  it('begins and ends between two cycles', () => {
    const world = new World(four);
    const look = { results: {}, selection: true } as const;
    expect(world.tell({ ...look, certificates: ending('fail', 'ends in 3 days') })).toEqual([
      `opened certificate:${origin}`,
    ]);
    expect(world.tell({ ...look, certificates: well })).toEqual([`resolved certificate:${origin}`]);
  });
});

describe('a certificate that nobody would connect to', () => {
  it('is told at once to whoever knows that it ends soon, and that it has to be renewed', () => {
    const world = new World(four);
    const look = { results: {}, selection: true } as const;
    world.play({ ...look, certificates: ending('fail', 'ends in 30 seconds') });
    expect(world.tell({ ...look, certificates: untrusted })).toEqual([`changed certificate:${origin}`]);
    expect(world.open).toMatchObject([
      { reason: { message: 'the certificate has expired' }, hint: expect.saying('renew it') },
    ]);
    expect(world.tell({ ...look, certificates: untrusted })).toEqual([]);
  });

  it.each([
    ['ends soon', ending('fail', 'ends in 30 seconds')],
    ['has expired', untrusted],
  ])('goes on as the host that is down for it when it %s, with one end', (_, certificates) => {
    const world = new World(four);
    world.play({ results: all(four, 'ok'), certificates });
    const [before] = world.open;
    expect(world.tell({ results: all(four, 'tls'), certificates: untrusted })).toEqual([
      `changed origin:${origin}`,
    ]);
    expect(world.open).toMatchObject([{ id: before?.id }]);
    expect(world.tell({ results: {}, selection: true, certificates: untrusted })).toEqual([]);
    expect(world.tell({ results: all(four, 'ok'), certificates: well })).toEqual([
      `resolved origin:${origin}`,
    ]);
    expect(world.tell({ results: {}, selection: true, certificates: well })).toEqual([]);
  });

  it('is told while calls still go over old connections', () => {
    const world = new World(four);
    expect(world.tell({ results: all(four, 'ok'), certificates: untrusted })).toEqual([
      `opened certificate:${origin}`,
    ]);
  });

  it('is not told beside the origin that is down for it', () => {
    const world = new World(four);
    expect(world.tell({ results: all(four, 'tls'), certificates: untrusted })).toEqual([
      `opened origin:${origin}`,
    ]);
    expect(world.tell({ results: {}, selection: true, certificates: untrusted })).toEqual([]);
  });

  it('tells how many operations fail by it as soon as some do, though most go on over old connections', () => {
    const others = ['e', 'f', 'g'].map((id) => check(id, { service: 'users', documentId: 'users:a.yaml' }));
    const world = new World([...four.slice(1), ...others]);
    const ok = all(world.checks, 'ok');
    world.play({ results: ok, certificates: untrusted });
    expect(world.open).toMatchObject([{ members: { count: 0, of: 6 } }]);
    const results = { ...ok, ...all(others, 'tls') };
    expect(world.tell({ results })).toEqual([]);
    const known = world.play({ results, afterMs: 1000 }).results;
    const look = { results: {}, known, selection: true, certificates: untrusted };
    expect(world.tell(look)).toEqual([`changed certificate:${origin}`]);
    expect(world.open).toMatchObject([{ members: { count: 3, of: 6 } }]);
  });

  it('is one incident with the host that was about to be well again when the next one was wrong', () => {
    const world = new World(four, { recovery: { successes: 2 } });
    const soon = { afterMs: 10_000 };
    world.play({ results: all(four, 'tls'), certificates: untrusted });
    world.play({ results: all(four, 'ok'), certificates: well, ...soon });
    expect(world.open).toMatchObject([{ fingerprint: `origin:${origin}`, state: 'recovering' }]);
    expect(world.tell({ results: {}, selection: true, certificates: named, ...soon })).toEqual([]);
    expect(world.tell({ results: all(four, 'tls'), certificates: named, ...soon })).toEqual([]);
    expect(world.open).toMatchObject([{ fingerprint: `origin:${origin}`, state: 'firing' }]);
  });

  it('is told again when it turns out to be wrong in another way, once', () => {
    const world = new World(four);
    const ok = { results: all(four, 'ok') };
    world.play({ ...ok, certificates: untrusted });
    expect(world.tell({ ...ok, certificates: named })).toEqual([`changed certificate:${origin}`]);
    expect(world.tell({ ...ok, certificates: named })).toEqual([]);
    expect(world.tell({ ...ok, certificates: untrusted })).toEqual([]);
  });
});
