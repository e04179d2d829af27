"""The entities of Atlas: true facts by hand-picked samples, and the shape of the whole."""

from collections import Counter

import pytest

from mimic.atlas.facts.countries import COUNTRIES
from mimic.atlas.facts.entities import (
    PLAYED_ON,
    candidates_by_surface,
    entities,
    names_of,
    type_of,
)
from mimic.atlas.facts.homonyms import HOMONYMS, KINDS, MOTIFS
from mimic.atlas.facts.teams import TEAMS
from mimic.atlas.records import SPORTS, AtlasEntity

BY_ID = {entity.id: entity for entity in entities()}

#: Identifier -> words that its facts must hold.
FACTS = {
    "atlas:norway": "Capital: Oslo.",
    "atlas:norway-ice-hockey": "Sport: ice hockey. Country: Norway. Continent: Europe.",
    "atlas:brazil": "Demonym: Brazilian.",
    "atlas:united-states-wheelchair-rugby": "Type: national wheelchair rugby team.",
    "atlas:georgia-us-state": "Capital: Atlanta.",
    "atlas:georgia-rugby-union": "Continent: Asia.",
    "atlas:turkey-bird": "Type: bird",
    "atlas:jordan-river": "Mouth: Dead Sea.",
    "atlas:chad-lake": "Chari River",
    "atlas:malawi-lake": "Mozambique and Tanzania",
    "atlas:niger-river": "Gulf of Guinea",
    "atlas:lebanon-mountain": "Qurnat as Sawda",
    "atlas:panama-canal": "Opened: 1914.",
    "atlas:panama-hat": "Made in: Ecuador.",
    "atlas:brazil-nut": "Bertholletia excelsa",
    "atlas:mercury-element": "Symbol: Hg. Atomic number: 80.",
    "atlas:mercury-planet": "nearest to the Sun",
    "atlas:saturn-planet": "rings",
    "atlas:juno-spacecraft": "Orbits: Jupiter since 2016.",
    "atlas:victoria-falls": "River: Zambezi.",
    "atlas:victoria-state": "Capital: Melbourne.",
    "atlas:ohio-river": "Begins at: Pittsburgh.",
    "atlas:estonia-ferry": "28 September 1994",
    "atlas:hyperion-tree": "Height: 116 m.",
    "atlas:colorado-state": "Capital: Denver.",
    "atlas:nicaragua-lake": "Island: Ometepe.",
}

PLAYING = {
    "football": ("br", "jm", "ws", "kp"),
    "rugby-union": ("nz", "ge", "na", "uy"),
    "handball": ("is", "eg", "qa"),
    "wheelchair-rugby": ("us", "jp", "dk", "gb"),
    "ice-hockey": ("fi", "lv", "mn", "mx"),
    "curling": ("ca", "se", "kr", "it"),
    "water-polo": ("hu", "me", "za"),
    "alpine-skiing": ("at", "li", "ad", "cl"),
    "tennis": ("es", "rs", "tn"),
}

#: States without a team of their own: not a member, or represented otherwise.
NOT_PLAYING = {
    "football": ("gb", "mc", "ki", "nr"),
    "rugby-union": ("gb", "ie"),
    "ice-hockey": ("td", "fj"),
    "curling": ("bd", "ml"),
    "alpine-skiing": ("tv", "gm"),
}


@pytest.mark.parametrize(("ident", "words"), FACTS.items())
def test_facts(ident: str, words: str) -> None:
    assert words in BY_ID[ident].attr


@pytest.mark.parametrize("sport", TEAMS)
def test_teams(sport: str) -> None:
    assert set(PLAYING.get(sport, ())) <= set(TEAMS[sport])
    assert not set(NOT_PLAYING.get(sport, ())) & set(TEAMS[sport])
    assert list(TEAMS[sport]) == sorted(set(TEAMS[sport]))
    assert set(TEAMS[sport]) <= {country.code for country in COUNTRIES}


def test_every_sport_is_covered() -> None:
    assert set(TEAMS) == set(SPORTS) == set(PLAYED_ON)


def test_size_and_unique_ids() -> None:
    kinds = Counter(entity.kind for entity in entities())
    assert len(entities()) >= 1000
    assert len(BY_ID) == len(entities())
    assert kinds["country"] >= 120
    assert sum(count for kind, count in kinds.items() if kind not in ("country", "team")) >= 90
    assert all(ident.isascii() and " " not in ident for ident in BY_ID)


def test_a_name_has_at_least_two_candidates_and_four_on_average() -> None:
    groups = candidates_by_surface()
    assert min(map(len, groups.values())) >= 2
    assert sum(map(len, groups.values())) / len(groups) >= 4
    assert {entity.name for entity in entities()} <= set(groups)


def test_candidates_of_a_surface_form_can_be_told_apart() -> None:
    for surface, group in candidates_by_surface().items():
        seen = Counter((entity.motif, entity.sport, entity.country) for entity in group)
        assert max(seen.values()) == 1, surface
        words = Counter((entity.kind, entity.sport, entity.country) for entity in group)
        assert max(words.values()) == 1, surface
        assert len({entity.attr for entity in group}) == len(group), surface


def test_homonyms_use_known_kinds_and_motifs() -> None:
    assert {entity.motif for entity in HOMONYMS} == set(MOTIFS)
    assert {entity.kind for entity in HOMONYMS} | {"country", "team"} == set(KINDS)
    assert all(entity.attr.startswith("Type: ") for entity in HOMONYMS)
    assert all(entity.attr.endswith(".") and "  " not in entity.attr for entity in HOMONYMS)


def test_teams_bear_the_name_and_the_aliases_of_their_state() -> None:
    states = {entity.country: entity for entity in entities() if entity.kind == "country"}
    teams = [entity for entity in entities() if entity.kind == "team"]
    for team in teams:
        assert (team.name, team.aliases) == _names(states[team.country])
        assert team.id == f"{states[team.country].id}-{team.sport}"


def test_shared_surface_forms_lead_to_several_states() -> None:
    groups = candidates_by_surface()
    for surface, codes in {"Congo": {"cd", "cg"}, "Korea": {"kp", "kr"}}.items():
        assert {entity.country for entity in groups[surface]} >= codes


def _names(entity: AtlasEntity) -> tuple[str, tuple[str, ...]]:
    return entity.name, entity.aliases


def test_other_names_and_types() -> None:
    known = {entity.id: entity for entity in entities()}
    usa, river = known["atlas:united-states-curling"], known["atlas:congo-river"]
    assert {"USA", "American"} <= set(names_of(usa))
    assert type_of(usa) == "national curling team" and names_of(river) == ()
    assert (type_of(river), type_of(known["atlas:norway"])) == ("river", "sovereign state")
    assert all(f"Type: {type_of(e)}." in e.attr for e in known.values() if e.country)
