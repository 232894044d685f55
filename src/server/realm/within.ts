import type { ConfigEdits } from '../../config/edit/config-edits.ts';
import { sentence } from '../../messages/sentence.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { Settings } from '../../model/settings.ts';
import { isPart } from '../access/grant.ts';
import type { Caller } from '../caller.ts';
import {
  notFound,
  type HandlerContext,
  type SeenBoard,
  type SeenStore,
  type ServerContext,
} from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Patrol } from '../port.ts';
import { wholeOf, windowPart } from './incident.ts';
import { peopleFor } from './people.ts';
import { notYours, Realm } from './realm.ts';
import { storePart, wholeStore } from './store.ts';
import { placelessTrouble } from '../views/storage.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Problem } from '../../model/problem.ts';
import type { ConfigValue } from '../../config/origins.ts';

const weekMs = 7 * 86_400_000;
const cyclesLookedThrough = 300;

/**
 * What a caller works with. Everything goes through here, and of everything only what is theirs comes out: a role for some
 * services sees and steers these alone. What it may not see is not there; what is also others', it does not steer.
 *
 * @param all The same for callers whose role is for all services.
 */
export function within(caller: Caller, context: ServerContext, all: HandlerContext): HandlerContext {
  const { patrol, board, clock } = context;
  const people = peopleFor(caller, context);
  if (caller.services === undefined)
    return { ...all, patrol: patrolOver(patrol, { ...wholeStore(patrol.store), people }) };
  const { settings } = patrol.config;
  const realm = new Realm(caller.services, settings, board.services);
  const config = new ConfigPart(realm, settings);
  const store = { ...storePart(caller, context, realm), people };
  const isOwn = (checkId: string): boolean => realm.sees([board.check(checkId)?.service ?? '']);
  return {
    ...all,
    patrol: patrolPart(
      context,
      realm,
      store,
      {
        ...patrol.config,
        settings: settingsPart(settings, realm),
        notices: patrol.config.notices.filter(({ pointer }) => config.isSeen(pointer ?? '')),
      },
      isOwn,
    ),
    board: boardPart(context, realm),
    calls: {
      async call(checkId) {
        if (!isOwn(checkId)) throw notFound(sentence('noOperation', { id: checkId }));
        return all.calls.call(checkId);
      },
    },
    days: { of: (services, ...rest) => context.days.of(realm.part(services), ...rest) },
    rows: {
      all: async () => (await all.rows.all()).filter(({ service }) => realm.sees([service])),
      one: (planned) => all.rows.one(planned),
    },
    async lastCycle() {
      const now = clock.now();
      const [last] = await store.cycles({ from: now - weekMs, to: now, limit: cyclesLookedThrough });
      return last;
    },
    problems: (service) => ownProblems(service, realm, context),
    async hushed() {
      const hushed = await all.hushed();
      return (incident) => hushed(wholeOf(incident));
    },
    configValues: async () => config.valuesOf(await all.configValues()),
    async testMessage(channel) {
      if (!realm.ownsChannel(channel.name)) throw notYours(sentence('theChannel', { name: channel.name }));
      return all.testMessage(channel);
    },
  };
}

/** Every way to steer a patrol. Its configuration may be another one after reading it again. */
function patrolOver(patrol: Patrol, store: SeenStore): HandlerContext['patrol'] {
  return {
    store,
    get config() {
      return patrol.config;
    },
    sender: patrol.sender,
    tokens: patrol.tokens,
    role: patrol.role,
    members: membersOf(patrol),
    nextCycles: () => patrol.nextCycles(),
    notPatrolled: () => patrol.notPatrolled(),
    distress: patrol.distress,
    checkNow: (checkId) => patrol.checkNow(checkId),
    runNow: (service) => patrol.runNow(service),
    edits: patrol.edits,
    reload: () => patrol.reload(),
    lookNow: (services) => patrol.lookNow(services),
  };
}

function membersOf(patrol: Patrol): HandlerContext['patrol']['members'] {
  return patrol.members === undefined ? undefined : patrol.members.bind(patrol);
}

function patrolPart(
  { patrol }: ServerContext,
  realm: Realm,
  store: SeenStore,
  config: LoadedConfig,
  isOwn: (checkId: string) => boolean,
): HandlerContext['patrol'] {
  const { sender, tokens, role } = patrol;
  const credentials = Object.keys(patrol.config.settings.credentials);
  return {
    store,
    config,
    role,
    members: membersOf(patrol),
    sender: {
      health: () => pick(sender.health(), (name) => realm.seesChannel(name)),
      wake: () => sender.wake(),
    },
    tokens: {
      status: () => tokens.status().filter(({ credential }) => realm.seesCredential(credential)),
      forget(credential) {
        const asked = credential === undefined ? credentials : [credential];
        for (const name of asked) if (realm.ownsCredential(name)) tokens.forget(name);
      },
      async retry(credential, signal) {
        if (!realm.ownsCredential(credential))
          throw notYours(sentence('theCredential', { name: credential }));
        return tokens.retry(credential, signal);
      },
    },
    nextCycles: () => patrol.nextCycles().filter(({ service }) => realm.sees([service])),
    notPatrolled: () => patrol.notPatrolled().filter(({ service }) => realm.sees([service])),
    distress: {
      get trouble() {
        const trouble = patrol.distress?.trouble;
        return trouble && placelessTrouble(trouble);
      },
    },
    checkNow: async (checkId) => (isOwn(checkId) ? patrol.checkNow(checkId) : undefined),
    runNow(service) {
      const own = service === undefined ? realm.names : realm.part([service]);
      if (own.length === 0) throw new HttpProblem(403, sentence('noServiceToPatrol'));
      for (const one of own) patrol.runNow(one);
    },
    get edits(): ConfigEdits {
      throw notYours(sentence('theConfiguration'));
    },
    reload() {
      throw notYours(sentence('theConfiguration'));
    },
    lookNow: (services = realm.names) => patrol.lookNow(realm.part(services)),
  };
}

function boardPart({ board }: ServerContext, realm: Realm): SeenBoard {
  const ofRealm = <T extends { readonly service: string }>(one: T | undefined): T | undefined =>
    one !== undefined && realm.sees([one.service]) ? one : undefined;
  return {
    serviceDay: {
      of: (service, now) => board.serviceDay.of(realm.sees([service]) ? service : '', now),
      quarters: (services, now) => board.serviceDay.quarters(realm.part([...services]), now),
    },
    configReadAt: board.configReadAt,
    refused: board.refused === undefined ? undefined : { at: board.refused.at, problems: [] },
    services: new Map([...board.services].filter(([service]) => realm.sees([service]))),
    isRunning: (services) => board.isRunning(realm.part([...services])),
    lastRound: (services) => board.lastRound(services.filter((service) => realm.sees([service]))),
    check: (id) => ofRealm(board.check(id)),
    skipped: (id) => ofRealm(board.skipped(id)),
    lastResult: (id) => (ofRealm(board.check(id)) === undefined ? undefined : board.lastResult(id)),
    tellIncidents: (incidents) => board.tellIncidents(incidents.map(wholeOf)),
    tellSilence: (matcher, touched) => board.tellSilence(matcher, touched.map(wholeOf)),
    tellStatus: () => board.tellStatus(),
    tellChannels: () => board.tellChannels(realm.names),
    called(result) {
      board.called(result);
    },
  };
}

/** The configuration as if there were nothing else. */
function settingsPart(settings: Settings, realm: Realm): Settings {
  const { slo = [], maintenance = [], server } = settings;
  const { users, ...ways } = server.signIn ?? {};
  return {
    ...settings,
    services: settings.services.filter(({ name }) => realm.sees([name])),
    credentials: pick(settings.credentials, (name) => realm.seesCredential(name)),
    channels: pick(settings.channels, (name) => realm.seesChannel(name)),
    routes: [],
    summaries: [],
    slo: slo.filter(({ services }) => realm.owns(services)),
    maintenance: maintenance.flatMap((window) => windowPart(window, realm) ?? []),
    server: {
      ...server,
      signIn: {
        ...ways,
        users: users?.filter((user) => isPart(user.services, realm.names)),
      },
    },
  };
}

function pick<T>(
  record: Readonly<Record<string, T>>,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => isWanted(name)));
}

/**
 * What is wrong with the documents and the plan of a service. The board keeps the problems of services that are patrolled
 * together with one of them: what is about a document goes by the document, and what names another service is not told.
 */
async function ownProblems(
  service: string,
  realm: Realm,
  { board, patrol }: ServerContext,
): Promise<readonly Problem[]> {
  if (!realm.sees([service])) return [];
  const own = new Set((await patrol.store.documents.list(service)).map(({ uri }) => uri));
  const lists = await Promise.all(
    realm.others.map(async (other) => (await patrol.store.documents.list(other)).map(({ uri }) => uri)),
  );
  const foreign = [...realm.others, ...lists.flat().filter((uri) => !own.has(uri))];
  return [...board.services].flatMap(([name, { problems }]) =>
    problems.filter((problem) => {
      if (problem.file !== undefined && own.has(problem.file)) return true;
      const text = [
        problem.file,
        problem.pointer,
        inEnglish(problem.message),
        inEnglish(problem.hint ?? ''),
      ].join('\n');
      return name === service && !foreign.some((one) => text.includes(one));
    }),
  );
}

/** What holds for every service alike and names none. */
const common = new Set([
  'interval',
  'timeout',
  'retries',
  'severity',
  'latency',
  'expect',
  'limits',
  'grace',
  'timeZone',
  'language',
  'logLevel',
]);

/** Which places of the configuration are about the services of a realm, or about all of them alike. */
class ConfigPart {
  readonly #realm: Realm;
  readonly #settings: Settings;

  constructor(realm: Realm, settings: Settings) {
    this.#realm = realm;
    this.#settings = settings;
  }

  valuesOf(values: readonly ConfigValue[]): readonly ConfigValue[] {
    return values.filter(({ path }) => this.isSeen(path));
  }

  /** @param path `services[0].baseUrl` */
  isSeen(path: string): boolean {
    const { services, credentials, channels } = this.#settings;
    const index = /^services(?:\[|\.)(\d+)/.exec(path)?.[1];
    if (index !== undefined) return this.#realm.sees([services[Number(index)]?.name ?? '']);
    const credential = namedIn(path, 'credentials', Object.keys(credentials));
    if (credential !== undefined) return this.#realm.seesCredential(credential);
    const channel = namedIn(path, 'channels', Object.keys(channels));
    if (channel !== undefined) return this.#realm.seesChannel(channel);
    return common.has(/^\w*/.exec(path)?.[0] ?? '');
  }
}

/** Names may have dots: the longest that fits is meant. */
function namedIn(path: string, section: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => path === `${section}.${name}` || path.startsWith(`${section}.${name}.`))
    .toSorted((a, b) => b.length - a.length)[0];
}
