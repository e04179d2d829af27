"""The records of Atlas: countries, sports and the entities made of them."""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Country:
    """A sovereign state.

    Attributes:
        code: ISO 3166-1 alpha-2, lower case.
        kit: shirt and shorts colours that its teams are known for.
        aliases: other surface forms in use (`USA`), possibly shared with other states (`Congo`).
    """

    code: str
    name: str
    demonym: str
    capital: str
    continent: str
    kit: tuple[Rgb, Rgb]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class AtlasEntity:
    """One entity of the knowledge base.

    Attributes:
        id: for example `atlas:norway-ice-hockey`.
        name: the surface form that it shares with its homonyms, for example `Norway`.
        attr: facts in the style of the public data sets (`Sport: ice hockey. Country: Norway.`).
        kind: `country`, `team`, or a homonym's kind (`river`, `bird`, `planet`, ...).
        country: code of the state that a country or team belongs to, else `""`.
        sport: key of the sport for a team, else `""`.
        motif: what the drawing shows for a homonym (`turkey-bird`, `river`, ...), else `""`.
        aliases: further surface forms.
    """

    id: str
    name: str
    attr: str
    kind: str
    country: str = ""
    sport: str = ""
    motif: str = ""
    aliases: tuple[str, ...] = ()


#: The sports of Atlas: key -> (name in sentences and facts, venue that the drawing shows).
SPORTS: dict[str, tuple[str, str]] = {
    "football": ("football", "grass"),
    "rugby-union": ("rugby union", "grass"),
    "basketball": ("basketball", "court"),
    "handball": ("handball", "court"),
    "volleyball": ("volleyball", "court"),
    "wheelchair-rugby": ("wheelchair rugby", "court"),
    "ice-hockey": ("ice hockey", "ice"),
    "curling": ("curling", "ice"),
    "water-polo": ("water polo", "pool"),
    "swimming": ("swimming", "pool"),
    "athletics": ("athletics", "track"),
    "alpine-skiing": ("alpine skiing", "snow"),
    "tennis": ("tennis", "clay"),
}

#: What the words of a `both` sentence leave open: a vocabulary fits all of these sports, and only
#: the venue in the picture says which one.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "goal": ("football", "handball", "ice-hockey", "water-polo"),
    "quarter": ("basketball", "water-polo", "wheelchair-rugby"),
    "try": ("rugby-union", "wheelchair-rugby"),
    "race": ("swimming", "athletics", "alpine-skiing"),
    "set": ("volleyball", "tennis"),
}
