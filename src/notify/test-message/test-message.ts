import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { byteLength } from '../../lib/text/text.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import type { ChannelSettings, Language, Settings } from '../../model/settings.ts';
import { channels as builtIn } from '../channels/registry.ts';
import type { ChannelKind, Failure, Post } from '../channels/channel.ts';
import { type Delivery, deliver } from '../delivery/deliver.ts';
import { sampleMessage } from './preview.ts';
import type { ScenarioName } from './scenarios.ts';
import { registerSecrets } from '../messages/secrets.ts';
import { MemoryTokenCache } from '../delivery/memory-token-cache.ts';

export interface TestMessageOptions {
  readonly scenario: ScenarioName;
  /** User ids, mobile numbers or `@all` to call. */
  readonly mentions: readonly string[];
  readonly language: Language;
  readonly timeZone: string;
  /** Where messages lead. */
  readonly server?: Pick<Settings['server'], 'url'>;
  readonly post: Post;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Default: all that are registered. */
  readonly kinds?: readonly ChannelKind[];
}

/** What happened on the way, in order; free of secrets. */
export interface TestMessageStep {
  readonly ok: boolean;
  /** `rendered`, `called`, `taken` or `refused`. */
  readonly step: 'rendered' | 'called' | 'taken' | 'refused';
  readonly text: Sentence;
  /** What a person can do about it. */
  readonly hint?: Sentence;
}

export interface TestMessage {
  readonly ok: boolean;
  readonly steps: readonly TestMessageStep[];
}

/** Sends a made-up message the way of a real one, once, and tells every step. */
export async function sendTestMessage(
  settings: ChannelSettings,
  options: TestMessageOptions,
): Promise<TestMessage> {
  const { clock, redactor, language, timeZone, server, scenario, mentions } = options;
  const kind = (options.kinds ?? builtIn).find((one) => one.kind === settings.kind);
  if (kind === undefined) throw new Error(`channel "${settings.name}": there is no kind "${settings.kind}"`);
  registerSecrets(settings.options, redactor);
  const steps: TestMessageStep[] = [];
  const now = clock.now();
  const content = { ...sampleMessage(scenario, now), mentions };
  const entry = { dedupKey: 'trial', channel: settings.name, createdAt: now, content };
  const send = {
    post: watched(options.post, clock, (step) => steps.push(step)),
    now: () => clock.now(),
    tokens: new MemoryTokenCache(clock),
  };
  const outbox = {
    freeze: async (_: number, parts: readonly string[]) => void steps.push(renderedStep(parts)),
    partSent: async () => undefined,
    // Some of what a vendor allows in a minute is left free: for people, and for this.
    takeToken: async () => ({ ok: true as const }),
  };
  const shown = { language, timeZone, server };
  const tools = { outbox, redactor, send, settings: () => shown };
  const message = { id: 0, entry, attempt: 1, partsSent: 0, unclear: 0 };
  const delivery = await deliver({ settings, kind }, message, tools, new AbortController().signal);
  return { ok: delivery.kind === 'sent', steps: [...steps, ...lastSteps(delivery)] };
}

function renderedStep(parts: readonly string[]): TestMessageStep {
  const bytes = parts.map((part) => byteLength(part)).join(' + ');
  return { ok: true, step: 'rendered', text: sentence('renderedParts', { n: parts.length, bytes }) };
}

function lastSteps(delivery: Delivery): readonly TestMessageStep[] {
  if (delivery.kind === 'failed') {
    const { failure } = delivery;
    return [{ ok: false, step: 'refused', text: failure.message, hint: hintOf(failure) }];
  }
  // Nothing limits or stops a trial.
  if (delivery.kind !== 'sent') return [];
  const { receipt, warnings } = delivery;
  const text = receipt === undefined ? sentence('lookIntoChannel') : sentence('lookForReceipt', { receipt });
  return [
    ...warnings.map(
      (warning): TestMessageStep => ({ ok: false, step: 'taken', text: sentence('butWarning', { warning }) }),
    ),
    { ok: true, step: 'taken', text },
  ];
}

function hintOf(failure: Failure): Sentence {
  switch (failure.kind) {
    case 'retry':
      return sentence('sentAgainLater');
    case 'unclear':
      return sentence('mayHaveArrived');
    default:
      return failure.hint;
  }
}

/** Tells of every call: where to, without what is secret about it, and what came back. */
function watched(post: Post, clock: Clock, tell: (step: TestMessageStep) => void): Post {
  const told: Post = async (url, body, headers) => {
    const started = clock.monotonic();
    const answer = await post(url, body, headers);
    const ms = Math.round(clock.monotonic() - started);
    const place = `${body === undefined ? 'GET' : 'POST'} ${new URL(url).origin}`;
    if ('failure' in answer)
      tell({
        ok: false,
        step: 'called',
        text: sentence('saying', { what: place, said: answer.failure }),
        hint: sentence('canItBeReached'),
      });
    else
      tell({ ok: true, step: 'called', text: sentence('answeredIn', { place, status: answer.status, ms }) });
    return answer;
  };
  return Object.assign(told, { network: post.network });
}
