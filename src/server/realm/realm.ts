import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import type { SharedOptions } from '../../auth/scheme.ts';
import {
  noCredential,
  type ChannelSettings,
  type Settings,
  type ServiceSettings,
} from '../../model/settings.ts';
import type { MessageContent } from '../../model/message.ts';
import type { ServiceState } from '../live/live-state.ts';
import { HttpProblem } from '../http/http-problem.ts';

/**
 * The services that are a caller's, and what belongs to them. What others use as well is seen and not steered: nobody
 * who has one service decides what happens to another.
 */
export class Realm {
  readonly names: readonly string[];
  readonly #settings: Settings;
  readonly #boards: ReadonlyMap<string, ServiceState>;
  readonly #own: ReadonlySet<string>;
  #channels: ReadonlySet<string> | undefined;

  constructor(names: readonly string[], settings: Settings, boards: ReadonlyMap<string, ServiceState>) {
    this.names = settings.services.map(({ name }) => name).filter((name) => names.includes(name));
    this.#settings = settings;
    this.#boards = boards;
    this.#own = new Set(this.names);
  }

  /** Whether it is about one of the services at least. */
  sees(services: readonly string[]): boolean {
    return services.some((one) => this.#own.has(one));
  }

  /** Whether it is about these services and no other; what is about none in particular is about all. */
  owns(services: readonly string[] | undefined): boolean {
    return services !== undefined && services.length > 0 && services.every((one) => this.#own.has(one));
  }

  part(services: readonly string[]): readonly string[] {
    return services.filter((one) => this.#own.has(one));
  }

  /** Whether messages about the services may go there. */
  seesChannel(name: string): boolean {
    this.#channels ??= this.#seenChannels();
    return this.#channels.has(name);
  }

  /** Whether nothing else goes there, not even when another channel is broken. */
  ownsChannel(name: string): boolean {
    const { routes, summaries = [], channels } = this.#settings;
    const isLent = Object.values(channels).some(
      ({ fallback = [], name: other }) => fallback.includes(name) && !this.seesChannel(other),
    );
    return (
      this.seesChannel(name) &&
      !isLent &&
      !summaries.some(({ to }) => to.includes(name)) &&
      routes.every(({ to, escalate = [], services }) => {
        const leadsThere = to.includes(name) || escalate.some((step) => step.to.includes(name));
        return !leadsThere || this.owns(services);
      })
    );
  }

  seesCredential(name: string): boolean {
    return this.names.some((service) => this.#uses(service).has(name));
  }

  /** Whether no other service signs in with it. One that has not been planned yet may. */
  ownsCredential(name: string): boolean {
    const others = this.#settings.services.filter((service) => !this.#own.has(service.name));
    return (
      this.seesCredential(name) &&
      others.every((service) => this.#boards.has(service.name) && !this.#uses(service.name).has(name))
    );
  }

  /** Whether a message tells of these services alone. Sums over everything are nobody's in particular. */
  ownsMessage(content: MessageContent): boolean {
    const { transitions, followUps = [], breakingChanges = [], firstReports = [] } = content;
    const { summary, omitted, forwardedFrom, carried = [] } = content;
    const from = forwardedFrom === undefined ? carried.map((one) => one.from) : [forwardedFrom];
    const about = [
      ...[...transitions, ...followUps].map(({ incident }) => incident.services),
      ...[...breakingChanges, ...firstReports].map(({ service }) => [service]),
    ];
    return (
      summary === undefined &&
      omitted === undefined &&
      from.every((channel) => this.seesChannel(channel)) &&
      about.length > 0 &&
      about.every((services) => this.owns(services))
    );
  }

  /** @param subject Service and operation: `orders GET /orders`. One service may be called `orders old`. */
  ownsCall(subject: string): boolean {
    const [longest] = this.#settings.services
      .map(({ name }) => name)
      .filter((name) => subject.startsWith(`${name} `))
      .toSorted((a, b) => b.length - a.length);
    return longest !== undefined && this.#own.has(longest);
  }

  /** Names of services that are not the caller's. */
  get others(): readonly string[] {
    return this.#settings.services.map(({ name }) => name).filter((name) => !this.#own.has(name));
  }

  #seenChannels(): ReadonlySet<string> {
    const { routes, channels } = this.#settings;
    const seen = new Set<string>();
    const add = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const channel: ChannelSettings | undefined = Object.hasOwn(channels, name) ? channels[name] : undefined;
      for (const other of channel?.fallback ?? []) add(other);
    };
    for (const { to, escalate = [], services } of routes)
      if (services === undefined || this.sees(services))
        for (const name of [...to, ...escalate.flatMap((step) => step.to)]) add(name);
    return seen;
  }

  /** What a service signs in with: as configured, and as its documents ask for. */
  #uses(service: string): ReadonlySet<string> {
    const settings = this.#settings.services.find(({ name }) => name === service);
    const board = this.#boards.get(service);
    const used = new Set<string>();
    const add = (name: string): void => {
      if (name === noCredential || used.has(name)) return;
      used.add(name);
      for (const needed of neededBy(this.#settings, name)) add(needed);
    };
    for (const name of settings === undefined ? [] : writtenFor(settings)) add(name);
    for (const name of board === undefined ? [] : plannedFor(board)) add(name);
    return used;
  }
}

/** It is there and it is seen; but what would be done to it would be done to others as well. */
export function notYours(what: Sentence): HttpProblem {
  return new HttpProblem(403, sentence('ofOthersToo', { what }), {
    hint: sentence('askWholeRole'),
  });
}

const writtenNames = new WeakMap<ServiceSettings, readonly string[]>();

/** By name, or by `{{token.name}}` in a value. */
function writtenFor(service: ServiceSettings): readonly string[] {
  let names = writtenNames.get(service);
  if (names === undefined) {
    const { credential, docsCredential, headers, params, overrides } = service;
    const named = [credential, docsCredential, ...overrides.map((one) => one.credential)];
    const values = JSON.stringify([headers, params, overrides]);
    const tokens = [...values.matchAll(/\{\{\s*token\.([\w-]+)/g)].map(([, name]) => name);
    names = [...named, ...tokens].filter((name) => name !== undefined);
    writtenNames.set(service, names);
  }
  return names;
}

function neededBy({ credentials }: Settings, name: string): readonly string[] {
  const options = Object.hasOwn(credentials, name) ? credentials[name]?.options : undefined;
  return (options as SharedOptions | undefined)?.uses ?? [];
}

/** A plan has thousands of checks and a few credentials. */
const plannedNames = new WeakMap<ServiceState, readonly string[]>();

function plannedFor(board: ServiceState): readonly string[] {
  let names = plannedNames.get(board);
  if (names === undefined) {
    const used = board.checks.flatMap(({ credential }) => (credential === undefined ? [] : [credential]));
    names = [...new Set(used)];
    plannedNames.set(board, names);
  }
  return names;
}
