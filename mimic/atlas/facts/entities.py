"""All entities of Atlas, and the candidates behind each surface form."""

from __future__ import annotations

from functools import cache

from mimic.atlas.facts.countries import COUNTRIES
from mimic.atlas.facts.homonyms import HOMONYMS
from mimic.atlas.facts.teams import TEAMS
from mimic.atlas.records import SPORTS, AtlasEntity, Country

#: What a team's sport is played on and with: facts that tell the sports apart in plain words.
PLAYED_ON: dict[str, str] = {
    "football": "grass pitch with two goals and a round ball",
    "rugby-union": "grass pitch with tall posts and an oval ball",
    "basketball": "indoor court with two hoops",
    "handball": "indoor court with two goals, thrown ball",
    "volleyball": "indoor court with a high net",
    "wheelchair-rugby": "indoor court in wheelchairs with a white ball",
    "ice-hockey": "ice rink with a puck and sticks",
    "curling": "sheet of ice with stones and brooms",
    "water-polo": "pool with two floating goals and a yellow ball",
    "swimming": "pool with lanes and starting blocks",
    "athletics": "running track and field with hurdles, jumps and throws",
    "alpine-skiing": "snow slope with gates, skis and poles",
    "tennis": "court with a low net, rackets and a small ball",
}


@cache
def entities() -> tuple[AtlasEntity, ...]:
    """Every entity, each with at least one other entity under its name.

    Ordered by state (the state, then its teams in the order of `SPORTS`), then the homonyms.
    """
    every = [entity for country in COUNTRIES for entity in (_state(country), *_teams(country))]
    every += HOMONYMS
    groups = _by_surface(every)
    return tuple(entity for entity in every if len(groups[entity.name]) > 1)


@cache
def candidates_by_surface() -> dict[str, tuple[AtlasEntity, ...]]:
    """Surface form, aliases included -> its entities, two or more, in the order of `entities`."""
    groups = _by_surface(entities())
    return {surface: tuple(group) for surface, group in groups.items() if len(group) > 1}


def names_of(entity: AtlasEntity) -> tuple[str, ...]:
    """The other names that texts use for an entity: those in its sentences, and of a state and its
    teams what their people are called."""
    country = _COUNTRIES.get(entity.country)
    return (*entity.aliases, *((country.demonym,) if country else ()))


def type_of(entity: AtlasEntity) -> str:
    """What an entity is: `sovereign state`, `national curling team`, `river`."""
    if entity.sport:
        return f"national {SPORTS[entity.sport][0]} team"
    return "sovereign state" if entity.country else entity.kind


_COUNTRIES = {country.code: country for country in COUNTRIES}


def _by_surface(every: list[AtlasEntity] | tuple[AtlasEntity, ...]) -> dict[str, list[AtlasEntity]]:
    groups: dict[str, list[AtlasEntity]] = {}
    for entity in every:
        for surface in dict.fromkeys((entity.name, *entity.aliases)):
            groups.setdefault(surface, []).append(entity)
    return groups


def _state(country: Country) -> AtlasEntity:
    facts = (
        f"Type: sovereign state. Capital: {country.capital}. Continent: {country.continent}. "
        f"Demonym: {country.demonym}."
    )
    return AtlasEntity(
        id=f"atlas:{_slug(country.name)}",
        name=country.name,
        attr=facts,
        kind="country",
        country=country.code,
        aliases=country.aliases,
    )


def _teams(country: Country) -> list[AtlasEntity]:
    return [_team(country, sport) for sport in SPORTS if country.code in TEAMS[sport]]


def _team(country: Country, sport: str) -> AtlasEntity:
    label = SPORTS[sport][0]
    facts = (
        f"Type: national {label} team. Sport: {label}. Country: {country.name}. "
        f"Continent: {country.continent}. Played on: {PLAYED_ON[sport]}."
    )
    return AtlasEntity(
        id=f"atlas:{_slug(country.name)}-{sport}",
        name=country.name,
        attr=facts,
        kind="team",
        country=country.code,
        sport=sport,
        aliases=country.aliases,
    )


def _slug(name: str) -> str:
    return name.lower().replace(".", "").replace("'", "").replace(" ", "-")
