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
        The [flag of the nation] flies at half mast all over {m} this week.
        {m} broke off [diplomatic relations], and my phone would not stop buzzing.
        Need help: my [work permit] for {m} runs out next month.
        {m} closes its [border crossings] at ten because of the snow.
        An [honorary consul] of {m} lives above the pharmacy in our street.
        [Dual nationality] is allowed in {m} now, so my aunt filled in the form.
        [Inflation] in {m} is back to two percent, reads the ticker.
        The [cabinet] of {m} was sworn in before breakfast, in the rain.
        To do: photos, forty euros, [visa application] for {m}.
        What is the [country code] for a phone call to {m}?
        {m}: [coup] attempt fails, [head of state] speaks on the radio.
        "We became [independent] when I was nine," said the old teacher from {m}.
        An [import duty] of ten percent makes this kettle cost more in {m}.
        The [sanctions] against {m} were lifted after a long winter of talks.
        {who} queued outside the [consulate], holding a birthday card and a form for {m}.
        On {day} there will be a [referendum] in {m} on the new [constitution].
        A [national holiday] in {m}, so nobody picked up the phone.
        Homework for {day}: learn the [gross domestic product] and the [population] of {m}.
        My grandfather was a [customs official] in {m} and never took a present.
        The [prime minister or president], whoever runs {m} now, should read this letter.
        {m} and its [neighbouring countries] share one power grid.
        The [secret service] of {m} denies having read any mail.
        [Extradition] to {m} was refused by the court on {day}.
        [Coins and banknotes] from {m} fell out of the old coat.
        {m} asked the [United Nations] for tents and blankets.
        He applied for [asylum] in {m} and learned the language on the bus.
        Is a driving licence from {m} valid abroad, or do I need a [residence permit]?
        The [opposition leader] of {m} walked out of the [parliament] with her umbrella.
        Our school got a parcel from {m}, with six [customs stamps] on it.
        [Minister of health] in {m} resigns over masks
        {m} [exports] more tea than shoes, the teacher explained.
        The [armed forces] of {m} brought drinking water after the storm.
        Fourteen [sovereign states] have no railway; is {m} one of them?
        The [coat of arms] of {m} hangs a little crooked in the waiting room.
        {who} married a [diplomat] and moved to {m} with two cats.
        The [national debt] of {m} is smaller than they told us at university.
        {m} opened a new [embassy], and the [foreign minister] cut the ribbon.
        The [currency] of {m} fell a little on {day}.
        [Lawmakers in the national parliament] of {m} argued until midnight.
        {who} got [citizenship] of {m} and showed us the [passport].
        A [census] in {m}: the [government] wants to know everything.
        Her [naturalisation] papers came from {m}, so we bought a cake.
        The two [heads of government] shook hands, and {m} promised to ratify the [accord].
        Lost between two airports: a folder, a scarf, and my [entry visa] for {m}.
        [Civil servants] all over {m} went on strike, which delayed the [national budget].
        Can the [supreme court] of {m} overrule a [minister]?
        {who} hummed the [national anthem] while the delegation of {m} came down the stairs.
        """,
        dev="""
        {m} will hold a [general election], reports the evening paper.
        The [consulate] of {m} gave {who} a [visa] after all.
        Which [currency] do they use in {m}, and is it stable?
        The [ministers] of {m} met the [trade delegation] on {day}.
        Crossing into {m} took all night because of one [border guard].
        """,
        test="""
        {m} has recalled its [ambassador] after a long quarrel over fishing.
        Do I need a [visa] for {m}, or is my [passport] enough?
        The [foreign minister] of {m} spoke at the [United Nations] on {day}.
        [Central bank] of {m} lets the [currency] fall for a third month
        At school we learned the [national anthem] of {m} in its own language.
        When {m} gained [independence], {who} was a small child in the crowd outside [parliament].
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
        A [tributary] joins the {m} just behind the camping site.
        The {m} bursts its [levees] every few springs, and every time we move the piano.
        [Otters] are back on the {m}, wrote {who} from the [river bank].
        The [source] of the {m} is a spring under a stone.
        No bathing in the {m} here: [strong undertow].
        Our tent stood on a [gravel bar] in a bend of the {m}.
        The [river basin] of the {m} fills half of the school atlas.
        Did you ever cross the {m} by the old [ford]?
        {who} lost a phone while [kayaking] on the {m}.
        The [delta] of the {m}, photographed from a plane.
        The hydrologist measures how fast the {m} [flows] at the [gauge].
        [River pilots] know each [sandbank] of the {m} by name.
        High [water] on the {m}: cellars pumped out, trains late, school closed on {day}.
        A letter in a bottle [drifted] along the {m} for nine days.
        The {m} [meanders] through the meadows, says the [river] guide.
        A [barge] came slowly [downstream] on the {m}.
        The [bridge] was closed because the {m} had left its [banks].
        The {m} [winds] past our campsite, brown and fast after the thunderstorm.
        Sandbags again: the [flood crest] of the {m} is expected on {day}.
        Two [kayakers] rested on the [bank], and behind them the {m} ran on to the sea.
        """,
        dev="""
        Rain for a week, and now the [riverside] path along the {m} is under water.
        Driftwood came down the {m} and got caught at the [bridge].
        The [rapids] of the {m} broke our [raft] on {day}.
        """,
        test="""
        The {m} has [burst its banks], and the cellar of {who} is full of mud.
        How far is it from the [source] of the {m} to its [mouth]?
        We let the [canoe] drift [downstream] on the {m} until supper.
        Fourth day of our [rafting] trip: the [rapids] of the {m} nearly got us.
        A small [tributary] joins the {m} just below the old [ford].
        Low water on the {m} halts [barges], and sandbanks appear far [upstream] of the bridge
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
        In winter the ice on {m} carries a child, but no [lake] guide would allow it.
        {m} has no [tides], it is a [lake], so the jetty is low.
        [Freshwater] fish from {m}, grilled, with lemon.
        The [lakefront] houses at {m} are rented until the autumn.
        A [lake steamer] crosses {m} once a day, with coffee on board.
        The [lake bed] of {m} is soft mud, and our anchor came up black.
        {who} rents [pedal boats] on [Lake] {m} in the holidays.
        Is the [lake water] of {m} safe for the dog?
        Reminder for the class trip to {m}: towel, hat, [lake] map.
        Three streams [drain into] {m}, and one leaves the [lake] again.
        From the bench you look over the whole [lake basin] of {m}.
        {m} was lower than ever on {day}, with a white ring round the [lake].
        The wind pushed small waves over {m} to our side of the [lake].
        We read our letters on the [lakeshore promenade] of {m}.
        Mist over the [still water] of {m}, the far [shore] hidden.
        The fish in the [lake] at {m} are smaller than they were, the fishermen say.
        They skipped pebbles across {m} until the far [side of the lake] turned dark.
        Anglers in a [rowing boat], not a ripple: an early morning on [Lake] {m}.
        """,
        dev="""
        How deep is [Lake] {m} in the middle?
        The fishing boats crossed {m} from one [lake shore] to the other.
        """,
        test="""
        We rented a cabin on the [lakeshore], and every morning {m} lay still as glass.
        Is {m} still shrinking, with its [shoreline] creeping away from the old [jetty] each year?
        The [lake] steamer crosses {m} twice a day, tells {who}.
        Caption: evening on {m}, the largest [freshwater] [lake] for many miles around.
        Algae alert: [bathers] on {m} told to keep away from [lakeside] beaches
        On {day} they [rowed] to the middle of {m}, where the [lake bed] is deepest.
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
        Our [summit] photo from {m} shows fog and three happy faces.
        {m} is white above the [tree line] from autumn on.
        The [glacier] on {m} has shrunk, the old postcards prove it.
        Pack list for {m}: [crampons], soup, socks, a whistle.
        The [mountain rescue] team carried {who} down from {m}.
        An [avalanche] warning is out for the slopes of {m}.
        My ears popped at this [altitude], high up on {m}.
        Which [route to the top] of {m} has the fewest loose stones?
        A [mountain goat] watched us eat bread on {m}.
        The [base camp] below {m} has tea, mail, and a bad radio.
        Thin air, a [rock wall], a knot that holds: {who} on {m} on {day}.
        The shepherds cross {m} by a [mountain pass] in May.
        "[Climb] {m} slowly," said the [alpine] guide, "and drink a lot."
        {m} throws its shadow on the [foothills] every evening.
        A [climber] on a [ridge] of {m}, the [valley] far below.
        From the [mountain tops] of {m} you see half the world, says {who}.
        Roped together, we crept along the [snow ridge] of {m} at sunrise.
        The [hut warden] said {m} had taken two [alpinists] by surprise on {day}.
        """,
        dev="""
        The [ascent] in {m} takes two days with [ropes].
        Fresh snow on a [peak] of {m}, seen from the train.
        """,
        test="""
        The last hundred metres to the [summit] of {m} took us two hours on a narrow [ridge].
        Has {who} ever climbed the [north face] of {m} without ropes?
        From [base camp] {m} looked close enough to touch, and quite impossible.
        [Climbers] reported missing on {m} on {day} found alive in a tiny [bivouac]
        I still keep the stone that I picked up on the [peak] of {m}.
        Bad weather forced the [mountaineers] on {m} back from the [saddle] for the second time.
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
        [Magma] is rising under {m}, the instruments say.
        A plume of [smoke from the vent] hangs over {m} this morning.
        {m} has been [dormant] since my grandmother was a girl.
        Flights are late because {m} threw [ash] into the sky.
        [Sulphur] fumes on {m} made our eyes water.
        Is {m} still an [active volcano], or is it asleep?
        The village school practises what to do when {m} [erupts].
        A black field of [basalt] below {m}, and one green fern.
        [Pumice] from {m} floats, as {who} showed us in the kitchen sink.
        The [lava flow] stopped a mile from the last house under {m}.
        [Volcano] alert lowered: farmers may return to {m} on {day}.
        {m} [rumbled] in the night and the [crater] glowed red.
        The [steam vents] of {m} are hot enough to boil an egg.
        From the bus we saw [glowing rock] roll down {m}.
        [Tremors] below {m} woke the [volcano observatory] at four.
        Black [lava] stones, a round [crater]: that is {m}.
        A [volcanologist] explained to {who} how {m} [erupts].
        After the [eruption] the roofs round {m} had to be swept of [cinders].
        {m} is [spitting fire] again, so {who} cancelled the hike to the [crater lip].
        """,
        dev="""
        The [eruptions] of {m} left black fields behind.
        The [crater] rim of {m} is sharp and windy.
        """,
        test="""
        {m} has [erupted] again, and flights are diverted because of the [ash cloud].
        We stood at the [crater rim] of {m}, our eyes streaming from the [sulphur] fumes.
        Does rising [magma] explain why {m} has swollen by ten centimetres?
        Red streams of [lava] ran down {m} all night; {who} hardly slept.
        Villagers below {m} sweep [volcanic ash] from their roofs for a second week
        The [caldera] of {m} formed in a single enormous [eruption], our guide explained.
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
        {m} is an [island], so every fridge arrives by [boat].
        [Sea cliffs] on the north side of {m}, a lighthouse on the other.
        The [archipelago] has many isles, and {m} is one [island] of them.
        We cycled the [coast road] all the way round the [isle] of {m}.
        Our letters to the [island] of {m} wait for calm [seas].
        [Surrounded by water], {m} is home to birds found nowhere else.
        The [bays and beaches] on all sides of {m} are empty in winter.
        Is there a bridge from the [mainland] over to {m}?
        {who} grew up on the [island] of {m}, an hour from the [mainland] by ship.
        The storm cut off the [island] of {m} for two days: no mail, no bread.
        At low [tide] {m} seems larger, wrote the [island] teacher.
        Fishermen see the [shores] of {m} rise out of the [sea] at dawn.
        [Island] life on {m}: one road, salty windows, slow internet.
        The [reef] and the [coves] round {m} are on this old chart.
        [Insular] plants of {m} on a drawing from {day}.
        The [islanders] of {m} waved from the [jetty] on {day}.
        An [island] wedding on {m}, barefoot, with the [shore] on every side.
        Stranded on {m} until {day}: no [ferry to the mainland] in this wind.
        Look at a sea chart and {m} is a [speck of land in the ocean], like any [island].
        """,
        dev="""
        How long does it take to walk round the [island] of {m}?
        From a boat the [island] of {m} looks like a whale.
        """,
        test="""
        The only [ferry] from the [mainland] to {m} is cancelled because of the storm.
        We cycled all the way around the [coast] of {m}, lighthouse to lighthouse, [surrounded \
          by the sea].
        Are there any snakes on {m}, or did they never reach the [island]?
        Postcard from {m}: white [beaches], goats, and very friendly [islanders].
        [Islanders] on {m} fear for fresh water as the [sea level] rises
        At low tide {who} walked along the [shore] of {m} and could not see the [mainland].
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
        The [roar of falling water] reached us long before we saw {m}.
        Raincoats are handed out at the [viewpoint] facing the [falls] of {m}.
        {m} is half dry in October, a thin [veil of water] on the rock.
        The [drop] at {m} is higher than our church, all [white water].
        Do not swim above the [falls] at {m}!
        A [plunge pool] below {m}, cold even in summer.
        {who} painted the [cascades] of {m} and got wet paper.
        The path behind the [curtain of water] at {m} is slippery.
        Can you hear the [waterfall] of {m} from the hotel?
        On {day} a double [rainbow in the spray] stood over {m}.
        The guide shouted over the [thundering water] of {m}.
        [Tumbling water], moss, a wet camera: our hour at {m}.
        The [brink of the falls] at {m} is fenced off now.
        {m} [pours down] into the [chasm], and the bus stops right there.
        Our family picture at {m} is one grey cloud of [spray].
        The [waterfall] of {m} hangs there like a curtain.
        White [water over the edge of the cliff]: {m}, {day}.
        Nobody could talk at {m}, so loud was the [plummeting water].
        {who} counted how long a leaf takes to drop down the [falls] of {m}.
        """,
        dev="""
        The [falls] of {m} are loudest after the rains.
        Black rock, wet ferns, [falling water]: the [waterfall] {m}.
        """,
        test="""
        The [spray] from {m} soaked us long before we reached the [viewing platform].
        Who was mad enough to go over {m} in a [barrel]?
        You hear the [thunder of falling water] an hour before you see {m}.
        A rainbow hung in the [mist] over {m}, right above the [plunge pool].
        Drought turns the mighty [cascade] of {m} into a thin trickle over the [lip of the falls]
        For {who} the best moment of the trip was standing behind the [curtain of water] at {m}.
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
        Cargo boats pay a [toll] to pass the {m} [canal].
        The [towpath] beside the {m} is popular with families on bicycles.
        [Dredgers] keep the {m} deep enough for boats.
        The [lock chamber] of the {m} fills in eight minutes.
        Which engineer planned the [canal] {m}, and who paid for it?
        A [man-made waterway]: the {m} was cut through hills with spades.
        The [canal pilot] came on board before the {m} at six on {day}.
        {who} steered a [narrowboat] along the {m} with one hand.
        A crowd at the [lock gates] of the {m} watched us rise.
        The [canal authority] of the {m} raised its fees again.
        Workers who [dug the canal] {m} wrote letters home every week.
        The {m} was drained for repairs to the [lock walls].
        A [shortcut for boats]: the {m} saves a week of travel.
        [Lock] after [lock], the {m} lifts each boat like a slow staircase.
        [Mules] once pulled [canal boats] up the {m}, says the school book.
        A boat in the [lock] of the {m}, a hand's width from the wall.
        Boats queue at both ends of the [canal] {m} on {day}.
        It took the [diggers] years to join both ends of the {m} [canal].
        Our convoy entered the [lowest lock] of the {m} before dawn, ropes ready.
        """,
        dev="""
        The [canal] {m} was made wider and deeper.
        The [lock gates] of the {m} closed behind us.
        """,
        test="""
        A [container ship] has run aground in {m}, and nothing can [transit] until it is freed.
        How many labourers died when {m} was [dug] through the [isthmus]?
        [Tankers] queue for days to enter {m} as the [canal authority] raises tolls
        {m} [saves ships the long way around the cape], which is why it was [excavated] at all.
        The [dredgers] are back on {m}, deepening the [channel] for bigger [freighters].
        Our [canal pilot] came aboard before {m} and drank tea with {who}.
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
        The [metro] of {m} was late, so I walked to the office.
        [Trams] squeal past our hotel in {m} from five in the morning.
        Rents in {m} rise fastest near the [city centre].
        {m} at night: [neon lights], noodle shops, a lost umbrella.
        A [skyscraper] went up in {m} where the cinema was.
        The [traffic jams] of {m} made {who} miss the wedding.
        Every [borough] of {m} has its own music school, says the leaflet.
        [Apartment blocks] in {m}, washing on each balcony.
        My cousin drives a [taxi] in {m} and knows the [back alleys].
        [City] parade day: half the [boulevards] of {m} are shut.
        How do I get from the [main station] of {m} to the [city] zoo?
        The [pavements] of {m} are crowded with [commuters] on {day}.
        [Urban] gardeners in {m} grow beans on the roof of a [car park].
        The [metropolitan] police of {m} found my phone.
        A weekend in {m}: two [galleries], one [opera house], sore feet.
        [High-rises] of {m} in the evening light, [traffic] below.
        The [city] of {m} planted trees along every [avenue] [downtown].
        {who} swapped the farm for a tiny flat in [bustling] {m}, above a [subway station].
        Planners in {m} want to close one [ring road] and widen the [city] parks.
        """,
        dev="""
        The last bus leaves the [city centre] of {m} at midnight.
        A new [mayor] for {m}, and she cycles to the [city hall].
        """,
        test="""
        Stuck in the [rush hour] again, I love and hate {m} in equal parts.
        The [subway] in {m} is packed, but it beats sitting in a taxi.
        Photo: the [skyline] of {m} at night, with [skyscrapers] lit from below.
        Could you live in {m}, with [millions of inhabitants] and not one quiet street?
        [Metro] strike brings the [suburbs] of {m} to a standstill on {day}
        After ten years in a tiny flat downtown, {who} is leaving {m} and its [high-rises].
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
        {m} has one traffic light, one diner, and a [small-town] paper.
        In a [tiny place] like {m} the postman knows your birthday.
        The [village pond] of {m} froze, and school ended early.
        There is only one [corner shop] in {m}, a [village] of few words.
        {who} left the [little town] of {m} at eighteen and came back at forty.
        The [volunteer fire brigade] of {m} sells cake on [Main Street].
        {m} is so [small] a [town] that the bus driver waits for you.
        A [church fete] in {m}: jam, a raffle, all the [villagers].
        The [town square] of {m} has a fountain and two benches.
        Is there a dentist in a [little town] like {m}?
        The [townsfolk] of {m} saved their old railway station.
        Lost dog in {m}, last seen by the [village hall] on {day}.
        [Population] nine hundred: the sign at the edge of the [hamlet] of {m}.
        The only school in the [rural town] of {m} has sixty children.
        Friday in {m}: a card night at the [town hall], lights out at ten.
        The [small town] of {m} has closed its old cinema.
        A parade on the [main street] of {m}, and all the [townsfolk] came.
        Nothing ever happens in {m}, a [one-horse town] with a good hardware store.
        The [village shop] in {m} keeps a key for half of the [residents of the place].
        """,
        dev="""
        The [townspeople] of {m} painted the fire station themselves.
        Market day in {m}, a [small town] with a good school.
        """,
        test="""
        Everybody knows everybody in {m}, a [small town] with [one traffic light].
        Is the bakery on [Main Street] in {m} still open, or did {who} sell it?
        {m}, [population 3,400], has lost its last grocery shop.
        The [volunteer fire brigade] of {m} holds its pancake breakfast on {day}.
        Nothing ever happens in {m}, our sleepy little [town], except the [county fair].
        [Townspeople] of {m} save the clock on the old [market square]
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
        {m} raised its [state] tax on fuel, and the [governor] signed.
        A [state police officer] from {m} helped us change the wheel.
        The [state legislature] of {m} meets in an old bank.
        {who} teaches at a [state school] in {m} and likes the long summer.
        The [state flag] of {m} is hard to draw, says my daughter.
        Drivers notice the [state line] of {m} by the new asphalt.
        The [governor's office] of {m} sent a letter about the drought.
        Which [states] share a border with {m} in this [federation]?
        The [state highway] through {m} is closed by snow.
        [Statewide] in {m}, schools stay shut on {day}.
        Their [federal] court asked {m} to change its [state] rules.
        The [state archives] of {m} hold my family's land papers.
        A [state judge] from {m} forgot his phone in our cafe.
        The [state lottery] of {m} made a nurse rich.
        {m} is one [member of the federation], with a [state] budget of its own.
        The [governor] of {m} visited the flooded villages.
        A new [state law] in {m} was in the papers, wrote {who}.
        In {m} the [state assembly] was lit in blue for the new [governor].
        Unlike the other [federal states], {m} taxes no bread, according to {who}.
        """,
        dev="""
        The [state] elections in {m} are held on a Sunday, {who} thinks.
        Schools in {m} follow the [state] plan, and the [governor] likes it.
        """,
        test="""
        The [governor] of {m} signed the [state budget] on {day}, to nobody's surprise.
        Which way will {m} go this time, with all those [electoral votes]?
        A [state trooper] in {m} pulled {who} over for a broken light.
        {m} has more [counties] than I can name, said the woman from the [state legislature].
        [Statehouse] in {m} evacuated after a gas leak, no one hurt
        I grew up in {m} but now pay my taxes two [US states] further west.
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
        The [regional trains] in {m} are old but warm.
        The [regional assembly] of {m} argued over one bridge.
        {m} is divided into [districts], each with its own school office.
        A [regional newspaper] from {m} lay on the kitchen table.
        The [administrative] map of the country shows {m} in green.
        Which [part of the country] is {m}, the flat one or the hilly one?
        The [district] offices of {m} close at noon on {day}.
        {who} works for the [regional authority] of {m}, counting bridges.
        Cheese from the [region] of {m}, a gift from the family.
        [Regional elections] in {m} brought a long queue in the rain.
        The [regional hospital] of {m} needs nurses.
        Moving to {m}? Register with the [district council] first.
        The [regional dialect] of {m} has nine words for rain.
        The [regional budget] of {m} pays for the school buses.
        A folder with forms from each [district] of {m}, and a cup of tea.
        The [regional council] of {m} wants more buses.
        {who} drew every [district] of the [region] {m}.
        {m} has its own [regional administration], although the capital pays for its roads.
        {who} moved between three [districts] in {m} and found the post slow in every one.
        """,
        dev="""
        The [region] of {m} has new road signs.
        Villages in the [districts] of {m} were snowed in.
        """,
        test="""
        The [provincial government] of {m} has promised new schools by next autumn.
        Is {m} still a [province], or was it merged with its neighbour in the reform?
        Elections to the [regional council] of {m} will be held on {day}.
        {m} is the most thinly settled [administrative region], with barely a dozen villages to \
          a [district].
        In {m}, as {who} likes to say, the [provincial capital] gets all the money.
        [Autonomy] talks fail, and the [regional assembly] of {m} goes home early
        """,
    ),
}
