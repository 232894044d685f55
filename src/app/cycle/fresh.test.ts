import { expect, it } from 'vitest';
import type { Check } from '../../model/check.ts';
import type { Result, Verdict } from '../../model/result.ts';
import { Fresh, type Settled } from './fresh.ts';

function settled(service: string, id: string, verdict: Verdict, at: number): Settled {
  return {
    service,
    at,
    check: { id, service } as Check,
    result: { checkId: id, verdict, at } as Result,
  };
}

const ids = (found: readonly Settled[]): readonly string[] => found.map(({ check }) => check.id);

function threeServices(): Fresh {
  const fresh = new Fresh();
  fresh.put(settled('orders', 'a', 'pass', 1));
  fresh.put(settled('orders', 'b', 'fail', 2));
  fresh.put(settled('users', 'c', 'pass', 3));
  fresh.put(settled('stock', 'd', 'fail', 4));
  return fresh;
}

it('finds what is bad, of all and of some services', () => {
  const fresh = threeServices();
  expect(ids(fresh.bad())).toEqual(['b', 'd']);
  expect(ids(fresh.bad(['stock', 'users']))).toEqual(['d']);
});

it('names of each service what came first and what is bad', () => {
  expect([...threeServices().firstAndBad()].map(([service, found]) => [service, ids(found)])).toEqual([
    ['orders', ['a', 'b']],
    ['users', ['c']],
    ['stock', ['d']],
  ]);
});

it('has the last one of each check', () => {
  const fresh = threeServices();
  fresh.put(settled('orders', 'b', 'pass', 5));
  fresh.put(settled('orders', 'a', 'fail', 6));
  expect(ids(fresh.bad(['orders']))).toEqual(['a']);
  expect(fresh.get('b')?.at).toBe(5);
});

it('gives up what is taken', () => {
  const fresh = threeServices();
  expect(ids(fresh.take(['orders', 'users'], ({ at }) => at > 1))).toEqual(['b', 'c']);
  expect([fresh.has('a'), fresh.has('b'), fresh.has('c')]).toEqual([true, false, false]);
  expect(ids(fresh.take(['orders', 'stock']))).toEqual(['a', 'd']);
  expect(fresh.isEmpty).toBe(true);
});

it('dates all of it anew', () => {
  const fresh = threeServices();
  fresh.redate((result) => ({ ...result, at: result.at + 100 }));
  expect(fresh.get('a')?.result.at).toBe(101);
  expect(fresh.bad().map(({ result }) => result.at)).toEqual([102, 104]);
});
