import { sentence } from '../../../messages/sentence.ts';
import { escapeMarkup } from '../../../lib/text/text.ts';
import { announcedMs, type PublicStatus } from './status-view.ts';
import {
  incidentTimes,
  incidentTitle,
  maintenanceTitle,
  noticeTitle,
  stageSentence,
  type Words,
} from './status-words.ts';

/** What a feed tells, whatever its format. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Epoch ms. */
  readonly published: number;
  readonly updated: number;
}

/** Readers keep what they have seen. */
const most = 100;

function entriesOf(status: PublicStatus, words: Words): readonly Entry[] {
  const { say } = words;
  const incidents = status.incidents.map((one) => {
    const { id, from, until, posts } = one;
    const state = say(stageSentence(one));
    const told = posts.map(
      (post) => `${say(sentence(`post.${post.kind}`))} · ${words.time(post.at)} · ${post.text}`,
    );
    return {
      id,
      title: `${incidentTitle(one, words)} (${state})`,
      // How long it goes on changes all the time, and would be news each time.
      text: [
        until === undefined
          ? say(sentence('public.since', { time: words.time(from) }))
          : incidentTimes(one, status.now, words),
        ...told.toReversed(),
      ].join('\n'),
      published: from,
      updated: Math.max(from, until ?? 0, ...posts.map(({ at }) => at)),
    };
  });
  const maintenance = status.maintenance.map((one) => {
    const span = say(sentence('public.span', { from: words.time(one.from), until: words.time(one.until) }));
    const text = one.text === undefined ? span : `${span}\n${one.text}`;
    // It would be news each time if it were that of the answer.
    const at = one.from - announcedMs;
    return { id: one.id, title: maintenanceTitle(one, words), text, published: at, updated: at };
  });
  const notices = status.notices.map((one) => {
    return { id: one.id, title: noticeTitle(one, words), text: one.text, published: one.at, updated: one.at };
  });
  return [...incidents, ...maintenance, ...notices].toSorted((a, b) => b.updated - a.updated).slice(0, most);
}

const iso = (at: number): string => new Date(at).toISOString();

/** RFC 4287. @param base Where the server is reached: `https://patrol.example`. */
export function atomFeed(status: PublicStatus, words: Words, base: string): string {
  const entries = entriesOf(status, words);
  const page = escapeMarkup(`${base}/status`);
  const items = entries.map(
    ({
      id,
      title,
      text,
      published,
      updated,
    }) => `<entry><id>${page}#${escapeMarkup(id)}</id><title>${escapeMarkup(title)}</title>
<link href="${page}#${escapeMarkup(id)}"/><published>${iso(published)}</published><updated>${iso(updated)}</updated>
<content type="text">${escapeMarkup(text)}</content></entry>`,
  );
  const updated = iso(entries[0]?.updated ?? status.now);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${page}</id><title>${escapeMarkup(status.title)}</title>
<link href="${page}"/><link rel="self" href="${escapeMarkup(base)}/status.atom"/><updated>${updated}</updated><author><name>${escapeMarkup(status.title)}</name></author>
${items.join('\n')}
</feed>
`;
}

/** RSS 2.0. */
export function rssFeed(status: PublicStatus, words: Words, base: string): string {
  const page = escapeMarkup(`${base}/status`);
  const items = entriesOf(status, words).map(
    ({
      id,
      title,
      text,
      updated,
    }) => `<item><title>${escapeMarkup(title)}</title><link>${page}#${escapeMarkup(id)}</link>
<guid isPermaLink="false">${page}#${escapeMarkup(id)}</guid><pubDate>${new Date(updated).toUTCString()}</pubDate><description>${escapeMarkup(text)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${escapeMarkup(status.title)}</title><link>${page}</link>
<description>${escapeMarkup(status.about ?? status.title)}</description><atom:link href="${escapeMarkup(base)}/status.rss" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel></rss>
`;
}
