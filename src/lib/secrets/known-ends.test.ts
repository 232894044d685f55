import { describe, expect, it } from 'vitest';
import { Redactor } from './secret.ts';

describe.each(['Rt$7u&Kq!9vW#e2', 'aG7.kP-29x_Lq~Zt4+Wv/8nR', 'Mango.River-77!', 'Hq4@vN*8zL%c6W'])(
  'both ends of a secret with signs: %s',
  (secret) => {
    const redactor = new Redactor();
    redactor.add(secret);
    const [head, tail] = [secret.slice(0, 6), secret.slice(-6)];

    it.each([
      ['around stars', `${head}****${tail}`],
      ['around dots', `${head}...${tail}`],
      ['around an ellipsis', `${head}…${tail}`],
      ['with names', `first: ${head} last: ${tail}`],
      ['in JSON', JSON.stringify(JSON.stringify({ head, tail }))],
      ['in words', `begins with ${head} and ends with ${tail}`],
    ])('are not shown %s', (_, said) => {
      const shown = redactor.scrub(`the token ${said} is not known here, ask ${'somebody else '.repeat(20)}`);
      expect(shown).not.toContain(head);
      expect(shown).not.toContain(tail);
    });

    it('are known no more with it', () => {
      redactor.remove(secret);
      expect(redactor.scrub(`${head}****${tail}`)).toBe(`${head}****${tail}`);
      redactor.add(secret);
    });
  },
);

it('six characters of one end that no word is are not shown', () => {
  const redactor = new Redactor();
  redactor.add('Hq4@vN*8zL%c6W');
  expect(redactor.scrub('it ends with zL%c6W, see')).toBe('it ends with ***, see');
  expect(redactor.scrub('it begins with Hq4@vN, see')).toBe('it begins with ***, see');
});

it('words that a secret begins and ends with are words', () => {
  const redactor = new Redactor();
  for (const secret of [
    'order-service-2024',
    'MyCompanyProductionPassword2024',
    'P@ssw0rd2024-prod',
    'demo-token-1.prod',
  ])
    redactor.add(secret);
  const text =
    'order-team, device 2024; order-service-2023 and my-service-2024; MyCompany is in prod 2024; P@ss for prod; demo-api, staging or next.prod';
  expect(redactor.scrub(text)).toBe(text);
});
