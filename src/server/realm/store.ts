import { sentence } from '../../messages/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { AuditEntry, Silence } from '../../model/silence.ts';
import type { StatusPost } from '../../model/status-post.ts';
import type { Page } from '../../store/outbox/gallery.ts';
import type { Store, TimeRange } from '../../store/store.ts';
import type { Caller } from '../caller.ts';
import type { SeenStore, ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { cyclePart, partOf, silencePart, storyFor } from './incident.ts';
import { notYours, type Realm } from './realm.ts';

type Confined = Omit<SeenStore, 'people'>;

/** All that handlers use of a store, for callers whose role is for all services. */
export function wholeStore(store: Store): Confined {
  return {
    documents: store.documents,
    gallery: store.gallery,
    outbox: store.outbox,
    tokens: store.tokens,
    desk: store.desk,
    statusPosts: store.statusPosts,
    work: store.work,
    openIncidents: () => store.openIncidents(),
    ownIncidents: () => store.ownIncidents(),
    incidents: (range) => store.incidents(range),
    story: (id) => store.story(id),
    history: (checkId, range) => store.history(checkId, range),
    rollups: (range, service) => store.rollups(range, service),
    cycles: (range) => store.cycles(range),
    checks: () => store.checks(),
    setUps: () => store.setUps(),
  };
}

/** The same for those who have some services. */
export function storePart(caller: Caller, context: ServerContext, realm: Realm): Confined {
  const { store, config } = context.patrol;
  return {
    documents: { list: async (service) => (realm.sees([service]) ? store.documents.list(service) : []) },
    gallery: galleryPart(store, realm),
    outbox: {
      async revive(ids) {
        const unsent = await galleryPart(store, realm).unsent(everything);
        const own = new Set(unsent.map(({ id }) => id));
        return store.outbox.revive(ids.filter((id) => own.has(id)));
      },
    },
    tokens: {
      async clear(credential) {
        const asked = credential === undefined ? Object.keys(config.settings.credentials) : [credential];
        const cleared = asked.map(async (name) => {
          if (realm.ownsCredential(name)) return store.tokens.clear(name);
          if (credential !== undefined && realm.seesCredential(name))
            throw notYours(sentence('theCredential', { name }));
          return 0;
        });
        return (await Promise.all(cleared)).reduce((sum, count) => sum + count, 0);
      },
    },
    desk: deskPart(caller, context, realm),
    statusPosts: statusPostsPart(store, realm),
    async openIncidents() {
      return (await store.openIncidents()).flatMap((one) => seenPart(one, realm));
    },
    async ownIncidents() {
      return (await store.ownIncidents()).flatMap((one) => seenPart(one, realm));
    },
    async incidents({ limit, ...range }) {
      const all = await store.incidents(range);
      return all.flatMap((one) => seenPart(one, realm)).slice(0, limit);
    },
    async story(id) {
      const story = await store.story(id);
      return story === undefined || !realm.sees(story.incident.services) ? undefined : storyFor(story, realm);
    },
    history: async (checkId, range) =>
      (await isOwnCheck(checkId, context, realm)) ? store.history(checkId, range) : [],
    async *rollups(range, service) {
      for await (const hour of store.rollups(range, service)) if (realm.sees([hour.service])) yield hour;
    },
    async cycles(range) {
      return (await store.cycles(range)).flatMap((one) => cyclePart(one, realm, config.settings) ?? []);
    },
    checks: async () => (await store.checks()).filter(({ service }) => realm.sees([service])),
    setUps: async () => (await store.setUps()).filter(({ service }) => realm.sees([service])),
  };
}

const everything = Number.MAX_SAFE_INTEGER;

function seenPart(incident: Incident, realm: Realm): readonly Incident[] {
  return realm.sees(incident.services) ? [partOf(incident, realm)] : [];
}

async function isOwnCheck(id: string, { board, patrol }: ServerContext, realm: Realm): Promise<boolean> {
  const planned = board.check(id) ?? board.skipped(id);
  const service = planned?.service ?? (await patrol.store.checks()).find((one) => one.id === id)?.service;
  return service !== undefined && realm.sees([service]);
}

function galleryPart(store: Store, realm: Realm): Confined['gallery'] {
  const { gallery } = store;
  return {
    async queued() {
      const own = new Set((await galleryPart(store, realm).unsent(everything)).map(({ id }) => id));
      return (await gallery.queued()).filter(({ id }) => own.has(id));
    },
    async messages(channel, page) {
      if (!realm.seesChannel(channel)) return [];
      return filled(
        page,
        (next) => gallery.messages(channel, next),
        ({ content }) => realm.ownsMessage(content),
      );
    },
    async unsent(limit) {
      const unsent = await gallery.unsent(everything);
      return unsent
        .filter(({ channel, content }) => realm.seesChannel(channel) && realm.ownsMessage(content))
        .slice(0, limit);
    },
    async countReason(code, range) {
      const own = (await store.checks()).filter(({ service }) => realm.sees([service]));
      const counts = await gallery.countReason(code, range);
      return new Map(own.flatMap(({ id }) => [[id, counts.get(id) ?? 0] as const]));
    },
    changes: (page, documentId) =>
      filled(
        page,
        (next) => gallery.changes(next, documentId),
        ({ service }) => realm.sees([service]),
      ),
  };
}

/** A page of those that are wanted, from as many pages as that takes. */
async function filled<T extends { readonly id: number }>(
  { limit, before }: Page,
  read: (page: Page) => Promise<readonly T[]>,
  isWanted: (one: T) => boolean,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let from = before; ; ) {
    const rows = await read({ limit: Math.max(limit, 100), before: from });
    found.push(...rows.filter(isWanted));
    from = rows.at(-1)?.id;
    if (found.length >= limit || rows.length < Math.max(limit, 100)) return found.slice(0, limit);
  }
}

function deskPart(caller: Caller, context: ServerContext, realm: Realm): Store['desk'] {
  const { store } = context.patrol;
  const { desk } = store;
  const whole = async (incidentId: string): Promise<Incident | undefined> => {
    const incident = (await store.story(incidentId))?.incident;
    return incident !== undefined && realm.sees(incident.services) ? incident : undefined;
  };
  const requireOwn = (incident: Incident): void => {
    if (!realm.owns(incident.services)) throw notYours(sentence('theIncident', { id: incident.id }));
  };
  const seenSilences = async (now: number): Promise<readonly Silence[]> => {
    const [silences, open] = await Promise.all([desk.silences(now), store.openIncidents()]);
    const own = open.filter(({ services }) => realm.sees(services));
    return silences.flatMap((silence) => silencePart(silence, realm, own) ?? []);
  };
  return {
    silences: seenSilences,
    async silence(silence) {
      if (!realm.owns(silence.matcher.services))
        throw new HttpProblem(403, sentence('nameServices', { services: realm.names }));
      return desk.silence(silence);
    },
    async endSilence(id, by, at) {
      const silence = (await desk.silences(at)).find((one) => one.id === id);
      if (silence !== undefined && !realm.owns(silence.matcher.services))
        throw notYours(sentence('theSilence', { id }));
      return desk.endSilence(id, by, at);
    },
    async acknowledge(incidentId, acknowledgement) {
      const incident = await whole(incidentId);
      if (incident === undefined) return false;
      requireOwn(incident);
      return desk.acknowledge(incidentId, acknowledgement);
    },
    async unacknowledge(incidentId, by, at) {
      const incident = await whole(incidentId);
      if (incident === undefined) return false;
      requireOwn(incident);
      return desk.unacknowledge(incidentId, by, at);
    },
    // To say something about what hits one's own service too takes nothing from anybody.
    comment: async (incidentId, by, at, text) =>
      (await whole(incidentId)) !== undefined && desk.comment(incidentId, by, at, text),
    note: (entry) => desk.note(entry),
    audit: (range) => auditPart(range, { caller, store, realm, seenSilences }),
  };
}

/** What is written about others' services is public as well, and changed by those alone whose they are. */
function statusPostsPart(store: Store, realm: Realm): Confined['statusPosts'] {
  const { statusPosts } = store;
  const servicesOf = async ({ incident, services }: StatusPost): Promise<readonly string[] | undefined> =>
    incident === undefined ? services : (await store.story(incident.id))?.incident.services;
  const isSeen = async (post: StatusPost): Promise<boolean> => {
    const services = await servicesOf(post);
    return services === undefined || realm.sees(services);
  };
  const find = async (id: number): Promise<StatusPost | undefined> => {
    const post = await statusPosts.find(id);
    return post !== undefined && (await isSeen(post)) ? post : undefined;
  };
  const requireOwn = async (id: number): Promise<void> => {
    const post = await find(id);
    if (post !== undefined && !realm.owns(await servicesOf(post)))
      throw notYours(sentence('theStatusPost', { id }));
  };
  return {
    find,
    async list(since) {
      const posts = await statusPosts.list(since);
      const seen = await Promise.all(posts.map(isSeen));
      return posts
        .filter((_, index) => seen[index])
        .map((post) =>
          post.services === undefined ? post : { ...post, services: realm.part(post.services) },
        );
    },
    async add(post) {
      if (post.incident === undefined) {
        if (!realm.owns(post.services))
          throw new HttpProblem(403, sentence('postServices', { services: realm.names }));
        return statusPosts.add(post);
      }
      const incident = (await store.story(post.incident))?.incident;
      if (incident === undefined || !realm.sees(incident.services)) return undefined;
      if (!realm.owns(incident.services)) throw notYours(sentence('theIncident', { id: incident.id }));
      return statusPosts.add(post);
    },
    async change(id, text, by, at) {
      await requireOwn(id);
      return statusPosts.change(id, text, by, at);
    },
    async remove(id, by, at) {
      await requireOwn(id);
      return statusPosts.remove(id, by, at);
    },
  };
}

/** What the caller has done, and what anybody has done about what the caller sees. */
async function auditPart(
  { limit, ...range }: TimeRange,
  about: {
    readonly caller: Caller;
    readonly store: Store;
    readonly realm: Realm;
    readonly seenSilences: (now: number) => Promise<readonly Silence[]>;
  },
): Promise<readonly AuditEntry[]> {
  const { caller, store, realm } = about;
  const entries = await store.desk.audit(range);
  const silences = new Map((await about.seenSilences(0)).map((one) => [`silence ${one.id}`, one]));
  const incidents = [...new Set(entries.map(({ subject }) => subject))].filter((subject) =>
    subject.startsWith('incident '),
  );
  const stories = await Promise.all(incidents.map((one) => store.story(one.slice('incident '.length))));
  const seen = new Set(incidents.filter((_, index) => realm.sees(stories[index]?.incident.services ?? [])));
  const isSeen = ({ by, action, subject }: AuditEntry): boolean =>
    by === caller.name ||
    seen.has(subject) ||
    silences.has(subject) ||
    (action === 'check' && realm.ownsCall(subject)) ||
    (subject.startsWith('channel ') && realm.seesChannel(subject.slice('channel '.length))) ||
    (subject.startsWith('credential ') && realm.seesCredential(subject.slice('credential '.length)));
  return entries
    .filter(isSeen)
    .slice(0, limit)
    .map((entry) => {
      const silence = silences.get(entry.subject);
      return silence === undefined || entry.note === undefined ? entry : { ...entry, note: silence.reason };
    });
}
