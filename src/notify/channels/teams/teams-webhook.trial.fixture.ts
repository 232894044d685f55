import { over, page, unclean, unknown } from '../shared/faults.fixture.ts';
import {
  type Call,
  type Fault,
  parseJson,
  type Reply,
  type StandIn,
  startHook,
} from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';
import { type Message, shownMessage } from './teams-card.ts';

const postBytes = 28 * 1024;

export const trial: ChannelTrial = {
  standIn: teamsStandIn,
  acts: /<at>/,
  faults(part, told) {
    const { attachments } = JSON.parse(part) as Message;
    const [card] = attachments.map(({ content }) => content);
    const elements = card?.body ?? [];
    const inlines = elements.flatMap((one) => (one.type === 'RichTextBlock' ? one.inlines : []));
    const called = elements.flatMap((one) =>
      one.type === 'TextBlock' ? [...one.text.matchAll(/<at>([^<]*)<\/at>/g)].map(([, id = '']) => id) : [],
    );
    const named = (card?.msteams.entities ?? []).map(({ mentioned }) => mentioned.id);
    const urls = inlines.flatMap(({ selectAction }) => selectAction?.url ?? []);
    return [
      ...over('the post', part.length * 2, postBytes),
      ...inlines.flatMap(({ text }) => unclean(text.replaceAll('\n', '\0'))),
      ...urls.filter((url) => !url.startsWith(`${page}/`)).map((url) => `leads to ${url}`),
      ...unknown([...called, ...named], told.mentions),
      ...(called.join() === named.join() ? [] : [`calls ${called.join()} and names ${named.join()}`]),
    ];
  },
  refusals: [
    answering(
      200,
      'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403',
    ),
    answering(400, error('InvalidRequestContent')),
    answering(400, error('WorkflowTriggerIsNotEnabled')),
    answering(401, error('DirectApiAuthorizationRequired')),
    answering(404, error('WorkflowNotFound')),
    answering(413, error('RequestEntityTooLarge')),
  ],
};

function error(code: string, message = 'no'): object {
  return { error: { code, message } };
}

const path = '/powerautomate/automations/direct/workflows/canary/triggers/manual/paths/invoke';
const sig = 'canary-4711-signature';

/**
 * A workflow that posts cards to a channel. What it is sent is accepted before anybody looks at it: a card that is none, or
 * one that is too large, is answered 202 as well and never seen.
 */
async function teamsStandIn(): Promise<StandIn> {
  const seen: string[] = [];
  const answer = ({ url, body }: Call): Reply => {
    if (url.pathname !== path)
      return { status: 404, body: error('WorkflowNotFound', 'The workflow could not be found.') };
    if (url.searchParams.get('sig') !== sig) {
      const message = 'The request must be authenticated only by Shared Access scheme.';
      return { status: 401, body: error('DirectApiAuthorizationRequired', message) };
    }
    const message = parseJson(body);
    if (message === undefined)
      return { status: 400, body: error('InvalidRequestContent', 'The request content is not valid JSON.') };
    if (isPosted(message, body)) seen.push(shownMessage(message as unknown as Message));
    return { status: 202, headers: { 'x-ms-workflow-run-id': `run-${seen.length}` }, body: '' };
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: {
      status: 502,
      body: error('NoResponse', 'The server did not receive a response from an upstream server.'),
    },
    limited: {
      status: 429,
      headers: { 'retry-after': '17' },
      body: error('WorkflowTriggerThrottled', 'Too many requests.'),
    },
    gone: { status: 404, body: error('WorkflowNotFound', 'The workflow could not be found.') },
    'too-long': { status: 413, body: error('RequestEntityTooLarge', 'The request is too large.') },
    bad: { status: 400, body: error('InvalidRequestContent', 'The request content is not valid JSON.') },
  };
  const hook = await startHook(answer, faults);
  const query = `api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sig}`;
  return { ...hook, input: { webhook: `${hook.url}${path}?${query}` }, secret: sig, seen };
}

/** What the steps of the workflow do with it, out of sight. */
function isPosted(message: Readonly<Record<string, unknown>>, body: string): boolean {
  const { attachments } = message as unknown as Partial<Message>;
  const [attachment] = attachments ?? [];
  const isCard =
    attachment?.contentType === 'application/vnd.microsoft.card.adaptive' &&
    attachment.content.type === 'AdaptiveCard' &&
    attachment.content.body.length > 0;
  return message['type'] === 'message' && isCard && Buffer.byteLength(body, 'utf16le') <= postBytes;
}
