/**
 * English verbs that are no nouns and no adjectives, and of which none reads, tells or looks: those that WordNet 3.1 (Princeton
 * University) counts among changes, contact, creation, motion, possession and the like and has met in texts, and some of trades.
 */
export const pureVerbs = `
  abet abolish abridge abrogate absorb abstain acclimatize accomplish accredit acculturate accumulate accuse accustom achieve
  acquit actuate adjourn administer admix adopt adorn adsorb aerosolize aggravate agitate airlift alleviate amass amplify
  amputate anesthetize animize anodize antagonise apportion arraign arrogate assail atone attract attune augment avenge avert
  awaken balkanize banish baptize beautify beget beguile behead belabor besiege bestow bilk blacken blanch boggle broaden
  burgeon bushwhack calcify cannulate canonize capitulate carve cater catheterize cavort centralize choreograph chuff
  circumscribe cleave clomp clothe coalesce coddle codify coerce cohere coinsure colonize commandeer communize compel complicate
  comply concoct condemn condense confine confront congeal congregate conjoin conquer consign constrict contaminate contrive
  corrode cosponsor counteract cower cram crave cremate cringe crucify crumble crumple crystallize culminate cultivate curtail
  dampen darken deaden debilitate decant deceive decelerate decentralize decertify declutter decompose decorate deepen
  defibrillate defrag defraud defray degauss dehumidify deice deign delude depalletize depersonalize deplane depose deprave
  depressurize deprive desecrate despoil detain detract devastate develop devour dialyze dilate diminish dine disallow disembark
  disentangle disinter dislodge dismember disobey disown dispel disrobe dissect dissipate distill divest dramatize drown
  economize educate effectuate elute emancipate embark embezzle emboss embroider emigrate encase encroach encrust endow energize
  enervate enmesh enrol ensconce enshrine entertain enthrone entitle entomb entrench equilibrate erode erupt espouse etch
  euthanise euthanize exacerbate excommunicate exhale exhume exonerate expand expiate expunge extirpate extradite extricate
  extubate exude fatten federalize ferment fertilize flee flog foreclose foreshorten forestall forgo fortify fractionate
  fraternize frizzle frustrate furl galvanize germinate gird glean gnash gnaw govern grovel grow guzzle gyrate harshen hasten
  heighten homogenize humidify hurtle hypnotize illuminate illumine imbed imbibe immerse impair impale impanel impart impede
  impel impinge imprison incapacitate incise incite inclose incubate indemnify indict indorse induce indulge infect infest
  infiltrate inflame inherit inhibit injure innovate inoculate inscribe inseminate instal insulate intensify interlace interpose
  intertwine intervene interweave intrude intrust intubate inure invade invent invest iodinate italicize juxtapose kidnap knead
  laze legislate lessen liberalize lionize magnetize malinger maltreat manipulate marinate marry maximize meddle metabolize
  metamorphose militate mingle miscarry mislay mislead mismanage misplace moisten molest monopolize moor motivate mutilate
  narcotize nationalize naturalize navigate neuter nourish nuzzle occlude officiate offsaddle oppress ordain organize ossify
  ostracize outdistance outdo outdraw outfight outgrow outmaneuver outmode outplay outrun outsmart outstrip overeat overfeed
  overfill overindulge overpower overproduce overreach overstep overtake palletize pamper paralyze parch pare pasteurize
  patronize peddle penetrate permeate perpetrate persecute personalize pervade petrify pilfer poach polarize practise prearrange
  preclude preisolate pressurize prevent prise propel proscribe prosecute pulsate pulverize pummel punctuate pupate purloin
  pursue quash quell quench quicken reactivate readapt realign reassemble reassign reawaken recede recondition reconvene
  reconvert recopy recoup recreate redecorate redirect redouble reelect reenact reenforce reestablish refashion refinance regale
  regroup regulate rehabilitate reinstall reinsure reinvest relax relegate relieve remain remarry rend repel replant repress
  reproduce repudiate reseal restrain resuscitate resuspend retrace reunite revamp revitalize revolutionize revolve ripen
  ritualize rive roleplay roughen rouse rove salivate saturate scarify scoot scrounge secede seclude secrete secularize sedate
  seep sensitize shatter shirk sidle slacken slink slurp smuggle socialize spang spay standardize starve stiffen stoke stow
  straighten strangle stratify strew strive subdue subjugate submerge subrogate subvert suffocate suffuse sunder superimpose
  superintend supervise supplant surmount suture synchronize systematize terrorize thicken thresh totter tranquilize transgress
  tranship transmute transship unbolt unbuckle unchain unclamp unclasp unclog uncork uncover uncurl undermine underpin undertake
  underwrite unearth unfasten unhitch unhook unite unjam unlace unlash unleash unmask unmoor unravel unroll unscramble unscrew
  unsheathe unsolder untangle unthaw unveil unwire upholster upraise uproot urbanize usurp vanquish veer ventilate victimize
  vivify vouchsafe waylay wean weep whiten wield wreak wreathe writhe`;
