import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/secrets/secret.ts';
import { byteLength } from '../../../lib/text/text.ts';
import type { Incident, Transition, TransitionKind } from '../../../model/incident.ts';
import type { MessageContent } from '../../../model/message.ts';
import type { Language } from '../../../model/settings.ts';
import type { ChannelKind, RenderContext } from '../channel.ts';
import { linksOf } from '../../messages/links.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { dingtalkRobot } from '../dingtalk/dingtalk-robot.ts';
import { email } from '../email/email.ts';
import { feishuRobot } from '../feishu/feishu-robot.ts';
import { slackWebhook } from '../slack/slack-webhook.ts';
import { wecomApp } from '../wecom/wecom-app.ts';
import { wecomRobot } from '../wecom/wecom-robot.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const page = 'https://patrol.example';

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
      history: { change: { at, details }, lastEdit: { ...(by === undefined ? {} : { by }), at } },
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

/** What no text of ours has: what cannot be seen, turns the direction around or is no character. */
const invisible =
  /\p{Cc}|\p{Cs}|(?!\u200D|\uFE0F)[\p{Cf}\p{Default_Ignorable_Code_Point}]|<(?:\u200D|\uFE0F)/u;

/** What is wrong with one part of a message; nothing for any content. */
type Judge<Body> = (body: Body, told: MessageContent, part: string) => readonly string[];

function finds<Body>(kind: ChannelKind, input: object, judge: Judge<Body>): void {
  const options = kind.options.parse(input);
  fc.assert(
    fc.property(content.filter(isNews), context, (told, { shrunk, ...rest }) => {
      const about: RenderContext = shrunk ? { ...rest, shrunk } : rest;
      const { parts } = kind.render(told, options, about);
      expect(parts.flatMap((part) => judge(JSON.parse(part) as Body, told, part))).toEqual([]);
      // WeCom refuses a body that has these escapes (40033).
      expect(parts.filter((part) => /\\u(?:00[01]|d[89a-f])/i.test(part))).toEqual([]);
    }),
    { numRuns: 150 },
  );
}

function matches(what: string, text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(pattern, `${pattern.flags.replace('g', '')}g`))].map(
    ([found]) => `${what}: ${JSON.stringify(found)} in ${JSON.stringify(text)}`,
  );
}

function unclean(shown: string): readonly string[] {
  return shown.split('\n').flatMap((line) => matches('unseen', line, invisible));
}

function unknown(ids: readonly string[], known: readonly string[]): readonly string[] {
  return ids.filter((id) => !known.includes(id)).map((id) => `calls ${id}`);
}

function over(what: string, size: number, most: number): readonly string[] {
  return size > most ? [`${what} has ${size}, more than ${most}`] : [];
}

/** How lines of ours begin: with a mark, a label, a count or a mention. */
const ours =
  /^(?:$| {2}$|[🔴🟠🟡🟢⚪📄]|\*\*|> |- |…|<font color=|<@|@|<at id=|\d+ (?:new|changed|operation)|all |(?:新增|变化|变更接口) \d)/u;

/** Every link leads to the page, every line begins as one of ours, no code is left open. */
function unlikeMarkdown(shown: string): readonly string[] {
  const links = [...shown.matchAll(/\]\(.{0,30}/g)].map(([link]) => link);
  const lines = shown.split('\n');
  return [
    ...unclean(shown),
    ...links.filter((link) => !link.startsWith(`](${page}/`)).map((link) => `leads to ${link}`),
    ...lines.filter((line) => !ours.test(line)).map((line) => `begins a line: ${line}`),
    ...lines.filter((line) => (line.split('`').length - 1) % 2 === 1).map((line) => `code is open: ${line}`),
  ];
}

/** Nothing of it is over: green is a lie. */
function miscolored(shown: string, tag: RegExp): readonly string[] {
  return shown.split('\n').filter((line) => {
    const opened = line.split('<font').length;
    return (line.match(tag)?.length ?? 0) + 1 !== opened || line.split('</font>').length !== opened;
  });
}

function idsIn(shown: string, pattern: RegExp): readonly string[] {
  return [...shown.matchAll(pattern)].map(([, id = '']) => id);
}

const wecomFont = /<font color="(?:comment|warning)">/g;

interface RobotBody {
  readonly markdown?: { readonly content: string };
  readonly markdown_v2?: { readonly content: string };
  readonly text?: {
    readonly content: string;
    readonly mentioned_list?: readonly string[];
    readonly mentioned_mobile_list?: readonly string[];
  };
  readonly news?: { readonly articles: readonly { title: string; description: string; url: string }[] };
  readonly template_card?: Readonly<Record<string, unknown>>;
}

function robotFaults(
  { markdown, markdown_v2: v2, text: plain, news, template_card: card }: RobotBody,
  told: MessageContent,
) {
  const shown = (markdown ?? v2)?.content ?? '';
  const articles = news?.articles ?? [];
  const written = JSON.stringify(card ?? {});
  const urls = [...articles.map(({ url }) => url), ...idsIn(written, /"url":"([^"]*)"/g)];
  return [
    ...over('markdown', byteLength(shown), 4096),
    ...unlikeMarkdown(shown),
    ...miscolored(shown, wecomFont),
    ...unknown(idsIn(shown, /<@([^>]*)>?/g), told.mentions),
    ...matches('has a tag', v2?.content ?? '', /<[@f]/),
    ...over('text', byteLength(plain?.content ?? ''), 2048),
    ...unclean(plain?.content ?? ''),
    ...unknown([...(plain?.mentioned_list ?? []), ...(plain?.mentioned_mobile_list ?? [])], told.mentions),
    ...articles.flatMap(({ title, description }) => [
      ...over('title', byteLength(title), 128),
      ...over('description', byteLength(description), 512),
      ...unclean(title.replaceAll('\n', '\0')),
      ...unclean(description),
    ]),
    ...idsIn(written, /"(?:title|desc|sub_title_text|keyname|value)":("(?:[^"\\]|\\.)*")/g).flatMap((one) =>
      unclean((JSON.parse(one) as string).replaceAll('\n', '\0')),
    ),
    ...urls.filter((url) => !url.startsWith(`${page}/`)).map((url) => `leads to ${url}`),
  ];
}

interface DingBody {
  readonly markdown: { readonly title: string; readonly text: string };
  readonly at: { readonly atMobiles: readonly string[]; readonly atUserIds: readonly string[] };
}

interface FeishuBody {
  readonly card: {
    readonly header: { readonly title: { readonly content: string } };
    readonly body: { readonly elements: readonly { readonly content: string }[] };
  };
}

interface SlackBody {
  readonly text: string;
  readonly blocks: readonly { readonly text: { readonly text: string } }[];
}

interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mailTags =
  /^<(?:\/?(?:b|code)|br|div style="[^"<]*"|span style="color:#[0-9a-f]{6}"|\/(?:div|span|a)|a href="https:\/\/patrol\.example\/[^"<]*")>$/;

describe('whatever a monitored system says', () => {
  it.each(['markdown', 'markdown_v2', 'text', 'template_card', 'news'])(
    'a WeCom robot shows it as text (%s)',
    (format) => finds(wecomRobot, { webhook: 'k', format }, robotFaults),
  );

  it('a WeCom app shows it as text, in half the room', () => {
    finds<RobotBody>(wecomApp, { corpId: 'c', secret: 's', agentId: 1, toUsers: ['a'] }, (body, told) => [
      ...over('markdown', byteLength(body.markdown?.content ?? ''), 2048),
      ...robotFaults(body, told),
    ]);
  });

  it('DingTalk shows it as text', () => {
    finds<DingBody>(dingtalkRobot, { webhook: 'k' }, ({ markdown, at: called }, told, part) => [
      ...over('the body', byteLength(part), 20_000),
      ...unlikeMarkdown(markdown.text),
      ...unclean(markdown.title.replaceAll('\n', '\0')),
      // A mention counts only when it stands in `at` as well.
      ...matches('has a tag', markdown.text, /<[/!?a-z]/i),
      ...unknown([...called.atMobiles, ...called.atUserIds], told.mentions),
    ]);
  });

  it('Feishu shows it as text', () => {
    finds<FeishuBody>(feishuRobot, { webhook: 'k' }, ({ card }, told, part) => {
      const shown = card.body.elements.map(({ content: one }) => one).join('\n');
      const outsideCode = shown.replaceAll(/`[^`\n]*`/g, '');
      const known = told.mentions.includes('@all') ? [...told.mentions, 'all'] : told.mentions;
      return [
        ...over('the body', byteLength(part), 20_000),
        ...unclean(card.header.title.content.replaceAll('\n', '\0')),
        ...unlikeMarkdown(shown),
        ...miscolored(outsideCode, /<font color='(?:grey|red|orange|yellow)'>/g),
        ...unknown(idsIn(shown, /<at id=([^>]*)>/g), known),
        ...matches('has a tag', outsideCode, /<(?!font |\/font>|at id=|\/at>)/),
      ];
    });
  });

  it('Slack shows it as text', () => {
    const webhook = 'https://hooks.slack.com/services/x';
    finds<SlackBody>(slackWebhook, { webhook }, ({ text: first, blocks }, told) => [
      ...matches('has a tag', first, /[<>]/),
      ...blocks.flatMap(({ text: { text: shown } }) => [
        ...over('a section', shown.length, 3000),
        // The word joiner is what takes marks apart.
        ...unclean(shown.replaceAll('\u2060', '')),
        ...(shown.match(/<[^>]*>?/g) ?? []).filter(
          (tag) =>
            !tag.startsWith(`<${page}/`) &&
            !(tag === '<!channel>' && told.mentions.includes('@all')) &&
            !/^<@[UW][A-Z0-9]+>$/.test(tag),
        ),
      ]),
    ]);
  });

  it('mail shows it as text', () => {
    const settings = { host: 'smtp.example.com', from: 'a@example.com', to: ['b@example.com'] };
    finds<Letter>(email, settings, ({ subject, text: plain, html }) => [
      ...unclean(subject.replaceAll('\n', '\0')),
      ...unclean(plain),
      ...unclean(html),
      ...(html.match(/<[^>]*>?/g) ?? []).filter((tag) => !mailTags.test(tag)),
    ]);
  });
});
