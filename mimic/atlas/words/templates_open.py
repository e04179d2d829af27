"""Wordings that leave the answer open: to every homonym, or to the sports of one vocabulary.

`ANY` must suit a state, a team, a bird and a river alike; `SHARED` suits every sport of a
vocabulary in `records.VOCABULARIES` and no other sport (notation: see templates_ball).
"""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

ANY: Wordings = wordings(
    train="""
    Posting this one because it shows {m} at its best.
    {m}, {day}.
    {m}, photographed by {who}.
    No filter, no crop, just {m}.
    {who} sent me this picture of {m}.
    Found in a shoe box: a photo of {m}.
    This is what I mean when I talk about {m}.
    A question for the experts: is this {m}?
    The caption on the back says {m}, nothing else.
    One more for the album: {m}.
    You asked for {m}, so (here you are|here it is).
    My favourite shot of {m} so far.
    {m} as I like to remember it.
    {m} again, because {who} asked.
    Nobody believed me, so here is the proof: {m}.
    The picture of the day is {m}.
    I took this on {day}, and yes, it is {m}.
    Two years of waiting, and finally {m}.
    Look closely: {m}.
    This week in pictures: {m}.
    {who} says that nothing compares to {m}.
    Archive picture: {m}.
    It rained, it was cold, and there was {m}.
    (First|Second|Third) attempt at a good picture of {m}.
    Something about {m} always makes me smile.
    Everybody is talking about {m} (today|this week).
    {m}, seen through my old lens.
    Illustration for the article on {m}.
    For {who}, who has never seen {m}.
    Guess what: {m}!
    What do you think of when you hear {m}?
    Today's post is short. {m}.
    The one and only {m}.
    I could write pages about {m}, but here is a photo.
    Dear diary, today it was all about {m}.
    Uncropped version of my picture of {m}.
    {m} made the front page on {day}.
    Our readers send us their pictures, this one of {m}.
    Left in the drawer for years: {m}.
    {who} wanted to know more about {m}.
    A short note on {m} and why it matters to me.
    Why does nobody write about {m} any more?
    The page about {m} needed a better picture, so I made one.
    Some mornings you wake up and there is {m} in your feed.
    Not my usual subject, but I like {m}.
    {m} is on the cover of the magazine that {who} reads.
    """,
    dev="""
    I keep coming back to {m}.
    Straight from the camera: {m}.
    {who} took this picture and called it {m}.
    A small tribute to {m}.
    If you know, you know: {m}.
    Picture of {m}, taken on {day}.
    Is there a better photo of {m} anywhere?
    We close the week with {m}.
    This image of {m} has been shared all {day}.
    I promised you {m}.
    All I wanted to show you is {m}.
    {m} looks different every time.
    The editors chose {m} for the title.
    It took me a while to understand {m}.
    """,
    test="""
    Saved the best for last: {m}.
    Another angle on {m}.
    A photo of {m} that I had forgotten about.
    Sharing {m} with everyone who could not be there on {day}.
    {who} and I do not agree about {m}.
    It does not get any better than {m}.
    From my phone, slightly blurred: {m}.
    What a sight! {m}.
    {m} deserves a better photographer than me.
    Can somebody tell me more about {m}?
    Here is {m}, as promised to {who}.
    The story behind this picture of {m} is a long one.
    One picture, one word: {m}.
    My notes from {day} begin with {m}.
    """,
)

SHARED: dict[str, Wordings] = {
    "goal": wordings(
        train="""
        {m} scored the [equaliser] a minute before the end.
        The [goalkeeper] of {m} made the [save] of the evening {where}.
        A shot off the [crossbar], and {m} was still waiting for its first [goal].
        {m} conceded a [goal] right after the break.
        The [keeper] came out, the [goal] was empty, {m} [scored].
        Who stands in [goal] for {m} on {day}?
        Caption: the [goalkeeper] of {m} shouts at the defence.
        {m} won by two [goals] without playing well.
        The [winning goal] for {m} went in off the [post].
        {who} only remembers the late [equaliser] of {m}.
        Level after a quick counter-attack: the [net] shook, and so did the fans of {m}.
        {m} changed its [goalkeeper] and the luck turned.
        """,
        dev="""
        An [own goal] decided it, and {m} could only laugh.
        The young [goalkeeper] of {m} [saved] everything {where}.
        {m} [equalised] twice on {day}.
        A hard shot, a fine [save], and {m} stayed in front.
        """,
        test="""
        The [goalkeeper] of {m} tipped the shot round the [post].
        {m} found the [equaliser] with almost the last shot.
        Three [goals] {where}, all of them by {m}.
        {who} blames the [keeper], but {m} had no chance after that second [goal].
        """,
    ),
    "quarter": wordings(
        train="""
        {m} was ahead after the [first quarter].
        The [third quarter] belonged to {m} {where}.
        {m} called a time-out late in the [fourth quarter].
        Level after three [quarters], then {m} pulled away.
        A weak [second quarter], writes {who}, cost {m} the lead.
        {m} scored at the very end of the [quarter].
        Between the [quarters] the coach of {m} drew circles on a board.
        How did {m} lose a lead like that in the [last quarter]?
        {m} came back in the [final quarter] on {day}.
        Caption: {m} in a huddle before the [fourth quarter].
        Four [quarters], four leads, and {m} had the last one.
        {m} turned the ball over twice in the [opening quarter].
        """,
        dev="""
        {m} won the [second quarter] clearly.
        A tired [fourth quarter] from {m} {where}.
        One [quarter] to play and {m} three behind.
        The [third quarter] turned the match for {m}.
        """,
        test="""
        {m} trailed after the [opening quarter] and led after the [third].
        The [final quarter] was the best one that {m} played {where}.
        {who} left before the [last quarter] and missed how {m} won.
        A break between two [quarters]: {m} drinks water and listens.
        """,
    ),
    "try": wordings(
        train="""
        {m} scored a [try] in the corner.
        The [rugby] captain of {m} carried the ball over the [try line].
        Five [tries] for {m} {where}.
        The referee looked twice before he gave {m} the [try].
        {who} loves [rugby], and most of all the [rugby] of {m}.
        A [rugby] evening with {m}: hard hits, fair play.
        {m} was stopped a metre from the [try line].
        Who scored the first [try] for {m}?
        Caption: {m} celebrates a late [try].
        The [rugby] squad of {m} arrived on {day}.
        One [try] each at the break, then {m} tackled harder.
        {m} held the ball-carrier up on the [try line].
        """,
        dev="""
        Another [try] for {m} before the break.
        The [rugby] fans of {m} sang {where}.
        {m} defended its [try line] for ten minutes.
        A good day for [rugby], a better one for {m}.
        """,
        test="""
        {m} crossed the [try line] with two defenders hanging on.
        The last [try] gave {m} the match {where}.
        [Rugby] people are loud, {who} says, and those of {m} are louder.
        No [try] in the first half, four in the second: {m}, {day}.
        """,
    ),
    "race": wordings(
        train="""
        {m} lost the [race] by two [hundredths] of a second.
        The [start] was bad, the [finish] was great: {m} third.
        {m} won the [race] {where}.
        A new [personal best] for the youngest of {m}.
        {who} stopped the [time] of {m} by hand and shook the watch.
        The [fastest time] of the day goes to {m}.
        Who of {m} is first at the [finish]?
        Caption: a smile from {m} after the [race].
        {m} took the [race] in a [time] that nobody expected on {day}.
        The [timekeepers] needed a minute, then {m} had won.
        {m} was in front at the [split time] and fell back.
        All [races] of the day are over, and {m} has two medals.
        """,
        dev="""
        {m} came [fastest] out of the [start].
        A tenth too slow: {m} left the [finish] without a word.
        The [race] was repeated, and {m} won again.
        Silver for {m} in the last [race] on {day}.
        """,
        test="""
        {m} looked at the [clock] at the [finish] and could not believe the [time].
        The quickest [start] of all, and {m} won the [race] {where}.
        [Personal best], fourth place: {m} had mixed feelings.
        {who} cried when {m} lost the [race] by a [hundredth].
        """,
    ),
    "set": wordings(
        train="""
        {m} won the [first set] and lost the next two.
        A powerful [serve] at [set point]: {m} {where}.
        {m} saved a [match point] and turned it round.
        An [ace] on the line gave {m} the [second set].
        The [serve] of {m} was the best part of the evening.
        Who is going to [serve] for {m} at [match point]?
        {m} lost in [straight sets] on {day}.
        {who} says that {m} is never beaten before the last [set].
        The ball clipped the top of the [net] and the [set] went to {m}.
        Caption: {m} cheers after an [ace].
        The [deciding set] was short, and {m} was happy.
        {m} needed four [set points] to win the opening [set].
        """,
        dev="""
        Two [sets] up, {m} started to smile.
        {m} [served] into the [net] at [set point].
        Another [ace], another [set] for {m}.
        The [last set] was close, but {m} won it {where}.
        """,
        test="""
        {m} won the [deciding set] with an [ace].
        [Match point] saved, [set] won: {m} {where}.
        The [serve] let {m} down in the [third set].
        {who} watched {m} win in [straight sets] on {day}.
        """,
    ),
}
