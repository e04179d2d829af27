"""Wordings for made things that share a name (notation: see templates_ball)."""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

THINGS: dict[str, Wordings] = {
    "car": wordings(
        train="""
        A {m} with leather seats and a rusty [bumper], for sale.
        The [engine] of the {m} coughed and started.
        {who} [drove] a blue {m} across the continent.
        The {m} needs new [brakes] and one [headlight].
        The [dealer] wanted too much for the old {m}, with no [spare wheel].
        [Parked] in front of the cinema: a polished {m} with white [tyres].
        """,
        dev="""
        The [gearbox] of the {m} was rebuilt in a barn.
        A {m} at the [petrol station], bonnet open.
        """,
        test="""
        The {m} got a new [exhaust] and passed its [road test].
        Two [seats], one [steering wheel], no roof: the {m} of my aunt.
        """,
    ),
    "porcelain": wordings(
        train="""
        The best {m} comes out of the cupboard with the thin [cups] and [saucers].
        A [teapot] of blue and white {m}, the lid glued.
        The {m} was fired in a [kiln] and [glazed] twice.
        {who} broke a [plate] of grandmother's {m}.
        The {m} [dinner service] for twelve, complete.
        A [vase] of fine {m}, thin as an eggshell.
        """,
        dev="""
        Hand-painted {m}: a [cup] with a crack in the [glaze].
        The auction sold a [teapot] of old {m} on {day}.
        """,
        test="""
        Wash the {m} by hand, the gold rim of the [plates] comes off.
        The [potter] held the [glazed] {m} against the light.
        """,
    ),
    "coffee": wordings(
        train="""
        A cup of strong {m}, black, no [sugar].
        The [roaster] ground the {m} while we waited.
        {who} cannot think before the first [mug] of {m}.
        The [beans] of the {m} were roasted on {day}.
        The smell of fresh {m} from the [filter] filled the house.
        Two {m} and a croissant at the [café], please.
        """,
        dev="""
        {m} from the [espresso machine], with a little [milk].
        Freshly [brewed] {m} in a paper [cup].
        """,
        test="""
        The [barista] poured the {m} too hot.
        I spilled my {m}, [milk] and [mug] and all.
        """,
    ),
    "sweet": wordings(
        train="""
        {who} bit into a {m} and got [caramel] on the sleeve.
        The [wrapper] of the {m} crackled in the quiet cinema.
        A {m} from the [vending machine], a little melted.
        [Chocolate] on the fingers: there was one {m} left.
        The children shared a {m}, [nougat] and all.
        Is a {m} still a good [snack] before a hike?
        """,
        dev="""
        The [kiosk] sold the last {m}, with its layer of [chocolate].
        A frozen {m}, cut into slices of [caramel].
        """,
        test="""
        An empty [wrapper] of a {m} in every coat pocket.
        The [chocolate bar] shelf was empty but for one {m}.
        """,
    ),
    "hat": wordings(
        train="""
        He took off his {m} and fanned himself with the [brim].
        A white {m} with a black [ribbon], [woven] by hand.
        {who} sat on my {m} and bent the [brim].
        The [hatter] steamed the {m} back into shape.
        The {m} keeps the sun off your [head].
        A [straw] {m} hung on the hook by the door.
        """,
        dev="""
        The wind took her {m} by the [brim].
        A rolled {m} in the suitcase, good [straw], no dents.
        """,
        test="""
        The [ribbon] of the {m} was faded, the [brim] was not.
        [Wear] a {m} when you sit in the sun, said the [hat] seller.
        """,
    ),
    "ship": wordings(
        train="""
        The {m} lay at [anchor] with a list to port.
        The [crew] of the {m} painted the [hull].
        {who} read about a cook aboard the {m}, far below [deck].
        The {m} was [launched] to the sound of a brass band.
        The [captain] brought the {m} into [harbour].
        A photograph of the {m}, flags on every [mast].
        The [shipyard] still has the drawings of the {m}.
        """,
        dev="""
        A [mast] of the {m} broke in the storm.
        The [sailors] of the {m} got their pay on {day}.
        """,
        test="""
        [Sailors] on the [deck] of the {m}, waving.
        The {m} dropped [anchor] outside the [harbour].
        """,
    ),
    "spacecraft": wordings(
        train="""
        [Mission control] lost the signal of {m} for a minute.
        The antennas of {m} were tested in the hall of the [space agency].
        {who} built a model of the [spacecraft] {m}.
        The [flight engineers] of {m} kept every paper.
        {m} carried [instruments into space] that fit in a shoe box.
        The [mission] of {m} went far beyond the air that we breathe, into [space].
        The [trajectory] of {m} was computed by hand and by machine.
        The [space mission] {m} has its own room in the museum.
        """,
        dev="""
        {m} sent its data to [mission control].
        The [spacecraft] {m} was packed in foil on {day}.
        """,
        test="""
        [Mission control] cheered when the [spacecraft] {m} answered.
        The [flight engineers] steered {m} on its long way through [space].
        """,
    ),
    "rocket": wordings(
        train="""
        The {m} stood on the [launch pad] in the fog.
        Ten, nine, eight: the [countdown] of the {m} was stopped twice.
        The [first stage] of the {m} fell into the ocean.
        {who} felt the [lift-off] of the {m} in the stomach.
        The [thrust] of the {m} is hard to imagine.
        The [nose cone] of the {m} was painted white.
        The [fuel tanks] of the {m} were filled before the [launch].
        """,
        dev="""
        The {m} [lifted off], a white line in the sky.
        The [engines] of the [rocket] {m} were tested at night.
        """,
        test="""
        The {m} left the [launch pad] on a column of [fire].
        [Countdown] to the {m}: all of us on the roof, looking up.
        """,
    ),
    "machine": wordings(
        train="""
        The {m} lifted the steel beam to the tenth floor of the [building site].
        The [operator] climbed into the cabin of the {m}.
        The [hook] of the {m} swung above our heads.
        A yellow {m} unloads [containers] in the port.
        The [load] was too heavy for the {m}, said {who}.
        The [cable] of the {m} was greased on {day}.
        """,
        dev="""
        The [jib] of the {m} turned in the wind.
        The {m} [hoisted] a piano to the roof.
        """,
        test="""
        The {m} on the [construction site] was taken down at night.
        The [counterweight] of the {m} is made of concrete.
        """,
    ),
    "drink": wordings(
        train="""
        A {m}, please, said {who} to the [barman].
        The [drinks] menu lists the {m} first.
        The {m} came in a small chilled [glass].
        I [drank] one {m} and went home early.
        The [bartender] poured the {m} without looking.
        The [bar] was out of {m} on {day}.
        """,
        dev="""
        The {m} was too strong, so I asked for more [ice].
        A [sip] of {m} and everything felt warm.
        """,
        test="""
        The [barman] put the {m} on a paper mat.
        The last [sip] of the {m} was mostly [ice].
        """,
    ),
}
