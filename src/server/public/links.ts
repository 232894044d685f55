import { verifyLink, type LinkClaim } from '../../lib/net/signed-link.ts';
import type { ServerContext } from '../context.ts';
import type { App, RequestContext } from '../http/request.ts';
import { escapeMarkup } from '../../lib/text/text.ts';

const hourMs = 3_600_000;
const ackMs = 24 * hourMs;
const silenceMs = 4 * hourMs;

/**
 * What somebody does who follows a link in a message, without a sign-in: the link's signature is what lets him.
 * Looking at it changes nothing, so that programs that look at links beforehand take nothing in hand.
 */
export function linkRoutes(app: App, context: ServerContext): void {
  const { patrol, clock } = context;
  const say = (): Sayings => sayings[patrol.config.settings.language];
  const claimOf = (request: RequestContext): LinkClaim | string => {
    const { linkKey } = patrol;
    if (linkKey === undefined) return say().forged;
    const verdict = verifyLink(linkKey, request.req.param('link') ?? '', clock.now());
    return verdict.ok ? verdict.claim : say()[verdict.reason];
  };
  app.get('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return request.html(page(claim), 410);
    const story = await patrol.store.story(claim.subject);
    const what = `#${claim.subject} ${story?.incident.subjectLabel ?? ''}`;
    const question = claim.action === 'ack' ? say().ack : say().silence;
    return request.html(page(`${question} ${what}`, say().yes));
  });
  app.post('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return request.html(page(claim), 410);
    const now = clock.now();
    if (!(await patrol.store.people.spendLink(claim.nonce, claim.expiresAt, now)))
      return request.html(page(say().used), 410);
    const story = await patrol.store.story(claim.subject);
    const done = story !== undefined && (await act(claim, context, now));
    if (done) context.board.tellIncidents([story.incident]);
    return request.html(page(done ? say().done : say().over), done ? 200 : 409);
  });
}

/** False: the incident is over. */
async function act(
  { action, subject, via }: LinkClaim,
  { patrol }: ServerContext,
  at: number,
): Promise<boolean> {
  const { desk } = patrol.store;
  const by = `link:${via}`;
  if (action === 'ack') return desk.acknowledge(subject, { by, at, until: at + ackMs });
  const open = (await patrol.store.openIncidents()).some(({ id }) => id === subject);
  if (!open) return false;
  const matcher = { incident: subject };
  const reason = `by a link in a message to ${via}`;
  await desk.silence({ matcher, from: at, until: at + silenceMs, by, reason, createdAt: at });
  return true;
}

interface Sayings {
  readonly ack: string;
  readonly silence: string;
  readonly yes: string;
  readonly done: string;
  readonly over: string;
  readonly used: string;
  readonly forged: string;
  readonly expired: string;
}

const sayings: Readonly<Record<'zh' | 'en', Sayings>> = {
  zh: {
    ack: '由我处理，24 小时内不再提醒：',
    silence: '静默 4 小时：',
    yes: '确认',
    done: '已记录。',
    over: '该事件已经结束，无需处理。',
    used: '该链接已使用过；每个链接只能用一次。',
    forged: '该链接无效。',
    expired: '该链接已过期。',
  },
  en: {
    ack: 'I take care of it, no reminders for 24 hours:',
    silence: 'Silence for 4 hours:',
    yes: 'Confirm',
    done: 'Noted.',
    over: 'The incident is over; there is nothing to do.',
    used: 'This link has been used; each is good for once.',
    forged: 'This link is not valid.',
    expired: 'This link has expired.',
  },
};

function page(text: string, confirm?: string): string {
  const form =
    confirm === undefined
      ? ''
      : `<form method="post"><button type="submit">${escapeMarkup(confirm)}</button></form>`;
  return `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API Patrol</title>
<h1>API Patrol</h1>
<p>${escapeMarkup(text)}</p>
${form}
`;
}
