import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Redactor, Secret } from '../lib/secrets/secret.ts';
import { load, settingsOf, problemsOf, folder } from './load.fixture.ts';

describe('what is filled in', () => {
  it('comes from the environment, from files and from defaults, whole or in part', async () => {
    const settings = await settingsOf(
      'docs: "${env:DIR}/${env:FILE:-api}.yaml"\nbaseUrl: ${env:BASE:-https://x.example}\n' +
        'x-one: $${env:NOT}\nwebhook: http://robot/${file:./robot.key}\nretries: ${env:N}\n' +
        'limits: { ratePerOrigin: "${env:R}" }\n',
      { DIR: './d', N: '3', R: '2.5', EMPTY: '' },
      { 'robot.key': 'k-e-y\n' },
    );
    expect(settings.services[0]).toMatchObject({
      docs: [path.join(folder, 'd/api.yaml')],
      baseUrl: 'https://x.example',
      retries: 3,
    });
    expect(settings.limits.ratePerOrigin).toBe(2.5);
    const { webhook } = settings.channels['team']!.options as { webhook: Secret };
    expect(webhook.reveal()).toBe('http://robot/k-e-y');
  });

  it('stays a text where a text is wanted, and becomes true or false where that is', async () => {
    const settings = await settingsOf(
      'services:\n- docs: a\n  operations: [{match: GET /a, allow: "${env:YES}", params: {n: "${env:N}"}}]\n' +
        'credentials: { c: { scheme: bearer, token: "${env:N}" } }',
      { YES: 'true', N: '123' },
    );
    expect(settings.services[0]?.overrides[0]).toMatchObject({ allow: true, params: { n: '123' } });
    expect((settings.credentials['c']!.options as { token: Secret }).token.reveal()).toBe('123');
  });

  it('keeps $${ for whoever wants the text itself', async () => {
    const settings = await settingsOf('services: [{docs: a, params: {q: "$${env:X}"}}]');
    expect(settings.services[0]?.params).toEqual({ q: '${env:X}' });
  });

  it('is listed among the files to watch, readable or not', async () => {
    const good = await load('docs: ${file:d}\nwebhook: http://x\n', {}, { d: 'a.yaml' });
    expect(good.files).toEqual([path.join(folder, 'apipatrol.yaml'), path.join(folder, 'd')]);
    const bad = await load('docs: ${file:missing}\n');
    expect(bad).toMatchObject({
      ok: false,
      files: [path.join(folder, 'apipatrol.yaml'), path.join(folder, 'missing')],
    });
  });

  it.each([
    [
      'docs: a\nwebhook: ${env:WECOM_WEBHOK}\n',
      [
        'conf/apipatrol.yaml:2:10: the environment variable WECOM_WEBHOK is not set\n' +
          '  → Set it, or give a default: ${env:WECOM_WEBHOK:-default}. Did you mean WECOM_WEBHOOK?',
      ],
    ],
    [
      'docs: ${env:EMPTY}',
      [
        'conf/apipatrol.yaml:1:7: the environment variable EMPTY is empty\n' +
          '  → Set it, or give a default: ${env:EMPTY:-default}.',
      ],
    ],
    [
      'docs: a\nretries: ${RETRIES}\n',
      [
        'conf/apipatrol.yaml:2:10: ${RETRIES} is not understood; allowed: ${env:NAME}, ${env:NAME:-default}, ${file:path}\n' +
          '  → Write ${env:RETRIES} for an environment variable, or $${RETRIES} for the text itself.',
      ],
    ],
    [
      'docs: a\nwebhook: ${file:k}\n',
      [
        `conf/apipatrol.yaml:2:10: the file ${path.join(folder, 'k')} cannot be read: ENOENT: ${path.join(folder, 'k')}\n` +
          '  → Relative paths are relative to the configuration file.',
      ],
    ],
  ])('is missed with its place: %j', async (text, expected) => {
    expect(await problemsOf(text, { WECOM_WEBHOOK: 'x', EMPTY: '' })).toEqual(expected);
  });

  it('is never shown, whatever is wrong with it', async () => {
    const env = { S: 'canary-value-1' };
    const text = `
services:
  - docs: a
    baseUrl: \${env:S}
    interval: \${env:S}
    retries: "\${env:S}"
    severity: \${env:S}
    operations: [{ match: "\${env:S}" }]
credentials: { c: { scheme: "\${env:S}" }, d: { scheme: login, request: { url: "x\${env:S}" } } }
channels: { x: { kind: wecom-robot, webhook: "\${env:S}" } }
`;
    const problems = await problemsOf(text, env);
    expect(problems).toHaveLength(8);
    expect(problems.join('\n')).not.toContain('canary');
    expect(problems[0]).toBe(
      'conf/apipatrol.yaml:4:14 services[0].baseUrl: *** is not an http(s) URL; write for example https://orders.example',
    );
  });
});

describe('a secret', () => {
  it('is handed to the redactor, the key inside of an address too', async () => {
    const loaded = await load(`
services:
  - docs: a
    headers: { X-Api-Key: literal-key-1, Accept: text/plain }
    params: { token: [param-token-1] }
    operations: [{ match: GET /a, headers: { Authorization: Bearer-abc-1 } }]
webhook: http://u:pass%20word@robot/send?key=robot-key-1&x=visible-1
credentials: { c: { scheme: bearer, token: token-1 } }
`);
    const redactor = new Redactor();
    for (const secret of loaded.ok ? loaded.secrets : []) redactor.add(secret);
    for (const hidden of [
      'literal-key-1',
      'param-token-1',
      'Bearer-abc-1',
      'robot-key-1',
      'token-1',
      'pass word',
    ]) {
      expect(redactor.scrub(`a ${hidden} b`)).toBe('a *** b');
    }
    expect(redactor.scrub('a visible-1 text/plain b')).toBe('a visible-1 text/plain b');
  });

  it('is what headers and parameters of a service take from elsewhere, whatever they are called', async () => {
    const loaded = await load(
      `
services:
  - docs: a
    headers: &shared { X-Tenant-Pass: "\${env:PASS}", Ticket: "T \${file:ticket}", X-On: "\${env:ON}" }
    params: { k: ["\${env:K}"], from: "\${env:FROM}", lang: "\${env:LANG_:-zh-Hans-CN}" }
    operations: [{ match: GET /a, headers: { X-Sid: "\${env:SID}" }, params: { <<: *shared } }]
  - docs: "\${env:DOCS}"
`,
      {
        PASS: 'tenant-pass-1',
        K: 'k-value-12',
        SID: 'sid-value-1',
        ON: 'true',
        FROM: 'https://www.example/a?token=inside-1',
        DOCS: './orders-api.yaml',
      },
      { ticket: 'ticket-value-1\n' },
    );
    const redactor = new Redactor();
    for (const secret of loaded.ok ? loaded.secrets : []) redactor.add(secret);
    for (const hidden of ['tenant-pass-1', 'k-value-12', 'sid-value-1', 'ticket-value-1', 'inside-1'])
      expect(redactor.scrub(`a ${hidden} b`)).toBe('a *** b');
    const open = 'true zh-Hans-CN https://www.example ./orders-api.yaml T';
    expect(redactor.scrub(open)).toBe(open);
  });

  it('is not shown when it stands where it should not', async () => {
    const problems = await problemsOf(`
services: [{ docs: a, headers: { Authorization: [canary] } , baseUrl: "htp://u:canary@x?token=canary" }]
credentials: { c: { scheme: bearer, token: { value: canary } }, d: { scheme: bearer, token: "" } }
webhook: canary-1
`);
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).not.toContain('canary');
  });
});
