import { matchesIncident } from '../../incidents/suppression/suppression.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { sentence, type SentenceCode } from '../../messages/sentence.ts';
import { wallTime } from '../../lib/time/clock.ts';
import { verifyLink, type LinkClaim } from '../../lib/net/signed-link.ts';
import type { Incident } from '../../model/incident.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Silence } from '../../model/silence.ts';
import type { Language } from '../../model/settings.ts';
import type { ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { type App, languageOf, type RequestContext } from '../http/request.ts';
import { callMembers } from '../live/call-members.ts';
import { tellTaken } from '../live/tell-taken.ts';
import { type LinkPage, linkPage, linkPolicy } from './link-page.ts';

const hourMs = 3_600_000;
const ackMs = 24 * hourMs;
const silenceMs = 4 * hourMs;

const questions: Readonly<Record<string, SentenceCode & `linkAsks${string}`>> = {
  ack: 'linkAsksAck',
  silence: 'linkAsksSilence',
  check: 'linkAsksCheck',
};

/**
 * What somebody does who follows a link in a message, without a sign-in: the link's signature is what lets him.
 * Looking at it changes nothing, so that programs that look at links beforehand take nothing in hand.
 */
export function linkRoutes(app: App, context: ServerContext): void {
  const { patrol, clock } = context;
  const answer = async (
    request: RequestContext,
    page: LinkPage,
    status: 200 | 409 | 410 | 429 | 503 = 200,
  ) => {
    const { timeZone } = patrol.config.settings;
    const now = clock.now();
    const silence = await silenceOf(page.incident, context, now);
    const about = { language: languageFor(request, context), timeZone, now, silence };
    return request.html(linkPage(page, about), status, {
      'content-security-policy': linkPolicy,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
    });
  };
  const claimOf = (request: RequestContext): LinkClaim | 'linkForged' | 'linkExpired' => {
    const { linkKey } = patrol;
    if (linkKey === undefined) return 'linkForged';
    const verdict = verifyLink(linkKey, request.req.param('link') ?? '', clock.now());
    if (verdict.ok) return verdict.claim;
    return verdict.reason === 'forged' ? 'linkForged' : 'linkExpired';
  };
  app.get('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return answer(request, { told: sentence(claim) }, 410);
    const incident = (await patrol.store.story(claim.subject))?.incident;
    if (await patrol.store.people.isSpent(claim.nonce))
      return answer(request, { told: sentence('linkUsed'), incident }, 410);
    if (claim.action !== 'check' && incident?.resolvedAt !== undefined)
      return answer(request, { told: sentence('linkOver'), incident }, 409);
    const about = { id: claim.subject, label: incident?.subjectLabel ?? '' };
    const told = sentence(questions[claim.action] ?? 'linkAsksAck', about);
    return answer(request, { told, confirm: sentence('linkConfirm'), incident });
  });
  app.post('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return answer(request, { told: sentence(claim) }, 410);
    if (claim.action === 'check') return checkNow(claim, request);
    const now = clock.now();
    const incident = (await patrol.store.story(claim.subject))?.incident;
    if (!(await patrol.store.people.spendLink(claim.nonce, claim.expiresAt, now)))
      return answer(request, { told: sentence('linkUsed'), incident }, 410);
    const done = incident !== undefined && (await act(claim, context, now));
    if (done && claim.action === 'ack') await tellTaken(context, incident, { by: `link:${claim.via}` });
    if (done) context.board.tellIncidents([incident]);
    const after = (await patrol.store.story(claim.subject))?.incident;
    return answer(
      request,
      { told: done ? doneBy(claim, now) : sentence('linkOver'), incident: after },
      done ? 200 : 409,
    );
  });

  /** What has come of it, and until when. */
  function doneBy({ action }: LinkClaim, now: number): Sentence {
    const time = wallTime(patrol.config.settings.timeZone);
    return action === 'ack'
      ? sentence('linkAcknowledged', { time: time(now + ackMs) })
      : sentence('linkSilenced', { time: time(now + silenceMs) });
  }

  /** Changes nothing that one call would not change: the link is good for as many as the patrol allows. */
  async function checkNow({ subject, via }: LinkClaim, request: RequestContext) {
    const incident = (await patrol.store.story(subject))?.incident;
    if (incident === undefined) return answer(request, { told: sentence('linkOver') }, 409);
    const entry = {
      at: clock.now(),
      by: `link:${via}`,
      action: 'check',
      subject: `incident ${subject}`,
    } as const;
    await patrol.store.desk.note(entry);
    const confirm = sentence('linkAgain');
    try {
      const called = await callMembers(context, incident);
      const after = (await patrol.store.story(subject))?.incident;
      return answer(request, { told: sentence('linkChecked'), confirm, incident: after, called });
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const status = error.status === 429 || error.status === 503 ? error.status : 409;
      return answer(request, { told: error.said, confirm, incident }, status);
    }
  }
}

/** That of whoever reads it; of those who do not say, that of the messages. */
function languageFor(request: RequestContext, { patrol }: ServerContext): Language {
  const isSaid = /\b(?:zh|en)\b/i.test(request.req.header('accept-language') ?? '');
  return isSaid ? languageOf(request) : patrol.config.settings.language;
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
  // Kept like one that a person has written, in the language in which messages are.
  const reason = inLanguage(sentence('linkReason', { channel: via }), patrol.config.settings.language);
  await desk.silence({ matcher, from: at, until: at + silenceMs, by, reason, createdAt: at });
  return true;
}

/** The one that keeps it quiet longest. */
async function silenceOf(
  incident: Incident | undefined,
  { patrol }: ServerContext,
  now: number,
): Promise<Silence | undefined> {
  if (incident === undefined || incident.resolvedAt !== undefined) return undefined;
  return (await patrol.store.desk.silences(now))
    .filter(({ from, matcher }) => from <= now && matchesIncident(matcher, incident))
    .toSorted((a, b) => b.until - a.until)[0];
}
