import { ManualClock } from '../../../lib/time/clock.ts';
import type { MessageContent } from '../../../model/message.ts';
import type { ChannelKind, PostResponse, SendContext, SendOutcome } from '../channel.ts';
import { createPost } from '../../delivery/post.ts';
import { MemoryTokenCache } from '../../delivery/memory-token-cache.ts';

export const at = Date.UTC(2026, 2, 9, 4, 3);

/** One kind with options, as the sender would use it; tokens are kept over calls. */
export function channel(kind: ChannelKind, input: object, clock = new ManualClock(at)) {
  const options = kind.options.parse(input);
  const context: SendContext = {
    post: createPost(),
    now: () => clock.now(),
    tokens: new MemoryTokenCache(clock),
  };
  const render = (content: MessageContent) =>
    kind.render(content, options, { language: 'zh', timeZone: 'Asia/Shanghai' }).parts;
  return {
    render,
    send: (part: string, rest: Partial<SendContext> = {}): Promise<SendOutcome> =>
      kind.send(part, options, { ...context, ...rest }),
    async tell(content: MessageContent): Promise<readonly SendOutcome[]> {
      const outcomes: SendOutcome[] = [];
      for (const part of render(content)) outcomes.push(await kind.send(part, options, context));
      return outcomes;
    },
  };
}

export interface Sent {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A post that keeps what would have gone out and answers with `body`. */
export function recorder(body: string, rest: Partial<PostResponse> = {}) {
  const sent: Sent[] = [];
  const post: SendContext['post'] = (url, content, headers = {}) => {
    sent.push({ url, body: String(content), headers });
    return Promise.resolve({ status: 200, headers: {}, body, ...rest });
  };
  return { sent, post };
}
