import type { Phrase } from './phrase.ts';

/** What a channel's refusals mean, and what to do. */
export const channelPhrases: readonly Phrase[] = [
  [
    'the message is not as WeCom wants it: please report it with this code',
    '消息格式不符合企业微信的要求，请连同此错误码一并反馈',
  ],
  [
    'the robot is gone or its key is wrong: add the robot to the group again and put its new webhook into the config',
    '机器人已被移除，或 key 有误：请重新把机器人加入群聊，并把新的 Webhook 写入配置',
  ],
  [
    'the uploaded file is older than three days or belongs to another robot',
    '上传的文件已超过三天，或属于另一个机器人',
  ],
  ['a picture may have 2 MB', '图片不能超过 2 MB'],
  ['a file may have 20 MB', '文件不能超过 20 MB'],
  [
    'the robot has been disabled: enable it in the group or by the administrator',
    '机器人已被停用：请在群聊中启用，或联系管理员',
  ],
  // Of a message that waits: a code, then what was said.
  ['limit waits for its place in the minute', '已达每分钟上限，排队等待发送'],
  ['stopped the program stopped before it was sent', '程序在发送前停止'],
];
