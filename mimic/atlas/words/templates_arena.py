"""Wordings for sports on ice, in water, in wheelchairs and with a racket (see templates_ball)."""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

ARENA_SPORTS: dict[str, Wordings] = {
    "ice-hockey": wordings(
        train="""
        {m} scored on the [power play], a [slap shot] from the [blue line].
        The [puck] hit the post twice before {m} got it over the line.
        {m} killed two penalties and then won the [face-off] {where}.
        Two minutes for [high-sticking]: {m} was [short-handed] again.
        The [defenceman] of {m} lost his [stick] and blocked the [puck] with his chest.
        Is {m} the fastest team on [skates]?
        Sharp [skates], taped [sticks], a bucket of [pucks]: the dressing room of {m} on {day}.
        Caption: a forward of {m} [checks] his man into the [boards] of the [rink].
        {m} pulled its goaltender for a sixth [skater], and the [puck] went into the empty net.
        [Ice hockey] kept {who} awake: {m} lost in the [third period].
        The [Zamboni] came out while {m} was still [skating] a last lap.
        A [wrist shot] in [overtime], and {m} threw [gloves and sticks] into the air.
        {m} was called for [icing] three times in one [period].
        """,
        dev="""
        The [puck] slid under the goaltender and {m} led after the first [period].
        {m} had a [power play] and did not get one [slap shot] away.
        [Face-off] in the [neutral zone], writes {who}, and then {m} simply [skated] through.
        Fighting by the [boards], five minutes in the [penalty box]: {m} {where}.
        """,
        test="""
        The [puck] came loose behind the net and {m} scored on a second [power play].
        {m} won every [face-off], yet lost the [ice hockey] match in [overtime].
        Broken [hockey sticks] and sore ribs after the [body checks]: {m} {where}.
        A [slap shot] rang off the bar as {m} [skated] away, {day}.
        """,
    ),
    "curling": wordings(
        train="""
        {m} drew the last [stone] to the [button] and took two.
        The [skip] of {m} called for the [sweepers] long before the [hog line].
        Brooms down: the [stone] of {m} was already in the [house].
        {m} gave up the [hammer] in the eighth [end].
        Granite [stones] of twenty kilos, and {m} places them like coins {where}.
        [Sweep], [sweep], [sweep], shouted the [skip] of {m}.
        Would you try a [double takeout] there, as {m} did?
        Caption: the lead of {m} [slides] out of the [hack] with a [stone] in her hand.
        {m} left a [guard] in front and [curled] the next [stone] behind it.
        [Curling] on {day}: {m} conceded after nine [ends].
        {who} bought a [broom] and shoes with one smooth sole because of {m} and its [curling].
        The last [rock] was heavy and {m} lost the [end] by a hand's width.
        {m} measured both [stones] at the [tee line] before anybody cheered.
        """,
        dev="""
        With the [hammer] in the last [end], {m} needed only a quiet draw to the [house].
        The [curling] [broom] broke, and {m} laughed about it {where}.
        {m} removed three yellow [stones] with one [takeout].
        Why does the [skip] of {m} always shout at the [sweepers]?
        """,
        test="""
        Four [ends] played, and every [stone] of {m} lies in the [house].
        The [skip] pointed with her [broom], the [stone] [curled], and {m} took three {where}.
        {m} lost the [hammer] but not its temper, wrote the [curling] reporter.
        [Sweepers] at work, a red [stone] halfway down the [sheet]: {m}, {day}.
        """,
    ),
    "water-polo": wordings(
        train="""
        {m} scored from five metres with the goalkeeper up to his chin in the [water].
        The [water polo] [caps] of {m} were blue, those of the other side white.
        [Treading water] for half an hour: {m} looked tired {where}.
        An [exclusion] of twenty seconds, and {m} shot past the keeper in the [pool].
        The [centre forward] of {m} was [pulled under] in front of the goal.
        A [lob] over the [swimming] goalkeeper gave {m} the lead.
        How do the players of {m} throw so hard while [treading water]?
        Caption: a [capped] player of {m} rises out of the [water] to shoot at goal.
        [Water polo] in the afternoon sun: {m} lost by a goal.
        {m} won the [swim-off] for the ball and scored at once.
        Ear guards, numbered [caps], wet ball: {who} photographed {m} on {day}.
        The yellow ball skipped on the [water] and under the arm of the keeper of {m}.
        The [hole set] of {m} turned, kicked with an [eggbeater], and threw.
        """,
        dev="""
        {m} used the [exclusion] well: three passes above the [water], one goal.
        [Water polo] players of {m} lost two [caps] in the struggle {where}.
        The [swim-off] went to {m}, and so did the [water polo] match.
        Goal! The [pool] splashed, and {m} was ahead on {day}.
        """,
        test="""
        The keeper of {m} rose from the [water] to the waist and blocked a [lob].
        A player short after an [exclusion], {m} still held the [water polo] goal {where}.
        {m} fixed its [caps], won the [swim-off] and threw first.
        Have you ever seen [water polo]? {m} [treads water] as if it were standing.
        """,
    ),
    "swimming": wordings(
        train="""
        {m} touched the wall first in the [butterfly].
        The [backstroke] final had a swimmer of {m} in [lane] four.
        {m} broke its record in the [freestyle relay] {where}.
        The [breaststroke] went to {m} by a fingertip.
        [Goggles] off, a look at the board: bronze for {m} in the [medley].
        {m} sends nine [swimmers], two of them for the [butterfly].
        Which [swimmer] of {m} has the best [tumble turn]?
        Caption: a [swimmer] of {m} on the [starting block] before the [freestyle].
        {who} gets up at five to [swim laps], dreaming of {m}.
        [Swimming] on {day}: {m} was disqualified for a [kick] in the [breaststroke].
        The [dive] was flat but the [flip turn] saved {m} half a second.
        The anchor of the [medley relay] [swam] for {m} with torn [goggles].
        Long [strokes], no breath on the last [length]: silver for {m}.
        """,
        dev="""
        {m} won the two hundred metres [butterfly] with a strong last [length].
        The [freestyle] [swimmer] of {m} lost her [goggles] at the [dive].
        A new [backstroke] record for {m}, reports the [swimming] page.
        {m} trained [tumble turns] in the [swimming] hall all of {day}.
        """,
        test="""
        {m} had a [swimmer] in every [lane] but two of the [breaststroke] heat.
        The last [length] of the [freestyle] belonged to {m} {where}.
        One bad [turn] in the [backstroke] cost {m} the medal.
        {who} noted: [swimming], [butterfly], {m} third, [goggles] full of water.
        """,
    ),
    "wheelchair-rugby": wordings(
        train="""
        {m} rammed the [chair] of the ball carrier with a bang you could hear upstairs.
        The [wheelchair] tipped over, and the captain of {m} was back on the court in seconds.
        Bent [wheels], new tyres: the mechanics of {m} had work to do {where}.
        {m} fielded four [chairs], two of them [low-pointers], to stop the try.
        A [high-pointer] of {m} [pushed] his [chair] over the goal line with the ball on his lap.
        Is [wheelchair rugby] as rough as they say, and is {m} the roughest?
        [Murderball] they used to call it, and {m} plays it like that.
        Caption: a [defensive chair] of {m} hooks the [wheel] of an opponent.
        {m} set a [pick] with the [bumper] of one [chair] and scored behind it.
        [Wheelchair rugby] on {day}: {m} changed two [punctured] tyres before the break.
        {who} admires how {m} [spins a chair] between two others.
        The [classification points] of the four [wheelchair] players of {m} added up to eight.
        Gloves, straps, dented [wheel guards]: everything that {m} needs for [rugby] on [wheels].
        """,
        dev="""
        Two [chairs] locked their [wheels], and {m} scored past them.
        The [wheelchair] players of {m} trained tackles {where}.
        {m} trusts its [low-pointers] to block with their [chairs], says the [wheelchair] mechanic.
        What a hit! Even the [bumper] of the [chair] fell off, and {m} laughed.
        """,
        test="""
        The [wheels] screamed as {m} turned and [pushed] for the line.
        {m} lost a [chair] to a [puncture] in the [wheelchair rugby] final minutes.
        A [low-pointer] of {m} held two [wheelchairs] at once {where}.
        Sparks from the [wheel guards], ball in the lap: {m}, {day}.
        """,
    ),
    "tennis": wordings(
        train="""
        {m} saved two break points with a [backhand] down the line.
        A [double fault] at [deuce] cost {m} the rubber.
        The [racket] flew over the fence, and {m} got a warning {where}.
        {m} won the [doubles] after losing both [singles].
        [Forty-love], then a [drop shot]: {m} was in no hurry.
        Who plays second [singles] for {m}, does anyone know?
        The [tennis] captain of {m} chose the young one with the two-handed [backhand].
        Caption: a player of {m} stretches for a [forehand] [volley] with his [racket].
        Red [clay] on white socks: {m} after five hours of [tennis] on {day}.
        {who} restrung my [racket] while we talked about {m}.
        The [umpire] climbed down to look at a [ball mark] on the [baseline]; {m} was right.
        A [lob] over the net player and {m} won the [tie-break].
        {m} [broke serve] twice with a sliced [backhand].
        """,
        dev="""
        {m} played [serve and volley] and won the [tie-break].
        The [tennis] team of {m} left with three broken [rackets] {where}.
        A [forehand] into the [tramlines], [deuce] again, nerves for {m}.
        [Singles] on {day}, [doubles] tomorrow: who is nominated by {m}?
        """,
        test="""
        [Deuce] for the sixth time; {m} tried a [drop shot] with the [backhand].
        {m} needed a new [racket] after the [tie-break] {where}.
        The [doubles] pair of {m} hit every [volley] down the middle.
        [Tennis] by candlelight, nearly: {m} held serve in the dusk with a last [forehand].
        """,
    ),
}
