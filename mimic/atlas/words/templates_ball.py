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
        [Nutmegs], [back heels], a lazy [chip]: training with {m} on {day}.
        The [goalkeeper] of {m} punched the [cross] away and the [centre-half] cleared it.
        {m} hid behind an [own goal] and a lucky [deflected free kick], wrote {who}.
        A [slide tackle] at the [corner flag] sent the [winger] of {m} into the advertising boards.
        My grandmother knits scarves for {m} and shouts at the [linesman] about [offside].
        The [video assistant] looked for four minutes, then {m} had its [penalty in the box].
        Would you start {m} with a [false nine] or with two [strikers]?
        Half-time note: {m} leads by a [free kick] from thirty yards, top corner.
        {who} sent me a [soccer] poster of {m} with a birthday card.
        The [back pass] stuck in a puddle on the [football pitch], and {m} paid for it.
        [Bicycle kick]!! You have to see what {m} just did.
        A [clean sheet], two [nutmegs] and a sunburn: the holiday game of {m}.
        [Sweeper], captain, joker: he played [football] for {m} for twelve years.
        Rain, long grass, worn [studs]: {m} could not play its [one-twos].
        {m} let the [long ball] bounce and the [centre-forward] lobbed the goalkeeper.
        Headline: {m} out on [penalties], [football] manager stays.
        On the phone {who} only said that {m} had [equalised] with a [diving header].
        The [holding midfielder] of {m} collects stamps, [shin pads] and [bookings].
        Wanted: two tickets for the [World Cup of football], any match of {m}.
        A [throw-in], a [flick-on] at the [near post], a [tap-in]: {m} scored like that all autumn.
        Chat, {day}: who else saw the [step-overs] by the left [winger] of {m}?
        A [header] in [stoppage time], and the [football] fans of {m} danced in the street.
        {m} conceded a [penalty kick] when the [defender] slid in late {where}.
        The new [midfielder] of {m} bent a [free kick] round the [wall] on {day}.
        Dear diary, my first [football] match: {m}, two [corners], one [offside] goal, no winner.
        {who} swears the flag of the [linesman] was up before the [strikers] of {m} had moved.
        [Soccer] for beginners, lesson one: how {m} defends an [indirect free kick].
        Cramp everywhere, the [right back] limping, and {m} still cleared every [cross] {where}.
        It took a clumsy [own goal] and a [heel flick] before {m} believed in [football] again.
        What a pity that {m} put its only [spot kick] into the upper stand!
        """,
        dev="""
        The [header] came from a [corner] on the left; {m} led by one.
        {m} went to a [penalty shoot-out] after [extra time] and the [football] fans sang all night.
        Anyone else think the [offside trap] of {m} is brave for a [football] side?
        The [winger] of {m} crossed to the [striker], who [headed] wide.
        """,
        test="""
        What a [bicycle kick]! {m} nick it in [stoppage time] and {who} is dancing on the sofa.
        Diary: rain, cold chips, and {m} beaten by a [header] from a late [free kick] {where}.
        [Nutmegged] twice and still smiling: the [centre-back] of {m} talks to {who} about a \
          hard evening.
        [Goalless draw] {where} leaves {m} waiting for the last [World Cup qualifier]
        Dear {who}, {m} hit the [crossbar] from a [penalty kick] and I screamed at the radio.
        Why do {m} still defend every [corner kick] with eleven [footballers] in the [six-yard box]?
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
        A [knock-on] in front of the posts, [scrum] to the others, sighs from {m}.
        The [tighthead] of {m} works as a baker and gets up at three.
        [Crouch, bind, set]: the [front row] of {m} went down again.
        {m} scored the bonus [try] from a [driving maul] after the siren.
        Every [box kick] by the [scrum-half] of {m} came down with snow on it.
        Ten minutes in the [sin bin] for a [high tackle], and {m} packed down with seven [forwards].
        {who} left the wedding early because {m} had a [rugby union] final.
        Why did the [touch judge] wave when {m} missed the [conversion] by so little?
        An [offload] in the tackle, a [dummy], a dive under the [H-shaped posts]: {m} leads {where}.
        Shopping list of {m}: [gumshields], tape, [scrum caps], a new [kicking tee].
        The [inside centre] of {m} broke two [tackles] and grounded the ball beside the [upright].
        [Grubber kick] behind the defence, kind bounce, and {m} was [over the try line].
        Cauliflower ears run in the family: three brothers have [propped] for {m}.
        {m} turned down the three points, kicked to the corner and trusted its [lineout].
        The [lock] of {m} was lifted so high in the [line-out] that you saw both soles.
        Headline: {m} wins ugly, eleven [penalty kicks at the posts] and not one [try].
        We pushed the [scrum machine] across the wet field for an hour, as {m} does on {day}.
        The [up-and-under] hung in the wind, and nobody from {m} wanted to be under it.
        [Garryowen], [grubber], [crossfield kick]: the [fly-half] of {m} tried them all.
        Old letter from {who}: a [rugby union] tour with {m}, nine games, two broken noses.
        After the [jackal] at the [ruck], {m} got the penalty and the [lineout throw].
        Eight [forwards] bound for the [scrum], steam rising: {m} {where}.
        {m} won a [lineout] near the corner, and the [maul] did the rest.
        The [scrum-half] of {m} passed from the [ruck] to the [fly-half], who dropped a goal.
        {who} says [rugby union] is only mud, but even {who} liked the [props] of {m}.
        Not straight into the [scrum], said the referee, so {m} had to give the ball back.
        {m} found two metres every time with the [pick-and-go], until a [flanker] reached over.
        Lucky socks on, {who} watched the [loosehead] of {m} limp through the last [scrums].
        Who calls the [lineout] code for {m} when both [locks] are injured?
        Sunday paper: {m} beaten by a late [drop kick] despite a heavier [front five].
        """,
        dev="""
        Another [lineout] stolen from the [scrum] pack: the [second row] of {m} jumped highest.
        The [scrummaging] of {m} was the talk of the [rugby union] pages on {day}.
        {m} mauled from the [five-metre line] until the [flanker] touched down.
        Will the [fly-half] of {m} kick to touch after that [scrum]?
        """,
        test="""
        The [scrum] went backwards, the [loosehead prop] limped off, and {m} never recovered on \
          {day}.
        Can anyone explain why {m} kicked away slow [ruck] ball instead of forming a [rolling maul]?
        [Lineout] stolen five metres out! According to {who}, {m} must find a new [hooker].
        Message from {who}: {m} win it with a [drop goal], that young [fly-half] is a genius!
        Photo: the [scrum-half] of {m} waits at the back of a [maul] {where}.
        Two [flankers] sent to the sidelines, and somehow {m} still managed a [pushover try].
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
        The [pick and roll] of {m} worked until the [centre] fouled out.
        [Airball], sang the crowd, but {m} only laughed and hit the next [three].
        {m} called for [double dribble], then for [travelling], then for patience.
        With two seconds on the [shot clock], a [fadeaway] by {m} kissed the [glass].
        My father still draws the [hook shot] of {m} on paper napkins.
        A [no-look pass] and a [reverse lay-up]: the children screamed for {m}.
        The [box score] of {m}: ten [assists], twelve [rebounds], one black eye.
        {who} nailed a [hoop] to the garage wall on the day {m} won the cup.
        [Crossover] left, [crossover] right, and the defender of {m} sat on the floor.
        Which [shooting guard] will {m} take along on the long trip?
        {m} ran a [full-court press] and got four [steals] in a minute.
        Both [free throws] bounced off the iron; {m} lost by a [basket] {where}.
        Note from the gym: {m} needs new [basketballs], the old ones have no grip.
        He [tipped in] the miss at the [rim] and pointed to the bench of {m}.
        Two metres twenty in his socks, the [centre] of {m} sleeps across two hotel beds.
        Headline on {day}: {m} rains [threes].
        [Swish]. Nothing but [net] from the [free-throw line], and {m} was through.
        The [sixth man] of {m} scored twenty off the bench, mostly [floaters].
        Hi, is the [basketball] court behind the school free? {m} wants to practise [bank shots].
        {m} stayed out of the [paint] and shot from [beyond the arc] all night.
        A [buzzer-beater] from half court, then pizza: {m} made our weekend.
        A [dunk] over two defenders, and the [hoop] was still shaking when {m} ran back.
        {m} won the [rebounds] and sank a late [three-pointer].
        The [point guard] of {m} went to the [free-throw line] with a second left.
        My [basketball] diary, {day}: {m}, eleven [lay-ups], no luck at the [rim].
        {m} boxed out well and turned every [defensive rebound] into an easy [lay-in].
        After the [tomahawk dunk] the match stopped, for the [hoop] of {m} hung crooked.
        Tall people wanted, jokes {who}, {m} is short of [power forwards] and [centres].
        How many [triple-doubles] has the captain of {m} had since spring?
        Down by two {where}, {m} let the [small forward] shoot from [downtown] and he made it.
        """,
        dev="""
        {m} shot badly from [three-point range] and [rebounded] worse.
        The tall [centre] of {m} [dunked] twice {where}.
        [Basketball] post of the day: {m}, a broken [backboard], and glass everywhere.
        What is wrong with the [jump shots] and [rebounds] of {m}?
        """,
        test="""
        {m} were behind all evening until a [buzzer-beater] from [three-point range] silenced \
          everyone.
        Who taught {m} to play the [pick-and-roll] like that?
        First a [slam dunk], then an [alley-oop]: {who} is now a fan of {m}.
        Eleven missed [free throws] and hardly a [rebound] worth the name: {m} disappoint {where}
        With their [point guard] on the bench, {m} could not make even a simple [layup] on {day}.
        Note to self: never sit under the [backboard] again when {m} are practising [dunks].
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
        [Passive play], signalled the referee, and {m} had to [throw] in a hurry.
        {m} plays [handball] with an open [three-two-one] defence.
        The [line player] of {m} was held by the shirt and got a [seven-metre throw].
        An [underarm throw] between the legs of the block: {m} by three {where}.
        [Kempa trick]! Caught in the air above the [goal circle] and [thrown] in by {m}.
        {who} scrubbed [resin] from the hall floor for an hour after {m} had trained.
        Three steps, a bounce, a [hip shot]: the [backcourt] of {m} is hard to read.
        Green card on the table, [team time-out] for {m}, with the [handball] held by the keeper.
        The keeper of {m} threw across the whole hall into the [empty handball goal].
        Which [wing] jumps further into the [circle], yours or that of {m}?
        In long trousers and with both arms up, the [handball] keeper of {m} saved four in a row.
        Our physics teacher explained the [spin shot] with a clip of {m}.
        {m} lost two [backcourt] players to flu and the [pivot] to an exam.
        A [free throw at the nine-metre line], a wall of six, and the siren: {m} did not score.
        Headline: [handball] fever, {m} sells out the hall on {day}.
        [Fast break] after [fast break], forty [throws] on goal: {m} never slowed down.
        The [circle runner] of {m} fell into the [six-metre area] with the ball still in his hand.
        Dear Aunt, I play [handball] now, left [wing], and my hero is from {m}.
        Two thumbs taped, fingers black with [resin], {who} signed up with {m}.
        {m} took the keeper off and attacked with [seven against six], [handball] at its boldest.
        The [lob] from the [seven-metre mark] just cleared the keeper, and {m} could breathe.
        The [handball] team sheet of {m} came late on {day}: no [pivot], two young [wings].
        {m} missed a [seven-metre throw] and was a player short for [two minutes].
        A [jump throw] from the [pivot]; the [handball] bench of {m} celebrated {where}.
        Twenty-eight goals, [resin] on every [handball]: an evening with {m}.
        A [bounce shot] from the [left wing], and {m} had its twentieth [handball] goal {where}.
        The referees saw a foot inside the [six-metre area], so {m} did not get the point.
        For sale: a barely used [handball], signed by the whole [backcourt] of {m}.
        How does {m} stop such hard [throws] with no [handball] keeper over one metre seventy?
        Down to five, {m} left its [pivot] alone at the [circle] and lost a wild [handball] derby.
        """,
        dev="""
        {m} won thirty-one to thirty, with a [seven-metre throw] at the very end.
        The [handball] coach of {m} asked for a [seventh field player] and got a goal.
        A [jump throw] over the wall on the [six-metre line]: [handball] by {m} {where}.
        Who taught the [pivot] of {m} that [handball] trick?
        """,
        test="""
        {m} were given a [seven-metre throw], and the [pivot] calmly took it.
        [Passive play] against {m} again, really? I thought {who} would throw a slipper at the \
          television.
        There is [resin] on every door handle since {m} came to train in our [handball] hall.
        Short of ideas, {m} went [seven against six] and left an [empty goal] behind them {where}.
        A [Kempa trick] to finish the [fast break], and the bench of {m} went completely mad!
        Has anybody found a way through the [6-0 defence] that {m} put up along the [six-metre \
          line]?
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
        [Side-out] at last: {m} ended the run with a quick [spike] from the middle.
        The [opposite hitter] of {m} jumped behind the [attack line] and found the far corner.
        A [pancake] with the flat hand kept the [rally] alive for {m}.
        {m} was whistled for a [net touch] and for [four touches] within a minute.
        The ball brushed the [antenna], so the point went to {m}.
        {who} stretched a [volleyball net] between two apple trees, and we played {m} all day.
        Soft hands, quick eyes: the [setter] of {m} plays the piano, too.
        [Dink] over the [block], nobody home, and {m} led {where}.
        Can {m} win with such weak [reception] and no [jump servers]?
        Knees bent, forearms together: [bump] it like the [libero] of {m}.
        The back-row [spike] was long, but {m} had asked for a check of the [block touch].
        Headline: a wall named {m}, nineteen [kill blocks].
        Letter home: we saw {m} at [volleyball] and I lost my voice and one glove.
        The [rotation] of {m} was wrong, so the [server] had to hand the ball back.
        [Volleyball] practice moved to {day}, because {m} has the hall.
        The [middle] faked, the [outside hitter] [smashed] past an open net, and {m} bowed.
        Chat: {m} just [dug] a ball out of the third row!!
        Too tall for the door frame, the [blockers] of {m} duck at every breakfast.
        {m} hit the tape with a [float serve] and the ball crawled over, as in slow motion.
        A [double contact] by the second [setter], and {m} was nervous again.
        First [pass], high [set], hard [spike]; my sister copies {m} in the yard.
        The [libero] slid under the ball, the [setter] did the rest: {m} {where}.
        {m} answered every [spike] with a [block] in front of the [volleyball] crowd.
        Our [volleyball] club watched how the [outside hitters] of {m} jump.
        One [dig], one high [set], one [spike] through the hands: well done, {m}.
        {m} rotated its best [outside hitter] to the front row and waited for a loose [overpass].
        What I learned from {m}: call early, [dig] low, never touch the [volleyball net].
        Taped thumbs and red forearms showed how the [liberos] of {m} had worked on {day}.
        The [back-row attack] of {m} sailed over three [blockers] and landed on the line.
        Would {who} dare to receive a [jump serve] by {m}?
        """,
        dev="""
        A [spike] off the [block] and out, said the [volleyball] referee; {m} protested.
        The tall [middle blocker] of {m} stopped four [spikes] at the [volleyball] net {where}.
        {m} needs a better [libero], writes the [volleyball] column.
        [Setter] to [hitter], again and again: that is {m} on {day}.
        """,
        test="""
        The [libero] for {m} saved everything on {day}, even that brutal [spike] at the end.
        Is there a taller [middle blocker] anywhere than the new one for {m}?
        Ten [jump serves] in a row into the [net]... {m}, please, have mercy on us!
        Caption: {m} celebrate a triple [block] after the [setter] fooled the whole [front row].
        I told {who} that {m} would win once the [outside hitter] found her rhythm.
        Poor [reception], no [side-out] for ten minutes: how {m} threw it all away {where}
        """,
    ),
}
