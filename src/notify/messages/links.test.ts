import { describe, expect, it } from 'vitest';
import { Secret } from '../../lib/secrets/secret.ts';
import { verifyLink } from '../../lib/net/signed-link.ts';
import { channels } from '../channels/registry.ts';
import { linksOf } from './links.ts';
import { scenarios } from '../test-message/scenarios.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const key = new Secret('a key for tests');
const about = { url: 'https://patrol.example', key, channel: 'ops', dedupKey: 'm1', now: at };
const links = linksOf(about);

describe('links', () => {
  it.each(channels.map((kind) => kind.kind))('%s leads to the page of the incident', (name) => {
    const kind = channels.find((one) => one.kind === name)!;
    const context = { language: 'zh', timeZone: 'Asia/Shanghai', links } as const;
    for (const content of [scenarios.failure(at), scenarios.recovery(at)]) {
      const { parts } = kind.render(content, kind.options.parse(kind.examples[0]), context);
      expect(parts.join('')).toContain('https://patrol.example/incidents/AAA1');
    }
  });

  it('that do something are good for a day, for one message and one action', () => {
    const link = links.act('A7F3', 'ack') ?? '';
    expect(link).toMatch(/^https:\/\/patrol\.example\/do\/[\w.-]+$/);
    const verdict = verifyLink(key, link.split('/do/')[1] ?? '', at + 24 * 3_600_000 - 1);
    expect(verdict).toMatchObject({ ok: true, claim: { action: 'ack', subject: 'A7F3', via: 'ops' } });
    expect(verifyLink(key, link.split('/do/')[1] ?? '', at + 24 * 3_600_000).ok).toBe(false);
    const others = [links.act('A7F3', 'silence'), linksOf({ ...about, dedupKey: 'm2' }).act('A7F3', 'ack')];
    const nonces = [link, ...others].map((one) => {
      const read = verifyLink(key, one?.split('/do/')[1] ?? '', at);
      return read.ok ? read.claim.nonce : '';
    });
    expect(new Set(nonces).size).toBe(3);
  });

  it.each([
    ['operations', 'service', true],
    ['a document', 'document', false],
  ] as const)('offer a call of %s alone', (_, level, expected) => {
    const robot = channels.find(({ kind }) => kind === 'wecom-robot')!;
    const content = scenarios.failure(at);
    const transitions = (content.transitions ?? []).map((one) => ({
      ...one,
      incident: { ...one.incident, cause: { ...one.incident.cause, level } },
    }));
    const context = { language: 'zh', timeZone: 'Asia/Shanghai', links } as const;
    const { parts } = robot.render(
      { ...content, transitions },
      robot.options.parse({ webhook: 'k' }),
      context,
    );
    expect([parts.join('').includes('[立即检查]'), parts.join('').includes('[我来处理]')]).toEqual([
      expected,
      true,
    ]);
  });

  it('do nothing without a key, and in a summary of many', () => {
    expect(linksOf({ ...about, key: undefined }).act('A7F3', 'ack')).toBeUndefined();
    const robot = channels.find(({ kind }) => kind === 'wecom-robot')!;
    const context = { language: 'zh', timeZone: 'Asia/Shanghai', links } as const;
    const { parts } = robot.render(scenarios.mixed(at), robot.options.parse({ webhook: 'k' }), context);
    expect(parts.join('')).toContain('[查看详情](https://patrol.example/incidents/');
    expect(parts.join('')).not.toContain('/do/');
  });
});
