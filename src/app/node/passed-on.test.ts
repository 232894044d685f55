import { expect, it } from 'vitest';
import { systemClock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { AtRest } from '../../work/sealing.ts';
import type { Signer } from '../locations/desk.ts';
import { PassedOn, signPassedOn } from './passed-on.ts';

const atRest = new AtRest(new Uint8Array(32).fill(7));
const secret = 'tok-9a3f51';
const { signal } = new AbortController();
const request = (url: string): OutgoingRequest => ({
  method: 'POST',
  url,
  headers: {},
  body: new Uint8Array([1, 2]),
});
const leader: Signer = {
  async authorize(credential, asked) {
    if (credential === 'other') return { ok: false, message: 'no such credential' };
    return {
      ok: true,
      request: { ...asked, headers: { authorization: `Bearer ${secret}` } },
      generation: 3,
    };
  },
  async rejected(_, generation, headers) {
    return generation === 3 && headers['date'] === 'today' ? 'later' : true;
  },
  async clientCertificate() {
    return { cert: 'pem', key: 'pem' };
  },
};

it('has the leader sign what comes at once in one bundle, which says nothing to whoever stores it', async () => {
  const passed: string[] = [];
  const passedOn = new PassedOn({
    clock: systemClock,
    atRest,
    async ask(sealed) {
      const answer = await signPassedOn(sealed, leader, atRest, signal);
      passed.push(sealed, answer);
      return answer;
    },
  });
  const given = await Promise.all([
    passedOn.authorize('sso', request('http://a.example/1')),
    passedOn.authorize('other', request('http://a.example/2')),
    passedOn.rejected('sso', 3, { date: 'today' }),
    passedOn.rejected('sso', 2, {}),
    passedOn.clientCertificate('sso'),
  ]);
  expect(given).toEqual([
    {
      ok: true,
      generation: 3,
      request: { ...request('http://a.example/1'), headers: { authorization: `Bearer ${secret}` } },
    },
    { ok: false, message: 'no such credential' },
    'later',
    true,
    { cert: 'pem', key: 'pem' },
  ]);
  expect(passed).toHaveLength(2);
  const texts = passed.map((one) => Buffer.from(one, 'base64').toString('latin1'));
  for (const text of texts) expect(text).not.toMatch(/tok-|a\.example|sso/);
});

it('says to everybody that the leader does not answer, and asks again the next time', async () => {
  let asked = 0;
  const passedOn = new PassedOn({
    clock: systemClock,
    atRest,
    async ask(sealed) {
      if (++asked === 1) throw new Error('nobody leads');
      return signPassedOn(sealed, leader, atRest, signal);
    },
  });
  const both = [1, 2].map((no) => passedOn.authorize('sso', request(`http://a.example/${no}`)));
  for (const one of both) await expect(one).rejects.toThrow('nobody leads');
  expect(await passedOn.authorize('sso', request('http://a.example/3'))).toMatchObject({ ok: true });
  expect(asked).toBe(2);
});
