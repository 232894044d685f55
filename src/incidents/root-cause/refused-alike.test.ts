import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../messages/in-language.ts';
import { all, check, World } from '../world.fixture.ts';

const own = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const signed = own.map((one) => ({ ...one, credential: 'sso' }));

describe('a service that refuses all of its operations in the same words', () => {
  it.each([
    ['of its own', own, 'fail refused', 'service', /^the service turns the patrol away/],
    ['of its own, to an account', signed, 'fail refused', 'service', /^check whether the account/],
    ['of a page, which stands in front of it', own, 'fail refused page', 'gateway', /^look at the gateway/],
  ] as const)('is told as what it is: %s', (_, checks, outcome, level, hint) => {
    const world = new World(checks);
    world.play({ results: all(checks, 'ok') });
    world.play({ results: all(checks, outcome) });
    const [{ cause, hint: told = '' } = {}] = world.open;
    expect(world.open).toHaveLength(1);
    expect(cause?.level).toBe(level);
    expect(inEnglish(told)).toMatch(hint);
  });
});
