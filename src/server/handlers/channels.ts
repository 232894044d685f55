import { sentence } from '../../messages/sentence.ts';
import { channels as kinds } from '../../notify/channels/registry.ts';
import type { StoredMessage } from '../../store/outbox/gallery.ts';
import type { channelMessage } from '../api/channels.ts';
import type { DataOf } from '../api/endpoint.ts';
import { type HandlerContext, type Handlers, notFound } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { pageByNumber } from '../http/paging.ts';
import { channelView } from '../views/queue.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { ChannelSettings, Settings } from '../../model/settings.ts';

type ChannelMessage = DataOf<typeof channelMessage>;

export const channelHandlers: Handlers<'listChannels' | 'listMessages' | 'testChannel' | 'requeueMessages'> =
  {
    async listChannels({ context }) {
      const { patrol } = context;
      const queued = await patrol.store.gallery.queued();
      return {
        items: Object.entries(patrol.sender.health()).map(([name, health]) => ({
          name,
          ...kindOf(patrol.config.settings, name),
          ...channelView(name, health, queued),
        })),
      };
    },

    async listMessages({ context, params, query }) {
      const settings = channelOf(context, params['name']);
      const { items, ...rest } = await pageByNumber(query, (page) =>
        context.patrol.store.gallery.messages(settings.name, page),
      );
      return { items: items.map((one) => messageView(context, settings, one)), ...rest };
    },

    async testChannel({ context, caller, params }) {
      const channel = channelOf(context, params['name']);
      const at = context.clock.now();
      const trial = await context.testMessage(channel);
      const subject = `channel ${channel.name}`;
      await context.patrol.store.desk.note({ at, by: caller.name, action: 'test-channel', subject });
      return { ok: trial.ok, steps: [...trial.steps] };
    },

    async requeueMessages({ context, caller, body }) {
      const { patrol, clock, board } = context;
      const { gallery, outbox, desk } = patrol.store;
      const unsent = await gallery.unsent(Number.MAX_SAFE_INTEGER);
      const dead = unsent.filter(({ state }) => state === 'undelivered').map(({ id }) => id);
      const unknown = body.ids?.filter((id) => !dead.includes(id)) ?? [];
      if (unknown.length > 0) {
        const known =
          dead.length === 0 ? sentence('noneGivenUp') : sentence('givenUpAre', { ids: dead.map(String) });
        throw new HttpProblem(409, sentence('messageNotGivenUp', { ids: unknown.map(String), known }));
      }
      const requeued = body.ids ?? dead;
      if (requeued.length === 0) return { requeued };
      await outbox.revive(requeued);
      const subject = `message ${requeued.join(', ')}`;
      await desk.note({ at: clock.now(), by: caller.name, action: 'resend', subject });
      board.tellChannels();
      patrol.sender.wake();
      return { requeued };
    },
  };

/** Of a channel that the configuration may no longer have. */
export function kindOf(
  { channels }: Settings,
  name: string,
): { readonly kind: string; readonly title: Sentence } {
  const kind = Object.hasOwn(channels, name) ? (channels[name]?.kind ?? '') : '';
  const title = kinds.find((one) => one.kind === kind)?.title;
  return { kind, title: title === undefined ? kind : { $say: title } };
}

function channelOf({ patrol }: HandlerContext, name = ''): ChannelSettings {
  const { channels } = patrol.config.settings;
  const settings = Object.hasOwn(channels, name) ? channels[name] : undefined;
  if (settings === undefined) throw notFound(sentence('noChannel', { name }));
  return settings;
}

function messageView(
  context: HandlerContext,
  settings: ChannelSettings,
  message: StoredMessage,
): ChannelMessage {
  const { content, rendered: _, ...rest } = message;
  const incidents = [...content.transitions, ...(content.followUps ?? [])].map(({ incident }) => incident.id);
  return {
    ...rest,
    incidents: [...new Set(incidents)],
    isTest: content.isTest === true,
    shown: shownOf(context, settings, message),
  };
}

/** What was sent; of what has not been tried yet, nothing can be said but that it waits. */
function shownOf(
  { redactor }: HandlerContext,
  { kind: name }: ChannelSettings,
  { rendered = [] }: StoredMessage,
): string[] {
  const kind = kinds.find((one) => one.kind === name);
  return rendered.map((part) => redactor.scrub(kind?.show?.(part) ?? part));
}
