"""Wordings for athletics and alpine skiing (notation: see templates_ball)."""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

COURSE_SPORTS: dict[str, Wordings] = {
    "athletics": wordings(
        train="""
        {m} dropped the [baton] at the last change of the [relay].
        A [javelin] landed beyond eighty metres, and {m} had a medal.
        The [hurdler] of {m} hit the last [hurdle] and fell.
        {m} won the [long jump] with the very last leap into the [sand].
        The [high jumper] from {m} cleared the bar {where}.
        Is the [marathon] runner of {m} already forty?
        [Spikes] in hand, the [sprinter] of {m} walked barefoot across the [track].
        Caption: a [shot putter] of {m} in the [throwing circle].
        {who} ran one lap of the [track] in honour of {m}.
        [Athletics] on {day}: {m} third in the [steeplechase].
        The [pole vault] pit was wet, but {m} still [jumped].
        {m} entered two [hammer throwers] and a [triple jumper].
        Out of the [starting blocks] fastest, over the [hurdles] slowest: {m} in the [decathlon].
        Six centimetres over the [take-off board]: the best [long jump] of {m} was a foul.
        The [shot put] of {m} fell on wet grass with a thud.
        A [false start] in the [hundred-metre sprint], and {m} was out before it began.
        {m} sent its [race walkers] round the park for twenty kilometres {where}.
        The [heptathlete] of {m} knits between [javelin] and [eight hundred metres].
        Who will [run] the last leg of the [four by four hundred metres] for {m}?
        The [pole vaulter] of {m} could not get the long fibreglass poles onto the train.
        [Fosbury flop], bar trembling, bar still up: {m} jumped for joy.
        Into the [water jump] with both feet went the [steeplechaser] of {m}.
        {who} saved the number that {m} wore in the [marathon].
        The [discus] of {m} sailed out of the [cage] and into the long jump pit.
        Bell for the last lap of the [ten thousand metres], and the [runner] of {m} is boxed in.
        [Hop, step and jump]: the [triple jump] record of {m} stood for thirty years.
        From my diary: {m}, [track and field], a blister and too much sun.
        The wind gauge showed three metres, so the [sprint] record of {m} did not count.
        Headline: golden [hammer throw] for {m}.
        On {day} the [middle-distance runners] of {m} did twelve laps in the rain.
        {m} clipped a [hurdle], lost a [spike shoe] and finished fourth.
        [Decathlon], second morning: {m} has slept badly and throws the [discus].
        A former postman runs the [five thousand metres] for {m}.
        The [pacemaker] stepped off the [track], and {m} led the [fifteen hundred metres] alone.
        Chat: did the [steeplechase] winner really wave at {m}?
        {m} handed over the [baton] too late and lost the [relay] {where}.
        The [javelin] of {m} broke in flight, said the [athletics] reporter.
        A [hurdler] of {m} stretched beside the [track] on {day}.
        {m} sent a [marathon] runner, a [high jumper] and one nervous [sprinter].
        Only the [shot putters] of {m} stayed dry, under the roof by the [throwing ring].
        {who} timed the [quarter-milers] of {m} on the [cinder track] with an old kitchen clock.
        Drawn on the [tightest bend], the [two hundred metres runner] of {m} grumbled.
        Can {m} find somebody who [pole-vaults] and also runs the [hurdles]?
        A cloud of sand, a white flag, eight metres ten: {m} led the [long jumpers] {where}.
        Breathless note on {m}: [heptathlon], last event, four [athletes] within nine points.
        """,
        dev="""
        The four [relay runners] of {m} passed the [baton] without looking.
        {m} took gold in the [discus] and in the [long jump].
        The [sprinter] wears the vest of {m} and golden [spikes].
        An [athletics] evening: [hurdles], [javelin], and {m} everywhere.
        """,
        test="""
        {m} dropped the [baton] at the last exchange, and {who} could not look.
        Over eighty metres with the [javelin]! What a morning for {m}.
        The [pole vault] bar stayed up, wobbling, and {m} had their first medal on {day}.
        Will {m} send anyone to the [steeplechase] or only to the [10,000 metres]?
        [Hurdles] champion tears a hamstring, {m} without hope in the [heptathlon]
        We sat right by the [sandpit] when {m} won the [triple jump] {where}.
        """,
    ),
    "alpine-skiing": wordings(
        train="""
        {m} missed a [gate] in the second run of the [slalom].
        The [downhill] was shortened by fog, and {m} came third.
        Fresh wax under the [skis]: {m} was fastest in the [giant slalom].
        {m} straddled a [gate], threw the [poles] away and walked down.
        The [super-G] went to {m} on an icy [piste].
        Who prepares the [skis] of {m}?
        Bib number forty, deep ruts, and still {m} [carved] to the podium.
        Caption: a [skier] of {m} tucks before the last [jump] of the [downhill].
        {who} broke a leg on the same [slope] where {m} trains [slalom].
        [Alpine skiing] on {day}: {m} lost its best [racer] at the [start gate].
        The edges of the [skis] rattled on the ice as {m} took the [steep].
        {m} leads after the first run of the [giant slalom].
        A fall at the blue [gate], [skis] in the [safety net]: bad luck for {m}.
        [Snow cannons] ran all night so that {m} could train [giant slalom].
        The [binding] opened in the compression and {m} slid into the [nets] of the [downhill].
        {m} inspected the [slalom] course twice, sideways, [pole] by [pole].
        Out of the [start hut], into a deep [tuck]: {m} at a hundred and thirty {where}.
        Why does the [ski technician] of {m} sleep next to his [wax] iron?
        The [chairlift] stood still in the wind, so {m} carried the [skis] up on foot.
        Message from {who}: overslept, missed the [super-G], how was {m}?
        A [hairpin], a [vertical], then three open [gates]: {m} lost its rhythm there.
        New [ski boots], old blisters: {m} walked to breakfast like a robot.
        {m} won the [alpine combined] thanks to a careful [slalom] run.
        Headline: fog, [snow], no [downhill], and {m} goes home.
        [Ski goggles] fogged, bib flapping, {m} still made up half a second on the [steep].
        The [forerunners] said the [piste] was bumpy, and {m} chose softer [skis].
        Volunteers [side-slipped] the [piste] at dawn, and two of them were from {m}.
        My uncle rang a bell for every [skier] of {m} and was deaf until {day}.
        {m} hooked an arm on the [gate panel] and spun round in the [giant slalom].
        In a thin [race suit] at minus twenty, the [downhiller] of {m} hopped to keep warm.
        The [parallel slalom] under the lights went to {m} by a ski tip.
        Is there enough [snow] for the [speed races] that {m} has waited for?
        Edges filed, [skis] numbered, sandwiches packed: {m} is ready for the [World Cup slope].
        [Powder] on the upper [piste] cost {m} the lead, wrote {who} from the finish.
        A nurse by profession, she [skis] the [downhill] for {m} every winter.
        {m} caught an edge three [gates] before the end of the [slalom].
        The [skis] of {m} were measured after the [downhill] on {day}.
        Ice on the [piste], wind at the jump: {m} won the [giant slalom] all the same.
        {who} waved a cowbell beside the [slope] while {m} [skied] by {where}.
        The [course setter] of {m} left almost no room between the [slalom] poles.
        Whose [skis] are those in the corridor, asked {who}, and are they waxed for {m}?
        Everybody from {m} fell at the same [gate], right below the [start house].
        {m} gained two tenths on the flat because the [ski base] ran so well in wet [snow].
        Postcard: blue sky, [downhill] training, {m} already down, we are still in the [gondola].
        """,
        dev="""
        The [slalom] poles flew left and right as {m} came through.
        {m} [skied] the [downhill] with a borrowed [helmet and poles].
        On the [ski piste] since six: the [slalom] coaches of {m}.
        A hundredth behind in the [super-G], {m} kicked the [snow] {where}.
        """,
        test="""
        {m} lost both favourites in the second run of the [slalom], each [straddling a gate].
        From the [start hut] you could hear the [cowbells] for {m} on {day}.
        Is the [super-G] really cancelled, or may {m} hope for better [piste] conditions?
        Fog on the [downhill] course, so {m} went back to the hotel with {who}.
        A hundredth of a second in the [giant slalom], and {m} stay off the podium {where}
        Caption: [edges] sharpened, [bindings] checked, {m} are ready for the [downhill].
        """,
    ),
}
