import type { Catalogue } from './entry.ts';

/** What is said of messages on their way and of the channels that take them; vendors' codes are explained by their channels. */
export const channelSentences = {
  programMistake: ['this is a mistake in the program: please report it', '这是程序的缺陷，请反馈给我们'],
  notRendered: ['cannot be rendered: {why}', '无法生成消息：{why}'],
  coded: ['code {code}: {said}', '错误码 {code}：{said}'],
  codedWithHint: ['code {code}: {said} ({hint})', '错误码 {code}：{said}（{hint}）'],
  waitsForMinute: ['waits for its place in the minute', '已达每分钟上限，排队等待发送'],
  stoppedBeforeSending: ['the program stopped before it was sent', '程序在发送前停止'],
  answerCutOff: ['the answer was cut off', '应答不完整'],
  answerNotJson: [
    'the answer is not the JSON of the API: does a proxy stand between?',
    '应答不是接口的 JSON：中间是否有代理？',
  ],
  answerNotOk: [
    'the answer is not "ok" but "{said}": does a proxy stand between?',
    '应答不是“ok”而是“{said}”：中间是否有代理？',
  ],
  // Of a test message, step by step.
  renderedParts: [
    { one: '{n} message, {bytes} bytes', other: '{n} messages, {bytes} bytes' },
    '{n} 条消息，{bytes} 字节',
  ],
  answeredIn: ['{place}: HTTP {status} in {ms} ms', '{place}：HTTP {status}，耗时 {ms} 毫秒'],
  lookIntoChannel: ['look into the channel', '请到渠道中查看'],
  lookForReceipt: ['look into the channel ({receipt})', '请到渠道中查看（{receipt}）'],
  butWarning: ['but {warning}', '但是：{warning}'],
  canItBeReached: [
    'Is the address right, and can this machine reach it? Where a proxy leads outside, set HTTPS_PROXY.',
    '请检查地址是否正确、本机能否访问它；如需经代理访问外网，请设置 HTTPS_PROXY。',
  ],
  sentAgainLater: ['a real message would be sent again later, by itself', '如果是真实消息，稍后会自动重发'],
  mayHaveArrived: [
    'look into the channel: it may have arrived; a real message would be repeated a few times',
    '请到渠道中查看：可能已送达；真实消息会重发几次',
  ],
} as const satisfies Catalogue;
