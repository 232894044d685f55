import { byteLength } from '../../../lib/text/text.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  idsIn,
  matches,
  miscolored,
  over,
  page,
  unclean,
  unknown,
  unlikeMarkdown,
} from '../shared/faults.fixture.ts';

const wecomFont = /<font color="(?:comment|warning)">/g;

interface RobotBody {
  readonly markdown?: { readonly content: string };
  readonly markdown_v2?: { readonly content: string };
  readonly text?: {
    readonly content: string;
    readonly mentioned_list?: readonly string[];
    readonly mentioned_mobile_list?: readonly string[];
  };
  readonly news?: { readonly articles: readonly { title: string; description: string; url: string }[] };
  readonly template_card?: Readonly<Record<string, unknown>>;
}

/** What is wrong with a body of either kind of channel. */
export function wecomFaults(part: string, told: MessageContent): readonly string[] {
  const { markdown, markdown_v2: v2, text: plain, news, template_card: card } = JSON.parse(part) as RobotBody;
  const shown = (markdown ?? v2)?.content ?? '';
  const articles = news?.articles ?? [];
  const written = JSON.stringify(card ?? {});
  const urls = [...articles.map(({ url }) => url), ...idsIn(written, /"url":"([^"]*)"/g)];
  return [
    ...over('markdown', byteLength(shown), 4096),
    ...unlikeMarkdown(shown),
    ...miscolored(shown, wecomFont),
    ...unknown(idsIn(shown, /<@([^>]*)>?/g), told.mentions),
    ...matches('has a tag', v2?.content ?? '', /<[@f]/),
    ...over('text', byteLength(plain?.content ?? ''), 2048),
    ...unclean(plain?.content ?? ''),
    ...unknown([...(plain?.mentioned_list ?? []), ...(plain?.mentioned_mobile_list ?? [])], told.mentions),
    ...articles.flatMap(({ title, description }) => [
      ...over('title', byteLength(title), 128),
      ...over('description', byteLength(description), 512),
      ...unclean(title.replaceAll('\n', '\0')),
      ...unclean(description),
    ]),
    ...idsIn(written, /"(?:title|desc|sub_title_text|keyname|value)":("(?:[^"\\]|\\.)*")/g).flatMap((one) =>
      unclean((JSON.parse(one) as string).replaceAll('\n', '\0')),
    ),
    ...urls.filter((url) => !url.startsWith(`${page}/`)).map((url) => `leads to ${url}`),
  ];
}
