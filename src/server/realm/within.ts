import { sentence } from '../../messages/sentence.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { Settings } from '../../model/settings.ts';
import { isPart } from '../access/grant.ts';
import type { Caller } from '../caller.ts';
import type { HandlerContext, SeenBoard, SeenStore, ServerContext } from '../context.ts';
import type { Patrol } from '../port.ts';
import { ConfigPart } from './config-part.ts';
import { wholeOf } from './incident.ts';
import { peopleFor } from './people.ts';
import { ownProblems } from './problems.ts';
import { notYours, Realm } from './realm.ts';
import { windowPart } from './silence.ts';
import { storePart, wholeStore } from './store.ts';
import { placelessTrouble } from '../views/storage.ts';

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
  return {
    ...all,
    patrol: patrolPart(patrol, realm, store, {
      ...patrol.config,
      settings: settingsPart(settings, realm),
      notices: patrol.config.notices.filter(({ pointer }) => config.isSeen(pointer ?? '')),
    }),
    board: boardPart(context, realm),
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
    nextCycles: () => patrol.nextCycles(),
    notPatrolled: () => patrol.notPatrolled(),
    ...(patrol.distress === undefined ? {} : { distress: patrol.distress }),
    checkNow: (checkId) => patrol.checkNow(checkId),
    runNow: (service) => patrol.runNow(service),
    reload: () => patrol.reload(),
    lookNow: () => patrol.lookNow(),
  };
}

function patrolPart(
  patrol: Patrol,
  realm: Realm,
  store: SeenStore,
  config: LoadedConfig,
): HandlerContext['patrol'] {
  const { sender, tokens } = patrol;
  const credentials = Object.keys(patrol.config.settings.credentials);
  return {
    store,
    config,
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
    },
    nextCycles: () => patrol.nextCycles().filter(({ service }) => realm.sees([service])),
    notPatrolled: () => patrol.notPatrolled().filter(({ service }) => realm.sees([service])),
    distress: {
      get trouble() {
        const trouble = patrol.distress?.trouble;
        return trouble && placelessTrouble(trouble);
      },
    },
    checkNow: (checkId) => patrol.checkNow(checkId),
    runNow() {
      for (const service of realm.names) patrol.runNow(service);
    },
    reload() {
      throw notYours(sentence('theConfiguration'));
    },
    lookNow: () => patrol.lookNow(),
  };
}

function boardPart({ board }: ServerContext, realm: Realm): SeenBoard {
  const ofRealm = <T extends { readonly service: string }>(one: T | undefined): T | undefined =>
    one !== undefined && realm.sees([one.service]) ? one : undefined;
  const own = (): readonly string[] =>
    realm.names.flatMap((name) => board.services.get(name)?.checks.map(({ id }) => id) ?? []);
  return {
    day: { day: (now) => board.day.dayOf(own(), now) },
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
        ...(users === undefined ? {} : { users: users.filter((user) => isPart(user.services, realm.names)) }),
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
