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
  [
    'corpId: or secret: is wrong; WeCom bans this address for an hour when that is repeated',
    'corpId: 或 secret: 有误；反复尝试会被企业微信封禁本机地址一小时',
  ],
  [
    'the app may not do this: a group chat needs an app that the whole company can see',
    '应用没有此权限：群聊要求应用对全公司可见',
  ],
  [
    'the app may not write to these people: widen its visible scope',
    '应用无权向这些成员发消息：请扩大其可见范围',
  ],
  [
    'add the address of this machine to the trusted IP list of the app (企业可信IP)',
    '请把本机地址加入该应用的企业可信 IP',
  ],
  ['none of the recipients exists or is visible to the app', '接收人均不存在，或不在应用的可见范围内'],
  ['there is no such group chat of this app', '该应用没有这个群聊'],
  ['agentId: belongs to another app than secret:', 'agentId: 与 secret: 不属于同一个应用'],
  [
    'the message is not as DingTalk wants it: please report it with this code',
    '消息格式不符合钉钉的要求，请连同此错误码一并反馈',
  ],
  [
    'its security settings refuse the message: keyword, signature (secret:), clock or IP address list',
    '机器人的安全设置拒绝了消息：请检查关键词、加签（secret:）、系统时钟和 IP 白名单',
  ],
  [
    'the robot is gone or its token is wrong: add it to the group again and put its webhook into the config',
    '机器人已被移除，或 token 有误：请重新把机器人加入群聊，并把新的 Webhook 写入配置',
  ],
  ['the group has been dissolved', '群聊已解散'],
  ['the robot has been disabled', '机器人已被停用'],
  ['DingTalk finds an unsafe link in the message', '钉钉认为消息中含有不安全的链接'],
  ['DingTalk finds an improper word in the message', '钉钉认为消息中含有不合适的词语'],
  ['DingTalk finds improper content in the message', '钉钉认为消息内容不合适'],
  [
    'the card is not as Feishu wants it: please report it with this code',
    '卡片格式不符合飞书的要求，请连同此错误码一并反馈',
  ],
  [
    'the robot is gone or its id is wrong: put its new webhook into the config',
    '机器人已被移除，或地址有误：请把新的 Webhook 写入配置',
  ],
  [
    'the signature is refused: check secret:, and the clock of this machine',
    '签名校验未通过：请检查 secret: 和本机时钟',
  ],
  ['add the address of this machine to the IP list of the robot', '请把本机地址加入机器人的 IP 白名单'],
  [
    'the robot wants a keyword that our messages do not have: use a signature',
    '机器人要求消息含有自定义关键词，而我们的消息没有：请改用签名校验',
  ],
  [
    'the webhook or its channel is gone: make a new webhook and put it into the config',
    'Webhook 或其频道已不存在：请新建 Webhook 并写入配置',
  ],
  ['the channel is archived: choose another one', '频道已归档：请换一个频道'],
  ['an administrator has restricted the channel or the app', '管理员限制了该频道或应用'],
  ['only some people may write to this channel', '只有部分成员可以在该频道发言'],
  [
    'the server does not offer TLS as asked for: check tls:',
    '邮件服务器不支持所配置的 TLS 方式：请检查 tls:',
  ],
  ['the server takes only shorter mails', '邮件服务器只接收更短的邮件'],
  ['check user: and password:', '请检查 user: 和 password:'],
  ['the server refuses from: or every address in to:', '邮件服务器拒绝了 from: 或 to: 中的全部地址'],
  ["the server refuses this mail: look at the server's log", '邮件服务器拒绝了这封邮件：请查看服务器日志'],
  [
    'the address redirects: a sign-in page or proxy stands between; use the final address',
    '该地址发生重定向：中间可能有登录页或代理；请填写最终地址',
  ],
  ['the server takes only shorter messages', '对方只接收更短的消息'],
  ['the server does not like this message: look at its log', '对方不接受这条消息：请查看其日志'],
  ['check the address and its key or password in the config', '请检查配置中的地址及其密钥或密码'],
  ['this is a mistake in the program: please report it', '这是程序的缺陷，请反馈给我们'],
  // Of a message that waits: a code, then what was said.
  ['limit waits for its place in the minute', '已达每分钟上限，排队等待发送'],
  ['stopped the program stopped before it was sent', '程序在发送前停止'],
];
