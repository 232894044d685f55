import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Secret } from '../../lib/secrets/secret.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { FirstAnswers } from './idempotency.ts';
import { Prepared } from './prepared.ts';

let folder: string;
let store: Store;
let clock: ManualClock;
let done: number;

const open = (): Promise<Store> => openStore(path.join(folder, 'patrol.db'), { clock, log: silentLogger });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-answers-'));
  clock = new ManualClock();
  store = await open();
  done = 0;
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const usual = new Secret('key of the installation');
/** As a process has them that has just started. */
const started = (): FirstAnswers =>
  new FirstAnswers({ answers: store.answers, key: usual, clock, log: silentLogger });
const startedWithoutKey = (): FirstAnswers =>
  new FirstAnswers({ answers: store.answers, key: undefined, clock, log: silentLogger });
const request = { key: 'k1', caller: 'token:ci', asked: ['createToken', { name: 'ci' }] };
const work = async () => ({ no: ++done, token: 'apt_secret' });
const first = { no: 1, token: 'apt_secret' };

/** An answer as whoever asked reads it. */
async function read(answer: Promise<unknown>): Promise<unknown> {
  const given = await answer;
  return given instanceof Prepared ? JSON.parse(given.text) : given;
}

it('gives the first answer again, also after a restart', async () => {
  expect(await read(started().take(request, work))).toEqual(first);
  expect(await read(started().take(request, work))).toEqual(first);
  await store.close();
  store = await open();
  expect(await read(started().take(request, work))).toEqual(first);
  expect(done).toBe(1);
});

it('keeps it sealed', async () => {
  await started().take(request, work);
  await store.close();
  const bytes = await readFile(path.join(folder, 'patrol.db'), 'latin1');
  for (const text of ['apt_secret', 'createToken', 'k1"']) expect(bytes).not.toContain(text);
  store = await open();
});

it('refuses another request with the same key, and takes the same key of another caller', async () => {
  const answers = started();
  await answers.take(request, work);
  await expect(answers.take({ ...request, asked: ['createToken', {}] }, work)).rejects.toMatchObject({
    status: 422,
    message: 'this Idempotency-Key has been used for another request',
  });
  expect(await answers.take({ ...request, caller: 'token:cd' }, work)).toMatchObject({ no: 2 });
});

it('refuses it while the first one is being worked on', async () => {
  const answers = started();
  let finish = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const one = answers.take(request, async () => {
    await waiting;
    return work();
  });
  await expect(answers.take(request, work)).rejects.toMatchObject({
    status: 409,
    message: 'the first request with this Idempotency-Key is still being worked on',
  });
  finish();
  expect(await one).toEqual(first);
  expect(await read(answers.take(request, work))).toEqual(first);
});

it('does not do again what a process has begun that was killed', async () => {
  await new Promise<void>((begun) => {
    void started().take(request, () => {
      begun();
      return new Promise(() => undefined);
    });
  });
  await expect(started().take(request, work)).rejects.toMatchObject({
    status: 409,
    message: 'the first request with this Idempotency-Key was cut short',
  });
  expect(done).toBe(0);
});

it('lets what has failed be tried again', async () => {
  const answers = started();
  await expect(answers.take(request, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(await answers.take(request, work)).toEqual(first);
});

it('forgets it after a day, and without a key of the installation with the process', async () => {
  await started().take(request, work);
  await clock.advance(86_400_000);
  expect(await started().take(request, work)).toMatchObject({ no: 2 });
  const answers = startedWithoutKey();
  await answers.take(request, work);
  expect(await read(answers.take(request, work))).toMatchObject({ no: 3 });
  expect(await startedWithoutKey().take(request, work)).toMatchObject({ no: 4 });
});

it('takes no key that is a text of its own', async () => {
  await expect(started().take({ ...request, key: 'x'.repeat(256) }, work)).rejects.toMatchObject({
    status: 400,
  });
});
