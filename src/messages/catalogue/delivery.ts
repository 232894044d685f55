import type { Catalogue } from './entry.ts';

/** What is said of how a message went, whatever channel it went to. */
export const deliverySentences = {
  templateNotUsed: ['template not used: {why}', '未使用模板：{why}'],
  noPicture: ['no picture: {why}', '未能生成图片：{why}'],
  sentWithoutExtra: ['sent without its file or picture: {why}', '已发送，但没有附带文件或图片：{why}'],
  sentPlainer: [
    'sent in a plainer form ({form}), because it was refused: {why}',
    '消息被拒绝，已改用更简单的格式（{form}）发送：{why}',
  ],
  plainerRefusedToo: ['{what}; plainer forms of it were refused, too', '{what}；改用更简单的格式后仍被拒绝'],
  unclearAndOver: [
    'it may have arrived, and what it tells has ended meanwhile: not repeated',
    '可能已送达，且所述故障已经结束：不再重发',
  ],
  refusedAndOver: [
    'it was refused, and what it tells has ended meanwhile: not repeated',
    '已被拒绝，且所述故障已经结束：不再重发',
  ],
} as const satisfies Catalogue;
