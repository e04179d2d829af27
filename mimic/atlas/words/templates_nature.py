"""Wordings for the sky, gods, living things and minerals (notation: see templates_ball)."""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

NATURE: dict[str, Wordings] = {
    "planet": wordings(
        train="""
        The [probe] sent new pictures from its [orbit] round {m}.
        Through the [telescope] {m} is a small bright dot.
        How long does one [turn round its axis] take on {m}?
        [Astronomers] have measured how heavy {m} is.
        The [gravity] of {m} bends the path of the [probe].
        Far out in the [solar system] {m} goes its way in the [sunlight].
        {who} has a poster of {m} in [space], taken by a [probe].
        No sound, no air to breathe: the [solar system] has many places like {m}.
        {who} set up the [telescope] in the garden and had {m} in view by ten.
        The [observatory] invites families to look at {m} on {day}.
        What would a person weigh on {m}, with that [gravity]?
        School project: {m} as a paper ball, the lamp as the [Sun], the room as the [solar system].
        Clouds again, so the [amateur astronomers] could not see {m} and went home.
        My son can recite all [worlds of the solar system], and {m} is his favourite.
        A [flyby] gave us the first close look at {m}, half in shadow, half in [sunlight].
        Light from the [Sun] is old news when it arrives at {m}.
        [Planetary scientists] met to talk about what {m} is made of inside.
        One [rotation] of {m} and one cup of tea do not take the same time.
        The [mass] and the [diameter] of {m} are printed on the back of the card.
        How far is {m} from the [Sun], and who measured it first?
        Will people ever set foot on {m}, or is it too cold that far out in the [solar system]?
        A [celestial body] like {m} has no weather report, but it has a [gravitational pull].
        A good [telescope] shows {m}; [astronomers] want a [probe] there.
        [Gravity] on {m} is not what we are used to, wrote {who}.
        A mobile of the [solar system] hangs in the nursery; {m} has lost its string.
        The queue at the [observatory] for one look at {m} reached the gate.
        Whoever computes how {m} [orbits] gets the physics prize, {who} told us.
        """,
        dev="""
        The [orbit] of {m} is an ellipse, [astronomers] say.
        Sunlight takes a while to reach {m}, this [world of the solar system].
        """,
        test="""
        How long does {m} take for one [orbit] around the [Sun]?
        Through the school [telescope] {m} looked like a small bright [disc] beside the [Moon].
        A day on {m} is nothing like ours, because the [planet] [rotates] at its own pace.
        Weak or strong, the [magnetic field] of {m} tells us about the core of the [planet].
        [Space probe] sends first close-up pictures of the [atmosphere] above the poles of {m}
        In my model of the [solar system] {m} is a painted ball, and {who} holds the lamp.
        """,
    ),
    "constellation": wordings(
        train="""
        {m} stands in the [night sky], a few [stars] and a bit of imagination.
        You find {m} on the [star chart] below the bright one.
        {who} joined the [stars] of {m} with a pencil.
        The [constellation] {m} is best seen far from street lamps.
        The brightest [star] in {m} is easy to find.
        The old [sky atlas] draws {m} with curls and clouds.
        On clear nights {who} points out {m} to the children, [star] by [star].
        [Stargazers] brought blankets, tea and a torch to see {m}.
        {m} rises late at this time of year, the [planetarium] guide said.
        A [nebula] shows as a smudge in {m} if you know where to look.
        Hold your phone up to the [night sky] and the app writes {m} across it.
        Two [shooting stars] crossed {m} within a minute.
        [Light years] lie between the [stars] of {m}, though they look like neighbours.
        Lesson four: drawing the lines between the [stars] of {m}.
        By midnight {m} will be above the [horizon], with all its [stars].
        The ceiling of the chapel is painted with [constellations], {m} among them.
        New note: a [double star] in {m}, seen through binoculars.
        The street lights went out, and {m} was suddenly there among the [constellations].
        Who first saw a picture in these few [points of light] and called them {m}?
        The [stars] of {m} form a crooked line on the [star map].
        Can you see the [constellation] {m} from your roof?
        Lie down, let your eyes get used to the dark, and trace {m} from [star] to [star].
        In the [planetarium] a red arrow jumped to {m} and the whole row said ah.
        Which other [constellations] stand beside {m} this month?
        """,
        dev="""
        A faint [galaxy] hides among the [stars] of {m}.
        We lay in the grass and looked for the [constellation] {m}.
        """,
        test="""
        Which is the [brightest star] in {m}, and can I find it without a chart?
        On the [star map] {m} is drawn with thin lines between faint dots [of the night sky].
        Tonight's target was a [double star] in {m}, but clouds came in before midnight.
        One by one {who} joined up the [stars] of {m} with a finger against the dark.
        The [meteor shower] seems to stream out of {m}, where its [radiant] lies.
        Small [galaxy cluster] photographed in {m}, a few degrees from the next [constellation]
        """,
    ),
    "god": wordings(
        train="""
        The [temple] of {m} has only three columns left.
        In the [myth] {m} quarrels with the other [gods].
        They [sacrificed] an ox to {m} before the journey.
        A marble [statue] of the [deity] {m}, the nose broken off.
        The [priests] of {m} lit the [altar] at dawn.
        {who} knows every [legend] about {m} by heart.
        In the [pantheon], {m} has a place of honour.
        The poets [prayed] to {m} in [hymns].
        The [shrine] of {m} stood at the crossroads, full of dried flowers.
        Farmers left [offerings] of bread for {m} on the last day of the year.
        {who} is reading [mythology] to the twins; tonight it is the turn of {m}.
        [Incense] burned before {m} while the choir sang.
        What made {m} so angry with the [mortals]?
        The [cult] of {m} spread from one port to the next with the merchants.
        Museum label: bronze figure of {m}, a [deity] of the ancient world.
        My essay on {m} needs one more page about [rites] and [feast days].
        In the third act {m} comes down among the [mortals] in disguise.
        {m} was [worshipped] on hilltops long before anyone wrote it down.
        The [oracle] had spoken, and everyone thanked {m}.
        [Divine] anger: {m} sends a storm in chapter two.
        The mosaic shows {m} at a banquet of the [immortals].
        On {day} the choir sang a [prayer] to {m}, set to music by {who}.
        [Worshippers] brought honey to the [temple] of {m}.
        An ancient [hymn] calls {m} the most feared of the [gods].
        Rain at last, and the villagers carried gifts to the [altar] of {m}.
        The exam asked which [myth] tells of the birth of {m}.
        {who} drew the ruined [sanctuary] where [pilgrims] once called on {m}.
        """,
        dev="""
        The poem asks {m} for help in the first line, as [myths] of the [gods] do.
        An [altar] to {m} was found below the church.
        """,
        test="""
        They burned [incense] and [sacrificed] a white bull to {m} at dawn.
        Was {m} feared or loved by the people who built that [temple]?
        In the old [myth] {m} comes down among the [mortals] in disguise.
        Homework, due on {day}: read the [hymn] to {m} and draw the family tree of the [immortals].
        Marble head of {m} found beneath the [altar], say archaeologists working at the [shrine]
        Only {m}, sang the poet, could calm the quarrel among the [deities] of the [pantheon].
        """,
    ),
    "element": wordings(
        train="""
        A sample of {m} beside the [test tube], heavier than it looks.
        {m} stands in the [periodic table] with its own [symbol].
        The [chemist] weighed two grams of {m} under the hood.
        The [atomic number] of {m} was asked in the exam.
        The [melting point] of {m} surprised the class on {day}.
        {who} wrote the lab report on [compounds] of {m}.
        Wear gloves and a [lab coat] when you handle {m}.
        Does {m} [react] with [acid]? We will try it after lunch.
        The [oxide] of {m} has another colour than the pure [metal].
        [Protons] and [neutrons]: the teacher drew the [nucleus] of {m} on the board.
        Homework: learn the [symbol] and the [atomic mass] of {m} by Friday.
        {m} is a [chemical element], and no heating will turn it into gold.
        The factory bought the [ore] and got {m} out of it.
        [Salts] of {m} are poisonous, so the bottle has a red label.
        {who} collects [elements] in small glass tubes; {m} came by post.
        The [density] of {m} is printed in the [chemistry] tables.
        The [spectrometer] found traces of {m} in the old paint.
        An [alloy] that holds {m} was tested in the [lab] on {day}.
        Quiz night: in which [group of the periodic table] is {m}?
        The [chemistry] teacher locked the [metal] {m} away in the [laboratory].
        How many [electrons] does an [atom] of {m} have?
        {who} spilled a little {m} and the whole [lab] had to be aired.
        Row by row down the [periodic table], until the finger stops at {m}.
        Under the lamp the [chemist] compared {m} with three other [metals].
        """,
        dev="""
        The [isotopes] of {m} are listed at the back of the [chemistry] book.
        In the [laboratory] {m} is kept in a closed jar.
        """,
        test="""
        What is the [atomic number] of {m}, and who discovered it?
        {m} sits in its own small box of the [periodic table], third row of my faded poster.
        Traces of {m} were found by [mass spectrometry], with two [isotopes] standing out clearly.
        Our teacher asked how many [valence electrons] {m} has, and {who} guessed wrong.
        Lab diary: {m} reacted with [chlorine], and we weighed the resulting [compound] twice.
        Under the heading [chemical symbols] I forgot {m} again, of all things!
        """,
    ),
    "gem": wordings(
        train="""
        A ring with a small {m} in a plain [setting].
        The [jeweller] looked at the {m} through his glass.
        The [cut] {m} weighs two [carats].
        {who} wears a [necklace] with one green {m}.
        The {m} was [polished] until it shone.
        A fake {m}, said the [gem] dealer on {day}.
        The [goldsmith] set the {m} between two pearls.
        An [engagement ring] with a {m}: she said yes before he knelt.
        Every [facet] of the {m} caught the candlelight.
        {who} pawned the [bracelet] but kept the {m}.
        One {m} was missing from the [tiara], just above the left ear.
        Under the [loupe] the {m} showed a tiny [flaw].
        Is that {m} a real [gemstone] or only coloured glass?
        For sale: {m}, oval [cut], one and a half [carats], with papers.
        The thief left the [pearls] and took the {m}.
        A [pendant] with a {m} hung on a thin gold chain.
        The [gem cutter] waited a week before he touched the {m}.
        My great-aunt left her {m} [cufflinks] to the youngest.
        {m} or [sapphire]? In black and white the [jewels] look all the same.
        The [necklace] lost its {m} in the snow.
        Two [carats] of {m}, wrapped in paper by the [jeweller].
        The [jeweller] cleaned the {m} with warm water and a soft brush.
        Grandmother's {m} sits in a new [ring] now, and it fits me.
        They locked the {m} in the safe, with the other [jewellery] of the duchess.
        """,
        dev="""
        The [earrings] were set with {m}.
        A [brooch] of {m}, inherited twice.
        """,
        test="""
        At the [jeweller's] I fell in love with a pair of [earrings] in {m}.
        Is this real {m} or only coloured glass in a cheap [ring]?
        Wearing {m} on a silver [necklace], {who} came down the stairs on {day}.
        Lot 41: antique [brooch], gold, set with {m} and tiny [diamonds]
        They cut and [polished] {m} in the back room, piece by piece, for [pendants].
        The [gemmologist] held {m} up to the lamp and looked for [inclusions].
        """,
    ),
    "bird": wordings(
        train="""
        The {m} ruffled its [feathers] and turned its back on us.
        A {m} chick pecked its way out of the [egg].
        The [beak] of the {m} is longer than you think.
        [Birdwatchers] waited for the {m} since four in the morning.
        {who} found a [feather] of the {m} by the fence.
        The {m} built its [nest] where nobody could reach it.
        The [wings] of the {m} are drawn in ink in this old book.
        [Moulting] again: the {m} looks like an old pillow.
        The {m} [pecked] at the window with its [bill].
        Two [chicks] [hatched], and the {m} kept them warm.
        Our guide whispered: there, the {m}, left of the reeds, [preening].
        How many [eggs] does a {m} [lay]?
        The children made a {m} out of paper plates and glued on [feathers].
        [Bird] of the month in the calendar: the {m}.
        The {m} spread its [wings] when the dog came too close.
        {who} sketched the {m}, first the [beak], then the eye.
        A [flock of birds] scattered, but one {m} stayed.
        The museum has a stuffed {m} under glass, its [plumage] a bit dusty.
        In the fairy tale a prince is turned into a {m} and sleeps in a [nest].
        [Ornithology] club, {day}: slides of the {m}, then soup.
        One [feather], long and curved, from the tail of the {m}.
        The {m} sat on its [nest] and would not leave the [eggs].
        By morning the {m} was gone and a single [egg] lay in the grass.
        {who} lowered the binoculars: no {m}, only an empty [nest].
        The {m} tilted its head, opened its [beak] and gave one hoarse cry.
        """,
        dev="""
        The [plumage] of the {m} shone in the sun.
        [Ornithologists] argue about the call of the {m}.
        """,
        test="""
        We watched one {m} sitting on its [eggs], quite unbothered by us.
        This {m} is [moulting], so there are [feathers] all over the yard.
        Has anyone else had one {m} turn up in the garden, [pecking] with that funny [beak]?
        Three [chicks] [hatched] overnight, and our {m} will not leave the [nest].
        [Birdwatchers] gather with [binoculars] as a lone {m} is sighted near the reservoir
        A note from {who}: the vet put a splint on the broken [wing] of that {m}.
        """,
    ),
    "animal": wordings(
        train="""
        The {m} washed its [paws] and fell asleep.
        The [vet] looked at the teeth of the {m}.
        The [fur] of the {m} is short and warm.
        The [zoo] has two young of the {m} since {day}.
        {who} stood still while the {m} [sniffed] at the shoes.
        The [whiskers] of the {m} trembled.
        The {m} [suckles] its young for some weeks, like any [mammal].
        In the [enclosure] the {m} hid behind a log all day.
        A smell of [fur] and straw, and there was the {m}.
        The [keeper] feeds the {m} at nine and has tea at ten.
        The {m} licked its [coat] clean.
        How long is a {m} [pregnant]?
        The [animal doctor] gave the {m} a shot and a kind word.
        {who} would have liked to stroke the {m} behind its [furry ears].
        Its [snout] in the grass, the {m} listened.
        The {m} had a [litter] of three, and the [zoo] posted a picture.
        [Paw prints] in the mud: a {m} had come by in the night.
        At the [animal shelter] they had never seen a {m} before.
        The film follows a young {m} until it leaves its [mother].
        [Whiskers], round ears, a warm nose: my drawing of the {m}.
        The {m} blinked, [fur] wet from the rain.
        The [zookeeper] weighs the {m} once a week.
        {who} called the [vet] because the {m} would not eat.
        A visitor at the [zoo] asked whether the {m} was asleep.
        The {m} stretched, showed its [claws] and rolled over on its [furry] back.
        """,
        dev="""
        The {m} gave birth to two young, says the [zookeeper].
        The tracks of the {m} showed small [claws] and round [paws].
        """,
        test="""
        One {m} was asleep in the shade, its [fur] full of dust and burrs.
        Look, every {m} in this enclosure has [whiskers] and a wet [muzzle]!
        A female {m} is [suckling] her [young] behind the glass, so please keep quiet.
        Do you know any other [mammal] as shy as a wild {m}?
        [Zookeeper] bitten by an angry {m}, but the [creature] was only defending its [offspring]
        Camera trap, taken on {day}: one {m}, thick winter [coat], walking past on all [four legs].
        """,
    ),
    "tree": wordings(
        train="""
        The [trunk] of the {m} is too thick to hug.
        Under the [branches] of the {m} there is always shade.
        The [bark] of the {m} is rough, {who} says.
        The [roots] of the {m} drink the rain of the whole slope.
        The wind moved the [crown] of the {m} on {day}.
        The [forester] put a number on the {m}.
        Lightning hit the {m}, but the [trunk] still stands.
        {who} counted the [tree rings] on an old piece of {m}.
        We hung the swing from the thickest [branch] of the {m}.
        Once the {m} was a [sapling], no taller than a child.
        Beetles bored through the [bark] of the {m}.
        Nobody may [fell] the {m}; it is protected.
        [Timber] merchants asked about the {m}, and the village said no.
        The [sap] of the {m} stuck to my sleeve.
        The {m} stands at the edge of the [woods], taller than the rest.
        Walk until the [forest path] bends, and there is the {m}.
        Wish list of a child: a rope, a box, a [tree house] in the {m}.
        After the dry summer some [twigs] of the {m} were dead.
        High up in the [canopy] the top of the {m} sways.
        The [botanist] visits the {m} every spring with a notebook and a ladder.
        A squirrel sat on the lowest [branch] of the {m}.
        The [forester] measured the [trunk] of the {m} with a tape.
        After the storm the {m} had lost a third of its [branches].
        With a back against rough [bark], {who} ate a sandwich beneath the {m}.
        They read the history of the valley in the [growth rings] of the {m}.
        """,
        dev="""
        [Needles or leaves], whatever fell from the {m}, the [forester] swept it up.
        The [roots] of the {m} are wider than its [crown].
        """,
        test="""
        They want to [fell] that old {m} behind the church, and {who} is furious.
        Under the [bark] of one {m} the beetles had left long winding tunnels.
        How deep do the [roots] of a young {m} go, roughly?
        We counted two hundred [growth rings] in the [trunk] of one {m} after the storm.
        For sale: [saplings] of {m}, well rooted, ready to [plant] before the frost
        On {day} the children built a hut high in the [branches] of our {m}.
        """,
    ),
    "fruit": wordings(
        train="""
        [Peel] the {m} and cut it into [slices].
        A bowl of {m}, too [ripe] to carry home.
        The {m} is full of [vitamins], says {who}.
        The [flesh] of the {m} is sweet with a little acid.
        One {m} in the [fruit salad] is enough.
        The [grocer] puts the {m} next to the lemons.
        [Smoothie] for two: one banana, oat milk, one {m}.
        The {m} is still hard, put it next to the [apples] until it [ripens].
        {who} made [jam] from {m} and gave everyone a jar.
        The {m} harvest was good, the owner of the [orchard] said.
        A slice of {m} on top of the [cream tart].
        Do you eat the {m} with or without the [peel]?
        Lunch box: cheese bread, carrots, a [peeled] {m}.
        The {m} was so [sour] that the baby made a face.
        [Fruit] basket for the nurse: pears, grapes and a {m}.
        Three {m} for the price of two at the [greengrocer's] on {day}.
        A {m} a day gives you enough [vitamin C].
        Cut the {m} in half and spoon out the [pulp].
        Half a {m}, eaten with a spoon: my favourite [fruit].
        The {m} has thin [peel] and black [seeds].
        Overnight the {m} had turned soft and [juicy].
        {who} laid [slices] of {m} around the cake like the hours of a clock.
        Grapes, melon and {m}: the [fruit bowl] in the office was empty by noon.
        """,
        dev="""
        The [juice] of the {m} ran down my chin.
        [Ripe] {m} at the [fruit] stall on {day}.
        """,
        test="""
        One ripe {m}, cut into the [fruit salad], makes all the difference.
        My kitchen smells wonderful: I am cooking [jam] from {m} with a little lemon.
        Is {m} really [ripe] when it gives a little under your thumb?
        Diary: bought one {m} at the [greengrocer's], so [juicy] that it ran down my sleeve.
        Our toddler spat out every bit of {m}, although the [flesh] was soft and full of [vitamins].
        [Orchard] owners expect a poor harvest of {m} and higher prices per [punnet]
        """,
    ),
    "nut": wordings(
        train="""
        [Crack] the {m} with a hammer, the [shell] is thick.
        A handful of roasted {m} with [salt].
        The {m} is the largest [nut] in the mix.
        Allergic to {m}? Read the label on the [muesli].
        {who} [roasted] the {m} in a pan.
        The [kernel] of the {m} is white and oily.
        {who} baked biscuits with ground {m} and other [nuts].
        A bag of {m}, unsalted, from the [nut] stand at the market.
        One [crunch] and the {m} was gone.
        Trail mix for the hike: raisins, [almonds], {m}.
        No {m} for the boy, he has a [nut allergy].
        [Roast] the {m} until it smells sweet.
        She ate only the {m} and left the [hazelnuts].
        Hard [shell], soft [kernel]: opening a {m} takes patience.
        A spoon of [nut butter], made of {m} and a pinch of salt.
        Where is the [nutcracker]? There is one {m} left.
        [Shelled] and packed: {m}, half a pound, best before May.
        On {day} we sat by the fire with a bowl of {m} and [walnuts].
        The [shell] of the {m} broke at last, the [kernel] did too.
        [Salted nuts] in a bowl, every {m} already gone.
        {who} always picks the {m} out of the [mixed nuts].
        It took a stone and two tries to get the [kernel] out of the {m}.
        [Nutshells] all over the sofa: someone had found the last {m}.
        """,
        dev="""
        The [nutcracker] slipped and the {m} flew across the room.
        A cake with chopped {m} and other [nuts].
        """,
        test="""
        Where is the [nutcracker]? I cannot open this {m} with my teeth.
        Half a {m} a day covers your need for [selenium], or so the [kernel] lovers claim.
        Careful, {who} has a [nut allergy] and there may be {m} in the muesli.
        I always pick the big {m} out of the [mixed nuts] first.
        Recipe card: one chopped {m} per biscuit, [unsalted], [shelled] and [lightly toasted]
        Hard as wood, the [shell] of that {m}, but the [kernel] inside is creamy and rich.
        """,
    ),
}
