import { says, sentence } from '../../../messages/sentence.ts';
import type { OwnSentence } from '../../../model/sentence.ts';
import { ellipsize } from '../../../lib/text/text.ts';
import type { Failure } from '../channel.ts';

/** What the Bot API says of a failure: `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`. */
export interface Refusal {
  readonly code: number;
  readonly description: string;
}

const wrongToken = says(
  'the token is wrong or has been revoked: ask @BotFather for it and put it into token:',
  'token 有误或已被撤销：请向 @BotFather 获取，并写入 token:',
);
const removed = says(
  'the bot was removed from the chat or blocked: add it again, in a private chat send it /start',
  '机器人已被移出群聊或被屏蔽：请重新添加；如为私聊，请先向它发送 /start',
);
const noSuchChat = says(
  'there is no such chat for this bot: check chatId:, and add the bot to the chat',
  '该机器人找不到此会话：请检查 chatId:，并把机器人加入会话',
);
const noSuchTopic = says(
  'the topic is gone or closed: correct threadId: or leave it out',
  '话题已删除或已关闭：请更正 threadId:，或将其删去',
);
const mayNotWrite = says(
  'the bot may not write there: give it the right to send messages',
  '机器人无权在此发言：请授予其发送消息的权限',
);
const ourMistake = says(
  'the message is not as Telegram wants it: please report it with this text',
  '消息格式不符合 Telegram 的要求，请连同此文字一并反馈',
);

/** Of the words behind `Bad Request:`, which is all that tells these apart. The first that fits counts. */
const badRequests: readonly (readonly [said: RegExp, kind: 'broken' | 'shrink', hint: OwnSentence])[] = [
  [/(?:message|text) is too long/i, 'shrink', ourMistake],
  [/thread not found|TOPIC_(?:CLOSED|DELETED)/i, 'broken', noSuchTopic],
  [/chat not found|chat_id is empty|chat identifier|PEER_ID_INVALID|CHANNEL_PRIVATE/i, 'broken', noSuchChat],
  [/\brights\b|CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_RESTRICTED/i, 'broken', mayNotWrite],
];

/** What to do after a refusal that is neither a limit nor trouble of the server (codes 400 to 404). */
export function judgeRefusal({ code, description }: Refusal): Failure {
  const told = {
    code: String(code),
    message: sentence('coded', { code: String(code), said: ellipsize(description, 200) }),
  };
  if (code === 403) return { ...told, kind: 'broken', hint: removed };
  if (code !== 400) return { ...told, kind: 'broken', hint: wrongToken };
  const [, kind = 'rejected', hint = ourMistake] = badRequests.find(([said]) => said.test(description)) ?? [];
  return { ...told, kind, hint };
}
