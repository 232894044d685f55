import { matches, over, page, unclean } from '../shared/faults.fixture.ts';
import {
  type Call,
  type Fault,
  parseJson,
  type Reply,
  type StandIn,
  startHook,
} from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';

interface Body {
  readonly text: string;
  readonly blocks: readonly { readonly text: { readonly text: string } }[];
}

export const trial: ChannelTrial = {
  standIn: slackStandIn,
  acts: /<!channel>|<https?:|<@/,
  faults(part, told) {
    const { text: first, blocks } = JSON.parse(part) as Body;
    return [
      ...matches('has a tag', first, /[<>]/),
      ...blocks.flatMap(({ text: { text: shown } }) => [
        ...over('a section', shown.length, 3000),
        // The word joiner is what takes marks apart.
        ...unclean(shown.replaceAll('\u2060', '')),
        ...(shown.match(/<[^>]*>?/g) ?? []).filter(
          (tag) =>
            !tag.startsWith(`<${page}/`) &&
            !(tag === '<!channel>' && told.mentions.includes('@all')) &&
            !/^<@[UW][A-Z0-9]+>$/.test(tag),
        ),
      ]),
    ];
  },
  refusals: ['no_team', 'channel_is_archived', 'action_prohibited', 'posting_to_general_channel_denied'].map(
    (said) => answering(403, said),
  ),
};

interface SlackMessage {
  readonly text?: string;
  readonly blocks?: readonly { readonly text?: { readonly text?: string } }[];
}

async function slackStandIn(): Promise<StandIn> {
  const path = '/services/T0CANARY/B0CANARY/canary4711hook';
  const seen: string[] = [];
  const answer = ({ url, body }: Call): Reply => {
    if (url.pathname !== path) return { status: 404, body: 'no_service' };
    const message = parseJson(body) as SlackMessage | undefined;
    if (message?.text === undefined) return { status: 400, body: 'invalid_payload' };
    const sections = (message.blocks ?? []).map((block) => block.text?.text ?? '');
    if (sections.length > 50 || sections.some((section) => section === '' || section.length > 3000)) {
      return { status: 400, body: 'invalid_blocks' };
    }
    seen.push([message.text, ...sections].join('\n'));
    return { body: 'ok' };
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: { status: 500, body: 'rollup_error' },
    gone: { status: 404, body: 'channel_not_found' },
    bad: { status: 400, body: 'invalid_payload' },
  };
  const hook = await startHook(answer, faults);
  return { ...hook, input: { webhook: `${hook.url}${path}` }, secret: 'canary4711hook', seen };
}
