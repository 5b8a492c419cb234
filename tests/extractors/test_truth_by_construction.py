"""Polarity and factuality by construction: news sentences for each value, one construction each."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon, load_lexicon
from extractors.factuality.judging import judge
from extractors.language import parse


@pytest.fixture(scope="module")
def lexicon(ontology_path: Path) -> Lexicon:
    return load_lexicon(ontology_path)


def status(nlp: Language, lexicon: Lexicon, text: str, word: str) -> tuple[str, str]:
    doc = next(parse(nlp, [text]))
    token = next(token for token in doc if token.text == word)
    verbal = token.pos_ in {"VERB", "AUX"}
    action = Action(token.i, token.lemma_, "Action", "verb" if verbal else "noun")
    return judge(doc, action, lexicon)


ASSERTED = [
    ("Police arrested two men after the robbery.", "arrested"),
    ("Voters in Kenya went to the polls on Tuesday.", "went"),
    ("She happened to find the wallet.", "find"),
    ("The two firms completed their merger in May.", "merger"),
    ("Residents saw soldiers beat a student.", "beat"),
    ("Shares fell 3% to close at 21 euros.", "close"),
    ("The Kenyan broke away late to win the marathon.", "win"),
    ("The firm overtook its rival to become the market leader.", "become"),
    ("The minister regretted that the trains had stopped.", "stopped"),
    ("The mayor apologised for closing the library.", "closing"),
    ("The senator was criticised for accepting the gift.", "accepting"),
    ("The army admitted that it had shelled the school.", "shelled"),
    ("The mayor dared to criticise the bishop.", "criticise"),
    ("He went on to win three medals.", "win"),
    ("The strike forced the mill to shut.", "shut"),
    ("The protest turned violent and police fired tear gas.", "fired"),
    ("The company ended up paying the fine.", "paying"),
    ("The company wound up selling its yards.", "selling"),
    ("Farmers got to see the president.", "see"),
    ("The failure of the talks raised fears of war.", "talks"),
    ("Few ministers attended the summit.", "attended"),
    ("The senator rarely votes with her party.", "votes"),
    ("No one has claimed responsibility for the bombing.", "bombing"),
    ("The non-payment of wages led to a strike.", "strike"),
    ("The talks ended in failure.", "talks"),
    ("The two teams meet on Sunday.", "meet"),
    ("It is not clear who fired the shots.", "fired"),
    ("The two firms resolved their dispute.", "dispute"),
    ("He committed a murder in 1998.", "murder"),
    ("The general directed the attack.", "attack"),
    ("Crews fought the fire for hours.", "fire"),
    ("Troops fought a battle near the river.", "battle"),
    ("The ministry unveiled plans for a dam.", "plans"),
    ("The navy undertook a rescue.", "rescue"),
    ("The robbers targeted a wedding.", "wedding"),
    ("The judge threw out the lawsuit.", "lawsuit"),
    ("The plane narrowly missed a mountain.", "missed"),
    ("The trial, originally planned for May, was moved to June.", "moved"),
]

NEGATIVE = [
    ("The bank was fined for failing to report the transfers.", "report"),
    ("The parties failed to agree on a budget.", "agree"),
    ("Talks between the two sides ended without an agreement.", "agreement"),
    ("The talks collapsed without producing a deal.", "deal"),
    ("Nor did the union accept the offer.", "accept"),
    ("The hospital neither confirmed nor denied the report.", "confirmed"),
    ("The hospital neither confirmed nor denied the report.", "denied"),
    ("Neither side accepted the plan.", "accepted"),
    ("None of the hostages was released.", "released"),
    ("Hardly anyone voted in the south.", "voted"),
    ("The general never ordered the attack, his lawyer said.", "ordered"),
    ("No one has claimed responsibility for the bombing.", "claimed"),
    ("No arrests were made.", "arrests"),
    ("There were no injuries.", "injuries"),
    ("There were no reports of casualties.", "reports"),
    ("No casualties were reported.", "casualties"),
    ("The government denied that its troops had crossed the border.", "crossed"),
    ("The government denied the attack.", "attack"),
    ("The actor denies assaulting the waiter.", "assaulting"),
    ("The actor denies any involvement in the robbery.", "involvement"),
    ("The minister rejected calls to resign.", "resign"),
    ("The minister rejected a proposal to raise taxes.", "raise"),
    ("The minister ruled out an early election.", "election"),
    ("The union called off the strike.", "strike"),
    ("The city cancelled the parade.", "parade"),
    ("The cancelled concert had been sold out.", "concert"),
    ("The band scrapped its tour of Asia.", "tour"),
    ("The club backed out of the deal.", "deal"),
    ("The judge declined to delay the trial.", "delay"),
    ("The airline was forced to abandon the takeover.", "takeover"),
    ("The company abandoned its plans to build a plant in Ohio.", "build"),
    ("Instead of resigning, the minister blamed his staff.", "resigning"),
    ("Rather than raise prices, the chain closed ten shops.", "raise"),
    ("The parade passed without incident.", "incident"),
    ("The deal fell through on Friday.", "deal"),
    ("The drug did not cause the deaths, the inquiry found.", "cause"),
    ("The inquiry found no evidence that the drug caused the deaths.", "caused"),
    ("There is no evidence of fraud.", "fraud"),
    ("It is not true that the minister lied.", "lied"),
    ("It is false that the bank collapsed.", "collapsed"),
    ("The editor was acquitted of bribing a judge.", "bribing"),
    ("The court cleared the editor of fraud.", "fraud"),
    ("Nobody expects the mill to reopen.", "reopen"),
    ("The council has not yet approved the bridge.", "approved"),
    ("The bridge is not open yet.", "open"),
    ("The ambassador has still not been found.", "found"),
    ("The airline no longer flies to Minsk.", "flies"),
    ("The strikers are not working any more.", "working"),
    ("The lawmakers could not agree on a speaker.", "agree"),
    ("The lawmakers were not able to agree on a speaker.", "agree"),
    ("An absence of violence marked the vote.", "violence"),
    ("The minister avoided answering the question.", "answering"),
    ("The firm narrowly avoided bankruptcy.", "bankruptcy"),
    ("The prisoner escaped execution.", "execution"),
    ("The government refused entry to the journalists.", "entry"),
    ("The government denied the ship entry.", "entry"),
    ("The concert was postponed until May.", "concert"),
    ("The airline delayed the launch of its service.", "launch"),
    ("An unsuccessful attempt to climb the peak cost two lives.", "climb"),
    ("Guards thwarted an attempt to free the prisoner.", "free"),
    ("The senator stopped short of endorsing the plan.", "endorsing"),
    ("The union stopped short of calling a strike.", "calling"),
    ("The envoy was barred from entering the country.", "entering"),
    ("The mayor has never visited the prison.", "visited"),
    ("Neither the bank nor its auditors noticed the fraud.", "noticed"),
    ("The ship sank without sending a distress call.", "sending"),
    ("The council has so far failed to act.", "act"),
    ("Doctors were powerless to stop the outbreak.", "stop"),
    ("Voters rejected a bid to abolish the senate.", "abolish"),
    ("The strike that had been threatened never materialised.", "materialised"),
    ("The government insists it did not pay a ransom.", "pay"),
    ("Security forces foiled a plot to bomb the station.", "bomb"),
    ("The veto blocked the plan to sell the port.", "sell"),
    ("The company admitted failing to inspect the brakes.", "inspect"),
    ("She denied having met the spy.", "met"),
    ("He insisted he had not met the spy.", "met"),
    ("Not one of the miners survived.", "survived"),
    ("The missile missed its target and nobody was injured.", "injured"),
    ("The president is yet to appoint a premier.", "appoint"),
]

PLANNED = [
    ("The firm is not planning to sell the plant.", "sell"),
    ("The firm does not plan to sell the plant.", "sell"),
    ("The firm has no intention of selling the plant.", "selling"),
    ("The minister promised not to raise taxes.", "raise"),
    ("The minister vowed never to surrender.", "surrender"),
    ("The company announced plans to hire 500 people.", "hire"),
    ("The minister will visit Ankara next week.", "visit"),
    ("A summit is planned for June.", "summit"),
    ("The election is due to be held in May.", "held"),
    ("The election is due to be held in May.", "election"),
    ("The planned strike would paralyse ports.", "strike"),
    ("The upcoming election has divided the country.", "election"),
    ("The bridge is to reopen in March.", "reopen"),
    ("The minister is flying to Oslo on Monday to sign the treaty.", "sign"),
    ("The firm has agreed to buy its rival for $2 billion.", "buy"),
    ("The firm agreed the sale of its yard.", "sale"),
    ("The two leaders are scheduled to hold talks on Friday.", "talks"),
    ("The government intends to privatise the railways.", "privatise"),
    ("The launch has been pushed back to 2030.", "launch"),
    ("The rebels vowed to retaliate.", "retaliate"),
    ("The president promised reforms.", "reforms"),
    ("The company pledged to cut emissions.", "cut"),
    ("The minister said that schools would reopen on Monday.", "reopen"),
    ("Preparations for the summit have begun.", "summit"),
    ("The party is preparing for elections in May.", "elections"),
    ("Ford to cut 1,000 jobs in Germany", "cut"),
    ("He wants to run for president.", "run"),
    ("The troops are about to leave.", "leave"),
    ("The firm offered to pay compensation.", "pay"),
    ("The union is gearing up for a strike.", "strike"),
    ("The proposed merger needs approval.", "merger"),
    ("They are on the verge of signing a deal.", "signing"),
    ("She resolved to leave the party.", "leave"),
    ("The museum said it had no plans to return the statue.", "return"),
    ("The parties are close to a deal.", "deal"),
    ("Talks aimed at ending the war resumed.", "ending"),
    ("The firm is in talks to buy a stake in its rival.", "buy"),
    ("Workers have voted to strike.", "strike"),
    ("Lawmakers voted to impeach the president.", "impeach"),
    ("A plot to kill the king was uncovered.", "kill"),
    ("He was jailed for plotting to bomb a mosque.", "bomb"),
    ("The bank said it would neither sell nor close the branch.", "sell"),
    ("The bank said it would neither sell nor close the branch.", "close"),
]

POSSIBLE = [
    ("The volcano may erupt within days.", "erupt"),
    ("Prices might rise, analysts said.", "rise"),
    ("The army allegedly shelled a hospital.", "shelled"),
    ("The alleged attack took place in May.", "attack"),
    ("He is suspected of killing two hitchhikers.", "killing"),
    ("He was charged with murdering his neighbour.", "murdering"),
    ("He was charged with murder.", "murder"),
    ("He is accused of fraud.", "fraud"),
    ("Prosecutors accused him of fraud.", "fraud"),
    ("The suspected murder shocked the village.", "murder"),
    ("Analysts predict that the bank will fail.", "fail"),
    ("The company is considering closing the plant.", "closing"),
    ("The minister threatened to resign.", "resign"),
    ("There are fears of a new eruption.", "eruption"),
    ("There is speculation that the coach will leave.", "leave"),
    ("Talk of a merger lifted the shares.", "merger"),
    ("The risk of war is growing.", "war"),
    ("The possibility of a strike worries exporters.", "strike"),
    ("It is unclear whether the pilot survived.", "survived"),
    ("Perhaps the thief used the back door.", "used"),
    ("The thief probably used the back door.", "used"),
    ("The thief is believed to have used the back door.", "used"),
    ("The ship appears to have sunk.", "sunk"),
    ("The ship seems to be sinking.", "sinking"),
    ("Rumours of a coup spread through the city.", "coup"),
    ("The threat of a strike hangs over the port.", "strike"),
    ("The tests could lead to a cure.", "cure"),
    ("The group reportedly kidnapped a priest.", "kidnapped"),
    ("The minister faces possible dismissal.", "dismissal"),
    ("The country is at risk of famine.", "famine"),
    ("Scientists suspect that the virus escaped.", "escaped"),
    ("The police could have prevented the attack.", "prevented"),
    ("The army is not ruling out an attack.", "attack"),
    ("The coach did not rule out selling the striker.", "selling"),
    ("The dam might have burst.", "burst"),
    ("The minister is likely to lose her seat.", "lose"),
    ("A deal could be signed as early as Monday.", "signed"),
    ("Police believe the fire was started deliberately.", "started"),
    ("It remains to be seen whether the truce holds.", "holds"),
]

HYPOTHETICAL = [
    ("The captain should have turned back.", "turned"),
    ("The mayor wishes that the club would stay.", "stay"),
    ("The film imagines an invasion of Norway.", "invasion"),
    ("The dam would have burst without the repairs.", "burst"),
    ("He acted as if he owned the club.", "owned"),
    ("But for the fence, the bear would have reached the camp.", "reached"),
]

CONDITIONAL = [
    ("If the talks fail, workers will strike.", "fail"),
    ("If the talks fail, workers will strike.", "strike"),
    ("Unless the talks succeed, workers will strike.", "strike"),
    ("Workers will strike if the talks fail.", "strike"),
    ("The firm would sell the mine if prices rose.", "sell"),
    ("Were the bank to fail, the state would step in.", "step"),
    ("Should the bank fail, the state would step in.", "fail"),
    ("In the event of a strike, trains will stop.", "strike"),
    ("In case of an attack, the army will respond.", "attack"),
    ("Without a deal, the firm would close.", "close"),
    ("The sale depends on approval by the regulator.", "approval"),
    ("The army will attack provided that the weather holds.", "holds"),
    ("The law would ban smoking in parks.", "ban"),
    ("The bill, if passed, would ban smoking in parks.", "passed"),
]

REQUESTED = [
    ("The union called for a general strike.", "strike"),
    ("The pope urged both sides to lay down their arms.", "lay"),
    ("The court ordered the eviction of the tenants.", "eviction"),
    ("The opposition demanded an inquiry.", "inquiry"),
    ("The opposition demanded that the minister resign.", "resign"),
    ("The envoy asked for the release of the hostages.", "release"),
    ("The request to extradite the banker was sent to Madrid.", "extradite"),
    ("The judge told the jury to ignore the remark.", "ignore"),
    ("Residents must leave by noon.", "leave"),
    ("Doctors recommend that children be vaccinated.", "vaccinated"),
    ("The minister should resign, the paper said.", "resign"),
    ("The order to withdraw came at dawn.", "withdraw"),
    ("The deadline for withdrawal passed.", "withdrawal"),
    ("The mayor pleaded with residents to stay home.", "stay"),
    ("Protesters are demanding the resignation of the mayor.", "resignation"),
    ("The town needs to repair the dam.", "repair"),
    ("Germany pressed Greece to sell its ports.", "sell"),
    ("The union insisted that the plant stay open.", "stay"),
    ("Lawmakers proposed banning the drug.", "banning"),
    ("The senator asked the court to delay the trial.", "delay"),
    ("The king asked for forgiveness.", "forgiveness"),
    ("Rebels were told to leave by Friday.", "leave"),
    ("The generals are urging restraint.", "restraint"),
    ("The pope appealed for calm.", "calm"),
    ("Airlines are required to refund passengers.", "refund"),
]

ATTEMPTED = [
    ("The gunman tried to flee.", "flee"),
    ("The bid to oust the leader began in March.", "oust"),
    ("Rescuers are struggling to reach the valley.", "reach"),
    ("An attempted coup shook the capital.", "coup"),
    ("He was convicted of attempted murder.", "murder"),
    ("The army made an attempt to retake the town.", "retake"),
    ("Attempts to negotiate a truce continue.", "negotiate"),
    ("Efforts at mediation continue.", "mediation"),
    ("The company is seeking to raise money.", "raise"),
    ("The company sought a loan.", "loan"),
    ("The union is fighting to keep the plant open.", "keep"),
    ("Rescue teams raced to free trapped miners.", "free"),
    ("Her attempt at a comeback ended in defeat.", "comeback"),
]

PREVENTED = [
    ("Lack of rain has kept farmers from planting.", "planting"),
    ("Police foiled a bomb attack.", "attack"),
    ("The storm prevented the plane from landing.", "landing"),
    ("The court blocked the merger.", "merger"),
    ("The judge barred the paper from publishing the letters.", "publishing"),
    ("The government banned the march.", "march"),
    ("Protesters stopped the ship from leaving.", "leaving"),
    ("A last-minute deal averted a strike.", "strike"),
    ("The navy kept the boats from landing.", "landing"),
    ("Lawmakers vetoed the sale.", "sale"),
    ("The law prohibits selling alcohol at night.", "selling"),
    ("The treaty bans testing.", "testing"),
    ("Snow prevented the planes from taking off.", "taking"),
    ("Ships were kept from leaving the harbour.", "leaving"),
]


@pytest.mark.parametrize(("text", "word"), NEGATIVE)
def test_it_did_not_happen(nlp: Language, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(nlp, lexicon, text, word)[0] == "negative"


@pytest.mark.parametrize(
    ("text", "word", "factuality"),
    [
        (text, word, value)
        for value, sentences in {
            "asserted": ASSERTED,
            "planned": PLANNED,
            "possible": POSSIBLE,
            "hypothetical": HYPOTHETICAL,
            "conditional": CONDITIONAL,
            "requested": REQUESTED,
            "attempted": ATTEMPTED,
            "prevented": PREVENTED,
        }.items()
        for text, word in sentences
    ],
)
def test_how_real_it_is(
    nlp: Language, lexicon: Lexicon, text: str, word: str, factuality: str
) -> None:
    assert status(nlp, lexicon, text, word)[1] == factuality
