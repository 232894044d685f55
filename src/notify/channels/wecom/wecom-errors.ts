import { says } from '../../../messages/sentence.ts';
import type { ErrorRules } from '../shared/error-rules.ts';

const minuteMs = 60_000;
const ourMistake = says(
  'the message is not as WeCom wants it: please report it with this code',
  '消息格式不符合企业微信的要求，请连同此错误码一并反馈',
);
const wrongKey = says(
  'the robot is gone or its key is wrong: add the robot to the group again and put its new webhook into the config',
  '机器人已被移除，或 key 有误：请重新把机器人加入群聊，并把新的 Webhook 写入配置',
);

/** Codes of WeCom's reference (path 90313) that a group robot can give; `errmsg` may change, so nobody reads it. */
export const robotErrors: ErrorRules = {
  [-1]: { action: 'retry', hint: says('WeCom is busy', '企业微信繁忙') },
  40001: { action: 'break', hint: wrongKey },
  40007: {
    action: 'reject',
    hint: says(
      'the uploaded file is older than three days or belongs to another robot',
      '上传的文件已超过三天，或属于另一个机器人',
    ),
  },
  40008: { action: 'reject', hint: ourMistake },
  40009: { action: 'reject', hint: says('a picture may have 2 MB', '图片不能超过 2 MB') },
  40033: { action: 'reject', hint: ourMistake },
  40035: { action: 'reject', hint: ourMistake },
  // This is what a too long markdown is answered with; 45002 is what the reference promises.
  40058: { action: 'shrink', hint: ourMistake },
  40063: { action: 'reject', hint: ourMistake },
  44001: { action: 'reject', hint: ourMistake },
  44004: { action: 'reject', hint: ourMistake },
  45001: { action: 'reject', hint: says('a file may have 20 MB', '文件不能超过 20 MB') },
  45002: { action: 'shrink', hint: ourMistake },
  45007: { action: 'reject', hint: ourMistake },
  45008: { action: 'shrink', hint: ourMistake },
  // Blocked for as long as the window that was exceeded, which is a minute.
  45009: {
    action: 'retry',
    afterMs: minuteMs,
    hint: says(
      'more than 20 messages a minute: does something else use this robot too?',
      '每分钟超过 20 条消息：是否还有其他程序在使用此机器人？',
    ),
  },
  45033: {
    action: 'retry',
    afterMs: 1000,
    hint: says(
      'too many calls at once: does something else use this robot too?',
      '同时调用过多：是否还有其他程序在使用此机器人？',
    ),
  },
  47001: { action: 'reject', hint: ourMistake },
  93000: { action: 'break', hint: wrongKey },
  93004: {
    action: 'break',
    hint: says(
      'the robot has been disabled: enable it in the group or by the administrator',
      '机器人已被停用：请在群聊中启用，或联系管理员',
    ),
  },
  93008: { action: 'break', hint: wrongKey },
  301019: { action: 'reject', hint: ourMistake },
};

/** So long that the ban for a wrong secret does not begin anew with each try. */
const banMs = 15 * minuteMs;
const wrongSecret = says(
  'corpId: or secret: is wrong; WeCom bans this address for an hour when that is repeated',
  'corpId: 或 secret: 有误；反复尝试会被企业微信封禁本机地址一小时',
);

/** What a self-built app can get beyond that. */
export const appErrors: ErrorRules = {
  ...robotErrors,
  40001: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40013: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40091: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40014: { action: 'retry', hint: says('the token is no longer good', '令牌已失效') },
  41001: { action: 'retry', hint: says('the token is missing', '缺少令牌') },
  42001: { action: 'retry', hint: says('the token has expired', '令牌已过期') },
  48002: {
    action: 'break',
    hint: says(
      'the app may not do this: a group chat needs an app that the whole company can see',
      '应用没有此权限：群聊要求应用对全公司可见',
    ),
  },
  60011: {
    action: 'break',
    hint: says(
      'the app may not write to these people: widen its visible scope',
      '应用无权向这些成员发消息：请扩大其可见范围',
    ),
  },
  60020: {
    action: 'break',
    hint: says(
      'add the address of this machine to the trusted IP list of the app (企业可信IP)',
      '请把本机地址加入该应用的企业可信 IP',
    ),
  },
  81013: {
    action: 'break',
    hint: says(
      'none of the recipients exists or is visible to the app',
      '接收人均不存在，或不在应用的可见范围内',
    ),
  },
  86001: { action: 'break', hint: says('there is no such group chat of this app', '该应用没有这个群聊') },
  301002: {
    action: 'break',
    hint: says('agentId: belongs to another app than secret:', 'agentId: 与 secret: 不属于同一个应用'),
  },
};

/** Codes after which a new token is fetched and the message sent once more. */
export const staleToken: ReadonlySet<string> = new Set(['40014', '41001', '42001']);
