import { readingEnds } from './english-words.ts';
import { wordsIn } from './words.ts';

/**
 * Names and titles that read and write (读写寄存器, `readWrite`, "Get/set brightness"), and deeds that sound like looking: an
 * email address that is verified, a visit that is counted, a ticket that is taken at the gate.
 */

/** What there is of reading and writing: 读写权限, 读写分离状态, `readWriteRatio`. */
const ofBoth =
  /读写(?:权限?|分离|速[率度]|锁|比|性能|统计|延迟|吞吐|IO|能力|模式|类型|方式|属性|标[志识]|次数|量|状态)|(?:列表|记录|日志|统计|状态|速率|权限|次数|详情|说明|配置|率|量)$/iu;
const bothInChinese =
  /(?:读取?|查询?|获取)[/／、和与及或并&+]?(?:写入?(?!法|字|作)|设置|下发)(?!的)|(?:查|增|删|改){3,4}(?:接口|操作)?(?!\p{Script=Han}*(?:记录|日志))|^(?:查改|读改)|(?:查询|读取|获取|查看)[/／、和与及或&+](?:修改|更新|写入|设置|编辑|保存|删除|新增)(?!\p{Script=Han}*(?:记录|日志|时间|人|次数|历史))/u;

const writes = 'write|set|put|update|modify|increment|incr|decrement|add|delete|clear|reset|save';
const bothInEnglish = new RegExp(
  `^(?:reads?|gets?|fetch(?:es)?|quer(?:y|ies)) (?:and|or|then|n) (?:${writes})s?\\b|^reads? writes?\\b|^gets? set (?:volume|brightness|temperature|speed|position|level|mode|state|power|value|register)s?$|^readwrite\\b|^getandset\\b|^(?:plc |modbus )?rw(?: (?:reg(?:ister)?s?|data|plc|coils?|memory|files?))?$|\\brw$|^crud\\b`,
);
const bothWritten = new RegExp(`^(?:reads?|gets?)\\s?/\\s?(?:${writes})s?\\b`, 'i');
const endsOfBoth =
  /^(?:split|splitting|separation|ratio|latency|speed|throughput|permissions?|access|modes?|locks?|rates?|ops|iops|io|performance)$/;

/** The word by which a title, or a name, says that it reads and writes. */
export function readsAndWrites(text: string): string | undefined {
  const chinese = bothInChinese.exec(text)?.[0];
  if (chinese !== undefined) return ofBoth.test(text) ? undefined : chinese;
  const words = wordsIn(text);
  const found = bothWritten.exec(text)?.[0] ?? bothInEnglish.exec(words.join(' '))?.[0];
  const [first = '', ...rest] = words;
  const isView =
    rest.some((word) => endsOfBoth.test(word)) || (rest.length > 0 && readingEnds.has(words.at(-1) ?? ''));
  return isView && !first.startsWith('get') ? undefined : found;
}

const soundingLikeReads: readonly RegExp[] = [
  // What a link of a mail does.
  /^(?:verif(?:y|ies)|confirms?|activates?) (?:(?:a|an|the|your|my|new|user|users) )*(?:e ?mail)(?: address)?(?: (?:by|via|with|using|from|through)\b.*)?$/,
  /^(?:verif(?:y|ies)|confirms?|activates?) (?:(?:a|an|the|your|my|new|user|users) )*(?:account|registration) (?:by|via|with|using|from|through) (?:(?:a|an|the) )?(?:e ?mail|link|token|code|mail)\b.*$/,
  // Who shows it again is turned away.
  /^(?:validates?|checks?|verif(?:y|ies)|scans?) (?:(?:a|an|the) )?(?:(?:e|entry) ?)?(?:tickets?|passe?s?|vouchers?|badges?) (?:at|on) (?:(?:a|an|the) )?(?:gate|entrance|entry|door|turnstile|checkpoint|counter|venue|admission)\b/,
  /^(?:counts?|records?|tracks?|logs?|registers?|tall(?:y|ies)) (?:a|an|one|this) (?:[a-z]+ )?(?:hit|visit|view|click|impression|play|download|open|share|pageview)\b/,
];
/** What is made when it is asked for: "Get a magic link", 获取新的二维码. */
const madeWhenAsked: readonly RegExp[] = [
  /^(?:gets?|fetch(?:es)?|obtains?|requests?|retrieves?) (?:an? |one |the |my )?(?:new |fresh )?(?:magic|log ?in|sign ?in|invite|password reset|reset|verification|activation|pairing|one time|single use|temporary|temp|disposable|throwaway|random) (?:\w+ )?(?:link|url|code|token|password|passcode|otp|number|secret|credentials?)$/,
  /^(?:获取|取|拿|申请|得到|获得)(?:一[个张条枚])?(?:全?新(?:的(?:一[个张条枚])?|(?=二维|小程|验证|校验|邀请|授权|令牌|token|密码|密钥|链接|订单号|流水号|编号))|随机的?|临时的?|一次性的?)\p{Script=Han}{0,4}(?:码|链接|令牌|token|口令|密码|密钥|凭证|编号|单号|流水号|号码|账号|ID|ticket)$/iu,
  /^(?:获取|接收)(?:手机)?短信$/u,
];

const work =
  'jobs?|tasks?|tickets?|orders?|messages?|items?|numbers?|ids?|sequence|seq|commands?|leads?|patients?|customers?|calls?|cases?|delivery|deliveries|work|batch|assignment|todo';
/** What is handed out, and to nobody else after that: "Get next job", 获取下一个待办任务. */
const handedOut: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:gets?|fetch(?:es)?|takes?|obtains?|polls?|gives?|pulls?|requests?) (?:me )?(?:the |an? |my )?)next (?:(?:pending|available|queued|open|unassigned|waiting|free|unused) )*(?:work )?(?:${work})$`,
  ),
  /^next (?:pending |available |queued )?(?:jobs?|task|work item|ticket number|number|id|sequence|seq|serial)$/,
  /^(?:获取|领取|取|拿|拉取|申请|得到|查询|请求)?(?:下一|下1)(?:个|条|张|份|笔|位|道)?(?:(?:待|未)\p{Script=Han}{1,2}的?)?(?:任务|工单|单据?|订单|号码?|编号|序号|流水号|消息|客户|线索|案件|样本|病人|患者|作业|短信|邮件|号源|指令|命令|待办(?:任务|事项)?|ID)$/iu,
];

const soundingLikeReadsInChinese =
  /^(?:用户|账号|注册)?(?:(?:验证|激活|确认|认证)(?:用户|注册|电子|绑定)?邮箱(?:地址|链接|账号)?|校验邮箱链接)$/u;

/** What is shown to others, on a screen of theirs: 显示文字到大屏, 播放提示音到音箱. */
const shownElsewhere =
  /^(?:显示|展示|播放|播报|投放|输出|打印)\p{Script=Han}{0,8}?(?:到|至|在)\p{Script=Han}{0,6}?(?:大屏|屏幕|显示屏|LED|电视|音箱|音响|广播|终端|打印机|设备|车机)(?:上|中)?$/iu;

/** The word of a title, or of a name, by which something may be done that sounds like looking. */
export function soundsLikeReading(text: string): string | undefined {
  if (shownElsewhere.test(text.trim())) return text.trim();
  if (soundingLikeReadsInChinese.test(text.trim())) return text.trim();
  const said = wordsIn(text).join(' ');
  const isOne = [...soundingLikeReads, ...madeWhenAsked, ...handedOut].some(
    (one) => one.test(said) || one.test(text.trim()),
  );
  return isOne ? text.trim() : undefined;
}

const secret =
  '(?:pin(?: code)?|passwords?|pwd|passwd|passcode|passphrase|[th]?otp|mfa|2 ?fa|captcha|cvv|one time (?:password|code)|(?:otp|pin|mfa|sms|security|recovery|backup) code|security answer)';
const whose =
  '(?:(?:the|a|an|my|your|user|users|login|pay|payment|trade|old|current|sms|email|phone|mobile|account|admin|wallet|card|lock|door) )*';
const tries = '(?:do )?(?:verif(?:y|ies)|checks?|validates?|match(?:es)?|confirms?|compares?)';
const triesSecret = new RegExp(
  `^(?:${tries} ${whose}${secret}|${whose}${secret} (?:verify|check|validate|match))(?: ?\\d+)?$`,
);
const triesSecretInChinese =
  /^(?:(?:用户|登录|支付|交易|旧|原|当前|管理员)*(?:校验|验证|核对|核验|检查|比对))\p{Script=Han}{0,6}(?:密码|口令|密保|PIN码?|OTP)(?:是否)?(?:正确|匹配|一致|有效|错误)?$|^\p{Script=Han}{0,6}(?:密码|口令|PIN码?)(?:校验|验证|核对)$/iu;

/** Names and titles of a secret that is tried: whoever guesses is locked out. */
export function guessesSecret(text: string): string | undefined {
  const said = wordsIn(text).join(' ');
  if (triesSecret.test(said)) return said;
  return triesSecretInChinese.test(text.trim()) ? text.trim() : undefined;
}

/** Where others call back, by its title as well: 微信回调地址 at `/wx/callback`. */
export function calledBack(title: string, lastPart: string): string | undefined {
  const word = wordsIn(lastPart).at(-1) ?? '';
  if (!/^(?:callbacks?|notify|webhook|hook)$/.test(word)) return undefined;
  return /^(?!获取|查询|查看|返回)\p{Script=Han}*(?:回调|通知)(?:的?(?:地址|接口|链接|入口|url))?$/iu.test(
    title.trim(),
  )
    ? word
    : undefined;
}
