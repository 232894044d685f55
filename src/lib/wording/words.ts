import { inLatinLetters } from '../text/look-alikes.ts';
import { percentDecoded } from '../text/text.ts';
import { verbClasses } from './english-words.ts';
import { verbsAbroad } from './languages.ts';

/** Names of programs and paths as words. */

/** Short forms and misspellings that systems in service use. */
const meant: Readonly<Record<string, string>> = {
  del: 'delete',
  dele: 'delete',
  rm: 'remove',
  rmv: 'remove',
  upd: 'update',
  mod: 'modify',
  ins: 'insert',
  gen: 'generate',
  init: 'initialize',
  exec: 'execute',
  asgn: 'assign',
  deact: 'deactivate',
  actv: 'activate',
  susp: 'suspend',
  enrol: 'enroll',
  rej: 'reject',
  lck: 'lock',
  unlck: 'unlock',
  dsbl: 'disable',
  enbl: 'enable',
  cnl: 'cancel',
  cncl: 'cancel',
  cxl: 'cancel',
  regen: 'generate',
  reinit: 'initialize',
  unsub: 'unsubscribe',
  dereg: 'unregister',
  deprov: 'deprovision',
  resched: 'reschedule',
  reconf: 'reconfigure',
  cfm: 'confirm',
  rst: 'reset',
  rbt: 'reboot',
  snd: 'send',
  cancle: 'cancel',
  cancell: 'cancel',
  delect: 'delete',
  delte: 'delete',
  updata: 'update',
  udpate: 'update',
  reflesh: 'refresh',
  refesh: 'refresh',
  comfirm: 'confirm',
  sumbit: 'submit',
  recive: 'receive',
  reovke: 'revoke',
  singin: 'signin',
  singout: 'signout',
  signoff: 'signout',
  singup: 'signup',
  logoff: 'logout',
  loginout: 'logout',
  logon: 'login',
  qry: 'query',
  sel: 'select',
  synch: 'sync',
  synchr: 'sync',
  synchronize: 'sync',
  synchronise: 'sync',
  mv: 'move',
  mkdir: 'create',
  regist: 'register',
  uploadify: 'upload',
  addsave: 'save',
  turnon: 'enable',
  turnoff: 'disable',
  playpause: 'toggle',
  ptzctrl: 'ptz',
  ptzcontrol: 'ptz',
  factorydefault: 'reset',
  hardfactorydefault: 'reset',
};

/** Chinese in pinyin: verbs, and what is looked at when one stands before it. */
const pinyin: Readonly<Record<string, string>> = {
  yidu: 'mark',
  tingyong: 'disable',
  kaimen: 'open',
  guanmen: 'close',
  tuidan: 'cancel',
  piliangshanchu: 'delete',
  guidang: 'archive',
  tongguo: 'approve',
  gaipai: 'assign',
  faquan: 'grant',
  guandan: 'cancel',
  cuidan: 'urge',
  zhuanjiao: 'transfer',
  pingbi: 'block',
  hulve: 'ignore',
  chaifen: 'split',
  yidong: 'move',
  qiehuan: 'switch',
  chongzhimima: 'reset',
  gaimima: 'modify',
  banka: 'bind',
  zhuanzhang: 'transfer',
  tiaojia: 'modify',
  shanchu: 'delete',
  xiugai: 'modify',
  xinzeng: 'add',
  tianjia: 'add',
  zengjia: 'add',
  baocun: 'save',
  tijiao: 'submit',
  shenhe: 'approve',
  shenpi: 'approve',
  tuipiao: 'refund',
  tuifang: 'refund',
  tuiding: 'cancel',
  tuike: 'cancel',
  gaiqian: 'modify',
  tuikuan: 'refund',
  tuihuo: 'refund',
  zhifu: 'pay',
  fukuan: 'pay',
  shoukuan: 'receive',
  fahuo: 'ship',
  shouhuo: 'receive',
  qingkong: 'clear',
  qingchu: 'clear',
  chongzhi: 'recharge',
  tixian: 'withdraw',
  jinyong: 'disable',
  qiyong: 'enable',
  qidong: 'start',
  tingzhi: 'stop',
  chongqi: 'restart',
  daoru: 'import',
  daochu: 'export',
  zhuxiao: 'logout',
  tuichu: 'logout',
  denglu: 'login',
  zhuce: 'register',
  gengxin: 'update',
  quxiao: 'cancel',
  fabu: 'publish',
  chexiao: 'revoke',
  fasong: 'send',
  tuisong: 'push',
  tongbu: 'sync',
  bangding: 'bind',
  jiebang: 'unbind',
  dongjie: 'freeze',
  jiedong: 'unfreeze',
  shezhi: 'set',
  shangjia: 'shelve',
  xiajia: 'unshelve',
  shangxian: 'enable',
  xiaxian: 'disable',
  koujian: 'deduct',
  koukuan: 'deduct',
  kouchu: 'deduct',
  dakuan: 'pay',
  huankuan: 'repay',
  jiaofei: 'pay',
  fenzhang: 'settle',
  jiesuan: 'settle',
  jiezhang: 'settle',
  hexiao: 'writeoff',
  zuofei: 'cancel',
  ruku: 'putaway',
  chuku: 'dispatch',
  pandian: 'stocktake',
  diaobo: 'transfer',
  guanji: 'shutdown',
  kaiji: 'enable',
  guanbi: 'close',
  dakai: 'open',
  kaishi: 'start',
  jieshu: 'finish',
  wancheng: 'finish',
  zanting: 'pause',
  huifu: 'restore',
  kaitong: 'enable',
  jihuo: 'activate',
  suoding: 'lock',
  jiesuo: 'unlock',
  lahei: 'block',
  jinyan: 'mute',
  fengjin: 'ban',
  tichu: 'kick',
  dianzan: 'like',
  shoucang: 'collect',
  guanzhu: 'follow',
  zhiding: 'pin',
  fenpei: 'assign',
  paidan: 'dispatch',
  jiedan: 'accept',
  qiangdan: 'grab',
  qianshou: 'accept',
  tongyi: 'agree',
  jujue: 'reject',
  bohui: 'reject',
  chehui: 'recall',
  queren: 'confirm',
  zhixing: 'execute',
  shuaxin: 'refresh',
  shangchuan: 'upload',
  xiazai: 'download',
  dayin: 'print',
  fuzhi: 'copy',
  hebing: 'merge',
  lingqu: 'receive',
  duihuan: 'exchange',
  choujiang: 'draw',
  yure: 'preheat',
  chongjian: 'rebuild',
  chuangjian: 'create',
  xinjian: 'add',
  shengcheng: 'generate',
  yichu: 'remove',
  qingli: 'clean',
  toupiao: 'vote',
  baoming: 'enroll',
  qiandao: 'checkin',
  daka: 'checkin',
  canjia: 'join',
  jiaru: 'join',
  yaoqing: 'invite',
  yuyue: 'reserve',
  guahao: 'reserve',
  xiadan: 'placeorder',
  lizhi: 'dismiss',
  hongchong: 'revert',
  fuhe: 'approve',
  tuixue: 'dismiss',
  gaimi: 'modify',
  kaiqi: 'enable',
  zizeng: 'increment',
  dizeng: 'increment',
  zijian: 'decrement',
  leijia: 'increment',
  tixia: 'kick',
  tixiaxian: 'kick',
  tiren: 'kick',
  qingling: 'reset',
  xiafa: 'send',
  fafang: 'grant',
  chongfa: 'resend',
  fenghao: 'ban',
  jiefeng: 'unban',
  jiechu: 'remove',
  jiesan: 'dismiss',
  shifang: 'release',
  xiaohui: 'destroy',
  zhongzhi: 'terminate',
  chushihua: 'initialize',
  biaoji: 'mark',
  huishou: 'recall',
  zhuanrang: 'transfer',
  xuqi: 'renew',
  goumai: 'buy',
  tuifei: 'refund',
  chaxun: 'query',
  huoqu: 'get',
  sousuo: 'search',
  liebiao: 'list',
  xiangqing: 'detail',
  xinxi: 'info',
  jilu: 'record',
  rizhi: 'log',
  zhuangtai: 'status',
  fangshi: 'method',
  leixing: 'type',
  shijian: 'time',
  yuanyin: 'reason',
  tongji: 'statistics',
  shuliang: 'count',
};

/** Two words that mean one: `log out`, `sign-in`. */
const pairs: Readonly<Record<string, string>> = {
  'log out': 'logout',
  'log off': 'logout',
  'log in': 'login',
  'log on': 'login',
  'login out': 'logout',
  'sign out': 'signout',
  'sign off': 'signout',
  'sing out': 'signout',
  'sign in': 'signin',
  'sing in': 'signin',
  'sign up': 'signup',
  'shut down': 'shutdown',
  'check in': 'checkin',
  'check out': 'checkout',
  'clock in': 'checkin',
  'clock out': 'checkout',
  'roll back': 'rollback',
  'turn on': 'enable',
  'turn off': 'disable',
  'switch on': 'enable',
  'switch off': 'disable',
  'power on': 'enable',
  'power off': 'shutdown',
  'up load': 'upload',
  'down load': 'download',
  'run once': 'run',
  'top up': 'topup',
  'un bind': 'unbind',
  'un lock': 'unlock',
  'un follow': 'unfollow',
  'un subscribe': 'unsubscribe',
  'on sale': 'shelve',
  'on shelf': 'shelve',
  'off sale': 'unshelve',
  'off shelf': 'unshelve',
  'put away': 'putaway',
  'give back': 'giveback',
  'hand over': 'handover',
  'hand in': 'submit',
  'take over': 'takeover',
  'write off': 'writeoff',
  'cash out': 'cashout',
  'pay out': 'payout',
  'warm up': 'warmup',
  'hot load': 'reload',
  'pre heat': 'preheat',
  'pre warm': 'prewarm',
  'pre pay': 'prepay',
  'kick out': 'kickout',
  'all read': 'allread',
  'punch in': 'checkin',
  'punch out': 'checkout',
  'sec kill': 'seckill',
  'unified order': 'placeorder',
  'on off': 'toggle',
  'next val': 'generate',
  'keep alive': 'keepalive',
  'opt out': 'unsubscribe',
  'opt in': 'subscribe',
  're run': 'rerun',
  'next id': 'generate',
  'next no': 'generate',
  'charge off': 'writeoff',
  'next ids': 'generate',
  'token new': 'generate',
  'frozen batch': 'freeze',
  'factory default': 'reset',
  'hang up': 'hangup',
  'red flush': 'redflush',
  'roll over': 'rollover',
  'make up': 'makeup',
};

/** Written as one word by whoever does not use capitals: `deluser`, `sendsms`, `userlogout`. */
const gluedFirst =
  /^(del|delete|add|update|upd|remove|create|send|save|edit|get|list|query|reset|set|clear|clean|flush|purge|drop|kill|stop|start|restart|reload|close|open|enable|disable|cancel|lock|unlock)(user|order|goods|product|sms|code|file|data|item|cart|role|menu|msg|message|email|mail|info|list|all|log|pwd|password|status|config|cache|db|database|table|index|server|service|node|cluster|job|task|session|queue|account|member|device|by\w+)s?$|^(set)(wifi|wlan|network|time|date|ip|dns|lan|wan|volume|power|users?|alarm|name|value|params?|led|light|temp)$/;
const gluedLast =
  /^([a-z]{2,})(logout|logoff|signout|loginout|reboot|restart|shutdown)$|^(db|database|data|config|system|backup)(restore)$|^(user|order|goods|product|item|file|data|cart|role|menu|msg|cache|log|job|task|session|account|member|admin|device|dept|article|post|comment|coupon|address|timer|movie|record|preset|schedule|rule|node|group|row|line|image|photo|plugin|table|album|room)(del|delete|remove|add|update|edit|modify|save|pay|cancel|refund|lock|unlock|reset|clear|submit|send)$/;

/** `delOrder.do`, `sso-logout`, `%E5%88%A0`, `DELETE_all2` as separate lower-case words, short forms written out. */
export function wordsIn(name: string): readonly string[] {
  const known = lately.get(name);
  if (known !== undefined) return known;
  const single = split(inLatinLetters(percentDecoded(endsOf(name))).replace(/[\w$]+/g, unmasked))
    .flatMap((word) => unglued(word))
    .map(meaningOf);
  const words = joined(single);
  if (lately.size >= mostKept) lately.clear();
  if (name.length <= mostCharacters) lately.set(name, words);
  return words;
}

/** A name is asked about by every rule, one operation after the other. */
const lately = new Map<string, readonly string[]>();
const mostKept = 1000;
/** No name is that long, and what is done stands at one of its ends. */
const mostCharacters = 4000;

function endsOf(name: string): string {
  if (name.length <= mostCharacters) return name;
  return `${name.slice(0, mostCharacters / 2)} ${name.slice(-mostCharacters / 2)}`;
}

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d+)/g, '$1 $2')
    .replace(/(\d)([A-Za-z]{2})/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function meaningOf(word: string): string {
  const short = Object.hasOwn(meant, word) ? meant[word] : inPinyin(word);
  return short ?? verbsAbroad.get(word) ?? word;
}

const drawnAs: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', $: 's' };

/** `de1ete`, `deIeteAll`, `rem0ve`: digits and capitals in place of letters, where these make a verb of it. */
function unmasked(name: string): string {
  if (!/[a-z][I\d$]/.test(name)) return name;
  const meantAs = name
    .replace(/(?<=[a-z])I(?=[a-z])/g, 'l')
    .replace(/(?<=[a-z])[013457$](?=[a-z])/gi, (sign) => drawnAs[sign] ?? sign);
  const known = new Set(split(name));
  const isHidden = split(meantAs).some((word) => !known.has(word) && hideable.has(word));
  return isHidden ? meantAs : name;
}

/** Longer ones, which nothing else is likely to turn out to be. */
const hideable = new Set(
  [...verbClasses.flatMap(({ verbs }) => [...verbs]), 'logout', 'signout'].filter(({ length }) => length > 3),
);

const gluedPhrase = /^(wake|power|scale|speed|level|turn|switch|spin|ramp|volume)(up|down|on|off)$/;

function unglued(word: string): readonly string[] {
  const found =
    gluedPhrase.exec(word) ?? gluedFirst.exec(word) ?? gluedLast.exec(word) ?? gluedToHowMany(word);
  const [verb, rest] = (found ?? []).slice(1).filter((part) => part !== undefined);
  return verb === undefined || rest === undefined ? (pinyinFirst(word) ?? [word]) : [verb, rest];
}

/** `pushone`, `syncall`, `kickmany`: any verb, and how many it is done to. */
function gluedToHowMany(word: string): RegExpExecArray | null {
  const found = /^([a-z]{3,})(one|all|many|batch)$/.exec(word);
  return found !== null && longVerbs.has(found[1] ?? '') ? found : null;
}

const longVerbs = new Set(
  [...verbClasses.flatMap(({ verbs }) => [...verbs]), 'del', 'upd'].filter(({ length }) => length > 2),
);

function joined(words: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const word of words) {
    const before = out.at(-1);
    const pair =
      before === undefined
        ? undefined
        : (pairs[`${before} ${word}`] ??
          (before.length + word.length > 3 ? inPinyin(`${before}${word}`) : undefined));
    if (pair === undefined) out.push(word);
    else out[out.length - 1] = pair;
  }
  return out;
}

function inPinyin(word: string): string | undefined {
  return Object.hasOwn(pinyin, word) ? pinyin[word] : undefined;
}

/** `xiugaimima`: the verb and what it is done to. */
function pinyinFirst(word: string): readonly string[] | undefined {
  const verb = longPinyin.find((one) => word.startsWith(one) && word.length > one.length + 1);
  return verb === undefined ? undefined : [verb, word.slice(verb.length)];
}

/** Shorter ones may begin other words. */
const longPinyin = Object.keys(pinyin).filter((word) => word.length > 5);

/** A path's fixed parts as written, last one last; `:cancel` and `.cancel` after a part count as one, templates do not. */
export function fixedParts(path: string): readonly string[] {
  if (path === lastPath.path) return lastPath.parts;
  const parts = partsOf(path);
  lastPath = { path, parts };
  return parts;
}

/** Of one operation it is asked by every rule. */
let lastPath: { readonly path: string; readonly parts: readonly string[] } = { path: '', parts: [] };

function partsOf(path: string): readonly string[] {
  const [plain = ''] = path.split(/[?#]/);
  return (
    plain
      .replace(/\$?\{[^{}]*\}/g, '{}')
      .split(/\/|(?<=[^/]):/)
      .map((part) =>
        part.replace(/\{\}/g, '').replace(/\.(?:do|action|json|php|aspx?|jsp|html?|xml|cgi|txt)$/i, ''),
      )
      // `/admin.apps.uninstall`
      .flatMap((part) => part.split(/(?<=[A-Za-z])\.(?=[A-Za-z])/))
      .filter((part) => /[\p{L}\p{So}]/u.test(part))
  );
}

/** The word of a name that is meant by `word`, as it stands there: `gen` for "generate". */
export function asWritten(name: string, word: string): string {
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  if (parts.some((part) => part.toLowerCase() === word)) return word;
  return parts.find((part) => wordsIn(part).includes(word)) ?? word;
}
