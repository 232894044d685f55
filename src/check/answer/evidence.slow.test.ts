import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { LazyAnswer } from './answer.ts';
import { makeEvidence, plannedCurl } from './evidence.ts';

function request(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'GET', url, headers: {}, ...more };
}

function redactor(...secrets: readonly string[]): Redactor {
  const made = new Redactor();
  for (const secret of secrets) made.add(secret);
  return made;
}

/** What a shell makes of the line. */
function words(line: string): readonly string[] {
  return execFileSync('sh', ['-c', `printf '%s\\n' ${line.replace(/^curl/, '')}`], { cwd: '/' })
    .toString()
    .trimEnd()
    .split('\n');
}

describe('a password of ours in the address of a curl line', () => {
  it.each<[string, string, string, string]>([
    ['in the path', 'http://a.example/x/open-sesame/y', 'GET /x/{key}/y', 'http://a.example/x/***/y'],
    ['in a query', 'http://a.example/x?k=open-sesame&n=1', 'GET /x', 'http://a.example/x?k=***&n=1'],
    ['before the host', 'http://me:open-sesame@a.example/x', 'GET /x', 'http://***@a.example/x'],
    ['that is a word of the host', 'http://open-sesame.example/x', 'GET /x', 'http://open-sesame.example/x'],
    [
      'that is a word of the document',
      'http://a.example/open-sesame/7',
      'GET /open-sesame/{id}',
      'http://a.example/open-sesame/7',
    ],
    [
      'by the name of its parameter',
      'http://a.example/x?password=1&n=1',
      'GET /x',
      'http://a.example/x?password=***&n=1',
    ],
  ])('%s is masked, and the rest can be used', (_, url, operation, expected) => {
    const line = plannedCurl(request(url), operation, redactor('open-sesame'));
    expect(words(line)).toEqual(['-sS', expected]);
  });

  it('with quotes in it is found all the same', () => {
    const secret = 'it\'s "ours"';
    const shown = request(`http://a.example/x?k=${encodeURIComponent(secret)}`, {
      method: 'POST',
      headers: { 'x-note': `a ${secret} b` },
      body: JSON.stringify({ note: secret, n: 1 }),
    });
    expect(words(plannedCurl(shown, 'POST /x', redactor(secret)))).toEqual([
      '-sS',
      '-X',
      'POST',
      '-H',
      'x-note: a *** b',
      '--data-raw',
      '{"note":"***","n":1}',
      'http://a.example/x?k=***',
    ]);
  });
});

it('a call that was redirected is repeated as it was: on, and with the cookies of the way', () => {
  const planned = request('http://a.example/x');
  const shown = { planned, sent: planned, operation: 'GET /x', followed: true };
  expect(makeEvidence(shown, undefined, redactor()).curl).toBe("curl -sSL -b '' http://a.example/x");
});

describe('what an answer said', () => {
  const secret = 'tok-5e8f0c1b7a';
  const excerptOf = (text: string): string | undefined => {
    const answer = new LazyAnswer(
      {
        ok: true,
        status: 500,
        rawHeaders: [],
        body: Buffer.from(text),
        bytes: text.length,
        truncated: false,
        phases: { totalMs: 1 },
        sent: 0,
      },
      1 << 20,
    );
    const sent = request('http://a.example/x');
    const shown = { planned: sent, sent, operation: 'GET /x', followed: false };
    return makeEvidence(shown, answer, redactor(secret)).excerpt;
  };

  it.each([2048, 16_384])('shows no part of a secret around the cut after %i bytes', (cut) => {
    for (let before = cut - secret.length - 2; before <= cut + 1; before++) {
      const excerpt = excerptOf(`${'x'.repeat(before)}${secret}${'y'.repeat(20_000)}`) ?? '';
      expect([before, excerpt.length <= 2048, excerpt.includes('tok')]).toEqual([before, true, false]);
      // Much of what stands before it is masked, so that the second cut comes into view.
      const masked =
        excerptOf(
          `${`${secret} `.repeat(before / 15)}${' '.repeat(before % 15)}${secret} z`.padEnd(20_000),
        ) ?? '';
      expect([before, masked.includes('tok')]).toEqual([before, false]);
    }
  });
});
