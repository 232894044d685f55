import { expect, it } from 'vitest';
import { Redactor } from '../../lib/secrets/secret.ts';
import { scrubbedInSteps } from './scrubbed.ts';

it('scrubs each text once, with a pause between its steps, and puts it where it was asked for', async () => {
  const redactor = new Redactor();
  redactor.add('k9Zr3vQx7Hs4DgP2');
  const scrubbed: string[] = [];
  let pauses = 0;
  const made = await scrubbedInSteps(
    (scrub) => ({
      first: scrub('key k9Zr3vQx7Hs4DgP2'),
      again: scrub('key k9Zr3vQx7Hs4DgP2'),
      none: scrub(''),
    }),
    (text) => {
      scrubbed.push(text);
      return redactor.scrubInSteps(text);
    },
    async () => void pauses++,
  );
  expect(made).toEqual({ first: 'key ***', again: 'key ***', none: '' });
  expect(scrubbed).toEqual(['key k9Zr3vQx7Hs4DgP2']);
  expect(pauses).toBeGreaterThan(10);
});
