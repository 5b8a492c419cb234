"""What kind of thing a name or a noun stands for: entity types, and the words that give them away.

The lists are small on purpose: they hold the nouns by which news defines and takes up the
things it names ("the planemaker", "chief executive", "the messaging app"). Nouns that are not
listed are typed by their word vector's nearest listed nouns, see `NounTyper`.
"""

from __future__ import annotations

from typing import Literal

from extractors.extraction import EntityType

#: Where a noun leaves open whether the company or its product is meant ("the platform").
PLATFORM = "PLATFORM"
NounType = Literal[
    "PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK", "LAW", "GROUP", "EVENT", "MONEY",
    "OTHER", "PLATFORM",
]  # fmt: skip

#: Named types of OntoNotes, as spaCy's English pipelines give them, to ours.
NAMED: dict[str, EntityType] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "GROUP",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "PRODUCT": "PRODUCT",
    "WORK_OF_ART": "WORK",
    "LAW": "LAW",
    "EVENT": "EVENT",
}
PLACES: frozenset[str] = frozenset({"GPE", "LOC", "FAC"})

#: Words in front of a name that make it a person's.
TITLES = frozenset(
    (
        "mr mr. mrs mrs. ms ms. miss sir dame lord lady dr dr. prof prof. professor rev "
        "rev. president vice-president senator sen sen. congressman congresswoman "
        "representative rep rep. governor gov gov. mayor minister secretary chancellor "
        "premier king queen prince princess pope cardinal archbishop bishop imam "
        "ayatollah sheikh judge justice general gen gen. colonel col col. major maj maj. "
        "captain capt capt. lieutenant lt lt. sergeant sgt sgt. admiral adm adm. officer "
        "detective inspector constable coach ceo cfo coo cto chairman chairwoman chair "
        "chief executive director spokesman spokeswoman spokesperson"
    ).split()
)
MALE = frozenset(
    (
        "mr mr. sir lord king prince pope chairman spokesman businessman congressman man "
        "boy father son husband brother uncle grandfather actor gentleman policeman "
        "salesman statesman"
    ).split()
)
FEMALE = frozenset(
    (
        "mrs mrs. ms ms. miss dame lady queen princess chairwoman spokeswoman "
        "businesswoman congresswoman woman girl mother daughter wife sister aunt "
        "grandmother actress policewoman"
    ).split()
)
#: Endings of organisations' legal names: they tell the type, and drop out of the short name.
LEGAL_FORMS = frozenset(
    (
        "inc inc. incorporated corp corp. corporation co co. company ltd ltd. limited plc "
        "llc llp lp ag sa s.a. nv n.v. se gmbh bv spa s.p.a. kk oyj ab asa group holding "
        "holdings"
    ).split()
)
#: Last words of names that tell what is named.
NAME_HEADS: dict[str, EntityType] = {
    **dict.fromkeys(
        (
            "airlines airways airline motors industries technologies systems technology "
            "partners capital ventures bank university college school institute academy "
            "laboratory laboratories hospital foundation association society union federation "
            "league council commission committee agency authority ministry department bureau "
            "office court tribunal parliament congress senate assembly party team club "
            "network news times post journal press gazette herald tribune entertainment "
            "studios records pictures services police army navy force forces administration "
            "organization organisation museum church brigade corps computer computers "
            "software electronics aerospace aviation aircraft research securities "
            "insurance pharmaceuticals energy"
        ).split(),
        "ORG",
    ),
    **dict.fromkeys(
        (
            "airport stadium tower building bridge hotel palace highway street avenue road "
            "square arena station prison jail hall terminal plaza embassy center centre"
        ).split(),
        "FAC",
    ),
    **dict.fromkeys(
        (
            "river lake mountain mountains ocean sea bay island islands desert valley "
            "peninsula coast gulf hill hills forest park beach strait canal"
        ).split(),
        "LOC",
    ),
    **dict.fromkeys("city county province district state republic kingdom".split(), "GPE"),
    **dict.fromkeys("act bill treaty constitution amendment accord convention law".split(), "LAW"),
    **dict.fromkeys(
        (
            "war games olympics festival cup championship championships conference summit "
            "show expo awards prix open marathon hurricane"
        ).split(),
        "EVENT",
    ),
    **dict.fromkeys(
        (
            "phone tablet laptop os sdk kit console watch tv player browser engine jet "
            "missile store stores"
        ).split(),
        "PRODUCT",
    ),
}

_NOUNS: dict[NounType, str] = {
    "PERSON": (
        "person people man woman boy girl child baby teenager adult male female student pupil "
        "teacher professor "
        "scientist researcher engineer developer programmer designer analyst expert economist "
        "journalist reporter editor writer author critic actor actress singer musician artist "
        "director producer player athlete coach footballer golfer boxer runner champion fan "
        "president minister premier chancellor senator congressman lawmaker legislator politician "
        "governor mayor councillor diplomat ambassador envoy official spokesman spokeswoman "
        "spokesperson secretary leader chief head executive ceo cfo coo chairman chairwoman chair "
        "founder co-founder cofounder owner boss manager employee worker staff staffer aide "
        "adviser advisor consultant lawyer attorney prosecutor judge juror plaintiff defendant "
        "suspect convict inmate prisoner criminal killer murderer gunman thief victim survivor "
        "hostage patient doctor nurse surgeon soldier officer general colonel captain pilot "
        "astronaut sailor marine policeman detective agent spy rebel militant insurgent terrorist "
        "activist protester demonstrator supporter opponent voter candidate nominee winner loser "
        "user customer client consumer buyer subscriber follower visitor guest passenger driver "
        "resident citizen immigrant migrant refugee neighbor neighbour father mother parent son "
        "daughter brother sister husband wife uncle cousin friend colleague partner rival member "
        "investor shareholder billionaire millionaire banker trader broker farmer fisherman "
        "businessman entrepreneur administrator vendor contractor subcontractor witness hacker "
        "king queen prince princess pope bishop priest imam crowd mob crew veteran figure "
        "celebrity "
        "star blogger commentator counsel tourist family population public troops "
        "individual applicant participant attendee successor predecessor representative publicist"
    ),
    "ORG": (
        "company firm corporation business enterprise giant conglomerate manufacturer maker "
        "carmaker automaker planemaker chipmaker drugmaker airline carrier bank lender insurer "
        "retailer supermarket publisher broadcaster newspaper magazine agency bureau ministry "
        "department government administration parliament congress senate court tribunal "
        "commission committee council union federation association organization organisation "
        "charity foundation institute university college school hospital church party coalition "
        "alliance league team club squad army navy military militia police force regulator "
        "watchdog supplier operator competitor subsidiary unit division startup start-up "
        "consortium partnership group cartel gang body board studio label brand provider "
        "developer producer media press outlet industry lab laboratory utility exchange fund"
    ),
    "PLATFORM": "platform app service site website network forum marketplace portal engine blog",
    "GPE": "country nation state city town village capital province county region kingdom republic",
    "LOC": (
        "area continent island river lake sea ocean mountain valley coast border desert forest "
        "beach bay district neighborhood neighbourhood suburb territory zone place location world "
        "north south east west"
    ),
    "FAC": (
        "airport stadium building tower bridge hotel palace street road highway station prison "
        "jail headquarters factory plant house home mansion embassy base camp port harbor museum "
        "theater theatre arena hall warehouse shop office center centre facility venue runway "
        "restaurant campus hangar"
    ),
    "PRODUCT": (
        "product phone smartphone handset device gadget tablet laptop computer desktop console "
        "camera chip processor battery screen display keyboard software application program "
        "browser tool plane aircraft airplane jet jetliner airliner helicopter drone car vehicle "
        "truck bus train ship boat ferry submarine rocket missile satellite spacecraft weapon gun "
        "rifle bomb drug vaccine medicine machine robot model version engine feature hardware "
        "component part antenna cable accessory case upgrade update system wing fuselage cockpit "
        "airframe seat file document data content post message email photo image picture account "
        "player store item music media material metal plastic fuel oil gas food toy clothes shoe "
        "wheel door window cabin prototype series line package equipment goods card memory "
        "interface code tweet letter"
    ),
    "WORK": (
        "book novel film movie song album single show series sequel episode play opera painting "
        "documentary comedy drama poem video game franchise article report"
    ),
    "LAW": "law act bill treaty constitution amendment legislation statute ordinance",
    "EVENT": (
        "war battle election tournament festival championship conference summit ceremony "
        "earthquake hurricane storm flood concert"
    ),
    "MONEY": (
        "price cost revenue profit loss share stock dividend salary tax fee fine debt loan bond "
        "budget sale market income earnings job payment fund subsidy"
    ),
    "OTHER": (
        "time day week month year hour minute moment date period morning night weekend way thing "
        "idea reason fact issue problem question decision plan effort attempt announcement "
        "statement speech claim report result effect cause concern hope fear success failure "
        "increase decrease growth change rate percent number amount level size quality violence "
        "attack crash accident death killing removal support action access control power right "
        "freedom law policy rule process method development use work life demand supply "
        "competition agreement deal talk negotiation meeting visit trip flight order delay "
        "delivery launch release trouble popularity history interest reputation benefit advantage "
        "possibility risk danger responsibility opinion belief example case situation condition "
        "capability ability efficiency weight speed distance height trial investigation lawsuit "
        "allegation complaint request suspension ban strike vote campaign debate research study "
        "experience purchase acquisition merger design production construction operation"
    ),
}


def _noun_types() -> dict[str, NounType]:
    """Each listed noun with its type; a noun under two headings keeps the first."""
    table: dict[str, NounType] = {}
    for kind, words in _NOUNS.items():
        for word in words.split():
            table.setdefault(word, kind)
    return table


NOUN_TYPES: dict[str, NounType] = _noun_types()

#: Nouns that people and organisations share, so that they define neither.
AMBIGUOUS = frozenset(
    (
        "rival partner member owner winner loser customer client consumer opponent vendor "
        "contractor subcontractor developer producer supplier publisher investor "
        "shareholder leader supporter star champion buyer subscriber victim unit body "
        "provider operator predecessor successor parent house home base figure favourite "
        "favorite north south east west area place"
    ).split()
)

#: Nouns that take up an organisation whatever its trade: "the company", "the tech giant".
GENERIC: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "company firm corporation giant conglomerate group organization organisation agency"
        ).split(),
        frozenset({"ORG"}),
    ),
    **dict.fromkeys(["country", "nation"], frozenset({"GPE"})),
    **dict.fromkeys(["city", "town", "village"], frozenset({"GPE"})),
    **dict.fromkeys(["device", "gadget", "product"], frozenset({"PRODUCT"})),
    **dict.fromkeys("film movie book novel song album".split(), frozenset({"WORK"})),
}

#: People that organisations have: "Parler's chief executive", "the Airbus spokesman".
OFFICERS = frozenset(
    (
        "executive ceo cfo coo chairman chairwoman chair president vice-president "
        "director founder co-founder cofounder boss chief head spokesman spokeswoman "
        "spokesperson official manager employee lawyer leader"
    ).split()
)
#: What organisations have or do, and people and products seldom: evidence in "X's shares".
ORG_POSSESSIONS = OFFICERS | frozenset(
    (
        "share shareholder customer headquarters subsidiary stock revenue profit unit "
        "board investor competitor"
    ).split()
)


def type_fits(kind: NounType, entity: EntityType) -> bool:
    """Whether a noun of this type may take up an entity of that type.

    >>> type_fits("PLATFORM", "ORG"), type_fits("PERSON", "ORG")
    (True, False)
    """
    if kind == PLATFORM:
        return entity in ("ORG", "PRODUCT", "WORK", "OTHER")
    if kind in PLACES:
        return entity in PLACES
    if kind == "PERSON":
        return entity in ("PERSON", "GROUP")
    return kind == entity
