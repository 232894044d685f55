import { sentence } from '../../messages/sentence.ts';
import { endedAt } from '../../model/incident.ts';
import type { StatusPost } from '../../model/status-post.ts';
import type { statusPost } from '../api/status-page.ts';
import type { DataOf } from '../api/endpoint.ts';
import { type HandlerContext, type Handlers, notFound, requireServices } from '../context.ts';
import { told } from '../live/operation-rows.ts';
import { daysShown, publicKind } from '../public/status/status-view.ts';
import { whatIsOpen } from './incidents.ts';

type View = DataOf<typeof statusPost>;

export const statusPageHandlers: Handlers<
  'getStatusPage' | 'createStatusPost' | 'changeStatusPost' | 'removeStatusPost'
> = {
  async getStatusPage({ context }) {
    const { patrol, clock } = context;
    const { settings } = patrol.config;
    const { statusPage } = settings.server;
    const now = clock.now();
    const since = now - daysShown * 86_400_000;
    const known = settings.services.map(({ name }) => name);
    const services = (statusPage?.services ?? known).filter((name) => known.includes(name));
    const [incidents, posts] = await Promise.all([
      patrol.store.incidents({ from: since, to: now }),
      patrol.store.statusPosts.list(since),
    ]);
    const shown = told(incidents).filter(
      (one) =>
        ['failing', 'degraded'].includes(publicKind({ ...one, state: 'firing' }) ?? '') &&
        one.services.some((name) => services.includes(name)),
    );
    return {
      isPublic: statusPage !== undefined,
      services,
      incidents: shown.map((one) => ({
        id: one.id,
        openedAt: one.openedAt,
        resolvedAt: one.resolvedAt,
        failedUntil: endedAt(one),
        label: one.subjectLabel,
        services: [...one.services],
        posts: posts
          .filter(({ incident }) => incident?.id === one.id && incident.openedAt === one.openedAt)
          .map(postView),
      })),
      posts: posts.filter(({ incident }) => incident === undefined).map(postView),
    };
  },

  async createStatusPost({ context, caller, body }) {
    const { store } = context.patrol;
    const { incident, kind, title, services, text, from, until } = body;
    if (caller.services === undefined) requireServices(services ?? [], context);
    const post = await store.statusPosts.add({
      ...(incident === undefined ? {} : { incident }),
      kind,
      ...(title === undefined ? {} : { title }),
      ...(services === undefined ? {} : { services }),
      text,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      by: caller.name,
      at: context.clock.now(),
    });
    if (post === undefined)
      throw notFound(sentence('noIncident', { id: incident ?? '' }), await whatIsOpen(context));
    context.board.tellStatus();
    return postView(post);
  },

  async changeStatusPost({ context, caller, params, body }) {
    const { statusPosts } = context.patrol.store;
    const id = await requirePost(params['id'], context);
    await statusPosts.change(id, body.text, caller.name, context.clock.now());
    context.board.tellStatus();
    const post = await statusPosts.find(id);
    if (post === undefined) throw notFound(sentence('noStatusPost', { id }));
    return postView(post);
  },

  async removeStatusPost({ context, caller, params }) {
    const id = await requirePost(params['id'], context);
    await context.patrol.store.statusPosts.remove(id, caller.name, context.clock.now());
    context.board.tellStatus();
  },
};

async function requirePost(id: string | undefined, { patrol }: HandlerContext): Promise<number> {
  const no = /^\d{1,15}$/.test(id ?? '') ? Number(id) : undefined;
  const post = no === undefined ? undefined : await patrol.store.statusPosts.find(no);
  if (post === undefined) throw notFound(sentence('noStatusPost', { id: id ?? '' }));
  return post.id;
}

function postView({ services, incident, ...post }: StatusPost): View {
  return {
    ...post,
    ...(incident === undefined ? {} : { incident }),
    ...(services === undefined ? {} : { services: [...services] }),
  };
}
