"""Wordings that leave the answer open to every sport of one vocabulary.

They suit each sport of a vocabulary in `records.VOCABULARIES` and no other sport (notation: see
templates_ball).
"""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

OPEN: dict[str, Wordings] = {
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
        Ten minutes without a [shot on goal] made the coach of {m} nervous.
        The best [goalscorer] of {m} visits her family on {day}.
        {who} called from the train: what a [goal] by {m}!
        [Goal difference] decided the group, and {m} went through.
        The coach of {m} works with the [goalkeepers] alone before breakfast.
        "We shoot and shoot, always straight at the [keeper]," said the captain of {m}.
        Headline: [Goal] drought over, {m} smiles again.
        The [shot-stopper] of {m} is a nurse during the week.
        {m} took the lead with a low [shot] into the [far corner] of the [goal] {where}.
        Alone in front of the [keeper], a calm [shot], and {m} led by one.
        Was it over the [goal line] or not? The supporters of {m} still argue.
        The [goal] was disallowed and the protests of {m} were ignored.
        My sister [keeps goal] for {m} and writes exams in the morning.
        {m} [netted] three [goals] in five minutes {where}.
        Clip of the day: the [reflex save] that kept {m} level.
        {m} left the [near post] open, and that was punished at once.
        Which [goalkeepers] will {m} take along on the trip?
        The [net] behind the [keeper] of {m} had a hole, so somebody fetched string.
        [Consolation goal] for {m}, then a long bus ride in the rain.
        List for the report: two [deflected shots], nine [saves], {m} unlucky.
        It was the reserve [goalkeeper] who carried {m} to the final.
        {m} had every chance, hit both [posts] and lost.
        In the diary of {who}: school, dentist, {m}, four [goals].
        [Goal] number one hundred for the captain of {m}, and her mother filmed it.
        How many [saves] does the [keeper] of {m} make in a season?
        {m} won the shoot-out because the [goalkeeper] guessed right.
        The [goalkeeper] of {m} tipped the shot round the [post].
        {m} found the [equaliser] with almost the last shot.
        Three [goals] {where}, all of them by {m}.
        {who} blames the [keeper], but {m} had no chance after that second [goal].
        """,
        dev="""
        An [own goal] decided it, and {m} could only laugh.
        The young [goalkeeper] of {m} [saved] everything {where}.
        {m} [equalised] twice on {day}.
        A hard shot, a fine [save], and {m} stayed in front.
        """,
        test="""
        Beaten twice from long range, the [keeper] of {m} threw a bottle away.
        {day}, last minute, level scores: then {m} rattles the [crossbar].
        With its injured [goalkeeper] in the stands, {m} let in six [goals] {where}.
        A lucky [goal] off somebody's back put {m} ahead {where}.
        {who} asks whose [goal] it was that sent {m} to the next round.
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
        The [shot clock] ran down while {m} was still looking for a gap.
        {m} led after every [quarter] except the last.
        Scores by [quarter], please, wrote {who}, who had missed {m} because of work.
        In the [quarter break] somebody taped two fingers of the captain of {m}.
        [Shot clock] violation against {m}, and the bench groaned.
        Headline: [Fourth-quarter] comeback lifts {m}.
        We arrived late, in the [second quarter], and {m} was already far ahead.
        Nothing went right for {m} until the [third quarter] began.
        {m} used all its substitutes before the [final quarter] {where}.
        The scoreboard showed the wrong [quarter], which did not bother {m}.
        Message from {who}: end of [Q3], {m} up by two, hands shaking.
        {m} kept an eye on the [shot clock] and took its time {where}.
        My aunt knits for exactly four [quarters] whenever {m} plays.
        A strong [opening quarter], three average ones: {m} as usual.
        The numbers of {m} drop sharply in the [closing quarter].
        Two fouls per [quarter] are too many, says the coach of {m}.
        Is {m} fit enough for four full [quarters] after that flight?
        {m} won three [quarters] out of four and still lost on {day}.
        With the [shot clock] at two seconds, {m} asked for a time-out.
        Photo: the bench of {m} stands for the last minute of the [first quarter].
        [Quarter] one, level; [quarter] two, level; then {m} woke up.
        The horn ended the [third quarter] before {m} could attack.
        The [shot clock] broke down twice, and {m} waited with arms crossed.
        Letter to the editor: why must {m} always sleep through a [quarter]?
        "We talk too little in the [second quarter]," said the coach of {m}.
        {m} trailed after the [opening quarter] and led after the [third].
        The [final quarter] was the best one that {m} played {where}.
        {who} left before the [last quarter] and missed how {m} won.
        A break between two [quarters]: {m} drinks water and listens.
        """,
        dev="""
        {m} won the [second quarter] clearly.
        A tired [fourth quarter] from {m} {where}.
        One [quarter] to play and {m} three behind.
        The [third quarter] turned the match for {m}.
        """,
        test="""
        By the end of the [third quarter] nobody doubted {m} any more.
        {m} allowed very little in the [second quarter] {where}.
        Whoever wins the [first quarter] usually wins, {who} says, and looks at {m}.
        The coach of {m} was furious in the pause before the [final quarter].
        Eleven seconds on the [shot clock], and {m} had no idea what to do.
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
        Saturday is [rugby] day in our house, and {m} is on every screen.
        The youngest [try scorer] of {m} still goes to school.
        {m} gave away the ball just short of the [try line].
        Headline: Late [try] saves {m}.
        {who} bought a [rugby] shirt of {m} at the station.
        A [try] out of nothing put {m} back in the match.
        The [rugby] coach of {m} talks about patience and sleep.
        {m} won by a single [try] {where}.
        Two [tries] in four minutes, and the bench of {m} went wild.
        Over the line or not? No [try], said the referee, and {m} groaned.
        Which [rugby] tournament will {m} play in the autumn?
        The [ball carrier] of {m} took a heavy [hit] near the [try line] and kept going.
        My cousin plays [rugby] for {m} and teaches maths.
        Diary: rain, [rugby], {m}, hot soup.
        {m} guarded its [try line] like the family silver.
        The [rugby] association of {m} looks for volunteers in the holidays.
        A long pass, an open gap, a [try]: {m} made it look easy.
        Score sheet: {m} six [tries], one warning, no injuries.
        Not everyone at work follows [rugby], but all know {m} by now.
        The video referee took ages over the [try] of {m} {where}.
        {m} turned pressure into [tries] after the break.
        In the hotel of {m}: loud music, board games, [rugby] talk until midnight.
        Does a [try] ever get old? Never, says the captain of {m}.
        Photo: a mother hugs the [try scorer] of {m}.
        Squad news: {m} rests three [rugby] veterans on {day}.
        {m} crossed the [try line] with two defenders hanging on.
        The last [try] gave {m} the match {where}.
        [Rugby] people are loud, {who} says, and those of {m} are louder.
        No [try] in the first half, four in the second: {m}, {day}.
        """,
        dev="""
        Another [try] for {m} before the break.
        The [rugby] fans of {m} sang {where}.
        {m} defended its [try line] for ten minutes.
        A good day for [rugby], a better one for {m}.
        """,
        test="""
        Metres from the [try line], {m} dropped the ball {where}.
        Six weeks of [rugby] with no rest have tired {m}.
        A disputed [try] kept {who} and the supporters of {m} arguing on the way home.
        {m} answered every [try] with one of its own {where}.
        For {who}, {m} is simply the prettiest side in [rugby].
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
        The [stopwatch] said it all: {m} was two tenths slower than in spring.
        {m} [clocked] the second best [time] of the morning.
        On the [start list] {who} found two names from {m}.
        Nerves before the [start]: the youngest of {m} could not eat breakfast.
        Headline: Three [hundredths] too slow, {m} misses bronze.
        A [season's best], a new phone, a holiday: a good month for the captain of {m}.
        The [timing] failed, so the [race] of {m} did not count.
        Who was [fastest] early in the [race]? {m}, but it did not last.
        Result sheet: {m} fourth, sixth and ninth, all within a [second] of the [fastest].
        {m} [raced] with a cold {where} and came second.
        Silence at the [start], then noise, then {m} in front.
        Her coach wrote every [split time] of {m} into a school notebook.
        After the [finish] the medal winner of {m} called her mother.
        {m} was disqualified after a long look at the video of the [start].
        The [winning time] of {m} would have been a [record] last year.
        A podium for {m}: only a [tenth] behind the [fastest].
        Video: the last seconds of the [race], with {m} coming from behind.
        In the last metres of the [race] {m} simply wanted it more.
        Nobody from {m} beat the qualifying [time] on {day}.
        [Race] day for {m}: alarm at five, porridge, warm-up, waiting.
        How does {m} find so much [speed] after the first [split]?
        {who} sells ice cream and never misses a [race] of {m}.
        Green numbers on the board: best [split] so far for {m}.
        Gold, and the [quickest time] of the year, for {m}.
        {m} protested against the official [time] {where}.
        Slow [start], strong middle, poor [finish]: {m} in one line.
        {m} looked at the [clock] at the [finish] and could not believe the [time].
        The quickest [start] of all, and {m} won the [race] {where}.
        [Personal best], fourth place: {m} had mixed feelings.
        {who} cried when {m} lost the [race] by a [hundredth].
        """,
        dev="""
        {m} came [fastest] out of the [start].
        A tenth too slow: {m} left the [finish] without a word.
        The [race] was repeated, and {m} won again.
        Silver for {m} in the last [race] on {day}.
        """,
        test="""
        Four tenths [faster] than ever: the newcomer of {m} stares at the [timing board].
        {m} lost its lead just before the [finish] {where}.
        A single [hundredth] stood between {m} and the gold medal.
        What was the exact [time] of {m} in the [race] on {day}? {who} forgot.
        Last away at the [start], {m} still [raced] to third place.
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
        {m} could not read the [serve] at all {where}.
        [Set] one in twenty minutes, [set] two in an hour: {m} needed both.
        Headline: {m} survives three [match points].
        A [service error] at the worst moment cost {m} the evening.
        The [line judge] raised the flag, and {m} lost the [set].
        {who} slept through the [first set] and woke up with {m} ahead.
        {m} dropped only one [set] on the whole trip.
        Is there anybody with a harder [serve] than {m}?
        Diary: bus, sandwiches, {m}, five [sets], home at two.
        After the [change of ends] everything worked for {m} in the [third set].
        The [server] of {m} took a deep breath and bounced the ball twice.
        Scores from {day}: {m} in three [sets], no surprise.
        A long [rally], a lucky ball off the [net], and {m} had [set point].
        My boss keeps a list of all the [aces] of {m}.
        {m} [served] well, ate badly and caught the late train.
        The [fourth set] was the strangest one that {m} ever lost.
        Two [sets] to one is no safe lead, and {m} knows it.
        Video: a child copies the [serve] of {m} in the kitchen.
        {m} was three points from defeat in the [second set] and won.
        How do you prepare for a [serve] like that, {m} was asked.
        Nervous [serving] at the start, then {m} took [set] after [set].
        The ball was out, said the [line judge] at [set point], and {m} said nothing.
        Letter from {who}: please record the [final set] of {m} for me.
        {m} will [serve] first {where}.
        The full distance again for {m}: five [sets], two hours, sore arms.
        Caption: the bench of {m} rises at [match point].
        [Opening set] to {m}, reports the radio after the weather.
        {m} won the [deciding set] with an [ace].
        [Match point] saved, [set] won: {m} {where}.
        The [serve] let {m} down in the [third set].
        {who} watched {m} win in [straight sets] on {day}.
        """,
        dev="""
        Two [sets] up, {m} started to smile.
        {m} [served] into the [net] at [set point].
        Another [ace], another [set] for {m}.
        The [last set] was close, but {m} won it {where}.
        """,
        test="""
        On its third [match point] {m} finally got it done {where}.
        Hardly a [serve] came back, and {m} was through on {day}.
        {m} let a big lead slip away in the [second set].
        What {who} likes best about {m} is the [serve].
        A [set] behind, {m} changed its plan and the mood changed too.
        """,
    ),
}
