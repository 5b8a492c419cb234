"""Telling other languages, without turning English away."""

from __future__ import annotations

import pytest

from extractors.sources.language_identification import identify, language_name

FOREIGN = {
    "de": "Die Fähre lief am Freitagabend vor Port Hallam auf Grund. Verletzt wurde niemand, "
    "teilte die Reederei mit, doch der Kapitän muss sich vor Gericht verantworten.",
    "fr": "Le ferry s’est échoué vendredi soir au large de Port Hallam. Personne n’a été blessé, "
    "a indiqué la compagnie, mais le capitaine devra répondre devant la justice.",
    "es": "El transbordador encalló el viernes por la noche frente a Port Hallam. Nadie resultó "
    "herido, informó la compañía, pero el capitán tendrá que responder ante la justicia.",
    "nl": "De veerboot liep vrijdagavond voor Port Hallam aan de grond. Niemand raakte gewond, "
    "meldde de rederij, maar de kapitein moet zich voor de rechter verantwoorden.",
    "ru": "Паром сел на мель в пятницу вечером. Никто не пострадал, сообщила компания.",
    "zh": "渡轮星期五晚上搁浅,公司表示没有人受伤。",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_told(code: str) -> None:
    assert identify(FOREIGN[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "The ferry ran aground off Port Hallam on Friday night. Nobody was hurt, the operator "
        "said, but the captain will have to answer to a court.",
        "The minister quoted the poem in full: “Über allen Gipfeln ist Ruh, in allen Wipfeln "
        "spürest du kaum einen Hauch.” It was not clear to whom he was speaking, and he left.",
        "Bayern Munich 2 Borussia Dortmund 1, Real Madrid 3 Sevilla 0, Paris Saint-Germain 1 "
        "Olympique Lyonnais 1: the results of the night, and all the goals of it in one place.",
    ],
)
def test_english_stays_english(text: str) -> None:
    assert identify(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 2 3",
        "Parler offline",
        "Angela Merkel, Emmanuel Macron, Giorgia Meloni",
        "Google entfernt Parler",
        "Shares fall; banks hit; oil up; euro down; Dax, Cac, Ibex slip; gold firm; yen dips; bund "
        "yields climb; Brent rallies; copper slumps; Nikkei rebounds",
    ],
)
def test_what_is_short_or_a_list_is_not_turned_away(text: str) -> None:
    assert identify(text) in (None, "en")


def test_languages_have_names() -> None:
    assert language_name("de") == "German"
    assert "'xx'" in language_name("xx")
