import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../kit/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
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
