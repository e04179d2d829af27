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
        """,
        dev="""
        The [orbit] of {m} is an ellipse, [astronomers] say.
        Sunlight takes a while to reach {m}, this [world of the solar system].
        """,
        test="""
        A good [telescope] shows {m}; [astronomers] want a [probe] there.
        [Gravity] on {m} is not what we are used to, wrote {who}.
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
        """,
        dev="""
        A faint [galaxy] hides among the [stars] of {m}.
        We lay in the grass and looked for the [constellation] {m}.
        """,
        test="""
        The [stars] of {m} form a crooked line on the [star map].
        Can you see the [constellation] {m} from your roof?
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
        """,
        dev="""
        The poem asks {m} for help in the first line, as [myths] of the [gods] do.
        An [altar] to {m} was found below the church.
        """,
        test="""
        [Worshippers] brought honey to the [temple] of {m}.
        An ancient [hymn] calls {m} the most feared of the [gods].
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
        """,
        dev="""
        The [isotopes] of {m} are listed at the back of the [chemistry] book.
        In the [laboratory] {m} is kept in a closed jar.
        """,
        test="""
        The [chemistry] teacher locked the [metal] {m} away in the [laboratory].
        How many [electrons] does an [atom] of {m} have?
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
        """,
        dev="""
        The [earrings] were set with {m}.
        A [brooch] of {m}, inherited twice.
        """,
        test="""
        The [necklace] lost its {m} in the snow.
        Two [carats] of {m}, wrapped in paper by the [jeweller].
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
        """,
        dev="""
        The [plumage] of the {m} shone in the sun.
        [Ornithologists] argue about the call of the {m}.
        """,
        test="""
        One [feather], long and curved, from the tail of the {m}.
        The {m} sat on its [nest] and would not leave the [eggs].
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
        """,
        dev="""
        The {m} gave birth to two young, says the [zookeeper].
        The tracks of the {m} showed small [claws] and round [paws].
        """,
        test="""
        The {m} blinked, [fur] wet from the rain.
        The [zookeeper] weighs the {m} once a week.
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
        """,
        dev="""
        [Needles or leaves], whatever fell from the {m}, the [forester] swept it up.
        The [roots] of the {m} are wider than its [crown].
        """,
        test="""
        A squirrel sat on the lowest [branch] of the {m}.
        The [forester] measured the [trunk] of the {m} with a tape.
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
        """,
        dev="""
        The [juice] of the {m} ran down my chin.
        [Ripe] {m} at the [fruit] stall on {day}.
        """,
        test="""
        Half a {m}, eaten with a spoon: my favourite [fruit].
        The {m} has thin [peel] and black [seeds].
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
        """,
        dev="""
        The [nutcracker] slipped and the {m} flew across the room.
        A cake with chopped {m} and other [nuts].
        """,
        test="""
        The [shell] of the {m} broke at last, the [kernel] did too.
        [Salted nuts] in a bowl, every {m} already gone.
        """,
    ),
}
