import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Incident } from '../../model/incident.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Language } from '../../model/settings.ts';
import type { SendOutcome } from './channel.ts';
import { createPost } from '../delivery/post.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { MemoryTokenCache } from '../delivery/memory-token-cache.ts';
import type { Fault, StandIn } from './shared/stand-in.fixture.ts';
import { triedChannels } from './shared/trial.fixture.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const clock = new ManualClock(at);
const now = () => clock.now();

const tried = await triedChannels();

for (const { kind, trial } of tried) {
  describe(`${kind.kind} as a channel`, () => {
    let standIn: StandIn;
    beforeEach(async () => {
      standIn = await trial.standIn(now);
    });
    afterEach(() => standIn.close());

    const options = () => kind.options.parse(standIn.input);
    const render = (content: MessageContent, rest: { language?: Language; shrunk?: boolean } = {}) =>
      kind.render(content, options(), { language: 'zh', timeZone: 'Asia/Shanghai', ...rest }).parts;
    const send = (part: string): Promise<SendOutcome> =>
      kind.send(part, options(), { post: createPost(), now, tokens: new MemoryTokenCache(clock) });
    const failing = async (fault: Fault): Promise<SendOutcome> => {
      standIn.fail(fault);
      return send(render(scenarios.failure(at))[0]!);
    };

    it('is called in two languages, and says where its vendor is', () => {
      expect(kind.title.en).toMatch(/^.{2,30}$/);
      expect(kind.title.zh).toMatch(/^.{2,30}$/);
      expect(kind.docs ?? 'https://').toMatch(/^https:\/\//);
    });

    it('has examples that work', () => {
      for (const example of kind.examples) {
        const parsed = kind.options.safeParse(example);
        expect([example, parsed.error?.issues ?? []]).toEqual([example, []]);
      }
    });

    it('knows its address where there is one, and takes it whole', () => {
      const { address } = kind;
      if (address === undefined) return;
      const taken = tried.filter((one) => one.kind.address?.form.test(address.example) === true);
      expect(taken.map((one) => one.kind.kind)).toEqual([kind.kind]);
      expect(kind.options.safeParse(address.options(address.example)).error).toBeUndefined();
      expect(inLanguage(address.found, 'zh')).toMatch(/\p{Script=Han}/u);
    });

    it('has a one-line summary and describes itself by a schema that refuses what it does not know', () => {
      expect(kind.summary).toMatch(/^.{10,120}\.$/);
      expect(kind.options.safeParse({ ...standIn.input, nonsense: 1 }).success).toBe(false);
      expect(kind.limits.perMinute).toBeGreaterThan(0);
    });

    it.each(Object.entries(scenarios))('gets %s across in both languages', async (_, scenario) => {
      for (const language of ['zh', 'en'] as const) {
        for (const part of render(scenario(at), { language })) {
          expect(await send(part)).toEqual(expect.objectContaining({ kind: 'sent' }));
        }
      }
      const [first] = scenario(at).transitions;
      expect(standIn.seen.join('\n')).toContain(first === undefined ? 'orders' : `#${first.incident.id}`);
    });

    it('says what is wrong, since when and how to see it, in one message', async () => {
      for (const part of render(scenarios.failure(at))) {
        expect(await send(part)).toEqual(expect.objectContaining({ kind: 'sent' }));
      }
      expect(standIn.seen).toHaveLength(1);
      for (const fact of ['orders', 'orderId', 'HTTP 500', 'AAA1', 'NullPointerException']) {
        expect(standIn.seen[0]).toContain(fact);
      }
    });

    it('tells a storm of 10,000 in three messages at the most, with the number in the first', async () => {
      const parts = render(scenarios.storm(at));
      for (const part of parts) {
        expect(await send(part)).toEqual(expect.objectContaining({ kind: 'sent' }));
      }
      expect(parts.length).toBeLessThanOrEqual(3);
      expect(standIn.seen[0]).toContain('10000');
    });

    it('renders the same bytes for the same content', () => {
      expect(render(scenarios.mixed(at))).toEqual(render(scenarios.mixed(at)));
    });

    it('has no secret in what it renders', () => {
      expect(render(scenarios.mixed(at)).join('')).not.toContain(standIn.secret);
    });

    it('lets nothing through that a monitored system made up to call people, to colour or to lead away', async () => {
      const evil =
        'x`*_~<@all> @all <!channel> <at id=all></at> <font color="info">ok</font> [a](http://e) <https://e|b>\n# c\u0001\uD800"\\';
      const sample = scenarios.failure(at).transitions[0]!;
      const incident: Incident = {
        ...sample.incident,
        subjectLabel: evil,
        found: evil,
        expected: evil,
        curl: evil,
        services: [evil],
        reason: { code: 'status', message: evil },
      };
      for (const part of render({
        ...scenarios.failure(at),
        mentions: [evil],
        transitions: [{ ...sample, incident }],
        breakingChanges: [
          {
            at,
            service: evil,
            uri: evil,
            removed: 0,
            changed: 1,
            operations: [{ key: evil, details: [evil] }],
          },
        ],
      })) {
        expect(await send(part)).toEqual(expect.objectContaining({ kind: 'sent' }));
      }
      const pattern = trial.acts ?? /\p{Cs}/u;
      // The first line is the headline: of the text, or in a place of its own where nothing acts and nothing is escaped.
      const [headline = '', ...others] = standIn.seen[0]!.split('\n');
      const marked = trial.hasTitle === true ? others : [headline, ...others];
      expect(marked.join('\n').replaceAll(/`[^`]*`/g, '')).not.toMatch(pattern);
      const isUnescaped = trial.hasTitle !== true || pattern.test(headline);
      expect(isUnescaped, '`hasTitle`, but its title holds nothing that would act: leave it out').toBe(true);
    });

    it.each<[string, Fault, object]>([
      ['is asked again when it is busy', 'busy', { kind: 'retry' }],
      ['is asked again when its gateway is down', 'unavailable', { kind: 'retry' }],
      [
        'may have the message when the connection is cut',
        'cut',
        { kind: expect.stringMatching(/^(?:unclear|retry)$/) as string },
      ],
      ['is asked again when there are too many messages', 'limited', { kind: 'retry' }],
      ['needs a person when it is gone', 'gone', { kind: 'broken', hint: expect.saying(/.{10}/) }],
      ['gets a shorter message when one was too long', 'too-long', { kind: 'shrink' }],
      ['refuses a bad message for good', 'bad', { kind: 'rejected', hint: expect.saying(/.{10}/) }],
    ])('%s', async (_, fault, outcome) => {
      const answer = await failing(fault);
      expect(answer).toEqual(expect.objectContaining(outcome));
      const { hint = '无' } = 'hint' in answer ? answer : {};
      expect(inLanguage(hint, 'zh')).toMatch(/\p{Script=Han}/u);
      expect(JSON.stringify(answer)).not.toContain(standIn.secret);
    });

    it.skipIf(trial.byStatus === true)('does not take any answer for a success', async () => {
      const kinds = expect.stringMatching(/^(?:retry|unclear)$/) as string;
      expect(await failing('garbage')).toEqual(expect.objectContaining({ kind: kinds }));
    });

    it('renders a shorter message when asked to', () => {
      const bytes = (parts: readonly string[]) =>
        parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
      expect(bytes(render(scenarios.storm(at), { shrunk: true }))).toBeLessThan(
        bytes(render(scenarios.storm(at))),
      );
    });

    it('is asked again when nobody is there, without telling where', async () => {
      const part = render(scenarios.failure(at))[0]!;
      const parsed = options();
      await standIn.close();
      const outcome = await kind.send(part, parsed, {
        post: createPost(),
        now,
        tokens: new MemoryTokenCache(clock),
      });
      expect(outcome).toEqual(expect.objectContaining({ kind: 'retry', code: 'network' }));
      expect(JSON.stringify(outcome)).not.toContain(standIn.secret);
      standIn = await trial.standIn(now);
    });
  });
}

const refusals = tried.flatMap(({ kind, trial: { refusals: all = [] } }) =>
  all.map((answer) => ({ kind, answer, said: `${answer.status} ${answer.body}` })),
);

it.each(refusals)('$kind.kind that answers $said is told in Chinese as well', async ({ kind, answer }) => {
  const post = () => Promise.resolve(answer);
  const [example] = kind.examples;
  const options = kind.options.parse(example);
  const outcome = await kind.send('{}', options, { post, now, tokens: new MemoryTokenCache(clock) });
  expect('hint' in outcome ? inLanguage(outcome.hint ?? '', 'zh') : outcome).toMatch(/\p{Script=Han}/u);
});
