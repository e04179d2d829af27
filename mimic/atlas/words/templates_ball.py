"""Wordings for the text of ball sports: football, rugby union, basketball, handball, volleyball.

Notation, for all tables of wordings: `{m}` is the mention, `[puck]` are deciding words,
`(a|b)` and `[a|b]` choose one, other braces are the slots of `sentences.py`.
"""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

BALL_SPORTS: dict[str, Wordings] = {
    "football": wordings(
        train="""
        {m} won the [corner kick] and the [centre-back] [headed] it in off the post.
        The [striker] was [offside], so the goal for {m} did not count.
        A late [free kick] over the [wall] gave {m} the lead {where}.
        {m} lined up in a [4-4-2] with a young [left back] {where}.
        Is the [midfield] of {m} too slow this year?
        {who} wrote about [football] and about the [striker] who left the squad of {m}.
        Nil-nil on {day}: {m} had most of the ball but the [forwards] hit nothing but [goal kicks].
        The [football] [pitch] was wet, and {m} kept losing [throw-ins] near the [penalty spot].
        Caption: the captain of {m} [dribbles] past a [full back] in [football boots].
        {m} missed the [penalty kick] in [stoppage time] and {who} could not watch.
        I still have the [football] sticker album with the whole eleven of {m} in it.
        Yellow card, then red: {m} played the second half with [ten men] and no [striker].
        A [volley] from the edge of the [penalty area], [eleven] happy faces: {m} again.
        """,
        dev="""
        The [header] came from a [corner] on the left; {m} led by one.
        {m} went to a [penalty shoot-out] after [extra time] and the [football] fans sang all night.
        Anyone else think the [offside trap] of {m} is brave for a [football] side?
        The [winger] of {m} crossed to the [striker], who [headed] wide.
        """,
        test="""
        A [header] in [stoppage time], and the [football] fans of {m} danced in the street.
        {m} conceded a [penalty kick] when the [defender] slid in late {where}.
        The new [midfielder] of {m} bent a [free kick] round the [wall] on {day}.
        Dear diary, my first [football] match: {m}, two [corners], one [offside] goal, no winner.
        """,
    ),
    "rugby-union": wordings(
        train="""
        The [scrum] collapsed twice before {m} got the ball out to the [fly-half].
        {m} kicked to touch and won the [lineout] {where}.
        A muddy [maul] rolled over the line and {m} had a [try] to [convert].
        The [hooker] and both [props] of {m} left the field with mud up to their ears.
        {m} fielded [fifteen] players, and the [scrum-half] was the smallest of them.
        Who will [kick the conversion] for {m} now that the [fly-half] is hurt?
        {m} lost the [ruck], then the [line-out], then the match.
        Photo: a [prop] of {m} with his [scrum cap] under his arm, {day}.
        The [drop goal] went through the [tall posts] and {m} led by three.
        [Rugby union] night at the club: we watched the [forwards] of {m} [push] and shouted.
        The [oval ball] bounced the wrong way and {m} was caught by a high [tackle] near the [ruck].
        The [number eight] of {m} picked up from the base of the [scrum] and ran.
        {m} was penalised at the [breakdown], and the [conversion kick] settled it.
        """,
        dev="""
        Another [lineout] stolen from the [scrum] pack: the [second row] of {m} jumped highest.
        The [scrummaging] of {m} was the talk of the [rugby union] pages on {day}.
        {m} mauled from the [five-metre line] until the [flanker] touched down.
        Will the [fly-half] of {m} kick to touch after that [scrum]?
        """,
        test="""
        Eight [forwards] bound for the [scrum], steam rising: {m} {where}.
        {m} won a [lineout] near the corner, and the [maul] did the rest.
        The [scrum-half] of {m} passed from the [ruck] to the [fly-half], who dropped a goal.
        {who} says [rugby union] is only mud, but even {who} liked the [props] of {m}.
        """,
    ),
    "basketball": wordings(
        train="""
        {m} hit a [three-pointer] from the corner at the buzzer.
        The [point guard] of {m} brought the ball up and found the [centre] for a [dunk].
        {m} led after nine [baskets] from the [free-throw line].
        Two [rebounds], one [slam dunk]: what a start for {m} {where}.
        The ball rolled round the [rim] and dropped through the [hoop]; {m} by one.
        Has {m} ever had a taller [power forward]?
        {who} practised [lay-ups] for weeks because of how {m} did it.
        Caption: the [guard] of {m} [dribbles] behind his back towards the [basket].
        {m} switched to a [zone defence] and blocked four shots under the [backboard].
        [Basketball] on the radio all evening: {m} could not find the [basket].
        An [alley-oop], finished above the [rim]; the bench of {m} jumped up.
        The [jump shot] fell short, but {m} took the [offensive rebound].
        A [tip-off] delayed by a torn [basketball net]; {m} stayed warm with [jump shots].
        """,
        dev="""
        {m} shot badly from [three-point range] and [rebounded] worse.
        The tall [centre] of {m} [dunked] twice {where}.
        [Basketball] post of the day: {m}, a broken [backboard], and glass everywhere.
        What is wrong with the [jump shots] and [rebounds] of {m}?
        """,
        test="""
        A [dunk] over two defenders, and the [hoop] was still shaking when {m} ran back.
        {m} won the [rebounds] and sank a late [three-pointer].
        The [point guard] of {m} went to the [free-throw line] with a second left.
        My [basketball] diary, {day}: {m}, eleven [lay-ups], no luck at the [rim].
        """,
    ),
    "handball": wordings(
        train="""
        {m} scored from the [seven-metre line] to draw level.
        The [pivot] of {m} turned on the [six-metre line] and threw low past the keeper.
        Sticky fingers everywhere: {m} used too much [resin] on the [handball].
        A [jump throw] from [nine metres] gave {m} its thirtieth goal {where}.
        The [left back] [leapt] and [threw] over the block; the [handball] crowd of {m} stood up.
        {m} got a [two-minute suspension] and still scored from a [fast break] [throw].
        Is there a better [handball] goalkeeper than the one of {m}?
        {who} plays [pivot] at school and watches [handball] because of {m}.
        Photo: a [wing player] of {m} [jumps into the circle] to [throw], {day}.
        [Handball]: {m} led by six at the break and then lost the [throw-off].
        {m} defended with a flat [six-nought] wall in front of the [goal circle].
        A [spin shot] from the [wing], thrown by hand from almost no angle, and {m} led.
        [Seven-metre throw] for {m}: the [handball] keeper spread her arms, in vain.
        """,
        dev="""
        {m} won thirty-one to thirty, with a [seven-metre throw] at the very end.
        The [handball] coach of {m} asked for a [seventh field player] and got a goal.
        A [jump throw] over the wall on the [six-metre line]: [handball] by {m} {where}.
        Who taught the [pivot] of {m} that [handball] trick?
        """,
        test="""
        The [handball] team sheet of {m} came late on {day}: no [pivot], two young [wings].
        {m} missed a [seven-metre throw] and was a player short for [two minutes].
        A [jump throw] from the [pivot]; the [handball] bench of {m} celebrated {where}.
        Twenty-eight goals, [resin] on every [handball]: an evening with {m}.
        """,
    ),
    "volleyball": wordings(
        train="""
        The [setter] of {m} pushed it high for the [outside hitter] to [spike].
        {m} lost the [rally] when the [libero] could not [dig] the ball.
        A double [block] at the net, straight down: {m} by two in the [volleyball] hall.
        {m} won with a [jump serve] and a hard [spike] down the line.
        The [libero] of {m}, in the other shirt, dived flat on the boards {where}.
        Nobody [digs] like the back row of {m}.
        [Volleyball] on {day}: {m} rotated wrongly and lost the [block].
        Caption: two [middle blockers] of {m} jump against a [spike].
        Did you see that [bump], [set] and [spike] from {m}?
        {who} bought a [volleyball] after {m} came to town.
        The [float serve] dropped in front of the [libero], and {m} was level again.
        {m} changed its [setter] in the middle of the [volleyball] match.
        Six players, three [touches], one [smash over the net]: {m} makes [volleyball] look easy.
        """,
        dev="""
        A [spike] off the [block] and out, said the [volleyball] referee; {m} protested.
        The tall [middle blocker] of {m} stopped four [spikes] at the [volleyball] net {where}.
        {m} needs a better [libero], writes the [volleyball] column.
        [Setter] to [hitter], again and again: that is {m} on {day}.
        """,
        test="""
        The [libero] slid under the ball, the [setter] did the rest: {m} {where}.
        {m} answered every [spike] with a [block] in front of the [volleyball] crowd.
        Our [volleyball] club watched how the [outside hitters] of {m} jump.
        One [dig], one high [set], one [spike] through the hands: well done, {m}.
        """,
    ),
}
