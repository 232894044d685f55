import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Secret } from '../../../lib/secrets/secret.ts';
import type { Incident, Transition, TransitionKind } from '../../../model/incident.ts';
import type { MessageContent } from '../../../model/message.ts';
import type { Language } from '../../../model/settings.ts';
import type { RenderContext } from '../channel.ts';
import { linksOf } from '../../messages/links.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { page } from './faults.fixture.ts';
import { triedChannels } from './trial.fixture.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);

/** What somebody would write into a path, an answer or a name to be read as something else. */
const tricks = [
  [
    '<@all>',
    '<@lisi>',
    '< @all>',
    '<\u200B@all>',
    '@all',
    '@everyone',
    '<!channel>',
    '<!here|x>',
    '<U123456>',
    ' /stop ',
    ' @durov',
    '<at>lisi</at>',
    'tg://user?id=1',
  ],
  [
    '<at id=all></at>',
    '<at user_id="all">x</at>',
    '<font color="info">恢复</font>',
    "<font color='green'>",
    '</font>',
  ],
  [
    '[查看](https://evil.example)',
    '](https://evil.example)',
    '![x](https://evil.example/a.png)',
    '<https://evil.example|ok>',
  ],
  [
    '`',
    '```',
    '**',
    '*',
    '_x_',
    '~~x~~',
    '> ',
    '# ',
    '- ',
    '---',
    '| a | b |',
    '|---|---|',
    '\\',
    '&lt;@all&gt;',
    '&#60;',
  ],
  ['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\u000B', '\t', '\u0000', '\u0007', '\u001B[31m', '\u009B'],
  [
    '\u202E',
    '\u2066',
    '\u200F',
    '\u061C',
    '\u200B',
    '\u200D',
    '\uFEFF',
    '\u2060',
    '\u00AD',
    '\u180E',
    '\u{E0041}',
  ],
  ['😀', '👩‍👩‍👧‍👦', '🇨🇳', '𠮷', 'שלום', 'Z͑ͫ̓ͪ̂', '\uD83D', '\uDE00', '订单', 'é'],
  [
    '{{ x }}',
    '{% if %}',
    '${x}',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"',
    "'",
    '%0A',
    '\r\nBcc: x@y.z',
  ],
  ['x'.repeat(700), '长'.repeat(400), '😀'.repeat(200)],
].flat();
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...tricks) },
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''));
const optional = fc.option(text, { nil: undefined });

const incident = fc
  .record({
    subjectLabel: text,
    services: fc.array(text, { maxLength: 4 }),
    message: text,
    expected: optional,
    found: optional,
    said: optional,
    hint: optional,
    curl: optional,
    by: optional,
    details: fc.array(text, { maxLength: 3 }),
    worst: fc.array(text, { maxLength: 5 }),
    level: fc.constantFrom('operation', 'origin', 'document' as const),
    severity: fc.constantFrom('critical', 'major', 'minor' as const),
  })
  .map(({ message, by, details, worst, level, hint, expected, found, said, curl, ...rest }): Incident => {
    const [{ incident: sample }] = scenarios.failure(at).transitions as readonly [Transition];
    const optionals = { hint, expected, found, said, curl };
    return {
      ...sample,
      ...rest,
      ...(Object.fromEntries(Object.entries(optionals).filter(([, value]) => value !== undefined)) as object),
      cause: { level, subject: 'x' },
      reason: { code: 'status', message },
      history: { change: { at, details }, lastEdit: { by, at } },
      members: {
        count: worst.length,
        of: 9,
        worst: worst.map((label) => ({ checkId: 'c', label, service: label, message: label })),
      },
    };
  });

const content = fc
  .record({
    incidents: fc.array(fc.tuple(fc.constantFrom<TransitionKind>('opened', 'changed'), incident), {
      maxLength: 14,
    }),
    mentions: fc.array(fc.oneof(text, fc.constantFrom('zhangsan', '13800138000', '@all', 'x'.repeat(64))), {
      maxLength: 30,
    }),
    breaking: fc.array(
      fc.tuple(text, text, fc.array(fc.tuple(text, fc.array(text, { maxLength: 2 })), { maxLength: 3 })),
      {
        maxLength: 2,
      },
    ),
  })
  .map(({ incidents, mentions, breaking }): MessageContent => {
    return {
      cycleId: 1,
      transitions: incidents.map(([kind, one]) => ({ kind, at, incident: one })),
      totals: { failing: incidents.length, checks: incidents.length === 0 ? 0 : 48 },
      mentions,
      ...(breaking.length === 0
        ? {}
        : {
            breakingChanges: breaking.map(([service, uri, operations]) => ({
              at,
              service,
              uri,
              removed: 0,
              changed: operations.length,
              operations: operations.map(([key, details]) => ({ key, details })),
            })),
          }),
    };
  });

const isNews = ({ transitions, breakingChanges = [] }: MessageContent): boolean =>
  transitions.length + breakingChanges.reduce((sum, { changed }) => sum + changed, 0) > 0;

const context = fc.record({
  language: fc.constantFrom<Language>('zh', 'en'),
  timeZone: fc.constant('Asia/Shanghai'),
  links: fc.constant(linksOf({ url: page, key: new Secret('k'), channel: 'ops', dedupKey: 'd', now: at })),
  shrunk: fc.boolean(),
});

const cases = (await triedChannels()).flatMap(({ kind, trial }) =>
  trial.faults === undefined
    ? []
    : kind.examples.map((example) => ({ name: kind.kind, example, kind, faults: trial.faults })),
);

it.each(cases)(
  '$name shows as text whatever a monitored system says: $example',
  ({ example, kind, faults }) => {
    const options = kind.options.parse(example);
    fc.assert(
      fc.property(content.filter(isNews), context, (told, { shrunk, ...rest }) => {
        const about: RenderContext = shrunk ? { ...rest, shrunk } : rest;
        const { parts } = kind.render(told, options, about);
        expect(parts.flatMap((part) => faults?.(part, told) ?? [])).toEqual([]);
        // WeCom refuses a body that has these escapes (40033).
        expect(parts.filter((part) => /\\u(?:00[01]|d[89a-f])/i.test(part))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
);
