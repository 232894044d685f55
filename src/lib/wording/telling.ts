/**
 * Verbs of titles that read or tell elsewhere ("Returns the list", "Orders by date") and are deeds with what stands behind them
 * here: "Returns the item to stock", "Orders more stock", "Checks the guest in".
 */

const one = '(?:the|a|an|this|that|your|his|her|their|its|one)';
const people =
  '(?:user|guest|driver|customer|player|member|employee|student|patient|visitor|passenger|rider|client|operator|staff|doctor|nurse|courier|seller|buyer|tenant|team|winner|candidate|host|admin)s?';
const things = '(?:\\w+ ){0,3}';

const deeds: readonly RegExp[] = [
  new RegExp(
    `^returns? (?!(?:${one} )?(?:list|number|name|path|link|distance|response|answer|data|result|id|ids|url|route|reference|access|status|redirect|way|time|price|directions?)\\b)(?:${one} )?${things}(?:to|into) (?:${one} )?(?:stock|stand|desk|counter|station|kitchen|hub|locker|drawer|cabinet|hangar|yard|sender|shelf|shelves|warehouse|vendor|supplier|library|owner|depot|inventory|pool|base|home|queue|factory|store|shop|dock|launch|seller|buyer|customer|wallet|manufacturer|service|rack|fleet)$`,
  ),
  // To whom it belongs; answers are returned to callers, clients and users.
  /^returns? (?:the |a |an |all )?(?:\w+ )?(?:umbrellas?|laptops?|vehicles?|scooters?|tools?|uniforms?|trolleys?|containers?|cylinders?|items?|goods|books?|cars?|bikes?|deposits?|money|funds|payments?|parcels?|packages?|products?|keys?|equipment|loans?|luggage|pallets?|bottles?) (?:to|into) (?!(?:the )?(?:caller|client|response|requester|browser)\b)\w+/,
  /^returns? (?:home|(?:the )?(?:money|funds|deposit|change|goods|parcel|equipment|loan))$/,
  /^orders? (?:more|another|extra|a|an|additional|replacement)\b(?! (?:details|history|status|list|items))/,
  new RegExp(`^checks? (?:in|out|off) (?:${one}|all|every)\\b`),
  new RegExp(`^checks? (?:${one} )?\\w+ (?:in|out|off|through)$`),
  new RegExp(`^checks? ${one} box(?:es)?$`),
  /^counts? (?:the |a |this )?\w+ (?:in|out|down)$|^counts? down\b/,
  new RegExp(
    `^lists? (?:${one} )${things}(?:for (?:sale|auction|rent|hire|trade|bidding)|on (?:the )?(?:market|marketplace|exchange|ebay))\\b`,
  ),
  /^dates? (?:the|a|an|this) (?:cheque|check|document|letter|contract|invoice|deed|will)\b/,
  new RegExp(`^(?:shows?|sees?) (?:${one} )?\\w+ (?:${one} door|out|off|in)$`),
  /^finds? (?:the |a )?\w+ (?:guilty|liable|innocent|not guilty)\b/,
  /^(?:displays?|shows?) .*\bon (?:the |a |an |every |all )?(?:\w+ )?(?:screens?|panels?|boards?|billboards?|leds?|tv|signs?|monitors?|lcd|kiosks?|display)$/,
  /^reads? .*\b(?:aloud|out loud|out)$/,
  /^(?:loads?|unloads?) (?:the|a|an) (?:truck|trucks|container|pallet|washer|washing machine|van|ship|wagon|cart|dishwasher|weapon|gun)$/,
  new RegExp(
    `^gives? (?:(?:${one}|every|each|all) )?(?:${people} )?(?:(?:${one}|some|more|free|full|\\d+|five|ten|bonus) )*(?:badge|stars?|points?|coins?|bonus|access|refund|discount|raise|tip|role|permissions?|gift|coupon|credits?|reward|item|loot|gold|medal|admin rights|warning|trophy)$`,
  ),
  /^provides? (?:the |a )?\w+ (?:a |an )?(?:refund|compensation|replacement)$/,
  /^pages? (?:(?:the|a|an|all|every) )?(?:on ?call|doctors?|engineers?|nurses?|staff|operators?|oncall|manager|team|on call \w+)\b/,
  /^resolves? (?:(?:the|a|an|this|all|every|one) )?(?:\w+ )?(?:tickets?|incidents?|issues?|alerts?|alarms?|disputes?|cases?|complaints?|conflicts?|claims?|threads?|comments?|discussions?|bugs?|findings?|events?)$/,
  /^watch(?:es)? (?:the |a |an |this )?(?:repo|repository|thread|topic|auction|seller)$/,
  /^selects? (?:the |a |an )?(?:\w+ )?(?:winners?|seats?|plan|champion)$/,
  /^gets? (?:the |a |an )?\w+ (?:banned|fired|deleted|removed|blocked|charged|evicted|killed|arrested)$/,
  /^(?:peeks?|looks?) .*\band (?:removes?|deletes?)\b/,
  /^scrolls? (?:the )?(?:page|screen|display|text|sign)\b/,
  /^validates? (?:the |a )?(?:parking|boarding pass)\b/,
  /^heads? (?:home|back|north|south|east|west|out)$/,
];

/** @param text The words of a title, in lower case. */
export function soundsLikeTelling(text: string): boolean {
  return deeds.some((pattern) => pattern.test(text));
}
