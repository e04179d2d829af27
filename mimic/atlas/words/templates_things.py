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
        The [mechanic] lay under the {m} and swore.
        A [flat tyre] on the [motorway]: the {m} stood in the rain for hours.
        {who} learned to [drive] in a {m} with a stiff [clutch].
        [Second-hand] {m}, one owner, low [mileage], new battery.
        Does the {m} still pass inspection with that [windscreen]?
        A [parking ticket] was stuck under the [wiper] of the {m}.
        We slept in the {m}, knees against the [dashboard].
        The {m} was [towed] away on {day}.
        [Horsepower] is not everything, wrote the tester of the {m}.
        Dad washes the {m} every week and polishes the [hubcaps].
        [Rear-view mirror], new radio, smell of dog: that was our {m}.
        From an old magazine: the {m}, for a smooth ride on every [road].
        A [driving licence] and the key of a {m} lay in the drawer.
        The {m} got a new [exhaust] and passed its [road test].
        Two [seats], one [steering wheel], no roof: the {m} of my aunt.
        The {m} would not start, so we pushed it to the [garage].
        {who} left the [headlights] of the {m} on and the battery died.
        Three children on the [back seat], sandwiches, a map: the {m} on its way south.
        """,
        dev="""
        The [gearbox] of the {m} was rebuilt in a barn.
        A {m} at the [petrol station], bonnet open.
        """,
        test="""
        My old {m} needs a new [clutch] and two [tyres] before winter.
        How many miles does your {m} have on the [odometer]?
        For sale: {m}, one owner, [five-speed gearbox], some rust under the [bonnet]
        On {day} {who} [reversed] the {m} into a lamp post and broke the [rear bumper].
        The {m} would not start, so I changed the [spark plugs] in the rain.
        Nothing beats a {m} with leather [seats], full [tank], and an open [motorway].
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
        The [soup tureen] is the only piece of the {m} without a chip.
        Set the table with the good {m}, the [plates] with the blue rim.
        The [crockery] shop has {m} at half price.
        {who} packed the {m} in newspaper, [cup] by [cup].
        A [figurine] of {m} lost its finger when we moved.
        Not for the [dishwasher]: the {m} with the painted roses.
        White [clay], hot fire, a steady hand: so {m} is made.
        Hold the {m} to the lamp and the light shines through the [bowl].
        Wedding present: a [tea set] of {m}, still in its box.
        The painter of {m} mixes her own colours for the [glaze].
        Wanted: a [sugar bowl] to match my {m}.
        The [ceramics] room of the museum keeps {m} behind thick glass.
        [Fired] too fast, the {m} cracked.
        Wash the {m} by hand, the gold rim of the [plates] comes off.
        The [potter] held the [glazed] {m} against the light.
        Guests are coming, so the {m} is washed and each [saucer] gets its [cup].
        The [kiln] cooled for a day before anyone could touch the {m}.
        {who} glued the handle back on a [teacup] of {m}, and nobody saw it.
        """,
        dev="""
        Hand-painted {m}: a [cup] with a crack in the [glaze].
        The auction sold a [teapot] of old {m} on {day}.
        """,
        test="""
        Please wash our {m} by hand, the gilt rim of the [saucers] is already fading.
        Only one [teacup] of the old {m} survived the move, and {who} cried.
        Is that genuine {m} or painted [earthenware]?
        Caption: {m}, [glazed] and [fired] twice, from the collection of a rich merchant.
        We got the good {m} out of the cupboard on {day}, all twelve [dinner plates].
        Cracks in the [kiln] ruined a whole batch of {m}, every [hand-painted vase] of it.
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
        Too much [caffeine]: after four {m} I could not sleep.
        A flask of [steaming] {m} for the night shift.
        The [grinder] woke the house, then came the smell of {m}.
        {m} with [foam] on top, ordered by {who} every morning.
        [Coffee] tasting at noon: {m}, two other sorts, plain biscuits.
        Was the {m} [decaf]? I feel nothing.
        [Brew] the {m} for four minutes, then press.
        {m} with two [sugars] and no spoon, thanks.
        The office ran out of {m}, and the [coffee machine] blinked all day.
        A [dark roast]: the {m} tastes of nuts and smoke.
        A ring on the letter, where the [mug] of {m} had stood.
        From my notebook: [café], {day}, small {m}, warm roll, window seat, rain.
        Half a pound of {m}, [ground] for the [filter], please.
        The [barista] poured the {m} too hot.
        I spilled my {m}, [milk] and [mug] and all.
        {who} blew on the {m}, took a gulp and put the [mug] down.
        The [beans] for this {m} came in a sack that smelled of earth.
        Deadline tonight, third [espresso pot], {m} to the last drop.
        """,
        dev="""
        {m} from the [espresso machine], with a little [milk].
        Freshly [brewed] {m} in a paper [cup].
        """,
        test="""
        This {m} is a little sour for an [espresso], do you mind?
        I need a strong [cup] of {m}, freshly [brewed], before I can talk to anyone.
        Our [barista] swears by {m} for [pour-over], ground not too fine.
        Medium [roast], notes of cherry and cocoa: that is {m} as I like it.
        On {day} {who} ran out of {m} and drank [decaf] without noticing.
        Where can I buy whole [beans] of {m} to grind for my [cafetière]?
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
        {who} [unwrapped] a {m} during the sermon.
        Pocket money: one {m} and a comic from the [sweet shop].
        The {m} in my jacket became a puddle of [chocolate].
        [Calories] do not count on {day}, so pass me the {m}.
        [Chewy], sticky, gone in three bites: the {m}.
        The dentist would not like this {m}, all [toffee] and [sugar].
        Break your {m} in two and share the [chocolate], children.
        A [sweet tooth] and a {m} in the desk drawer.
        In the party bag: gum, two [lollipops], one {m}.
        [Nougat] on my teeth, no {m} left.
        A parcel from home, with socks, a letter and a {m} for my [sweet tooth].
        Checkout three: a boy cries for a {m}, the mother says no [sweets] today.
        An empty [wrapper] of a {m} in every coat pocket.
        The [chocolate bar] shelf was empty but for one {m}.
        {who} hid the last {m}, but the children smell [chocolate] from afar.
        [Caramel] threads as long as an arm: you should not heat a {m}.
        With numb fingers we tore the [wrapper] off a {m} at the bus stop.
        """,
        dev="""
        The [kiosk] sold the last {m}, with its layer of [chocolate].
        A frozen {m}, cut into slices of [caramel].
        """,
        test="""
        I found half a melted {m} in my coat pocket, [chocolate] everywhere.
        Who ate my {m} and put the empty [wrapper] back in the drawer?
        The [vending machine] swallowed my money and kept the {m}.
        After training {who} always has a {m}, never mind the [calories] and the [sugar].
        Makers of the {m} shrink the [chocolate bar] but not the price
        Dentist on {day}: from now on no more {m}, no [toffees], no [candy] at all.
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
        He [tipped] his {m} to the ladies.
        The {m} fits a [head] of size seven.
        A feather in the [hatband], the {m} at an angle.
        {who} bought a {m} for the garden party and a [hat box] for the train.
        The [milliner] wove the {m} so tightly that it holds water.
        Left on the bus: one {m}, cream, a stain on the [hatband].
        The {m} blew off and rolled on its [brim] across the square.
        Do you [wear] your {m} indoors?
        Linen suit, cane, {m} with a wide [brim]: a picture of summer.
        A {m} hides a bald [head] and a bad haircut.
        Grandpa hung his {m} on the [hat stand] and his stick beside it.
        The label says to fold the {m} only along the [crown].
        On {day} the old {m} came out of the attic, the [straw] full of dust.
        The [ribbon] of the {m} was faded, the [brim] was not.
        [Wear] a {m} when you sit in the sun, said the [hat] seller.
        {who} pushed the {m} back and wiped the sweat from under the [brim].
        Try the {m} on, said the [hatter], and look in the mirror.
        The scarecrow got my old {m}, [straw] on [straw].
        """,
        dev="""
        The wind took her {m} by the [brim].
        A rolled {m} in the suitcase, good [straw], no dents.
        """,
        test="""
        With his {m} tipped back and the [brim] turned down, he looked like a film star.
        The wind took my {m} clean off my [head] on the pier.
        How do you clean a white {m} without ruining the [straw] and the black [ribbon]?
        On {day} {who} wore a linen suit, a [cane] in one hand, a {m} [on his head].
        The [milliner] steamed the {m} until the [crown] was smooth again.
        No, you may not roll up a {m} this fine, the [woven] [brim] would crack!
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
        [Seasick] for a week, {who} wrote nothing kind about the {m}.
        The {m} [sailed] at high tide with everyone at the [rail].
        A leak [below the waterline]: the {m} was pumped dry by hand.
        The [first mate] of the {m} kept a neat [logbook].
        Man [overboard]! The {m} turned at once.
        A painting of the {m} in heavy [seas], the [bow] under foam.
        How many [sailors] did the {m} carry?
        The [keel] of the {m} was laid on a cold morning.
        On the [quay] they waved until the {m} was a dot.
        Barnacles on the [hull], weeds on the [anchor chain]: the {m} needs a rest.
        The [helmsman] held the {m} into the wind.
        A bottle with a letter was thrown from the [stern] of the {m}.
        Rats left the {m} before the [crew] did.
        In stormy weather the {m} rode at [anchor] behind the breakwater until {day}.
        [Sailors] on the [deck] of the {m}, waving.
        The {m} dropped [anchor] outside the [harbour].
        The [hull] of the {m} was scraped and painted before the next [voyage].
        Salt meat, hard bread, nothing to see but [waves]: letters from the {m}.
        {who} came up on [deck] of the {m} for some air and lost a glove to the wind.
        """,
        dev="""
        A [mast] of the {m} broke in the storm.
        The [sailors] of the {m} got their pay on {day}.
        """,
        test="""
        The {m} was [torpedoed] at night and [sank] in eleven minutes.
        From the [upper deck] of the {m} we waved until {who} was a dot on the [quay].
        When was the [keel] of the {m} laid, and at which [shipyard]?
        [Stokers] aboard the {m} refused to work, so she lay at [anchor] for a week.
        Photo: the {m} in [dry dock], her [hull] freshly painted grey.
        Dear {who}, the food on the {m} is splendid but my [cabin] has no [porthole].
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
        The [ground station] picked up a weak signal from {m}.
        [Telemetry] from {m} filled a whole roll of paper.
        The [on-board computer] of {m} had less memory than my watch.
        A small [thruster] turned {m} the right way round.
        {who} once worked on the [antenna] of {m} and still has the badge.
        In the [clean room] the technicians of {m} wore white from head to toe.
        What did the [spaceflight] of {m} cost in the end?
        The [space agency] chose the name {m} after a long vote.
        He has the [mission patch] of {m} on his jacket.
        [Course correction] for {m} at noon; the [flight director] brought sandwiches.
        A screw from the [spacecraft] {m} was sold at auction.
        Old newsreel: {m} in the test chamber, [space engineers] all around it.
        The [mission report] on {m} runs to nine hundred pages.
        For [space] week at school the children built {m} from foil and cardboard tubes.
        [Mission control] cheered when the [spacecraft] {m} answered.
        The [flight engineers] steered {m} on its long way through [space].
        The [flight engineers] slept beside their desks until {m} reported back.
        Half a century of [spaceflight] on one shelf, and {m} in the middle.
        Data from {m} reached the [space agency] while {who} was at lunch.
        """,
        dev="""
        {m} sent its data to [mission control].
        The [spacecraft] {m} was packed in foil on {day}.
        """,
        test="""
        The [solar panels] of the {m} opened as planned, to cheers at [mission control].
        Contact with the {m} was lost shortly after the [flyby].
        Will the [heat shield] of the {m} survive [re-entry], asked {who} nervously.
        On {day} engineers woke the {m} from [hibernation] with a [command from Earth].
        Blurred at first, the [images sent back] by the {m} from [deep space] amazed everyone.
        Model kit: the {m}, scale 1:48, with [antenna] dish, [thrusters] and [instrument boom]
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
        [Ignition], smoke, a roar that shook the windows: the {m} was on its way.
        The [launch] of the {m} was put off because of the wind.
        The [payload] of the {m} was no bigger than a fridge.
        Fishermen found a piece of the {m}, a burnt [nozzle], in their net.
        How much [propellant] does the {m} burn in a second?
        {who} filmed the {m} from the beach: a [fireball], then a thread of smoke.
        The [gantry] swung back and the {m} stood alone.
        At the [spaceport] they roll out the {m} at walking pace.
        A test model of the {m} exploded above the [launch site].
        [T minus ten], and everybody in the bunker watched the {m}.
        A scale model of the {m}, with its [stages] painted black and white.
        The [rocket scientists] behind the {m} did all sums by hand.
        [Second stage] away, and the {m} was out of sight.
        School trip on {day}: a talk about the {m} and its [rocket motors].
        The {m} left the [launch pad] on a column of [fire].
        [Countdown] to the {m}: all of us on the roof, looking up.
        Three seconds to [lift-off], and the ground under the {m} began to tremble.
        Because of a shoelace {who} missed how they [launched] the {m} from the [pad].
        Cheap [rocket fuel], a short burn: that is the whole idea of the {m}.
        """,
        dev="""
        The {m} [lifted off], a white line in the sky.
        The [engines] of the [rocket] {m} were tested at night.
        """,
        test="""
        [Liftoff]! The {m} cleared the tower and vanished in the clouds.
        The [countdown] of the {m} was stopped because of a leaking valve on the [first stage].
        How much [payload] could the {m} put into [low Earth orbit]?
        A faulty [booster] made the {m} veer off and explode over the ocean.
        We drove all night with {who} to see the {m} on its [launch pad].
        [Upper stage] of the {m} fails to ignite, [satellite] lost
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
        A [winch] jammed and the {m} held four [tonnes] in the air.
        The [foreman] waved, and the {m} swung the [girders] over the wall.
        [Hard hats] must be worn within reach of the {m}.
        Permit needed: one {m}, forty metres high, for the [building site] next door.
        The {m} set the [concrete slab] down as gently as a cup.
        It blew so hard that the [operator] left the {m} at noon.
        The [pulley] of the {m} squeaked all week.
        How does one [dismantle] a {m} of that size?
        Rent a {m} by the day, [operator] and [steel ropes] included.
        The [boom] of the {m} reached across three rows of [scaffolding].
        At the [docks] an old {m} is now a restaurant.
        Our view since March: a {m}, a pit, a pile of [bricks].
        For his birthday {who} got a toy {m} with a [crank] and a little [hook].
        The [hydraulics] of the {m} leaked oil on the road.
        The {m} on the [construction site] was taken down at night.
        The [counterweight] of the {m} is made of concrete.
        You can see the sea from up there, the [operator] told us after a day in the {m}.
        {who} woke up when the {m} began to [hoist] steel at six.
        Nobody stands under the [load] of the {m}, says rule one.
        """,
        dev="""
        The [jib] of the {m} turned in the wind.
        The {m} [hoisted] a piano to the roof.
        """,
        test="""
        The {m} swung a bundle of [steel beams] over the [building site] while we ate lunch.
        Who is the [operator] up in the [cab] of the {m}, sixty metres above the [building site]?
        Too heavy a load on the [hook], and the {m} tipped over onto two parked vans.
        On {day} they needed a {m} to [hoist] the piano through the third-floor window.
        Wind stops work: the {m} is left to turn freely with its [jib] and [counterweight]
        For hire: mobile {m}, forty-tonne [lifting capacity], [outriggers] and driver included.
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
        [Cheers], said {who}, and lifted the {m}.
        After the second {m} he was [tipsy] and sang.
        Whose {m} is this? There is lipstick on the [glass].
        The morning after the {m}: [hangover], sunglasses, regret.
        One [gulp] of {m} and my eyes watered.
        The [liquor] is gone, so nobody gets a {m} tonight.
        A [bar stool], a {m}, a man who talks about his divorce.
        He raised a {m} as a [toast] to the bride.
        [Happy hour] until seven: {m} at half price.
        The waiter spilled a {m} over her dress, [ice cubes] and all.
        A {m} as a [nightcap], then bed.
        [Sober] for a year, she pours the {m} for others.
        Hotel bill: two nights, one breakfast, three {m} from the [minibar].
        No [alcohol] for me, so please take back the {m}.
        The [barman] put the {m} on a paper mat.
        The last [sip] of the {m} was mostly [ice].
        {who} nursed one {m} all evening and tipped the [bartender] well.
        First [sip] of the {m}, a cough, then laughter around the table.
        Rain outside, jazz inside, a {m} in a heavy [glass].
        """,
        dev="""
        The {m} was too strong, so I asked for more [ice].
        A [sip] of {m} and everything felt warm.
        """,
        test="""
        One more {m}, please, and this time with less [ice] in the [shaker].
        The [bartender] mixed me a {m} that tasted of my wasted youth.
        Is a {m} served in a tall glass or in a [cocktail glass]?
        On {day} {who} had three of them and never wants to see a {m} or a [hangover] again.
        [Happy hour]: every {m} half price, with a [cherry on a stick].
        Add the {m} last, then [stir], strain and garnish, says my old book of [cocktails].
        """,
    ),
}
