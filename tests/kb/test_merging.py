"""Events of several reports: what is preferred, what is disputed, and who is who."""

from __future__ import annotations

from pathlib import Path

from kb.knowledge_base import KnowledgeBase
from kb.terms import DL
from kb.views import EntityRef, EventSummary, TimelineFilter
from tests.kb.building import Story, day, gazette, ledger
from tests.kb.conftest import canonical, put


def only(kb: KnowledgeBase, action: str) -> EventSummary:
    (event,) = kb.timeline(TimelineFilter(action=action)).events
    return event


def removal(outlet: str, published: str, when: str, words: str = "") -> Story:
    label = "Google removes Parler"
    return (
        Story(outlet.lower(), published, outlet, f"Google removed Parler. {words}")
        .entity("Parler", "ORG")
        .entity("Google", "ORG")
        .event("removed", "Remove", label, when=day(when), agent="Google", patient="Parler")
    )


def test_three_articles_make_one_event_with_all_versions_kept(filled: KnowledgeBase) -> None:
    event = only(filled, "Remove")
    assert event.label == "Google removes Parler"
    assert (event.reports, event.sources) == (3, 3)
    assert event.polarity == "positive"
    assert event.disputed == ("disputedTime", "disputedPolarity")
    view = filled.event(event.slug)
    assert view is not None
    assert [report.article.publisher for report in view.reports] == [
        "The Courier", "The Ledger", "The Gazette",
    ]  # fmt: skip
    assert [report.when.text for report in view.reports] == [
        "8 January 2021", "9 January 2021", "by 11 January 2021",
    ]  # fmt: skip
    assert [report.polarity for report in view.reports] == ["positive", "positive", "negative"]
    for report in view.reports:
        article = filled.article(report.article.slug)
        assert article is not None
        assert report.trigger == "removed" == article.text[report.start : report.end]
        assert report.before + report.trigger + report.after in article.text
    assert view.reports[0].time_words == "on Friday"


def test_participants_come_agent_first_with_their_canonical_entities(
    filled: KnowledgeBase,
) -> None:
    event = only(filled, "Remove")
    assert [(role, ref.name if ref else None) for role, ref, _ in event.participants[:3]] == [
        ("agent", "Google"), ("agent", "Apple"), ("patient", "Parler"),
    ]  # fmt: skip
    filled.remove_article("ledger-7")
    assert only(filled, "Remove").participants[3] == ("source", None, "their app stores")


def test_the_date_that_most_independent_sources_give_is_preferred(kb: KnowledgeBase) -> None:
    put(kb, [removal("Courier", "2021-01-09", "2021-01-08")])
    put(kb, [removal("Ledger", "2021-01-10", "2021-01-09")])
    assert only(kb, "Remove").when.text == "8 January 2021"
    put(kb, [removal("Mirror", "2021-01-10", "2021-01-09")])
    event = only(kb, "Remove")
    assert event.when.text == "9 January 2021"
    assert event.disputed == ("disputedTime",)
    assert event.slug == "2021-01-09-google-removes-parler"
    kb.remove_article("courier")
    assert only(kb, "Remove").disputed == ()


def test_a_week_supports_its_days_and_disputes_nothing(kb: KnowledgeBase) -> None:
    week = removal("Weekly", "2021-01-11", "2021-01-08")
    event = week.events[0]
    week.events.clear()
    week.event(
        "removed", "Remove", event.label, when=("2021-01-04", "2021-01-10", "week"),
        agent="Google", patient="Parler",
    )  # fmt: skip
    put(kb, [week, removal("Courier", "2021-01-09", "2021-01-08")])
    found = only(kb, "Remove")
    assert found.when.text == "8 January 2021"
    assert (found.reports, found.disputed) == (2, ())


def test_several_mentions_in_one_article_are_one_event_of_one_source(kb: KnowledgeBase) -> None:
    story = removal("Courier", "2021-01-09", "2021-01-08", words="Google dropped Parler for good.")
    story.event(
        "dropped", "Remove", "Google drops Parler for good", agent="Google", patient="Parler"
    )
    put(kb, [story])
    event = only(kb, "Remove")
    assert (event.reports, event.sources) == (2, 1)


def test_claims_that_the_extractor_links_are_one_event(kb: KnowledgeBase) -> None:
    story = removal("Courier", "2021-01-09", "2021-01-08", words="It was a heavy blow.")
    story.event("blow", "Attack", "A heavy blow").link("same", 2, 1)
    put(kb, [story])
    assert kb.overview().events == 1
    assert kb.overview().claims == 2


def test_what_was_planned_and_what_happened_is_one_event_without_dispute(
    filled: KnowledgeBase,
) -> None:
    event = only(filled, "Prevent")
    assert (event.reports, event.factuality, event.disputed) == (2, "asserted", ())
    assert event.when.text == "10 January 2021"


def test_an_acronym_joins_its_expansion_across_articles(filled: KnowledgeBase) -> None:
    view = filled.entity("amazon-web-services")
    assert view is not None
    assert view.ref == EntityRef("amazon-web-services", "Amazon Web Services", "ORG")
    assert view.aliases == ("AWS",)
    assert (view.articles, view.events) == (2, 1)
    assert filled.entity("aws") is None
    filled.remove_article("ledger-7")
    assert filled.entity("amazon-web-services") is None
    alone = filled.entity("aws")
    assert alone is not None
    assert (alone.ref.name, alone.articles, alone.events) == ("AWS", 1, 1)


def test_a_surname_joins_the_full_name_until_there_are_two(kb: KnowledgeBase) -> None:
    def about(name: str, doc: str, *aliases: str) -> Story:
        return (
            Story(doc, "2021-01-09", None, f"{name} resigned. So did others: {' '.join(aliases)}.")
            .entity(name, "PERSON", *aliases)
            .event("resigned", "Resign", f"{name} resigns", agent=name)
        )

    put(kb, [about("Doe", "a"), about("Jane Doe", "b", "Doe")])
    assert [ref.name for ref in kb.find_entities("doe")] == ["Jane Doe"]
    put(kb, [about("John Doe", "c", "Doe")])
    assert {ref.name for ref in kb.find_entities("doe")} == {"Doe", "Jane Doe", "John Doe"}
    assert {ref.slug for ref in kb.find_entities("doe")} == {"doe", "jane-doe", "john-doe"}


def test_a_place_and_a_person_of_one_name_have_addresses_of_their_own(kb: KnowledgeBase) -> None:
    city = Story("a", "2021-01-08", None, "Paris votes.").entity("Paris", "GPE")
    city.event("votes", "Vote", "Paris votes", agent="Paris")
    star = Story("b", "2021-01-07", None, "Paris sings.").entity("Paris", "PERSON")
    star.event("sings", "Perform", "Paris sings", agent="Paris")
    put(kb, [city])
    assert kb.entity("paris") == kb.entity("paris")
    put(kb, [star])
    first, second = kb.entity("paris"), kb.entity("paris--place")
    assert first is not None and second is not None
    assert (first.ref.type, second.ref.type) == ("PERSON", "GPE")
    voting = only(kb, "Vote")
    assert voting.participants == (("agent", second.ref, "Paris"),)
    agents = [line for line in canonical(kb) if f"<{DL.agent.value}>" in line and "event/" in line]
    assert any("entity/paris--place>" in line for line in agents)


def test_an_event_keeps_its_address_when_later_reports_change_its_label(
    kb: KnowledgeBase,
) -> None:
    put(kb, [ledger()])
    slug = only(kb, "Remove").slug
    assert slug == "2021-01-09-google-removes-parler"
    put(kb, [gazette()])
    assert only(kb, "Remove").slug == slug


def test_two_events_of_one_day_and_label_have_addresses_of_their_own(kb: KnowledgeBase) -> None:
    for doc, who in (("b", "Kim"), ("a", "Lee")):
        story = Story(doc, "2021-01-09", doc, f"Police arrested {who}.").entity(who, "PERSON")
        story.event("arrested", "Arrest", "Police arrest man", when=day("2021-01-08"), patient=who)
        put(kb, [story])
    slugs = [event.slug for event in kb.timeline(TimelineFilter(action="Arrest")).events]
    assert len(set(slugs)) == 2
    plain = kb.event("2021-01-08-police-arrest-man")
    assert plain is not None
    assert plain.reports[0].article.slug == "a"
    kb.remove_article("a")
    plain = kb.event("2021-01-08-police-arrest-man")
    assert plain is not None
    assert plain.reports[0].article.slug == "b"


def test_claims_follow_a_bare_name_to_whom_it_means_in_any_order(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    def told(doc: str, date: str, who: str, other: str, *aliases: str) -> Story:
        return (
            Story(doc, date, doc, f"{who} sued {other}. {' '.join(aliases)} said so.")
            .entity(who, "PERSON", *aliases)
            .entity(other, "ORG")
            .event("sued", "Sue", f"{who} sues {other}", agent=who, patient=other)
            .event("said", "Say", f"{who} speaks", source=who, agent=who)
        )

    stories = [
        told("a", "2021-01-04", "Doe", "Chess League"),
        told("b", "2021-01-05", "Jane Doe", "Harbor Union", "Doe"),
        told("c", "2021-01-06", "John Doe", "Chess League", "Doe"),
        told("d", "2021-01-07", "Doe", "Harbor Union"),
        told("e", "2021-01-08", "J. Doe", "Chess League"),
    ]
    put(kb, stories)
    events = kb.timeline(TimelineFilter(action="Sue")).events
    agents = {event.participants[0][1].slug for event in events if event.participants[0][1]}
    assert agents == {"jane-doe", "john-doe"}
    assert [event.reports for event in events] == [3, 2]
    for n, order in enumerate(((4, 3, 2, 1, 0), (1, 3, 0, 4, 2), (2, 0, 4, 1, 3))):
        with KnowledgeBase.open(tmp_path / f"other{n}", create=True) as other:
            put(other, [stories[i] for i in order])
            assert canonical(other) == canonical(kb)
            other.remove_article("c")
            put(other, [stories[2]])
            assert canonical(other) == canonical(kb)
            other.rebuild()
            assert canonical(other) == canonical(kb)
