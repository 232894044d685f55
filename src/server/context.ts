import type { Sentence } from '../model/sentence.ts';
import { sentence } from '../messages/sentence.ts';
import type { z } from 'zod';
import type { ConfigValue } from '../config/origins.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { Check, Skipped } from '../model/check.ts';
import type { CycleStatistics } from '../model/cycle.ts';
import type { Incident } from '../model/incident.ts';
import type { Problem } from '../model/problem.ts';
import type { ChannelSettings, Language } from '../model/settings.ts';
import type { TestMessage } from '../notify/test-message/test-message.ts';
import type { Store } from '../store/store.ts';
import type { WorkStore } from '../work/ports.ts';
import type { operationRow } from './api/operations.ts';
import type { Days } from './live/days.ts';
import type { ServiceDay } from './live/service-day.ts';
import type { BodyOf, DataOf, Endpoint, QueryOf } from './api/endpoint.ts';
import type { endpoints } from './api/endpoints.ts';
import type { CallsByHand } from './live/calls-by-hand.ts';
import type { LiveState } from './live/live-state.ts';
import { HttpProblem } from './http/http-problem.ts';
import type { Patrol } from './port.ts';
import type { Caller } from './caller.ts';
import type { Identity } from './access/identity.ts';
import type { Prepared } from './http/prepared.ts';

export type OperationRow = DataOf<typeof operationRow>;

/** What the server works with: everything. */
export interface ServerContext {
  readonly patrol: Patrol;
  readonly board: LiveState;
  readonly days: Days;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly version: string;
  readonly configFile: string;
  /** Where the page is served, whatever the configuration says; absent: nowhere. */
  readonly port?: number;
  readonly identity: Identity;
  readonly calls: CallsByHand;
}

/**
 * What handlers work with: of everything, what is the caller's. There is nothing here that does not go through
 * `realm/`, so that no handler has to ask whose something is.
 */
export interface HandlerContext {
  readonly patrol: Omit<Patrol, 'store' | 'observe' | 'linkKey' | 'desk' | 'tries' | 'statusTold'> & {
    readonly store: SeenStore;
  };
  readonly board: SeenBoard;
  readonly days: Pick<Days, 'of'>;
  readonly rows: Rows;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly version: string;
  readonly configFile: string;
  /** Where the page is served, whatever the configuration says; absent: nowhere. */
  readonly port?: number;
  readonly identity: Pick<Identity, 'ways' | 'begin' | 'end' | 'csrf' | 'known' | 'isKnown'>;
  readonly calls: Pick<CallsByHand, 'call'>;
  /** Tells those who have heard of an incident that somebody looks after it. */
  readonly tellTaken: (
    incident: Incident,
    taken: { readonly by: string; readonly note?: string | undefined },
  ) => Promise<void>;
  /** The last one that has closed. */
  readonly lastCycle: () => Promise<CycleStatistics | undefined>;
  /** Of documents and of the plan of one service. */
  readonly problems: (service: string) => Promise<readonly Problem[]>;
  /** Whether a silence or a maintenance window keeps an incident quiet now. */
  readonly hushed: () => Promise<(incident: Incident) => boolean>;
  /** Every value of the configuration file. */
  readonly configValues: () => Promise<readonly ConfigValue[]>;
  /** Sends a test message. */
  readonly testMessage: (channel: ChannelSettings) => Promise<TestMessage>;
}

/** What handlers read and write of a store. */
export interface SeenStore
  extends Pick<
    Store,
    | 'openIncidents'
    | 'ownIncidents'
    | 'incidents'
    | 'story'
    | 'history'
    | 'rollups'
    | 'cycles'
    | 'checks'
    | 'desk'
    | 'setUps'
  > {
  readonly statusPosts: Store['statusPosts'];
  readonly work?:
    | Pick<
        WorkStore,
        'workers' | 'queues' | 'addJoinToken' | 'joinTokens' | 'removeJoinToken' | 'removeWorker'
      >
    | undefined;
  readonly documents: Pick<Store['documents'], 'list'>;
  readonly gallery: Pick<Store['gallery'], 'queued' | 'messages' | 'unsent' | 'changes' | 'countReason'>;
  readonly outbox: Pick<Store['outbox'], 'revive'>;
  readonly tokens: Pick<Store['tokens'], 'clear'>;
  readonly people: Pick<
    Store['people'],
    | 'accounts'
    | 'account'
    | 'putAccount'
    | 'removeAccount'
    | 'seen'
    | 'endSessions'
    | 'tokens'
    | 'addToken'
    | 'removeToken'
    | 'endToken'
  >;
}

export interface SeenBoard
  extends Pick<
    LiveState,
    | 'configReadAt'
    | 'refused'
    | 'services'
    | 'check'
    | 'skipped'
    | 'lastResult'
    | 'lastRound'
    | 'isRunning'
    | 'tellIncidents'
    | 'tellSilence'
    | 'called'
    | 'tellStatus'
  > {
  readonly serviceDay: Pick<ServiceDay, 'of' | 'quarters'>;
  /** Something was sent by hand. */
  readonly tellChannels: () => void;
}

/** The row of one operation as it goes over the wire. */
export interface RowText {
  readonly service: string;
  readonly text: string;
}

/** The rows of operations. */
export interface Rows {
  /** The same array as long as nothing has changed. */
  all(): Promise<readonly RowText[]>;
  one(planned: Check | Skipped): Promise<OperationRow>;
}

/** One request that has been found good. */
export interface Call<E extends Endpoint> {
  readonly context: HandlerContext;
  readonly caller: Caller;
  /** Where it came from; empty over the unix socket. */
  readonly address: string;
  /** In which whoever asks would read the answer. */
  readonly language: Language;
  /** The value of a cookie that it came with. */
  readonly cookie: (name: string) => string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
}

/** An answer that sets cookies. */
export class WithCookies {
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
  readonly answer: unknown;

  constructor(cookies: readonly string[], answer?: unknown) {
    this.cookies = cookies;
    this.answer = answer;
  }
}

type Given<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? z.input<A> | Prepared | WithCookies
  : void | WithCookies;

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Given<E>> | Given<E>;

/** A handler for every one of the named endpoints. */
export type Handlers<K extends keyof typeof endpoints> = {
  readonly [Key in K]: Handler<(typeof endpoints)[Key]>;
};

/** @param hint What there is instead. */
export function notFound(detail: Sentence, hint?: Sentence): HttpProblem {
  return new HttpProblem(404, detail, { hint });
}

/** Of those that the caller sees. */
export function requireServices(names: readonly string[], { patrol }: HandlerContext): void {
  const known = patrol.config.settings.services.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new HttpProblem(422, sentence('noService', { name: unknown, known }));
}
