import { compileTemplate } from '../../lib/text/template.ts';
import type { MessageContent } from '../../model/message.ts';
import type { ChannelSettings, Language, Settings } from '../../model/settings.ts';
import { channels as builtIn } from '../channels/registry.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { type Links, linksOf } from '../messages/links.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

export interface PreviewOptions {
  readonly scenario: ScenarioName;
  /** Epoch ms at which it is set. */
  readonly at: number;
  readonly language: Language;
  readonly timeZone: string;
  /** Where messages lead. */
  readonly server?: Pick<Settings['server'], 'url'>;
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
  const template = settings.template === undefined ? {} : { template: compileTemplate(settings.template) };
  const { at, scenario, server } = options;
  const { parts } = kind.render(sampleMessage(scenario, at), settings.options, {
    language: settings.language ?? options.language,
    timeZone: options.timeZone,
    ...(server?.url === undefined ? {} : { links: previewLinks(server.url, settings.name, at) }),
    ...template,
  });
  return { messages: parts.map((part) => kind.show?.(part) ?? part), parts };
}

function previewLinks(url: string, channel: string, now: number): Links {
  return linksOf({ url, key: undefined, channel, dedupKey: 'preview', now, isTest: true });
}

/** A made-up situation, marked as one; nobody is called for it. */
export function sampleMessage(scenario: ScenarioName, at: number): MessageContent {
  return { ...scenarios[scenario](at), isTest: true, mentions: [] };
}
