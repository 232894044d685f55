import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/secrets/secret.ts';
import type { Transition } from '../../../model/incident.ts';
import type { Json } from '../../../model/json.ts';
import { isObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import { linksOf } from '../../messages/links.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { page } from './faults.fixture.ts';
import { triedChannels } from './trial.fixture.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);

const hostile = [
  '@all',
  '@所有人',
  '<@all>',
  '<@zhangsan>',
  '<at user_id="all">x</at>',
  '<!channel>',
  '[here](https://evil.example)',
  '![x](https://evil.example/a.png)',
  '<a href="https://evil.example">x</a>',
  '<https://evil.example|x>',
  'https://evil.example',
  'www.evil.example',
  '{{ .Labels.instance }} {% x %}',
  '\u001B]8;;https://evil.example\u0007x',
  '\u202Etxt\n## heading\n| a | b |',
];

function contentWith(text: string): MessageContent {
  const { transitions, ...rest } = scenarios.failure(at);
  const [{ incident }] = transitions as readonly [Transition];
  const told = {
    ...incident,
    subjectLabel: `GET /${text}`,
    services: [text],
    reason: { ...incident.reason, message: text },
    expected: text,
    found: text,
    said: text,
    hint: text,
  };
  return {
    ...rest,
    mentions: [],
    transitions: [{ kind: 'opened', at, incident: told }],
    breakingChanges: [
      { at, service: text, uri: text, removed: 0, changed: 1, operations: [{ key: text, details: [text] }] },
    ],
  };
}

/** Every text in a body. A webhook's `incidents` and `breakingChanges` are data for programs. */
function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    /^(?:incidents|breakingChanges|labels|groupLabels|commonLabels)$/.test(key) ? [] : textsIn(item ?? null),
  );
}

const acting: readonly RegExp[] = [
  /(?<![\w.])@(?:all|所有人)/,
  /<@/,
  /<at /,
  /<!/,
  /\]\((?!https:\/\/patrol\.example)/,
  /<a href="(?!https:\/\/patrol\.example)/,
  /<https?:(?!\/\/patrol\.example)/,
  // oxlint-disable-next-line no-control-regex
  /[\u001B\u0007\u202E]/,
  /\n#/,
  /\n\|/,
];

const tried = await triedChannels();

describe.each(tried)('a message of $kind.kind', ({ kind, trial }) => {
  it.each(hostile)('shows %j as text, in every format and language', (text) => {
    const links = linksOf({ url: page, key: new Secret('k'), channel: 'ops', dedupKey: 'd', now: at });
    for (const given of kind.examples) {
      for (const language of ['zh', 'en'] as const) {
        const context = { language, timeZone: 'Asia/Shanghai', links };
        const { parts } = kind.render(contentWith(text), kind.options.parse(given), context);
        const texts = parts.flatMap((part) => textsIn(JSON.parse(part) as Json));
        expect(texts.length).toBeGreaterThan(0);
        const found = texts.flatMap((shown) =>
          acting.filter((one) => one.test(shown)).map((one) => [one, shown]),
        );
        expect(found).toEqual([]);
      }
    }
  });

  it('makes no link of an address where the client would make one by itself', () => {
    if (trial.forPrograms === true) return;
    for (const given of kind.examples) {
      const links = linksOf({ url: page, key: new Secret('k'), channel: 'ops', dedupKey: 'd', now: at });
      const context = { language: 'zh' as const, timeZone: 'Asia/Shanghai', links };
      const { parts } = kind.render(contentWith('https://evil.example'), kind.options.parse(given), context);
      const told = parts.flatMap((part) => textsIn(JSON.parse(part) as Json)).join('\n');
      const outsideCode = told.replaceAll(/`[^`]*`|<code>.*?<\/code>|curl .*/g, '');
      expect(outsideCode).not.toContain('://evil.example');
    }
  });
});
