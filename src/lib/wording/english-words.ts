import { setOf } from './sense.ts';

/** English verbs by what they make of the noun behind them. */

export const readingVerbs = setOf(`
  get list lists query queryable find search page paging paged count select show view fetch retrieve describe lookup
  read load detail details info check exists exist has is can are validate verify valid test preview browse inspect stat
  stats compare diff calculate decode parse explain scroll peek head poll watch return returns returning display ping
  health status total sum obtain discover resolve tree index suggest gets finds retrieves fetches shows describes
  searches counts reads displays translate retrieval pagination obtains allows provides gives`);

/** In front of a verb they change nothing in what it does. */
export const modifiers = setOf(`
  sys smart force auto batch bulk do async soft hard all multi multiple quick to try handle direct admin my go manual
  manually safe simple fast temp easy one remote redis`);

interface VerbClass {
  readonly verbs: ReadonlySet<string>;
  /** Last words that make a noun of verb and word. */
  readonly heads: ReadonlySet<string>;
}

const times = 'time times date dates range history histories reason reasons policy policies';
const views = `${times} list lists count counts statistics stats summary trend trends rank ranking progress queue queues
  interval limit limits template templates window windows schedule schedules calendar calendars`;
const states = `${views} rate rates status statuses state states type types log logs record records page pages word words
  method methods rule rules request requests event events result results detail details option options mode modes check checks
  threshold total amount balance days way ways info information quota flag availability number`;
const things = `${states} job jobs task tasks token tokens hook hooks key keys run runs source sources server servers
  config configs setting settings point points plan plans url urls link links account accounts channel channels
  user users people code codes name names order orders id ids version versions role roles fee fees group groups
  package packages strategy strategies tracking detection form sheet chart analysis target targets tree category
  categories column columns field fields map manager center provider client by address addresses step steps item items
  image images logo preset data balance storage pool collection collections`;

/** What is looked at, whatever verb stands before it. */
export const lookedAt = setOf(states);

/** The first class that has a verb counts. */
export const verbClasses: readonly VerbClass[] = [
  {
    // Whatever stands behind is what they are done to.
    verbs: setOf(
      `delete remove destroy drop purge wipe truncate erase clear clean set save upsert kick ban kill`,
    ),
    heads: setOf(`policy policies reason reasons`),
  },
  {
    verbs: setOf(`
      add create insert update modify edit alter write rename assign unassign append increase decrease increment decrement
      incr decr inc dec adjust attach detach enroll grant topup unsubscribe unbind unfollow unlike uncollect generate make
      disassociate dissociate delist allot finish complete accept agree refuse deny disapprove forbid unban freeze
      unfreeze unblock mute unmute unlock enable disable activate deactivate revoke terminate abort shutdown reboot
      resend unpublish rollback revert undo redo uninstall downgrade flush evict invalidate reindex resync disconnect
      reconnect quit exit redeem donate distribute unregister deregister replace change
      unbook undeploy drain cordon evacuate unarchive seek drag zoom rotate encrypt buy sell gamble bet spin unhide unpin
      recall delegate countersign dismiss cashout payout disburse remit accrue
    preheat warmup prewarm requeue nack restock replenish occupy vacate giveback lend scrap writeoff unshelve
    putaway stocktake disarm calibrate unpair recount recheck toggle recalc recalculate recompute reprocess prune failover upvote
    downvote dislike repost nudge equip unequip summon revive hatch plunder promote demote offboard optimize optimise vacuum defragment transcode compress encode deauthorize shred dial provision deprovision switchover enqueue dequeue pop acquire placeorder logkill pin hide restart mark initialize
    impersonate finalize finalise halt eject emit escalate unset reshard rebalance redrive dispense snooze unzip untar squash
    rebase surrender forget acknowledge ack decommission reorganize rearrange decline expel relinquish abandon confiscate
    discard dispose eliminate exempt instantiate interrupt irrigate liquidate onboard overwrite persist postpone procure
    propagate reap remediate reschedule rescind retire retract rewind sanitize seize sever stash sterilize subtract suppress
    teardown transact unlink unload unpack unplug undelete untag uncheck unwatch withhold zap oust hangup redial respawn
    reimburse replicate deallocate reallocate dismount disengage disband
    accelerate amend annul appoint commence compensate consolidate customize deduplicate dedup dedupe defer defrost deprecate
    designate disassemble disclose discontinue disinfect dismantle disperse displace disqualify dissolve divert earmark
    empower enact encash endorse enforce enhance enlarge enlist enrich elevate expedite extinguish fulfill fulfil hack
    hibernate hijack hoist ignite impose impound improve incorporate inflate initiate instigate legalize lengthen moderate
    nominate nullify nurture oscillate outsource overclock overrule prefetch prolong punish purify ratify readjust
    recalibrate reclaim reclassify recompile reconcile reconfigure reconstruct rectify redact redistribute refill reformat
    refurbish rehydrate reimage reinforce reinstate reissue rekey relabel remap repartition reposition repossess
    reprioritize reprogram reroute rescale resell reshuffle restructure resupply resurrect retarget retune rewire salvage
    scramble scrub segregate shorten shrink solicit stabilize strengthen supersede tighten tilt topple transplant unbundle
    unclaim unconfigure undock unify unlatch unmatch unpark unschedule unstick untie unwind uplift vaccinate waive weaken
    yank evolve retrain unpost unseal bust refuel reship revalue reorder unmount unstake nuke forcemerge gc unhold
      untop desensitize desensitise anonymize anonymise pseudonymize unaudit redflush garnish capitalize adjudicate elect award resign optout
      obliterate annihilate eradicate exterminate decimate defenestrate sabotage disintegrate implode deface ransack smite
      jettison raze detonate incinerate vaporize`),
    heads: setOf(times),
  },
  {
    // None of these makes a noun of what is shown: a reset list is no list of resets.
    verbs: setOf(`reset pause toggle`),
    heads: setOf(
      `${times} status statuses state states type types log logs record records method methods rule rules code codes`,
    ),
  },
  {
    verbs: setOf(`
      start begin stop resume rerun cancel refresh fresh reload rebuild run invoke launch notify open close lock block
      suspend continue restore recover upgrade merge clone copy duplicate fork apply join connect receive
      leave take hurry handover takeover seckill grab deduct consume produce shelve unshelve onshelf offshelf zan praise give approve reject confirm publish convert transform control switch turn snap capture talk call
      playback play place move bind send push submit execute trigger broadcast operate
      expire dispatch settle urge remind ignore hire allocate relocate renew transmit reduce silence force bump poke arrange`),
    heads: setOf(states),
  },
  {
    verbs: setOf(`
      pay repay refund prepay borrow invite withdraw recharge transfer exchange checkout checkin ship deliver deploy import install upload migrate retry
      replay reserve subscribe register scale archive sync sign scan draw rent purchase claim black blacklist
      whitelist focus touch authorize allow keepalive extend spawn throttle populate degrade`),
    heads: setOf(things),
  },
];

/** Nouns that no rule builds. */
export const compounds: readonly RegExp[] = [
  /^(?:add|plug) ?ons?\b/,
  /^(?:change|update) ?logs?\b/,
  /^update (?:(?:info|notes|check|available|statuses)$|availability\b)/,
  /^start(?:up)? (?:page|time|up)/,
  /^create (?:time|date)/,
  /^stop (?:words?|dict)/,
  /^(?:close|open|closed) (?:api|id|orders|channels)$|^(?:open|closed) order$/,
  /^open (?:apis|platform|interest)$/,
  /^(?:buy|sell) orders$/,
  /^push (?:certificates?|subscriptions?|tokens|protection)\b/,
  /^block (?:explorers?|heights?|headers?|hash|hashes|rewards?)$/,
  /^stop (?:areas?|points?|places)$/,
  /^pay (?:periods?|stubs?|slips?|grades?|scales?)$/,
  /^change requests$|^(?:merge|leave|access) requests?$/,
  /^leave (?:balances?|entitlements?)$/,
  /^merge conflicts?$/,
  /^run configurations$/,
  /^rent prices?$/,
  /^grant types?$/,
  /^(?:mute|ban|block) lists?$/,
  /^(?:purchase|transfer|repair|return) orders?$/,
  /^set (?:list|meal|menu|top box|config$)/,
  /^black ?list$|^white ?list$/,
  /^post codes?\b/,
  /^clear (?:ance|text)/,
  /^run times?\b/,
  /^pay (?:channels?|info)\b/,
  /^call (?:center|back url)/,
  /^(?:play|push|pull) urls?$/,
  /^write offs$|^writeoffs? (?:page|list|details?)$/,
  /^(?:close|open) (?:prices?|hours|balances?|times|ceremony|stock)$/,
  /^handover (?:protocols?|notes?)\b/,
  /^putaway (?:rules?|strategy|strategies|tasks?|list)$/,
  /^drop (?:rates?|chances?)$/,
  // What is had when it is done, and where and how.
  /^(?:scrap|surrender|salvage|redeem|renew|dial|spin|draw|drop(?: off)?|pick(?: up)?|buy|sell|hire|lend|discharge|lease) (?:rates?|values?|plans?|quotes?|tones?|locations?|windows?|prices?|charges?|fees?|ratios?|points?)$/,
  /^dispatch (?:cent(?:er|re)s?|board)$/,
  /^spin prizes$/,
  /^(?:warmup|prewarm|preheat|reindex|reshard|rebalance|failover|provision|transcode) (?:status|progress|state)$/,
  // Nothing is done to these but by what they tell of.
  /^(?:unlock|dispense|dial|redial|reboot|restart|shutdown|redeem|donate|irrigate|sterilize|disinfect|vaccinate|calibrate) (?:records?|logs?|histor(?:y|ies))$/,
];

/** What is open until it is done with: `open-issues`. */
export const openThings =
  /^(?:issues|tickets|orders|positions|houses|roles|rounds|days|slots|seats|beds|shifts|jobs|polls|roads|trades|incidents|tasks|requests|invoices|bugs|alerts|cases|offers|questions|vacancies)$/;
/** Of these nobody says that one opens them, so that `/orders/open` lists them. */
export const openLists = /^(?:orders|invoices|offers|vacancies|tasks)$/;

/** With these in front even a noun of the lists is an object: `startRecord`, `resetStatus`, `refreshRule`. */
export const objects =
  /^(?:touch keys?|(?:start|stop|pause|resume) records?|(?:reset|switch|toggle|turn|control|bind|fresh|refresh) (?:status|state|type|rules?|info|mode|flag)|(?:run|launch|execute|trigger|send|push|broadcast) (?:rules?|events?|requests?|options?)|(?:send|push|submit) (?:info|information|words?|details?|templates?|results?|requests?)|(?:send|submit) (?:records?|logs?)|(?:run) result|send (?:summary|summaries|lists?|reports?|queues?)|upload logs?|(?:reset|open|close|lock) (?:rules?|events?|pages?|logs?)|(?:copy|clone|duplicate|move|merge|confirm|join|give) (?:rules?|events?|records?|pages?|templates?|options?|types?|info|lists?)|(?:publish|approve|reject|confirm) (?:requests?|results?)|(?:sync|sign|pay|upload|register|authorize|subscribe|book|ship|purchase|rent|claim|pull|focus|post|install|deploy|transfer|import|migrate|archive|scan) (?:data|images?|orders?|users?|accounts?|code|codes|plan|packages?|groups?|by|items?|addresses|roles?|names?|events?|channels?|info)|(?:deploy|scale|install|migrate|archive) (?:servers?|clients?|config|configs|version|jobs?))$/;

/** Only as a whole name or part of a path (`/post/like/{id}`); anywhere else nouns. */
export const verbsAlone = setOf(`
  like follow vote share collect favorite favourite star unstar rate print release backup callback notify readall allread request
  ptz refund audit review ack acknowledge wake sleep heartbeat build boot clock punch pass lift on off click crawl arm beep handle enter kickout binding forwarding command cmd reg forbidden goto
  seed void fire charge deposit commit format mount burn mint stake swap split quarantine repair patch gift compact boost flip
  pulse discharge raise lower shut pull cutoff cut shuffle skip tare warm forward admit arrive choose fill wol rollover triage graduate`);

/** A noun as well when it stands alone; a path with writes of its own is then a resource. */
export const nounsAlone = setOf(`
  pay play playback control switch transfer exchange ship sync import deploy release call scan capture snap talk black
  blacklist whitelist sign mark run start stop open close lock block reset refresh restore watch receive copy clone
  fork merge move put set operate request register subscribe archive push checkout scale draw focus convert write upload
  purchase rent touch change withdraw recharge claim publish apply launch broadcast clean clear return buy update
  place reserve edit settle replay like follow vote share collect favorite favourite star rate print backup callback notify
  audit review build boot vacuum expire ignore hire renew extend spawn throttle allocate silence refund prepay borrow invite take grab warmup seckill lend scrap zan praise handover`);

/** These repeat nothing: a remark on an order, one's resignation, a region. */
export const nounsLikeRepeated = setOf(
  'remark remarks resign relation release related unread recover repair',
);

/** What interfaces are often named after, whose form tells nothing. */
export const plainNouns = setOf(`
  home banner nav table json xml html help hello dashboard area region city province country service profile avatar logo menu
  news stock cart wallet coupon order goods product shop brand store topic article blog comment tag area dept post file
  image video album calendar online random option rank chart weather hot new popular recommend mine my current default
  available active today overview history latest daily weekly monthly yearly month year week birthday slip trace depth lag
  battery children cpu estimate geocode convert fresh
  length ticket unread notice air quality price market traffic`);

export const sessionWords = setOf(`
  login logout signin signout signup captcha kaptcha captchas authenticate refreshtoken geetest verifycode smscode
  authcode caslogin tologin dologin ssologin captchaimage validatecode checkcode authorize`);

export const downloadWords = setOf('export download dump exportxls exportexcel down excel sse');

/** What a name ends in that is looked at: `orderList`, `user-info`. */
export const readingEnds = setOf(`
  trail list lists page query search count counts detail details info infos tree stat stats statistics status statuses state
  states history histories log logs record records option options summary report reports exists total name names settings
  config configs reason reasons type types rule rules policies policy preview template templates result results
  progress profile metadata meta schema version versions id ids num url urls time times date range data get`);

/** Verbs that end a name: `orderCancel`, `schedule-config-delete`. */
export const verbsLast = setOf(`
  delete remove cancel add save edit insert modify stop enable disable unlock freeze unfreeze bind unbind submit approve
  reject send kill restart reboot shutdown clear reset pay update trigger destroy terminate start resume pause create
  execute refresh sync close ban revoke upload import run ptz subscribe seek logout callback command toggle reconnect disconnect reload recheck restore purge flush wipe shutdown audit print backup`);

/** `periodStart`, `last update`: when rather than what. */
export const whens = setOf(`
  period last latest newest recent next first time date range price firmware auto access flow remote year month day window page pre re on
  before after security lane is can`);

/** What a title that names a verb in a sentence may begin with as well. */
export const titleVerbs = setOf(`
  indicate signal exchange order record request issue link place book bill charge vote register process perform empty tag label store kick roll`);

/** Whatever stands behind these is lost, traces of what others have done as well. */
export const removing: ReadonlySet<string> = verbClasses[0]?.verbs ?? new Set();
