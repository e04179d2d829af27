"""Wordings for states and for places that share a name with one (notation: see templates_ball)."""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

PLACES: dict[str, Wordings] = {
    "country": wordings(
        train="""
        The [parliament] of {m} votes on the new [tax law] on {day}.
        {m} has changed the rules for tourist [visas].
        We waited two hours at the [border] of {m} with our [passports] in hand.
        The [embassy] of {m} is the yellow house with the iron gate.
        {m} printed new [banknotes], and {who} collects them.
        The [government] of {m} answered the letter with one sentence.
        How many [citizens] does {m} have, and how many live abroad?
        The [ambassador] from {m} arrived late and apologised in three languages.
        [Customs officers] of {m} opened every single box.
        {m} signed the [treaty], said the [foreign ministry] on {day}.
        {who} wrote a thesis about the [constitution] of {m}.
        {m} raised the price of bread, and the [finance minister] explained why.
        The [national anthem] of {m} has a tune that nobody forgets.
        Exports from {m} grew, according to its [central bank].
        A [stamp] from {m} in my [passport], the first one with colours.
        The [population] of {m} is counted again in a new [census].
        {m} recalled its [diplomats] after the quarrel.
        The [history of the nation] is told well in this book on {m}.
        """,
        dev="""
        {m} will hold a [general election], reports the evening paper.
        The [consulate] of {m} gave {who} a [visa] after all.
        Which [currency] do they use in {m}, and is it stable?
        The [ministers] of {m} met the [trade delegation] on {day}.
        Crossing into {m} took all night because of one [border guard].
        """,
        test="""
        {m} opened a new [embassy], and the [foreign minister] cut the ribbon.
        The [currency] of {m} fell a little on {day}.
        [Lawmakers in the national parliament] of {m} argued until midnight.
        {who} got [citizenship] of {m} and showed us the [passport].
        A [census] in {m}: the [government] wants to know everything.
        """,
    ),
    "river": wordings(
        train="""
        We [paddled] down the {m} for three days in a red [canoe].
        The {m} rose overnight and flooded both [banks].
        The [ferry] over the {m} was full of bicycles.
        Where the {m} [flows] past the old mill, {who} learned to fish.
        A [bridge] over the {m}, reeds, two herons, fog.
        The [mouth] of the {m} is wide and brown.
        The [current] of the {m} is stronger than it looks.
        [Upstream] the {m} is only a [brook] that you can jump over.
        The [riverbed] of the {m} shows its stones in a dry summer.
        """,
        dev="""
        Rain for a week, and now the [riverside] path along the {m} is under water.
        Driftwood came down the {m} and got caught at the [bridge].
        The [rapids] of the {m} broke our [raft] on {day}.
        """,
        test="""
        The {m} [meanders] through the meadows, says the [river] guide.
        A [barge] came slowly [downstream] on the {m}.
        The [bridge] was closed because the {m} had left its [banks].
        """,
    ),
    "lake": wordings(
        train="""
        The [shore] of {m} is shallow, and children wade a long way out into the [lake].
        Fishermen dried their nets on the [lakeside] at {m}.
        {m} lay as flat as a mirror, a [lake] without wind.
        We rowed along the reeds of [Lake] {m} until it was dark.
        The water level of {m} is measured at the [lake] pier.
        {who} swam in the [lake] at {m} before breakfast.
        Still [water], reeds all round, a [lake] boat: {m} on {day}.
        A hut on the [lake shore] of {m}, smoke from the chimney.
        """,
        dev="""
        How deep is [Lake] {m} in the middle?
        The fishing boats crossed {m} from one [lake shore] to the other.
        """,
        test="""
        Mist over the [still water] of {m}, the far [shore] hidden.
        The fish in the [lake] at {m} are smaller than they were, the fishermen say.
        """,
    ),
    "mountain": wordings(
        train="""
        We saw the [peaks] of {m} just before the clouds came.
        The [north face] has loose rock and old [ropes], says the guide to {m}.
        The [climbers] turned round high on {m} because of the wind.
        Snow on {m}, seen from the [valley] on {day}.
        A [mountain hut] on {m} serves soup until eight.
        {who} broke a crampon on a [ridge] of {m}.
        The [hiking] path up {m} is steep and full of [boulders].
        The [mountaineers] were brought down from {m} by helicopter.
        """,
        dev="""
        The [ascent] in {m} takes two days with [ropes].
        Fresh snow on a [peak] of {m}, seen from the train.
        """,
        test="""
        A [climber] on a [ridge] of {m}, the [valley] far below.
        From the [mountain tops] of {m} you see half the world, says {who}.
        """,
    ),
    "volcano": wordings(
        train="""
        Grey [ash] lies under the grass on the slopes of {m}.
        We looked down into the [crater] of {m} on {day}.
        Old [lava] has run down the side of {m} and turned to stone.
        The last [eruption] of {m} is drawn on the wall of the school.
        The [volcano] guide told us not to go nearer to {m}.
        {who} collects [lava] rock from {m}.
        [Volcanologists] have put new instruments on {m}.
        """,
        dev="""
        The [eruptions] of {m} left black fields behind.
        The [crater] rim of {m} is sharp and windy.
        """,
        test="""
        Black [lava] stones, a round [crater]: that is {m}.
        A [volcanologist] explained to {who} how {m} [erupts].
        """,
    ),
    "island": wordings(
        train="""
        The [ferry] brought us to the [island] of {m} in the rain.
        All along the [coast] of {m} the [sea] is never far, as on any [island].
        A lighthouse stands on the southern tip of the [isle] of {m}.
        The map shows {m} with [water on every side].
        Gulls, a [jetty], and [water all around]: {m}.
        The [islanders] of {m} like to be asked about the weather.
        {who} sailed round the [island] of {m}.
        """,
        dev="""
        How long does it take to walk round the [island] of {m}?
        From a boat the [island] of {m} looks like a whale.
        """,
        test="""
        The [islanders] of {m} waved from the [jetty] on {day}.
        An [island] wedding on {m}, barefoot, with the [shore] on every side.
        """,
    ),
    "waterfall": wordings(
        train="""
        The spray of the [falls] at {m} soaked our maps.
        {m} [thunders over the cliff], and you cannot hear yourself.
        A rainbow stands in the mist of the [waterfall] at {m}.
        We stood just below the [cascade] of {m}.
        {m} [plunges] into the [gorge], white from top to bottom.
        {who} looked at the [waterfall] of {m} in a yellow raincoat.
        """,
        dev="""
        The [falls] of {m} are loudest after the rains.
        Black rock, wet ferns, [falling water]: the [waterfall] {m}.
        """,
        test="""
        The [waterfall] of {m} hangs there like a curtain.
        White [water over the edge of the cliff]: {m}, {day}.
        """,
    ),
    "canal": wordings(
        train="""
        A boat waits for the [lock] of the {m} to open.
        The pilot takes boats through the {m} [canal] at night.
        [Barges] and [lock keepers]: a day on the {m}.
        {m} saves boats a long way round, and the [canal toll] is worth it.
        They [dug] {m} by hand and by steam, this [waterway] for trade.
        {who} photographed the [locks] of the {m}.
        """,
        dev="""
        The [canal] {m} was made wider and deeper.
        The [lock gates] of the {m} closed behind us.
        """,
        test="""
        A boat in the [lock] of the {m}, a hand's width from the wall.
        Boats queue at both ends of the [canal] {m} on {day}.
        """,
    ),
    "city": wordings(
        train="""
        The [mayor] of {m} opened a new [library] for the [city].
        [Downtown] {m} is full of roadworks again.
        {who} found a flat in an old [district] of {m}, fourth floor, no lift.
        The [city council] of {m} wants fewer cars in the [streets].
        [Rush hour] in {m}, and not one taxi.
        The [skyline] of {m} from the railway bridge.
        The [suburbs] of {m} go on and on, says the bus driver.
        The [city museum] of {m} is free on {day}.
        """,
        dev="""
        The last bus leaves the [city centre] of {m} at midnight.
        A new [mayor] for {m}, and she cycles to the [city hall].
        """,
        test="""
        [High-rises] of {m} in the evening light, [traffic] below.
        The [city] of {m} planted trees along every [avenue] [downtown].
        """,
    ),
    "town": wordings(
        train="""
        {m} is a [small town] with a good bakery.
        The [main street] of {m} was decorated for the fair.
        Everybody in the [little town] of {m} knows {who}.
        The [town hall] clock of {m} is three minutes slow, nobody minds in a [small place].
        The [town clerk] of {m} keeps the old maps in a drawer.
        A bus stops twice a day in the [sleepy town] of {m}.
        A yard sale in {m}, the whole [neighbourhood] on the [village green].
        """,
        dev="""
        The [townspeople] of {m} painted the fire station themselves.
        Market day in {m}, a [small town] with a good school.
        """,
        test="""
        The [small town] of {m} has closed its old cinema.
        A parade on the [main street] of {m}, and all the [townsfolk] came.
        """,
    ),
    "state": wordings(
        train="""
        The [governor] of {m} signed the school bill on {day}.
        The [state government] of {m} repairs its bridges.
        {who} still has number plates from the [state] of {m}.
        The [state police] of {m} closed the highway.
        The [governor] spoke for ten minutes about the [state] budget of {m}.
        {m} is one of the [states] in this [federal] report.
        A [state law] of {m} allows it, a [federal] one does not.
        The [state parks] of {m} are open until dusk.
        """,
        dev="""
        The [state] elections in {m} are held on a Sunday, {who} thinks.
        Schools in {m} follow the [state] plan, and the [governor] likes it.
        """,
        test="""
        The [governor] of {m} visited the flooded villages.
        A new [state law] in {m} was in the papers, wrote {who}.
        """,
    ),
    "region": wordings(
        train="""
        The [regional government] of {m} met on {day}.
        Maps of the [districts] hang in the hall of the [regional council] of {m}.
        Old farms all over the [region] of {m}, says {who}.
        The [regional road map] of {m} is out of print.
        {m} has a plan for its [districts], but the [region] lacks money.
        A [subdivision of the country], says the lexicon about {m}.
        """,
        dev="""
        The [region] of {m} has new road signs.
        Villages in the [districts] of {m} were snowed in.
        """,
        test="""
        The [regional council] of {m} wants more buses.
        {who} drew every [district] of the [region] {m}.
        """,
    ),
}
