"""Second spellings, British above all, folded to one by a table of stems. No rule about text may enter."""

from itertools import product


def _join(stems: str, endings: str) -> dict[str, str]:
    """`defenc:defens` with `e es`: defence → defense, defences → defenses. `~` is the empty ending."""
    pairs = [stem.split(":") for stem in stems.split()]
    tails = [ending.replace("~", "") for ending in endings.split()]
    return {old + tail: new + tail for (old, new), tail in product(pairs, tails)}


def _swap(stems: str, old: str, new: str, endings: str) -> dict[str, str]:
    """The same, where every stem changes in the same way: `col` with `our` and `or`."""
    return _join(" ".join(f"{stem}{old}:{stem}{new}" for stem in stems.split()), endings)


_OUR = """
    arb ard arm behavi belab cand clam col demean discol dishon disfav dol enam endeav fav ferv flav
    harb hon hum lab misbehavi misdemean neighb od parl ranc rig rum sav savi splend succ tricol tum
    unsav val vap vig watercol rehon unhon
"""
_OUR_ENDINGS = """
    ~ s ed ing er ers ful fully less able ably ite ites hood hoods ly al ally ist ists y ization ize
    ized
"""
_OUR_WORDS = """
    unfavourable:unfavorable unfavourably:unfavorably honourable:honorable
    dishonourable:dishonorable multicoloured:multicolored uncoloured:uncolored armoury:armory
    armouries:armories neighbouring:neighboring favouritism:favoritism behaviourism:behaviorism
    labourious:laborious unharboured:unharbored
"""

_ISE = """
    accessor actual aggrand agon alphabet amort anglic anonym antagon apolog appet atom author autom
    bapt brutal bureaucrat burglar capital caramel categor central character civil collectiv colon
    color colour commercial commun computer conceptual contextual criminal critic crystall custom
    decentral decimal decolon decriminal dehuman demilitar demob demobil democrat demon
    demonet demoral denational denuclear depersonal depoliticis deput deregular desensit destabil
    detribal digit digital disorgan dramat econom egal emphas energ equal eulog evangel external
    factor familiar fanat fantas federal fertil fictional final formal fossil fratern galvan general
    glamor global harmon histor homogen hospital human hypnot hypothes ideal idol immobil immortal
    immun individual industrial initial institutional internal internalional international ion
    italic item jeopard legal legitim liberal lion liquid local magnet marginal mater material maxim
    mechan medical memor mental mercerr merchand mesmer milit militar mineral miniatur minim mobil
    modern monet monopol moral motor national neutral normal novel nuclear optim organ ostrac oxid
    pasteur patron pedestrian penal personal philosoph plagiar polar politic popular pressur priorit
    privat problemat professional proselyt public pulver radical rational real recogn regional
    regular reorgan revital revolution ritual roman sanit satir scandal scrutin secular sensational
    sensit serial sermon sexual social special stabil standard steril stigmat strateg styl subsid
    summar symbol sympath synchron synthes systemat tantal telev temporal terror theor total
    tranquill trauma traumat tribal trivial tyrann unauthor unional union urban util vandal vapor
    verbal victim visual vital vocal vulcan vulgar western winter womanis woman deglobal unrecogn
    underutil overcapital recapital undercapital misorgan disorganis remobil renational hyperbol
    euthan deodor fluid pluralis plural random incentiv weapon monetar dollar container cannibal
    canal
"""
_ISE_ENDINGS = """
    e es ed er ers ing ation ations ational able ably
"""

_RE = """
    cent theat fib lit kilolit millilit met kilomet centimet millimet nanomet calib sab spect somb
    meag lust och mit amphitheat epicent saltpet reconnoit scept
"""

_DOUBLE_L = """
    barrel bevel cancel channel chisel counsel cudgel dial dishevel drivel duel enamel equal fuel
    funnel gravel grovel imperil initial jewel kennel label level libel marshal marvel medal metal
    model outrival panel parcel pedal pencil pistol pummel quarrel ravel refuel remodel revel rival
    sandal shovel shrivel signal snivel snorkel spiral squirrel stencil swivel symbol tassel tinsel
    total towel trammel travel trowel tunnel unravel victual weasel yodel
"""
_DOUBLE_L_ENDINGS = ("ed", "ing", "er", "ers", "ings")

_SINGLE_L = """
    fulfil:fulfill enrol:enroll instal:install distil:distill instil:instill appal:appall
    enthral:enthrall forestal:forestall
"""
_SINGLE_L_WORDS = """
    fulfils:fulfills fulfilment:fulfillment enrols:enrolls enrolment:enrollment
    enrolments:enrollments instals:installs instalment:installment distils:distills instils:instills
    skilful:skillful skilfully:skillfully wilful:willful wilfully:willfully unskilful:unskillful
"""

_ENCE = """
    defenc:defens offenc:offens licenc:licens pretenc:pretens
"""
_ENCE_ENDINGS = "e es ed ing eless"

_LATIN = """
    anaesthe:anesthe haemorrhag:hemorrhag paediatr:pediatr orthopaed:orthoped encyclopaed:encycloped
    leukaem:leukem anaem:anem gynaecolog:gynecolog haemoglob:hemoglob haemophil:hemophil
    archaeolog:archeolog paedophil:pedophil oestrog:estrog oesophag:esophag foet:fet
    homoeopath:homeopath palaeonto:paleonto haemat:hemat oedem:edem toxaem:toxem septicaem:septicem
    caesarean:cesarean
"""
_LATIN_ENDINGS = """
    tic tics tist tists tise tised e es ed ing ic ics ia ias ian ians al ically ist ists y ies ical
    in iac iacs ial us uses en ens logy logist logists logical ~ s a oma omas ology ologist
"""

_WORDS = """
    programme:program programmes:programs cheque:check cheques:checks chequebook:checkbook tyre:tire
    tyres:tires kerb:curb kerbs:curbs grey:gray greys:grays plough:plow ploughs:plows
    ploughed:plowed ploughing:plowing mould:mold moulds:molds moulded:molded moulding:molding
    mouldy:moldy moult:molt smoulder:smolder smouldered:smoldered smouldering:smoldering
    sceptic:skeptic sceptics:skeptics sceptical:skeptical scepticism:skepticism
    sceptically:skeptically storey:story storeys:stories storeyed:storied draught:draft
    draughts:drafts gaol:jail gaols:jails gaoled:jailed jewellery:jewelry jeweller:jeweler
    jewellers:jewelers moustache:mustache moustaches:mustaches aluminium:aluminum cosy:cozy
    pyjamas:pajamas sulphur:sulfur sulphuric:sulfuric sulphate:sulfate sulphates:sulfates
    sulphide:sulfide whilst:while amongst:among amidst:amid towards:toward afterwards:afterward
    backwards:backward forwards:forward upwards:upward downwards:downward onwards:onward
    inwards:inward outwards:outward judgement:judgment judgements:judgments
    acknowledgement:acknowledgment acknowledgements:acknowledgments abridgement:abridgment
    ageing:aging enquiry:inquiry enquiries:inquiries enquire:inquire enquired:inquired
    enquiring:inquiring learnt:learned burnt:burned spelt:spelled dreamt:dreamed spoilt:spoiled
    leapt:leaped leant:leaned artefact:artifact artefacts:artifacts disc:disk discs:disks mum:mom
    mums:moms maths:math practise:practice practises:practices practised:practiced
    practising:practicing speciality:specialty specialities:specialties whisky:whiskey
    whiskies:whiskeys yoghurt:yogurt yoghurts:yogurts connexion:connection connexions:connections
    waggon:wagon waggons:wagons despatch:dispatch despatches:dispatches despatched:dispatched
    despatching:dispatching axe:ax omelette:omelet doughnut:donut doughnuts:donuts advisor:adviser
    advisors:advisers protestor:protester protestors:protesters moslem:muslim moslems:muslims
    catalogue:catalog catalogues:catalogs catalogued:cataloged cataloguing:cataloging
    analogue:analog analogues:analogs dialog:dialogue dialogs:dialogues epilog:epilogue
    prolog:prologue aeroplane:airplane aeroplanes:airplanes manoeuvre:maneuver manoeuvres:maneuvers
    manoeuvred:maneuvered manoeuvring:maneuvering manoeuvrable:maneuverable mediaeval:medieval
    diarrhoea:diarrhea foetus:fetus foetuses:fetuses foetal:fetal faeces:feces faecal:fecal
    benefitted:benefited benefitting:benefiting focussed:focused focussing:focusing focusses:focuses
    biassed:biased worshipped:worshiped worshipping:worshiping worshipper:worshiper
    worshippers:worshipers kidnaped:kidnapped kidnaping:kidnapping kidnaper:kidnapper
    kidnapers:kidnappers marvellous:marvelous marvellously:marvelously woollen:woolen
    woollens:woolens counsellor:counselor counsellors:counselors councillor:councilor
    councillors:councilors chancellory:chancellery carburettor:carburetor centred:centered
    centring:centering centrepiece:centerpiece theatregoer:theatergoer theatregoers:theatergoers
    fibreglass:fiberglass fibreoptic:fiberoptic manoeuvrability:maneuverability humourist:humorist
    colouration:coloration glamour:glamor liquorice:licorice mollusc:mollusk molluscs:mollusks
    phoney:phony rouble:ruble roubles:rubles tsar:czar tsars:czars tsarist:czarist furore:furor
    gramme:gram grammes:grams kilogramme:kilogram kilogrammes:kilograms likeable:likable
    saleable:salable sizeable:sizable rateable:ratable unshakeable:unshakable liveable:livable
    loveable:lovable moveable:movable useable:usable instalments:installments percent:pct
    mln:million mlns:millions bln:billion blns:billions trln:trillion dlr:dollar dlrs:dollars
    cts:cents ct:cent preventative:preventive preventatively:preventively cypher:cipher
    cyphers:ciphers sirup:syrup monolog:monologue orientated:oriented snowplough:snowplow
    snowploughs:snowplows baulk:balk baulked:balked baulking:balking busses:buses gasses:gases
    uncancelled:uncanceled unlabelled:unlabeled untravelled:untraveled unequalled:unequaled
    unrivalled:unrivaled mislabelled:mislabeled bejewelled:bejeweled sombrely:somberly
    meagrely:meagerly centreline:centerline encyclopaedia:encyclopedia encyclopaedias:encyclopedias
    haemorrhaging:hemorrhaging kerbside:curbside cosily:cozily cosier:cozier
"""

_PAIRS: dict[str, str] = {
    **_swap(_OUR, "our", "or", _OUR_ENDINGS),
    **_join(_OUR_WORDS, "~"),
    **_swap(_ISE, "is", "iz", _ISE_ENDINGS),
    **_swap("anal paral catal electrol dial hydrol psychoanal", "ys", "yz", "e es ed er ers ing"),
    **_swap(_RE, "re", "er", "~ s"),
    **{f"{stem}l{end}": stem + end for stem in _DOUBLE_L.split() for end in _DOUBLE_L_ENDINGS},
    **_join(_SINGLE_L, "~"),
    **_join(_SINGLE_L_WORDS, "~"),
    **_join(_ENCE, _ENCE_ENDINGS),
    **_join(_LATIN, _LATIN_ENDINGS),
    **_join(_WORDS, "~"),
}


def _settled(word: str) -> str:
    """The end of a chain: colourise → colorise → colorize."""
    seen = word
    for _ in range(4):
        seen = _PAIRS.get(seen, seen)
    return seen


AMERICAN: dict[str, str] = {word: _settled(word) for word in _PAIRS if _settled(word) != word}


def american(word: str) -> str:
    """The one spelling of a lower-case word: `defence` → `defense`, any other as it is."""
    return AMERICAN.get(word, word)
