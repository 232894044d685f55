import { plainNouns, readingEnds, verbClasses } from './english-words.ts';
import { nothing, type Sense, sense, setOf } from './sense.ts';

/**
 * Verbs that are nouns as well, as often as not: what stands behind or before tells. Alone they are in `verbsAlone`.
 */
interface Homographs {
  readonly verbs: ReadonlySet<string>;
  /** With one of these behind it is a verb: `bookRoom`, and not `bookCover`. */
  readonly objects: ReadonlySet<string>;
  /** Before a noun that is in no list: `printDocument` is done, `seedBank` is not. */
  readonly isVerbOtherwise?: true;
  /** A title that reads does not make a noun of it. */
  readonly isSure?: true;
}

const texts = 'post posts article comment topic photo video story thread review note';
const machines = `host hosts server servers node nodes machine machines vm instance device devices system cluster pc box app
  all now pod service`;
const disks = 'disk disks drive card sd sdcard usb partition volume volumes storage tf flash filesystem fs';
const wares = 'token tokens coin coins nft nfts asset assets';
const payers = 'customer customers card account user users wallet battery payment invoice member';

const homographs: readonly Homographs[] = [
  {
    verbs: setOf(
      'print reprint follow quarantine mount wake swap split commit void crawl collect backup audit notify beep arm',
    ),
    objects:
      setOf(`user order file account token device channel item image label ticket bill volume transaction offset host tokens coins
      server group database db data table`),
    isVerbOtherwise: true,
  },
  {
    verbs: setOf('book'),
    objects:
      setOf(`room rooms flight hotel seat seats ticket tickets appointment table meeting taxi car trip tour slot court
      visit venue now deal trade`),
  },
  { verbs: setOf('order'), objects: setOf('now taxi food pizza again') },
  { verbs: setOf('charge debit credit'), objects: setOf(payers) },
  { verbs: setOf('deposit'), objects: setOf('money funds cash coins') },
  { verbs: setOf('format'), objects: setOf(`${disks} db database`) },
  { verbs: setOf('compact'), objects: setOf('range db database table storage all files index') },
  { verbs: setOf('patch'), objects: setOf(machines) },
  { verbs: setOf('repair'), objects: setOf('table tables index db database all data cluster volume now') },
  { verbs: setOf('seed'), objects: setOf('database db data users demo test all products tables') },
  { verbs: setOf('mint burn stake lock'), objects: setOf(wares) },
  {
    verbs: setOf('fire'),
    objects: setOf('event events rule rules trigger all hook webhook employee action'),
  },
  {
    verbs: setOf('star like share favorite favourite'),
    objects: setOf(`${texts} repo repository project goods doc file`),
  },
  { verbs: setOf('vote'), objects: setOf('up down for post option candidate') },
  { verbs: setOf('gift'), objects: setOf('vip coupon to user friend') },
  { verbs: setOf('post'), objects: setOf('voucher entry journal invoice comment message reply') },
  {
    verbs: setOf('release'),
    objects: setOf(`lock locks seat seats stock memory connection connections resource resources hold
      funds lot inventory escrow payment deposit`),
  },
  { verbs: setOf('tag label'), objects: setOf('image file item user resource photo') },
  { verbs: setOf('empty'), objects: setOf('trash cart bin recycle cache queue all folder') },
  {
    verbs: setOf('test'),
    objects: setOf(
      'webhook hook notification push sms mail email alarm siren notify mq kafka rabbit rabbitmq rocketmq all',
    ),
  },
  { verbs: setOf('report'), objects: setOf('loss lost abuse spam user post comment work') },
  { verbs: setOf('seal stamp'), objects: setOf('document doc contract vault file envelope') },
  { verbs: setOf('pick pack'), objects: setOf('goods order item box parcel') },
  { verbs: setOf('hold'), objects: setOf('fund funds lot order seat payment') },
  { verbs: setOf('bounce'), objects: setOf(machines) },
  { verbs: setOf('dock undock'), objects: setOf('robot vacuum bike scooter ship vessel drone') },
  {
    verbs: setOf('whitelist blacklist allowlist blocklist denylist greylist'),
    objects: setOf('address ip user users domain email account device number host url member sender app'),
  },
  { verbs: setOf('flag unflag'), objects: setOf(texts) },
  { verbs: setOf('skip'), objects: setOf('level step track song task ad') },
  { verbs: setOf('pulse'), objects: setOf('on off') },
  { verbs: setOf('wire'), objects: setOf('money funds') },
  { verbs: setOf('pull'), objects: setOf('image images goods data code repo branch config orders all') },
  { verbs: setOf('log'), objects: setOf('call visit activity time') },
  {
    verbs: setOf('issue'),
    objects: setOf(
      'invoice cert card coupon ticket refund certificate material cheque blood license licence passport',
    ),
  },
  {
    verbs: setOf('eval evaluate'),
    objects: setOf('script scripts code js javascript lua python groovy shell'),
  },
  { verbs: setOf('replay'), objects: setOf('events event messages message queue log') },
  { verbs: setOf('explode'), objects: setOf('bom') },
  { verbs: setOf('feed'), objects: setOf('paper pet animal fish') },
  { verbs: setOf('train'), objects: setOf('model models face') },
  { verbs: setOf('use'), objects: setOf('item coupon skill ticket card') },
  {
    verbs: setOf('return'),
    objects: setOf('bike book car device umbrella drug drugs homework form material equipment asset'),
  },
  { verbs: setOf('read'), objects: setOf('notice message msg notification letter') },
  { verbs: setOf('select'), objects: setOf('course') },
  { verbs: setOf('permit'), objects: setOf('join joining') },
  { verbs: setOf('ping probe poke'), objects: setOf('all') },
  { verbs: setOf('index'), objects: setOf('all documents document docs doc contents content files') },
  {
    verbs: setOf('build compile'),
    objects: setOf(
      `index indexes indices search full sitemap cache caches image images project snapshot all package app site`,
    ),
    isSure: true,
  },
  { verbs: setOf('warm heat prime preload fill'), objects: setOf('cache caches pool'), isSure: true },
  {
    verbs: setOf('honk flash sound ring blink dim vibrate buzz'),
    objects: setOf('horn horns bell bells alarm siren light lights lamp lamps led leds headlights buzzer'),
  },
  { verbs: setOf('lift raise lower'), objects: setOf('pole bar gate barrier rod') },
];

/** More last words that make a noun of one of these and what follows. */
const heads = setOf(`
  level notes cards card pools pool message hash sha diff graph memory usage quote route pair space market ratio screen path
  size format preview layout style job trail up files device dashboard center stream area range`);

/** Behind these, all that is in front is a noun: `printTemplates`, `commit log`. */
function isHead(word: string): boolean {
  return (
    heads.has(word) ||
    readingEnds.has(word) ||
    /[^s]s$/.test(word) ||
    verbClasses.some(({ heads: own }) => own.has(word))
  );
}

/** What a name says that begins with such a verb and does not end there. */
export function senseOfHomograph([verb = '', ...rest]: readonly string[]): Sense {
  const own = homographs.find(({ verbs }) => verbs.has(verb));
  const [first = ''] = rest;
  const last = rest.at(-1) ?? '';
  if (own === undefined || last === '') return nothing;
  const isObject = own.objects.has(first) && (rest.length === 1 || first === 'all' || !isHead(last));
  const isDone = isObject || (own.isSure === true && own.objects.has(last));
  const isVerb = isDone || (own.isVerbOtherwise === true && !isHead(last) && last !== 'by');
  return isVerb ? sense('change', verb, own.isSure === true ? 'hard' : 'soft') : nothing;
}

/** `standUp`, `levelUp`, `cut-off`, `payNow`: two words that are one verb. */
const phrasal =
  /^(?:(?:stand|sit|speed|slow|level|scale|power|wake|spin|move|roll|ramp|lie|lock|wind|tear|bring|take|volume|turn|thumbs|swipe|cool|pull|shut|lift|blow) (?:up|down)|self (?:destruct|destroy|erase|immolate)|(?:mass|bulk) (?:mail|email|mailing|sms|text)|(?:cut|shut|hang|kick|take|write|lay|switch|hand|pay|mark|drop) (?:off|out|up|over)|cherry pick|power cycle|opt (?:in|out)|check mark|go home|take offline|bring online)$/;

/** "Latch now", and not "weather now", which is what there is. */
function isDoneNow([first = '', second = '']: readonly string[]): boolean {
  if (second !== 'now' || /^(?:server|right|time|date|utc)$/.test(first)) return false;
  return !plainNouns.has(first) || deedsAsWell.test(first);
}

const deedsAsWell =
  /^(?:order|post|file|shop|store|convert|trace|slip|rank|comment|tag|estimate|stock|ticket)$/;

export function senseOfPhrase(words: readonly string[]): Sense {
  const [verb = ''] = words;
  const isOrder = words.length === 2 && (phrasal.test(words.join(' ')) || isDoneNow(words));
  return isOrder ? sense('change', verb, 'soft') : nothing;
}

/** Pairs that are orders by what they are about: queues, stocks, workflows, devices, seats, messages, money, games. */
const orders = new RegExp(
  `^(?:${[
    '(?:queue|ticket|number|calling|counter|sequence) next',
    '(?:queue|mq) poll|take (?:number|no|num|ticket)',
    '(?:points?|stock|score|balance|inventory|quantity|num|coins?|gold) (?:plus|minus)',
    '(?:period|month|year|day|account|books?) closing',
    'heartbeat online|(?:seat|agent|instance|pod|node|server|goods|product|sku) (?:online|offline)',
    'sort (?:up|down|top)|(?:cars?|bikes?|books?|umbrellas?|battery|devices?|goods|items?|box|keys?|rx|prescriptions?|drugs?|homeworks?|forms?|materials?|equipment|assets?) return',
    '(?:award|reward|prize|gift|benefit|bonus|red packet|red envelope) (?:get|obtain|fetch)|get (?:award|reward|prize|gift|bonus|red packet|red envelope)|(?:benefit|award|reward|coupon|gift) obtain',
    '(?:comments?|posts?|abuse) report|(?:voucher|journal|entry|ledger|gl) post',
    '(?:coupons?|tickets?|vouchers?) (?:verify|check)|(?:seckill|lottery|draw) (?:do|go)',
    '(?:stock|warehouse|inventory|storage|store|gate|vault|till|cash) (?:in|out)|stock (?:inbound|outbound)',
    '(?:blood|cheques?|checks?|invoices?|certs?|certificates?|cards?|passports?|licen[cs]es?|bonds?) issue',
    '(?:cart|trash|bin|recycle|recycle bin|basket|queue) empty|seal use|course select',
    '(?:price|contract|policy) effect|(?:fee|fees|sign|attendance) (?:supplement|makeup)',
    '(?:exam|homework|paper|assignment|quiz) grade|(?:sap|erp|wms|mes|crm|integration) pull',
    '(?:ac|aircon|air conditioner|thermostat|hvac|heater|oven|mode) (?:heat|cool|dry|warm)|(?:curtain|blinds?|shutter|window) half',
    '(?:flow|workflow|process|task|approval) (?:back|jump)',
    '(?:flow|workflow|process) next step',
    '(?:track|heartbeat|beacon|location|exposure) report',
    '(?:seat|room|table|meeting|flight|hotel|slot|event|class|appointments?|deals?|trades?) book|vote do',
    '(?:vote|ballot|spell) cast',
    '(?:push|sms|mail|email|message|webhooks?|notify|notification|printer|alarm|siren) (?:print )?test',
    'print (?:label|order|ticket|receipt|bill)',
    '(?:messages?|msg|notifications?|notices?|letters?|inbox|mail) read',
    'captcha get',
    'caches? (?:warm|preload|prime|fill|heat)',
    '(?:live|promotion|activity|game|round) end',
    'attendance calculate',
    'invoices? red|salary issue|(?:stat|salary|payroll|wages?|bill|commission|mrp|bonus|depreciation) (?:calc|calculate|compute)',
    '(?:ai|model|face) train',
    '(?:siren|alarm|buzzer|horn|bell) (?:sound|ring|honk)',
    '(?:lights?|lamps?|bulb|led) (?:dim|blink|flash|brighten)',
    '(?:ptz|gimbal|camera|robot|drone|elevator) (?:goto|go|go to|left|right|up|down|home|recenter|center|gohome|go home|dock|land|return)(?: \\w+)?',
    '(?:cart|carts|shopping cart) (?:check|uncheck|checked|unchecked|select|unselect|plus|minus)(?: \\w+)?',
    '(?:game|battle|farm|hero|pet|arena|player) (?:attack|capture|plant|fight|feed|challenge|build|water|sow)(?: \\w+)?',
    '(?:room|match|player) (?:ready|surrender)',
    '(?:pay|payments?|trade|txn|voucher|entry|transfers?) reverse',
    '(?:sip|calls?) (?:bye|answer|invite|hangup)',
    '(?:backup|build|scan|sync|crawl|check) now',
    '(?:debug|jvm|memory) gc',
    '(?:media|player|playlist|music) (?:next|previous|prev|skip|seek)',
    '(?:scale|weigher) (?:zero|tare)',
    '(?:lottery|wheel) go',
    '(?:robot|vacuum) dock',
    '(?:sms|mail|email) blast',
    'test (?:mail|email|sms|push|notify|notification|webhook|alarm|siren)',
    '(?:exam|quiz|test|game|match|contest|lesson|interview|survey|round) begin',
    '(?:door|gate|lock|valve|relay|switch|barrier) (?:always|keep)(?: (?:open|opened|close|closed|on|off))?',
    '(?:funds?|bank|account) sweep',
    '(?:firmware|device|rom|bios|board) flash',
    'pump prime',
    'game (?:mail|gift|reward) pick',
    '(?:vault|contract) seal',
    '(?:camera|decoder|ptz|lights?|lamp|door|gate|motor|robot|relay|servo|pump|valve|fan|device) (?:control|ctrl)',
    'firmware restart',
    '(?:doors?|doorbell|bell|phone|intercom|gate|device|watch|tag|car|bike) (?:ring|chime|buzz|knock|honk|whistle)',
    '(?:cameras?|cam|webcam|ptz|drone|gun|cannon|turret|device) (?:shoot|snap|fire)',
    '(?:bot|robot|speaker|assistant|tts|avatar|device|phone|toy|doll|broadcast|car) (?:say|speak|sing|announce|shout|whisper|dance|wave|nod|laugh)',
    '(?:\\w+ )?self ?test',
    '(?:top|bottom) prio|gcode script',
    '(?:db|database|data|sys|system|full) (?:backup|restore)',
    '(?:coupons?|items?|skill|ticket|cards?|props?) use',
  ].join('|')})$`,
);

/** The words of a part and the one in front of them. */
export function senseOfOrder(words: readonly string[]): Sense {
  const text = words.join(' ');
  return orders.test(text) ? sense('change', text, 'soft') : nothing;
}

/** Behind the id of a thing these are done to it: `/calls/{id}/hold`. */
export const verbsBehindIds = setOf(
  'done undone hold cut cutoff dim blink forward cast reverse lower raise skip flip pulse poke bounce identify pair ring prime seal rescue mirror protect roll dock sweep chargeback ota water wash clean load offline online trash bump credit debit report zero fail up down do default lost hang horn honk flash siren buzzer buzz vibrate chirp bell findme',
);

/** In front of an id, and with nothing in front of them, these are things: `/commit/{sha}`, and not `/stock/release/{id}`. */
export const things = setOf(
  'commit release gift charge deposit format seed patch repair split swap mint stake mount',
);
