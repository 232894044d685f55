import { readingEnds } from './english-words.ts';
import { pureVerbs } from './english-verbs.ts';
import { setOf } from './sense.ts';

/** English verbs of titles. Names and paths use most of these words for things, so that nothing is told by them there. */

/** Hardly ever nouns: whatever stands behind, something is done. */
export const plainDeeds = setOf(`
  anonymize anonymise announce appease assemble automate backfill blink bootstrap buzz certify cleanse configure congratulate
  construct convene coordinate curate deactivate dedicate delegate demolish deplete detonate discourage elevate embed
  employ encourage engrave ensure entrust erect establish exhaust expropriate fabricate fasten flatten forge forgive
  furnish greet grind heal impeach incinerate induct inject ingest instruct insure integrate intercept invert isolate kindle legitimize
  loosen magnify melt minimize mobilize modernize multiply neutralize notarize notify obstruct orchestrate outbid pacify penalize
  persuade photograph pledge populate pour preempt prepare prioritize prohibit provoke randomize rearm recruit recycle
  regenerate rehearse rejoin relink remaster remodel reopen repack repaint repurpose resize respond retouch retweet
  revise rinse scatter scrape sharpen shorten shuffle smash soften spam spend splice sprinkle squeeze steal stimulate sue transfuse prescribe dim plow
  stitch subsidize substitute summon sweep teach teleport thank thaw unfold untie unwrap upsell vaporize wager warn welcome
  widen wreck sanction deport inaugurate autosave backdate blacklist boycott bulldoze deescalate defuse electrify
  enqueue escort extort fumigate handcuff harden hydrate immunize liberate mow overcharge overclock pollinate
  quarantine reassure rebook refactor repatriate requisition resettle retaliate revive shortlist waitlist blocklist forfeit hedge subpoena unsend unstar untrack airdrop overheat explode scuttle
  ${pureVerbs}`);

/** Nouns as often: what stands behind them tells. */
export const likelyDeeds = setOf(`
  arm bid bill book boost box brew bribe brush burn buffer bump bypass call cast charge chat cheer claim coach coin comment
  compile contact cook crash credit crown cruise cycle damage dance date deal debit delay deploy dial dose draft drain dress drill drive
  drop duel email exit fax feature feed fight file fill fine fire fix flag flash flip flood flush focus fold forward frame fund
  gift grade grant greet ground guard guide hail hammer harvest haul heat help hold honk honor host hug hunt ice insert issue jam jog jump
  kick kiss knock label land launch lease lecture level lift light loan log lower mail mask mate message mine mirror mix mock
  mount move mute name nominate note nudge nurse offer offset order pack page paint pair pardon park pass paste patch pause pick
  pin pitch place plan plant play plug poke post press print promise prompt protect pump punch push quiz quote race raise
  ramp rate reach reboot record reel refuel relay remark remind rent repair reply report request rescue reset resort reverse reward
  ride ring roast roll rotate route rush sack salute scale schedule scold score scratch seal seat seed shake shape
  share shelve shift ship shock shoot shout shovel shred shut sign signal silence slash slice slide slow smile snap snapshot
  snooze sort sound sow spark spell spin split sponsor spray spread stack staff stage stake stamp star start steer step stick stock
  stop store strike strip stun supply support swap swipe switch tag tailor taint tap target tax tease telegraph text throw ticket tie time tip
  toast top torch tow trade train transfer transport trap trash treat trigger trim trip trust tune tweet twist upgrade vote
  walk warm wash water wave weight whisper whistle wink wire wrap yield zero zone
 merge
  admit discharge milk vent board nice throttle shed fence gossip pan queue attack loot craft crop serve bake knit weld
  advertise simulate compact bounce checkpoint hover taint stamp latch bleed pulse touch hit stir tilt`);

/** In front of a thing or a person these leave no doubt that the word before them is a verb: "tip the driver". */
export const determiners = setOf(
  'the a an it them its their this that these those all one every each old new any some everyone everybody him her me us my your his our',
);

/** Somebody or something to whom it is done, many though they are: "text customers", "deal cards". */
const receivers = setOf(`
  users customers subscribers members people guests visitors friends followers players patients students drivers clients
  tenants employees chips seats lights doors lamps sirens participants attendees recipients contacts admins
  administrators operators staff children workers passengers animals cows pets birds plants peers blinds curtains`);

/** Things in spite of their endings. */
const objects =
  /^(?:position|location|session|connection|document|shipment|appointment|equipment|question|building|axis|chassis|gas|lens|application|transaction)$/;

/** More nouns behind which all that is in front is one: "tag release notes", "hold music". */
const ends = setOf(`
  data state level limit limits code codes number card cards center form field model group groups key plan
  policy price rate score sheet size source store system table time type unit value zone list box history chart graph path
  book line lines page point station balance market ratio hash tree view report key area space amount fee cost
  tax address office service services details overview dashboard catalog catalogue nearby content contents pipeline calculator tracker counter editor viewer
  registry archive directory roster strength cloud itinerary calendar summary gallery inventory queue statistics stats log usage map board fare fares receipt`);

/** Whether a title of a few words that begins with such a verb gives it an object, as far as one can tell. */
export function hasObject([, ...rest]: readonly string[]): boolean {
  const last = rest.at(-1) ?? '';
  if (
    rest.length === 0 ||
    rest.length > 3 ||
    /^(?:of|by|for|from|in|on|per|with|and|or|is|are)$/.test(rest[0] ?? '')
  )
    return false;
  if (receivers.has(last) || objects.test(last)) return true;
  return (
    !/[^su]s$|(?:ed|ion|ions|ment|ness|ity|ing|ance|ence)$/.test(last) &&
    !ends.has(last) &&
    !readingEnds.has(last)
  );
}
