import { inEnglish } from '../../messages/in-language.ts';
import { expect, it } from 'vitest';
import { sentence } from '../../messages/sentence.ts';
import { Redactor, Secret } from '../../lib/secrets/secret.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { registerSecrets, scrubContent } from './secrets.ts';

it('teaches the redactor the whole URL of a webhook and the parts that make it secret', () => {
  const redactor = new Redactor();
  const slack = 'https://hooks.slack.example/services/T00000000/B00000000/abcDEF123456';
  registerSecrets(
    { webhook: new Secret('https://q.example/send?key=693a91f6-7xxx'), more: [new Secret(slack)] },
    redactor,
  );
  for (const leak of [
    'key 693a91f6-7xxx',
    `at ${slack}`,
    'path /services/T00000000/B00000000/abcDEF123456',
  ]) {
    expect(redactor.scrub(leak)).not.toMatch(/693a91f6|T00000000|abcDEF/);
  }
  expect(redactor.scrub('services are fine')).toBe('services are fine');
});

it('learns a bare key and whatever else is secret', () => {
  const redactor = new Redactor();
  registerSecrets({ webhook: new Secret('693a91f6-7xxx'), nothing: null, number: 1 }, redactor);
  expect(redactor.scrub('a 693a91f6-7xxx b')).toBe('a *** b');
});

it('scrubs every text of a message that came from a monitored system', () => {
  const redactor = new Redactor();
  redactor.add('canary-4711');
  const content = scenarios.failure(0);
  const [first] = content.transitions;
  const incident = {
    ...first!.incident,
    subjectLabel: 'l canary-4711',
    reason: { code: 'status' as const, message: 'm canary-4711' },
    members: {
      count: 1,
      of: 1,
      worst: [{ checkId: 'c', label: 'canary-4711', service: 's', message: 'canary-4711' }],
    },
    hint: 'h canary-4711',
    expected: 'e canary-4711',
    found: 'f canary-4711',
    said: 's canary-4711',
    curl: 'c canary-4711',
    history: { change: { at: 0, details: ['d canary-4711'] } },
  };
  const scrubbed = scrubContent({ ...content, transitions: [{ ...first!, incident }] }, redactor);
  expect(JSON.stringify(scrubbed)).not.toContain('canary-4711');
  expect(inEnglish(scrubbed.transitions[0]?.incident.found ?? '')).toBe('f ***');
});

it('keeps what is not there absent', () => {
  const { expected: _e, found: _f, curl: _c, ...bare } = scenarios.failure(0).transitions[0]!.incident;
  const content = {
    ...scenarios.failure(0),
    transitions: [{ kind: 'opened' as const, at: 0, incident: bare }],
  };
  expect(scrubContent(content, new Redactor())).toEqual(content);
});

it('scrubs what is told of set-ups, documents and whole days', () => {
  const redactor = new Redactor();
  redactor.add('canary-4711');
  const summary = {
    every: 'day' as const,
    from: 0,
    to: 1,
    counts: { pass: 0, fail: 1, degraded: 0, blocked: 0, unknown: 0 },
    incidents: {
      count: 1,
      open: 0,
      longest: [{ id: 'i', label: 'l canary-4711', services: ['s'], lastedMs: 1, open: false }],
    },
    budgets: [],
    changes: { documents: 1, breaking: ['https://docs.example/canary-4711'] },
    failing: [{ label: 'f canary-4711', service: 's', fails: 1, results: 1 }],
    slow: [{ label: 's canary-4711', service: 's', p95Ms: 1 }],
    recurring: [{ label: 'r canary-4711', times: 2 }],
  };
  const counts = { called: 1, pass: 0, failing: 0, differ: 0, value: 1, permission: 0, refused: 0 };
  const why = sentence('valueFrom', {
    value: 'tokenId=canary-4711',
    origin: sentence('fromAnswerOf', { operation: 'GET /monitor/online' }),
  });
  const content = {
    ...scenarios.failure(0),
    summary,
    firstReports: [
      { service: 's', at: 0, counts: { ...counts, notCalled: {} }, waiting: 1, groups: [{ why }] },
    ],
    breakingChanges: [
      {
        at: 0,
        service: 's',
        uri: 'https://docs.example/canary-4711',
        removed: 0,
        changed: 1,
        operations: [{ key: 'GET /a', details: ['default is canary-4711'] }],
      },
    ],
  };
  const scrubbed = scrubContent(content, redactor);
  expect(JSON.stringify(scrubbed)).not.toContain('canary-4711');
  expect(inEnglish(scrubbed.firstReports?.[0]?.groups[0]?.why ?? '')).toContain('tokenId=***');
});
