const failureWords =
  '失败|错误|异常|出错|报错|告警|报警|过期|失效|非法|拒绝|超时|故障|崩溃|中断|冲突|不正确|缺失';
/** Not of `无权…`, `无效`, `无法…`, `没有登录…` and `无响应…`, which are failures themselves. */
const between = '(?:(?!权|效|法|登|响|应|返|可用|或|且|致|因)[一-鿿])';
const failureNouns = String.raw`(?:errors?|fail(?:ed|ures?|ing)?|exceptions?|expired|invalid|denied|rejected|unavailable|timeouts?|timed[ -]?out|crash(?:ed|es)?|abort(?:ed|s)?|missing|illegal)\b`;

/** That there is no failure: `没有异常`, `暂无失败任务`, `0 个错误`, `失败：0`, `错误日志为空`, `no error records`, `without errors`, `failed: 0`. */
const negated = new RegExp(
  [
    `(?:没有|暂无|并无|尚无|无|未(?:发现|出现|发生|产生|检测到|检出|查到|触发)|零)(?:任何|已经|处于)?${between}{0,3}?(?:${failureWords})`,
    '不存在(?:任何)?(?:失败|错误|异常)',
    String.raw`(?<![\d.])0\s{0,3}[个条次项件笔台]?\s{0,3}的?(?:${failureWords})`,
    String.raw`(?:${failureWords})(?:数量|次数|总数|条数|记录|任务|数)?\s{0,3}(?:[:：=]|为|共|有)?\s{0,3}0(?![\w.])`,
    `(?:${failureWords})(?:日志|列表|记录|任务|订单|队列|信息)(?:列表)?为空`,
    String.raw`\b(?:no|not any|without(?: any)?|zero)\s{1,3}(?:(?!such|response|valid|access|permission|connection|route|authori)\w{1,20}\s{1,3})?${failureNouns}`,
    String.raw`(?<![\d.])\b0\s{1,3}(?:\w{1,20}\s{1,3})?${failureNouns}`,
    String.raw`(?:\b(?:not|never)|n't)\s{1,3}(?:yet\s{1,3}|been\s{1,3})?(?:fail(?:ed)?|expired|invalid|denied|rejected|timed[ -]?out|crashed|aborted|missing|illegal)\b`,
    String.raw`\b${failureNouns}(?:\s{1,3}count)?\s{0,3}(?:[:=]|is)?\s{0,3}0(?![\w.])`,
    String.raw`\b${failureNouns}\s{1,3}(?:\w{1,20}\s{1,3})?(?:is|are|was|were)\s{1,3}empty\b`,
    String.raw`\bempty\s{1,3}${failureNouns}`,
  ].join('|'),
  'gi',
);

/** A text without those of its words that say that there is no failure. */
export function withoutNegated(text: string): string {
  return text.replaceAll(negated, ' ');
}
