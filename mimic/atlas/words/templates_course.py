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
        """,
        dev="""
        The four [relay runners] of {m} passed the [baton] without looking.
        {m} took gold in the [discus] and in the [long jump].
        The [sprinter] wears the vest of {m} and golden [spikes].
        An [athletics] evening: [hurdles], [javelin], and {m} everywhere.
        """,
        test="""
        {m} handed over the [baton] too late and lost the [relay] {where}.
        The [javelin] of {m} broke in flight, said the [athletics] reporter.
        A [hurdler] of {m} stretched beside the [track] on {day}.
        {m} sent a [marathon] runner, a [high jumper] and one nervous [sprinter].
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
        """,
        dev="""
        The [slalom] poles flew left and right as {m} came through.
        {m} [skied] the [downhill] with a borrowed [helmet and poles].
        On the [ski piste] since six: the [slalom] coaches of {m}.
        A hundredth behind in the [super-G], {m} kicked the [snow] {where}.
        """,
        test="""
        {m} caught an edge three [gates] before the end of the [slalom].
        The [skis] of {m} were measured after the [downhill] on {day}.
        Ice on the [piste], wind at the jump: {m} won the [giant slalom] all the same.
        {who} waved a cowbell beside the [slope] while {m} [skied] by {where}.
        """,
    ),
}
