import { sha256 } from '../../lib/text/text.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Incident } from '../../model/incident.ts';
import { channelOf, type MessageContent, type OutboxEntry, queuesOf } from '../../model/message.ts';
import type { ChannelSettings, Language } from '../../model/settings.ts';
import { contentOf } from '../messages/compose.ts';
import type { Trouble } from './health.ts';
import type { Outbox } from '../ports.ts';
import { eventsOf, isOver } from '../render/events.ts';
import { carriedFor, ownOf } from './carried.ts';
import { isEmpty, narrowed, untold } from './narrowed.ts';
import { words } from '../render/languages.ts';

export interface ReliefOptions {
  readonly outbox: Outbox;
  readonly language: () => Language;
  /** As they are now, by name. */
  readonly channels: () => ReadonlyMap<string, ChannelSettings>;
  readonly isBroken: (channel: string) => boolean;
  /** Another sender tells of broken channels. */
  readonly silent: boolean;
  /** Something was put in for other channels. */
  readonly told: () => void;
}

/** Tells others of a broken channel, and lets those that stand in for it have its messages. */
export class Relief {
  readonly #options: ReliefOptions;
  /** Keys of messages that have been passed on: to save the database the question. */
  readonly #forwarded = new Set<string>();
  /** Settled when what was passed on last has been put in. */
  #turn: Promise<unknown> = Promise.resolve();

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
    const told = await this.#tellOthers(fresh);
    for (const { dedupKey } of fresh) this.#forwarded.add(dedupKey);
    return told;
  }

  /**
   * What a channel does not take is told by those that stand in for it, or by all others when it has none; returns
   * how many of these messages somebody had not heard of.
   */
  async passOn(channel: string, entries: readonly OutboxEntry[]): Promise<number> {
    const from = channelOf(channel);
    const copies = this.#othersOf(from).flatMap((target) =>
      entries.map((entry) => passedTo(target, entry, from)).filter((copy) => copy !== undefined),
    );
    return this.#tellOthers(copies);
  }

  /** Who has heard of a beginning from this channel hears of its end as well. */
  async passEnd(channel: string, entry: OutboxEntry): Promise<void> {
    const content = ownOf(entry.content);
    const ends = eventsOf(content).filter(isOver);
    if (ends.length === 0) return;
    const from = channelOf(channel);
    const since = Math.min(...ends.map(({ incident }) => incident.openedAt));
    const copies = await Promise.all(
      [...this.#options.channels().keys()]
        .filter((target) => target !== from)
        .map(async (target) => {
          const heard = await this.#heardBy(target, since);
          const begun = new Set(heard.flatMap((one) => carriedFor(one, from)));
          const said = narrowed(content, (event) => isOver(event) && begun.has(event.incident.id));
          const dedupKey = sha256([entry.dedupKey, target, 'end'].join('\n'));
          const { createdAt } = entry;
          return begun.size === 0 || eventsOf(said).length === 0
            ? undefined
            : { dedupKey, channel: target, createdAt, content: { ...said, forwardedFrom: from } };
        }),
    );
    await this.#tellOthers(copies.filter((copy) => copy !== undefined));
  }

  /** Puts in what is new to those that it is for; returns how many messages were. One after the other: two channels may pass on the same. */
  #tellOthers(copies: readonly OutboxEntry[]): Promise<number> {
    const turn = this.#turn.then(async () => {
      const byReader = groupBy(copies, ({ channel }) => channelOf(channel));
      const entries = (await Promise.all([...byReader].map((one) => this.#untold(...one)))).flat();
      if (entries.length === 0) return 0;
      await this.#options.outbox.insert(entries);
      this.#options.told();
      return entries.length;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Whoever has been told is not told again. */
  async #untold(channel: string, copies: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]> {
    const heard = [...(await this.#heardBy(channel, Math.min(...copies.map(beganAt))))];
    const entries: OutboxEntry[] = [];
    for (const copy of copies) {
      const content = untold(copy.content, heard);
      if (content === undefined) continue;
      heard.push(content);
      entries.push({ ...copy, content });
    }
    return entries;
  }

  async #heardBy(channel: string, since: number): Promise<readonly MessageContent[]> {
    const { outbox } = this.#options;
    const heard = await Promise.all(queuesOf(channel).map((queue) => outbox.entriesSince(queue, since)));
    return heard.flat().map(({ content }) => content);
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
    this.#options.told();
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
  if (entry.content.folded?.passedOn === true) return undefined;
  return copyFor(queue, entry, from);
}

/** Nobody has to hear of a test message. */
function passedTo(target: string, entry: OutboxEntry, from: string): OutboxEntry | undefined {
  if (entry.content.isTest === true) return undefined;
  const copy = copyFor(target, entry, from);
  return copy && { ...copy, notBefore: undefined, content: { ...copy.content, refused: true } };
}

function copyFor(queue: string, entry: OutboxEntry, from: string): OutboxEntry | undefined {
  if (entry.content.forwardedFrom !== undefined) return undefined;
  const { carried: _, ...own } = ownOf(entry.content);
  if (isEmpty(own)) return undefined;
  const dedupKey = sha256([entry.dedupKey, queue].join('\n'));
  return { ...entry, dedupKey, channel: queue, content: { ...own, forwardedFrom: from } };
}

/** When what a message tells may have been told first: several in one are as old as the newest of them. */
function beganAt({ createdAt, content }: OutboxEntry): number {
  const opened = eventsOf(content).map(({ incident }) => incident.openedAt);
  return Math.min(createdAt, content.folded?.since ?? createdAt, ...opened);
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
