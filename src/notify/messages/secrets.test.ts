import { inEnglish } from '../../messages/in-language.ts';
import { expect, it } from 'vitest';
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
