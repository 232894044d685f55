import { mapTexts, type Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Redactor, Secret } from '../../lib/secrets/secret.ts';
import { compileTemplate } from '../../lib/text/template.ts';
import type { MessageContent } from '../../model/message.ts';
import type { ChannelSettings, Language, Settings } from '../../model/settings.ts';
import type {
  ChannelKind,
  Failure,
  RenderContext,
  Rendered,
  SendContext,
  SendOutcome,
} from '../channels/channel.ts';
import { linksOf } from '../messages/links.ts';
import { type Addressed, ownAddresses } from '../messages/own-addresses.ts';
import type { LeasedMessage, Outbox } from '../ports.ts';
import { scrubContent } from '../messages/secrets.ts';
import { eventsOf } from '../render/events.ts';
import { words } from '../render/languages.ts';
import { plainText, renderText } from '../render/markup.ts';
import { newsOf } from '../render/view.ts';

/** A channel of the configuration together with the kind that serves it. */
export interface Line {
  readonly settings: ChannelSettings;
  readonly kind: ChannelKind;
}

export interface DeliveryTools {
  /** Where it is written down how far a message has come. */
  readonly outbox: Pick<Outbox, 'freeze' | 'partSent' | 'takeToken'>;
  readonly redactor: Redactor;
  readonly send: SendContext;
  /** As they are now. */
  readonly settings: () => Addressed &
    Pick<Settings, 'language' | 'timeZone'> & {
      readonly server?: Pick<Settings['server'], 'url'>;
    };
  readonly linkKey?: Secret;
  readonly picture?: (language: Language) => Promise<Uint8Array>;
}

/** How one attempt at one message ended. */
export type Delivery =
  | { readonly kind: 'sent'; readonly receipt?: string; readonly warnings: readonly Sentence[] }
  /** The channel has used up its messages of the minute. */
  | { readonly kind: 'limited'; readonly freeAt: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

interface DeliveryJob {
  readonly line: Line;
  readonly message: LeasedMessage;
  readonly tools: DeliveryTools;
  readonly signal: AbortSignal;
}

/**
 * One attempt: renders and freezes the bytes unless an earlier one did, then sends the parts that have not been
 * taken yet. A send that has begun is never cut short by `signal`: whether it arrived would be anybody's guess.
 */
export async function deliver(
  line: Line,
  message: LeasedMessage,
  tools: DeliveryTools,
  signal: AbortSignal,
): Promise<Delivery> {
  const job = { line, message, tools, signal };
  let form: Form | undefined = 'whole';
  let delivery =
    message.rendered === undefined
      ? await renderAndSend(job, form)
      : await sendParts(job, message.rendered, message.partsSent);
  const refusals: Failure[] = [];
  while (delivery.kind === 'failed' && isRefused(delivery.failure)) {
    refusals.push(delivery.failure);
    form = plainerForm(form, delivery.failure.kind, line.kind);
    if (form === undefined) break;
    delivery = await renderAndSend(job, form);
  }
  return withRefusals(delivery, refusals, form);
}

function isRefused({ kind }: Failure): boolean {
  return kind === 'rejected' || kind === 'shrink';
}

/** What the server said first is what is wrong with the message. */
function withRefusals(delivery: Delivery, refusals: readonly Failure[], form: Form | undefined): Delivery {
  const [first] = refusals;
  if (first === undefined) return delivery;
  if (delivery.kind === 'sent') {
    const warning = sentence('sentPlainer', { form: form ?? 'least', why: first.message });
    return { ...delivery, warnings: [warning, ...delivery.warnings] };
  }
  if (delivery.kind !== 'failed' || !isRefused(delivery.failure)) return delivery;
  if (refusals.length === 1) return { kind: 'failed', failure: first };
  const message = sentence('plainerRefusedToo', { what: first.message });
  return { kind: 'failed', failure: { ...first, message } };
}

async function renderAndSend(job: DeliveryJob, form: Form): Promise<Delivery> {
  const { parts, warnings, failure } = await render(job, form);
  if (failure !== undefined) return { kind: 'failed', failure };
  await job.tools.outbox.freeze(job.message.id, parts);
  const delivery = await sendParts(job, parts, 0);
  return delivery.kind === 'sent' ? { ...delivery, warnings: [...warnings, ...delivery.warnings] } : delivery;
}

interface Rendering {
  readonly parts: readonly string[];
  readonly warnings: readonly Sentence[];
  readonly failure?: Failure;
}

/** A message that cannot be rendered must not stop the channel, and a bad template must not keep back a message. */
async function render(
  { line: { settings, kind }, message, tools }: DeliveryJob,
  form: Form,
): Promise<Rendering> {
  const content = scrubContent(message.entry.content, tools.redactor);
  const now = tools.settings();
  const { language, timeZone, server } = now;
  const { linkKey: key } = tools;
  const { dedupKey } = message.entry;
  const about = {
    key,
    channel: settings.name,
    dedupKey,
    now: tools.send.now(),
    isTest: content.isTest === true,
  };
  const context = {
    language: settings.language ?? language,
    timeZone,
    ownAddresses: ownAddresses(now, (text) => tools.redactor.scrub(text)),
    ...(server?.url === undefined ? {} : { links: linksOf({ url: server.url, ...about }) }),
    ...(form === 'whole' ? {} : { shrunk: true }),
  };
  const warnings: Sentence[] = [];
  if (form === 'plain' || form === 'least')
    return renderOr(warnings, () => renderPlain(form, content, kind, settings.options, context));
  const picture = await draw(settings, kind, content, context.language, tools, warnings);
  const drawn = picture === undefined ? context : { ...context, picture };
  if (settings.template !== undefined) {
    try {
      const template = compileTemplate(settings.template);
      return { parts: kind.render(content, settings.options, { ...drawn, template }).parts, warnings };
    } catch (error) {
      warnings.push(sentence('templateNotUsed', { why: messageOf(error) }));
    }
  }
  return renderOr(warnings, () => kind.render(content, settings.options, drawn));
}

function renderOr(warnings: readonly Sentence[], work: () => Rendered): Rendering {
  try {
    return { parts: work().parts, warnings };
  } catch (error) {
    const hint = sentence('programMistake');
    const text = sentence('notRendered', { why: messageOf(error) });
    return { parts: [], warnings, failure: { kind: 'rejected', code: 'internal', message: text, hint } };
  }
}

/** A picture is an extra: a message goes without one when it cannot be drawn. */
async function draw(
  settings: ChannelSettings,
  kind: ChannelKind,
  content: MessageContent,
  language: Language,
  { picture }: DeliveryTools,
  warnings: Sentence[],
): Promise<Uint8Array | undefined> {
  if (picture === undefined || kind.wantsPicture?.(content, settings.options) !== true) return undefined;
  try {
    return await picture(language);
  } catch (error) {
    warnings.push(sentence('noPicture', { why: messageOf(error) }));
    return undefined;
  }
}

async function sendParts(
  { line, message, tools, signal }: DeliveryJob,
  parts: readonly string[],
  partsSent: number,
): Promise<Delivery> {
  const bucket = line.kind.bucket?.(line.settings.options) ?? line.settings.name;
  let receipt: string | undefined;
  const warnings: Sentence[] = [];
  for (const [index, part] of parts.entries()) {
    if (index < partsSent) continue;
    if (signal.aborted) return { kind: 'stopped' };
    const token = await tools.outbox.takeToken(bucket, line.kind.limits.perMinute, tools.send.now());
    if (!token.ok) return { kind: 'limited', freeAt: token.freeAt };
    const outcome = await sendPart(line, part, tools);
    if (outcome.kind === 'sent') {
      receipt = outcome.receipt ?? receipt;
      if (outcome.warning !== undefined)
        warnings.push(mapTexts(outcome.warning, (text) => tools.redactor.scrub(text)));
    } else {
      const failure = scrubbed(outcome, tools.redactor);
      if (index === 0 || !isRefused(failure) || line.kind.isExtra?.(part) !== true)
        return { kind: 'failed', failure };
      warnings.push(sentence('sentWithoutExtra', { why: failure.message }));
    }
    await tools.outbox.partSent(message.id, index + 1);
  }
  return { kind: 'sent', warnings, receipt };
}

/** What a kind throws is a mistake of ours; the alert is not to die of it, nor the channel to stand still. */
async function sendPart({ settings, kind }: Line, part: string, tools: DeliveryTools): Promise<SendOutcome> {
  try {
    return await kind.send(part, settings.options, tools.send);
  } catch (error) {
    return { kind: 'retry', code: 'internal', message: messageOf(error) };
  }
}

function scrubbed(failure: Failure, redactor: Redactor): Failure {
  return { ...failure, message: mapTexts(failure.message, (text) => redactor.scrub(text)) };
}

/**
 * How a message is put, from how it should be to what any server takes: in full, in half the room, as plain text,
 * as one line that says no more than that there is news.
 */
type Form = 'whole' | 'short' | 'plain' | 'least';

/** The next form to try for a server that does not take this one; `undefined` when there is none. */
function plainerForm(form: Form, refused: Failure['kind'], kind: ChannelKind): Form | undefined {
  if (form === 'whole' && refused === 'shrink') return 'short';
  if (kind.plain === undefined || form === 'least') return undefined;
  return form === 'plain' ? 'least' : 'plain';
}

/** The message in one of the forms for servers that have refused richer ones. */
function renderPlain(
  form: 'plain' | 'least',
  content: MessageContent,
  kind: ChannelKind,
  options: unknown,
  context: RenderContext,
): Rendered {
  const { plain } = kind;
  if (plain === undefined) throw new Error(`${kind.kind} has no plain form`);
  const { template: _, ...rest } = context;
  const [text = ''] =
    form === 'least'
      ? [leastText(content, context)]
      : renderText(content, rest, plainText, { maxBytes: plain.maxBytes, maxParts: 1 }).parts;
  const mentions = form === 'least' ? [] : content.mentions;
  return { parts: [JSON.stringify(plain.part(text, options, mentions))] };
}

const idsMax = 10;
const servicesMax = 5;

/** Nothing in it comes from a monitored system but names of services, and of these only letters and digits. */
function leastText(content: MessageContent, { language }: RenderContext): string {
  const events = eventsOf(content);
  const ids = [...new Set(events.map(({ incident }) => `#${incident.id}`))].slice(0, idsMax);
  const services = [...new Set(events.flatMap(({ incident }) => incident.services))]
    .slice(0, servicesMax)
    .map((name) =>
      name
        .replaceAll(/[^\p{L}\p{N}._-]/gu, ' ')
        .trim()
        .slice(0, 40),
    );
  const testMessage = content.isTest === true ? words[language].testMessage : '';
  const parts = [
    'API Patrol',
    testMessage,
    newsOf(content, words[language]),
    ids.join(' '),
    services.join(' '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
