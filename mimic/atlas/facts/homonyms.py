"""Entities of other kinds that share a name with a state or with each other.

The facts and their sources are in `homonym_names.py` (names of states) and `homonym_others.py`.
"""

from __future__ import annotations

from mimic.atlas.facts import homonym_names, homonym_others
from mimic.atlas.records import AtlasEntity

#: Every kind of entity in Atlas -> what it is, in words that a sentence can build on.
KINDS: dict[str, str] = {
    "country": "a sovereign state",
    "team": "a national team in one sport",
    "river": "a river",
    "lake": "a lake",
    "mountain": "a mountain or a mountain range",
    "volcano": "a volcano",
    "island": "an island as a piece of land",
    "waterfall": "a waterfall",
    "canal": "a canal for ships",
    "city": "a large city",
    "town": "a small town or village",
    "state": "a federal state, province or territory inside a country",
    "planet": "a planet, dwarf planet, asteroid or moon",
    "god": "a god or goddess of myth",
    "element": "a chemical element",
    "bird": "a bird, real or mythical",
    "animal": "a mammal",
    "car": "a make or model of motor car",
    "fruit": "a fruit",
    "nut": "an edible nut",
    "porcelain": "fine porcelain tableware",
    "coffee": "a sort of coffee",
    "sweet": "a chocolate bar",
    "hat": "a hat",
    "ship": "a ship",
    "spacecraft": "a spacecraft",
    "rocket": "a rocket",
    "constellation": "a constellation",
    "machine": "a machine",
    "gem": "a gemstone",
    "tree": "a tree",
    "drink": "an alcoholic drink",
}

#: What a drawing of a homonym can show.
MOTIFS: tuple[str, ...] = (
    *("river", "lake", "mountain", "volcano", "island", "waterfall", "canal"),
    *("city", "town", "state", "rocky-planet", "gas-planet", "ringed-planet", "constellation"),
    *("god", "goddess", "element", "gem", "turkey", "crane-bird", "kiwi-bird", "phoenix"),
    *("guinea-pig", "jaguar", "tree", "kiwi-fruit", "nut", "porcelain", "coffee"),
    *("chocolate-bar", "cocktail", "hat", "car", "ship", "spacecraft", "rocket", "crane-machine"),
)


def _read(table: str) -> list[AtlasEntity]:
    """Reads one table: a name at the margin, then its bearers, each with its facts."""
    joined = table.strip("\n").replace("\n    ", " ")
    found: list[AtlasEntity] = []
    name = ""
    for line in joined.splitlines():
        if not line.startswith(" "):
            name = line
            continue
        head, facts = line.split(" | ")
        suffix, kind, motif = head.split()
        ident = f"atlas:{name.lower().replace(' ', '-')}-{suffix}"
        found.append(AtlasEntity(id=ident, name=name, attr=facts, kind=kind, motif=motif))
    return found


_TABLES = (
    homonym_names.AFRICA,
    homonym_names.AMERICAS,
    homonym_names.ASIA_AND_OCEANIA,
    homonym_names.EUROPE,
    homonym_others.SKY,
    homonym_others.EARTH,
)

#: All homonyms. Within one name every kind and every motif occurs once.
HOMONYMS: tuple[AtlasEntity, ...] = tuple(entity for table in _TABLES for entity in _read(table))
