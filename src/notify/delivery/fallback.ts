import { sha256 } from '../../lib/text/text.ts';
import type { Incident } from '../../model/incident.ts';
import { channelOf, type OutboxEntry, queuesOf } from '../../model/message.ts';
import type { ChannelSettings, Language } from '../../model/settings.ts';
import { contentOf } from '../messages/compose.ts';
import type { Trouble } from './health.ts';
import type { Outbox } from '../ports.ts';
import { eventsOf, isOver } from '../render/events.ts';
import { narrowed, untold } from './narrowed.ts';
import { words } from '../render/languages.ts';

export interface ReliefOptions {
  readonly outbox: Outbox;
  readonly language: () => Language;
  /** As they are now, by name. */
  readonly channels: () => ReadonlyMap<string, ChannelSettings>;
  readonly isBroken: (channel: string) => boolean;
  /** Another sender tells of broken channels. */
  readonly silent: boolean;
}

/** Tells others of a broken channel, and lets those that stand in for it have its messages. */
export class Relief {
  readonly #options: ReliefOptions;
  /** Keys of messages that have been passed on: to save the database the question. */
  readonly #forwarded = new Set<string>();

  constructor(options: ReliefOptions) {
    this.#options = options;
  }

  /**
   * Tells the others, and returns what they have been told.
   *
   * @param first The message that found it out: after a crash the same one finds it out again, and is told once.
   */
  async broken(channel: string, trouble: Trouble, first: OutboxEntry, now: number): Promise<Incident> {
    const incident = incidentOf(channel, trouble, first, now, this.#options.language());
    await this.#tell(channel, incident, 'opened', now);
    return incident;
  }

  async repaired(channel: string, incident: Incident, now: number): Promise<void> {
    const ended: Incident = {
      ...incident,
      state: 'resolved',
      resolvedAt: now,
      version: incident.version + 1,
    };
    await this.#tell(channel, ended, 'resolved', now);
  }

  /** Whether all that waits for the channel can be passed on now, or nobody stands in for it. */
  hasAllOf(channel: string): boolean {
    const fallback = this.#options.channels().get(channel)?.fallback ?? [];
    return fallback.every((name) => this.#isUsable(name, channel));
  }

  /** Copies what waits for a broken channel to those that stand in for it; returns how many were new. */
  async forward(channel: string): Promise<number> {
    const fallback = this.#options.channels().get(channel)?.fallback ?? [];
    const targets = fallback.filter((name) => this.#isUsable(name, channel));
    if (targets.length === 0) return 0;
    const waiting = await Promise.all(queuesOf(channel).map((queue) => this.#options.outbox.waiting(queue)));
    const copies = targets.flatMap((target) => {
      const queues = queuesOf(target);
      return waiting.flatMap((entries, index) =>
        entries.map((entry) => forwarded(entry, channel, queues[index] ?? target)),
      );
    });
    const fresh = copies
      .filter((copy) => copy !== undefined)
      .filter(({ dedupKey }) => !this.#forwarded.has(dedupKey));
    const entries = await this.#untold(fresh);
    if (entries.length > 0) await this.#options.outbox.insert(entries);
    for (const { dedupKey } of fresh) this.#forwarded.add(dedupKey);
    return entries.length;
  }

  /** Whoever has been told is not told again. */
  async #untold(copies: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]> {
    const left = await Promise.all(
      copies.map(async (copy) => {
        const heard = await this.#options.outbox.entriesSince(copy.channel, copy.createdAt);
        const content = untold(
          copy.content,
          heard.map((entry) => entry.content),
        );
        return content === undefined ? undefined : { ...copy, content };
      }),
    );
    return left.filter((copy) => copy !== undefined);
  }

  /**
   * What a channel does not take is told by those that stand in for it, or by all others when it has none; returns
   * how many of them had not heard of it.
   */
  async passOn(channel: string, entry: OutboxEntry): Promise<number> {
    const { content } = entry;
    // What came from another channel goes no further, and nobody has to hear of a test message.
    if (content.forwardedFrom !== undefined || content.isTest === true) return 0;
    const from = channelOf(channel);
    const others = this.#othersOf(from);
    const copies = others.map((target) => ({
      dedupKey: sha256([entry.dedupKey, target].join('\n')),
      channel: target,
      createdAt: entry.createdAt,
      content: { ...content, forwardedFrom: from, refused: true },
    }));
    const entries = await this.#untold(copies);
    if (entries.length > 0) await this.#options.outbox.insert(entries);
    return entries.length;
  }

  /** Who has heard of a beginning from this channel hears of its end as well. */
  async passEnd(channel: string, entry: OutboxEntry): Promise<void> {
    const { content } = entry;
    const ends = eventsOf(content).filter(isOver);
    if (content.forwardedFrom !== undefined || ends.length === 0) return;
    const from = channelOf(channel);
    const since = Math.min(...ends.map(({ incident }) => incident.openedAt));
    const copies = await Promise.all(
      [...this.#options.channels().keys()]
        .filter((target) => target !== from)
        .map(async (target) => {
          const heard = await this.#options.outbox.entriesSince(target, since);
          const begun = new Set(
            heard
              .filter((one) => one.content.forwardedFrom === from)
              .flatMap((one) => eventsOf(one.content).map(({ incident }) => incident.id)),
          );
          const said = narrowed(content, (event) => isOver(event) && begun.has(event.incident.id));
          const dedupKey = sha256([entry.dedupKey, target, 'end'].join('\n'));
          const { createdAt } = entry;
          return begun.size === 0 || eventsOf(said).length === 0
            ? undefined
            : { dedupKey, channel: target, createdAt, content: { ...said, forwardedFrom: from } };
        }),
    );
    const entries = await this.#untold(copies.filter((copy) => copy !== undefined));
    if (entries.length > 0) await this.#options.outbox.insert(entries);
  }

  #othersOf(channel: string): readonly string[] {
    const { channels } = this.#options;
    const others = channels().get(channel)?.fallback ?? [...channels().keys()];
    return others.filter((name) => this.#isUsable(name, channel));
  }

  async #tell(channel: string, incident: Incident, kind: 'opened' | 'resolved', now: number): Promise<void> {
    if (this.#options.silent) return;
    const transition = { kind, at: now, incident };
    const content = contentOf([transition], {
      cycleId: 0,
      totals: { failing: 0, checks: 0 },
    });
    const entries = this.#othersOf(channel).map((name) => ({
      dedupKey: sha256([name, kind, incident.fingerprint, incident.id].join('\n')),
      channel: name,
      createdAt: now,
      content,
    }));
    await this.#options.outbox.tell([transition], entries);
  }

  #isUsable(name: string, broken: string): boolean {
    return name !== broken && this.#options.channels().has(name) && !this.#options.isBroken(name);
  }
}

/** One for several that those who stand in for the channel have had already. */
export function passedOn(entry: OutboxEntry): OutboxEntry {
  const { folded, ...content } = entry.content;
  return folded === undefined
    ? entry
    : { ...entry, content: { ...content, folded: { ...folded, passedOn: true } } };
}

/** What came for another channel goes no further: two broken channels would pass it on for ever. */
function forwarded(entry: OutboxEntry, from: string, queue: string): OutboxEntry | undefined {
  const { forwardedFrom, folded } = entry.content;
  if (forwardedFrom !== undefined || folded?.passedOn === true) return undefined;
  return {
    ...entry,
    dedupKey: sha256([entry.dedupKey, queue].join('\n')),
    channel: queue,
    content: { ...entry.content, forwardedFrom: from },
  };
}

function incidentOf(
  channel: string,
  { message, hint }: Trouble,
  first: OutboxEntry,
  now: number,
  language: Language,
): Incident {
  return {
    id: sha256(`${channel}\n${first.dedupKey}`).slice(0, 4).toUpperCase(),
    fingerprint: `channel:${channel}`,
    cause: { level: 'operation', subject: `channel:${channel}` },
    state: 'firing',
    severity: 'critical',
    verdict: 'fail',
    subjectLabel: words[language].channel(channel),
    services: [],
    tags: [],
    owners: [],
    reason: { code: 'channel', message },
    members: { count: 1, of: 1, worst: [] },
    hint,
    openedAt: now,
    lastSeenAt: now,
    failingCycles: 1,
    version: 1,
  };
}
