import { compileTemplate } from '../kit/template.ts';
import { sha256 } from '../kit/text.ts';
import type { OutboxEntry } from '../model/message.ts';
import type { ChannelSettings, Language } from '../model/settings.ts';
import { channels as builtIn } from './channels/registry.ts';
import type { ChannelKind } from './channel.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

export interface PreviewOptions {
  readonly scenario: ScenarioName;
  /** Epoch ms at which it is set. */
  readonly at: number;
  readonly language: Language;
  readonly timeZone: string;
  /** Default: all that are registered. */
  readonly kinds?: readonly ChannelKind[];
}

export interface Preview {
  /** What a person would see of each message. */
  readonly messages: readonly string[];
  /** What would be sent, byte for byte. */
  readonly parts: readonly string[];
}

/** A made-up situation as the channel would tell it; nothing is sent. Rejects when its template is none. */
export async function preview(settings: ChannelSettings, options: PreviewOptions): Promise<Preview> {
  const kind = (options.kinds ?? builtIn).find((one) => one.kind === settings.kind);
  if (kind === undefined) throw new Error(`channel "${settings.name}": there is no kind "${settings.kind}"`);
  const template =
    settings.template === undefined ? {} : { template: await compileTemplate(settings.template) };
  const content = { ...scenarios[options.scenario](options.at), drill: true };
  const { parts } = kind.render(content, settings.options, {
    language: settings.language ?? options.language,
    timeZone: options.timeZone,
    ...template,
  });
  return { messages: parts.map((part) => kind.show?.(part) ?? part), parts };
}

/**
 * The same as a message for the outbox: a test takes the way of a real alert. Put it in, wake the sender, and see
 * in its health what the channel answered.
 */
export function drillEntry(channel: string, scenario: ScenarioName, at: number): OutboxEntry {
  return {
    dedupKey: sha256(['drill', channel, scenario, at].join('\n')),
    channel,
    createdAt: at,
    content: { ...scenarios[scenario](at), drill: true },
  };
}
