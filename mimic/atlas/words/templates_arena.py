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
        The [puck] came loose behind the net and {m} scored on a second [power play].
        {m} won every [face-off], yet lost the [ice hockey] match in [overtime].
        Broken [hockey sticks] and sore ribs after the [body checks]: {m} {where}.
        A [slap shot] rang off the bar as {m} [skated] away, {day}.
        The school trip ended at the [rink], where {m} practised [slap shots] all morning.
        A [hat-trick] on ice! [Hockey] caps rained down for {m}.
        {m} sat out a [five-minute major] for [boarding].
        Grandma knits while {m} plays and only looks up for the [face-offs].
        Note to self: new laces for the [skates], photos of {m}, milk.
        The [backcheck] was late, the [puck] was gone, and {m} trailed by two.
        "We [dumped and chased] all night," said the [goaltender] of {m}.
        [Cross-checking] and [hooking]: the [penalty box] was full of {m}.
        {who} drove four hours through the rain to see the [ice hockey] team of {m}.
        The [goalie mask] of {m} has a wolf painted on it.
        Loose [puck] in the [crease], three men on the ice, and the goal stood for {m}.
        A [one-timer] from the [point], top shelf, {m} in front.
        Which [shift] was the best of {m}, the first or the one after the [power play]?
        Chat: did {m} score [short-handed] again?? Yes, a [breakaway]!
        The team bus of {m} smelled of wet [hockey gloves] and coffee.
        The [linesman] dropped the [puck] and {m} won it back with one [skate].
        Forty saves {where}: the [goaltender] of {m} kissed her [blocker] and her [catching glove].
        A phone rang in the stands just as {m} lined up for the [face-off].
        {m} defended the [two-man advantage] by lying down in front of every [slap shot].
        [Deke], [toe drag], [puck] under the bar: a lovely goal by {m}.
        The letter is about {m}, the [Zamboni] and a lost [hockey helmet].
        [Ice hockey] in a tiny hall, breath like smoke: {m} on {day}.
        No [icing], said the referee, and {m} banged their [sticks] on the [boards].
        {who} sharpened twenty pairs of [skates] for {m} before breakfast.
        Somebody tossed a [puck] over the glass as a present from {m}.
        With thirty seconds left, {m} hit the empty net from behind its own [blue line]. [Hockey]!
        My seat was right above the [penalty box], so I heard every word that {m} muttered.
        {m} changes [lines] quickly and [forechecks] hard; the [ice hockey] crowd loved it.
        Taped [blades], a cut lip, and a goal off the [skate] of a [defenceman] for {m} on {day}.
        """,
        dev="""
        The [puck] slid under the goaltender and {m} led after the first [period].
        {m} had a [power play] and did not get one [slap shot] away.
        [Face-off] in the [neutral zone], writes {who}, and then {m} simply [skated] through.
        Fighting by the [boards], five minutes in the [penalty box]: {m} {where}.
        """,
        test="""
        {m} killed off a [five-on-three] and then scored [shorthanded], unbelievable stuff!
        Where did the [puck] go? Not even the goalie of {m} seemed to know.
        A [slap shot] from the [blue line] gave {m} the lead {where}.
        Late [power play] sinks {m} after a foolish penalty for [cross-checking]
        As {who} wrote to me, {m} lost nearly every [face-off] and were lucky to be level.
        On {day} we waited for the [Zamboni] to finish before {m} came back for the [third period].
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
        Four [ends] played, and every [stone] of {m} lies in the [house].
        The [skip] pointed with her [broom], the [stone] [curled], and {m} took three {where}.
        {m} lost the [hammer] but not its temper, wrote the [curling] reporter.
        [Sweepers] at work, a red [stone] halfway down the [sheet]: {m}, {day}.
        {m} threw through the [house] by a metre and the [skip] only shrugged.
        A [hog-line] violation: the [stone] of {m} was taken off at once.
        [Curling] is chess on ice, the teacher said, and put on a film about {m}.
        Pull the [guard] or go round it? {m} chose the [come-around draw].
        Thermos, slippers, a rug: {who} watches every [end] that {m} plays.
        The [pebble] was worn down, so the [stones] of {m} hardly [curled] at all.
        {m} stole one in the seventh [end], without the [hammer].
        Hurry, hard! The whole hall hears it when {m} wants its [sweepers].
        The [in-turn] of the second of {m} was too light and stopped at the [hog line].
        Measured with the stick: the [stone] of {m} was shot by a hair.
        Headline: {m} wins an extra [end] with a perfect [tap-back].
        A [peel], another [peel], and {m} had cleared the whole front of the [house].
        The mother of the [skip] brought cake for {m} and for the losers.
        {m} shook hands after eight [ends], since no [stones] were left to catch up.
        Do the [brooms] of {m} really warm the ice that much?
        Wedding on Saturday, [curling] on Sunday: {who} missed neither cake nor {m}.
        A married couple plays for {m} and placed its first [stone] behind the [centre guard].
        A stray hair under the [rock], they call it a [pick], ruined the last try of {m}.
        {m} carries its [stones] by the handle like two full kettles.
        Out of the [hack], low on one knee, eyes on the [broom]: the lead of {m} on {day}.
        Caption: four [curlers] of {m} lean on their [brooms] and wait.
        {m} needed a [hit and roll] and left the [shooter] in the open.
        On my phone: eleven pictures of granite [stones], one of {m}.
        The blue [rings], the red [rings], then the [stone] of {m} dead in the middle.
        The ice had been [pebbled] fresh, and {m} misjudged the weight of the first [rock].
        {m} blanked the [end] on purpose to keep the [hammer].
        A quiet [draw], twelve feet of [curl], and {m} lay two on the [button] {where}.
        Nobody spoke while the [vice-skip] of {m} held the [broom] as a target.
        My knees hurt from trying the [delivery] that {m} makes look easy on the [curling] ice.
        """,
        dev="""
        With the [hammer] in the last [end], {m} needed only a quiet draw to the [house].
        The [curling] [broom] broke, and {m} laughed about it {where}.
        {m} removed three yellow [stones] with one [takeout].
        Why does the [skip] of {m} always shout at the [sweepers]?
        """,
        test="""
        {m} kept the [hammer] for the last [end] and played it safe.
        [Hurry, hard]! The [skip] of {m} shouted so loudly that {who} dropped the popcorn.
        Measured by a hair: the [stone] of {m} lay closer to the [button].
        How can {m} leave three [guards] standing in front of the [house] and still be stolen from?
        My arms ache only from watching {m} with their [brooms], [sweeping] like mad {where}.
        Letter from {who}: {m} won the [bonspiel] with a perfect [draw to the button].
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
        The keeper of {m} rose from the [water] to the waist and blocked a [lob].
        A player short after an [exclusion], {m} still held the [water polo] goal {where}.
        {m} fixed its [caps], won the [swim-off] and threw first.
        Have you ever seen [water polo]? {m} [treads water] as if it were standing.
        The [floating goal] drifted a little when {m} hit the bar.
        {m} pressed so high that nobody could leave the other half of the [pool] with the ball.
        A torn [cap], a quick change at the [pool edge], and {m} was back to seven in the [water].
        The [eggbeater kick] is what {m} drills first on Monday mornings.
        [Dry pass] to the left, [wet pass] to the [hole set], goal: that is how {m} does it.
        {who} learned to [tread water] with both hands up, like the keeper of {m}.
        Seven [caps] in a row along the [goal line] of the [pool]: {m} waits for the whistle.
        A [bounce shot] off the [water] fooled the keeper, and {m} was level.
        Why do the [water polo] players of {m} tie their [caps] under the chin?
        {m} scored with a man up after a [brutality] call in the [pool].
        The father of the [hole defender] of {m} is a baker and cannot swim.
        Headline: [water polo] players of {m} robbed of a late goal.
        The [driver] of {m} swam past two men, ball between the arms, and [lobbed] the keeper.
        Fingernails are checked before [water polo], and two of {m} had to cut theirs.
        Old letters tell of {m} playing [water polo] in the harbour, with a net on floats.
        A [five-metre throw] in the [pool] for {m}; the goalkeeper slapped it away.
        {m} called a timeout and hung on the bar of the [floating goal], breathing hard.
        Chat: he was [held under] for ages, no foul for {m}?? This [water polo] referee...
        Third [exclusion] for the [centre back] of {m}, so he had to leave the [pool] for good.
        A [backhand shot] from the [two-metre line], with the [water] boiling: goal for {m}.
        The coach of {m} walks along the [pool] in wet shoes and shouts about passes.
        Caption: white [caps] against blue [caps], and {m} with the ball above the [waves].
        Lunch, homework, then [water polo]: the youngest player of {m} is still at school.
        {m} lost the ball when the [goalkeeper] threw it the length of the [pool].
        {where}, {m} struck the post of the [floating goal] four times.
        The [water polo] ball of {m} is grippy, yellow and always wet.
        The whistle sent a [capped] man of {m} to the corner of the [pool] for twenty seconds; goal.
        Chlorine in the eyes and a bitten finger: [water polo] with {m} is no picnic.
        {m} hid a [foul] below the surface, but the referee on the [pool deck] saw it.
        Up to the hips out of the [water], the [driver] of {m} faked twice and threw at goal.
        Whoever picks number thirteen for {m} gets the red [goalkeeper's cap]. [Water polo] custom.
        """,
        dev="""
        {m} used the [exclusion] well: three passes above the [water], one goal.
        [Water polo] players of {m} lost two [caps] in the struggle {where}.
        The [swim-off] went to {m}, and so did the [water polo] match.
        Goal! The [pool] splashed, and {m} was ahead on {day}.
        """,
        test="""
        The [centre forward] of {m} was held [under water] again, and no [exclusion] was given.
        [Man-up] at last for {m}, but the shot [skipped off the water] and flew over.
        Did you know that {m} train the [eggbeater kick] for an hour every morning?
        Blue [caps] everywhere in the [pool], and {m} were two goals ahead on {day}.
        My lungs would burst: {m} [tread water] for four quarters and still [press the hole set].
        Twenty-second [exclusion], then a [lob] over the goalkeeper in the [deep end]: {m} \
          equalise {where}
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
        {m} had a [swimmer] in every [lane] but two of the [breaststroke] heat.
        The last [length] of the [freestyle] belonged to {m} {where}.
        One bad [turn] in the [backstroke] cost {m} the medal.
        {who} noted: [swimming], [butterfly], {m} third, [goggles] full of water.
        {m} qualified ninth in the [crawl] and missed the final by a blink.
        A shaved head and two [swimming caps]: that is how {m} goes to the [pool].
        [Breathe] every third [stroke], says the coach of {m}.
        Fifteen hundred metres [freestyle], thirty [lengths], and {m} never looked tired.
        The [backstroke flags] hung too low, complained {m}.
        My sister writes that {m} trains in an outdoor [pool], [butterfly] in the rain.
        The [lead-off swimmer] of {m} reacted late on the [starting block].
        {m} in [lane] eight of the [pool], nobody in [lane] one.
        How many [goggles] does a [swimmer] of {m} break in a year?
        The [touch pad] did not work, so the bronze of {m} was counted by hand.
        Her [underwater phase] took {m} from fifth to second in the [backstroke].
        A [pull buoy], a [kickboard], a banana: the bag of the [swimmer] from {m}.
        Headline: {m} fastest in the heats of the four by one hundred [freestyle].
        The [breaststroke] swimmer of {m} glides longer than anyone after the [turn].
        {who} cannot [swim] but knows every [medley] time of {m}.
        The train was late and the [swimmers] of {m} warmed up for only six [laps].
        [Butterfly] for two hundred metres hurts, and {m} showed it on the last [length].
        A [wave] in the outer [lane] slowed the [crawl] of {m}.
        {m} took over in third place, an arm's length back, and the [relay] [dive] was perfect.
        Caption: the hand of {m} at the [wall] of the [pool], a tenth ahead.
        Quiet please, [swimmers] on the [blocks], and {m} in the middle.
        Dear diary: [chlorine] in my hair, forty [laps], and a wave from the star of {m}.
        Chat: {m} was disqualified?? Yes, a [scissor kick] in the [breaststroke].
        The [long course] record of {m} in the [backstroke] is older than my parents.
        With a new [swimsuit] and an old coach, {m} won the [butterfly] {where}.
        Half a body behind at the [turn], {m} came back in the last metres of [front crawl].
        The [individual medley] is where {m} hopes for a medal, said the coach on the [pool deck].
        A false start from the [blocks], a splash, and the [butterfly] dream of {m} was over.
        Chlorine, wet towels, a stopwatch: {who} spent {day} among the [swimmers] of {m}.
        No other [dolphin kick] under the surface is as long as that of {m} in the [backstroke].
        """,
        dev="""
        {m} won the two hundred metres [butterfly] with a strong last [length].
        The [freestyle] [swimmer] of {m} lost her [goggles] at the [dive].
        A new [backstroke] record for {m}, reports the [swimming] page.
        {m} trained [tumble turns] in the [swimming] hall all of {day}.
        """,
        test="""
        {m} touched first in the [medley relay], by a fingertip!
        A false start on the [blocks] cost {m} the [freestyle] final on {day}.
        Who leads off the [backstroke] leg for {m} tomorrow, does {who} know?
        [Lane four], last [tumble turn], and {m} were suddenly half a body length in front.
        New national record in the 200 metres [butterfly] brings {m} an unexpected medal
        From my notebook: the [breaststroke] squad of {m} does sixty [lengths] before breakfast.
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
        The [wheels] screamed as {m} turned and [pushed] for the line.
        {m} lost a [chair] to a [puncture] in the [wheelchair rugby] final minutes.
        A [low-pointer] of {m} held two [wheelchairs] at once {where}.
        Sparks from the [wheel guards], ball in the lap: {m}, {day}.
        Four [wheelchairs] in a diamond, and nobody of {m} was left free.
        The [offensive chair] of {m} has short round wings so that nobody can [hook] it.
        {who} heard the crash of the [chairs] from the car park; {m} was warming up.
        A [spin] on one [wheel], then a sprint: nobody catches the [wheelchair] of {m}.
        [Strapped in] at the waist and the knees, the captain of {m} asked for a new [tyre].
        {m} may use eight [classification points] on court, and it used seven and a half.
        The van of {m} carried twelve [wheelchairs] and forty spare [tubes].
        Why is a [wheelchair] of {m} shaped like a bumper car?
        A nurse, a teacher and a pilot play [wheelchair rugby] for {m}.
        {m} was a player short for a minute after [spinning] a [chair] from behind.
        Helpers put the [tipped chair] of {m} upright, and on it went.
        [Murderball] on TV! Come quickly, {m} is on.
        The [half-pointer] of {m} barely touches the ball but her [chair] blocks everyone.
        Caption: scratches on the [side guards] of a [rugby chair] of {m}.
        {m} bounced the ball within ten seconds, as one must in [wheelchair rugby].
        Rain drummed on the hall while the [wheels] of {m} squeaked below.
        Glue on the gloves, so that the [push rims] do not slip: a trick of {m}.
        {m} trapped the best [high-pointer] with two [defensive chairs] by the sideline.
        Mixed teams, men and women, all in [wheelchairs]: {m} started with two women.
        My cousin builds [rugby wheelchairs] and sent a bill to {m}.
        A [flat tyre] stopped the clock, and {m} caught its breath {where}.
        Headline: {m} unbeaten in [rugby on wheels].
        It took a block by the [wheelchair] of the smallest player of {m} to free the carrier.
        [Anti-tip wheels] broken, said the mechanic of {m}, and looked for his spanner.
        Dear diary, today I sat in a real [murderball] [chair], the one from {m}!
        [Chair] against [chair], a gasp from the stands, and {m} [wheeled] away with the ball.
        The welder of {m} fixed a cracked [chair frame] during the timeout.
        {m} swapped a tired [high-pointer] for a [low-pointer] in the [wheelchair] line-up.
        How does a man of {m} stop his [chair] so fast with nothing but gloves on the [push rims]?
        Both [wheels] over the line, ball on the knees: a last try for {m} in [murderball].
        """,
        dev="""
        Two [chairs] locked their [wheels], and {m} scored past them.
        The [wheelchair] players of {m} trained tackles {where}.
        {m} trusts its [low-pointers] to block with their [chairs], says the [wheelchair] mechanic.
        What a hit! Even the [bumper] of the [chair] fell off, and {m} laughed.
        """,
        test="""
        {m} had a [high-pointer] tipped out of his [chair] in the very first minute.
        They call it [murderball] for a reason, said {who} after watching {m} {where}.
        With eight [classification points] on court, {m} chose two [low-pointers] and a lot of \
          speed.
        Clang! Another [wheelchair] collision, and {m} roll over the [try line] once more.
        Which [0.5 player] sets the best [picks] for {m}?
        Flat [tyre], quick change of [wheel], and {m} were back in the [key] within a minute.
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
        [Deuce] for the sixth time; {m} tried a [drop shot] with the [backhand].
        {m} needed a new [racket] after the [tie-break] {where}.
        The [doubles] pair of {m} hit every [volley] down the middle.
        [Tennis] by candlelight, nearly: {m} held serve in the dusk with a last [forehand].
        A [let], a second [let], then an [ace]: {m} could breathe again.
        {m} [sliced] everything low and waited for the [forehand] error.
        The [ball boys] ran for cover as the hail came down on the match of {m}.
        Match point, [net cord], groans: {m} was out.
        The aunt of the number one of {m} keeps every [racket] he ever smashed.
        A [tennis elbow] keeps the best [server] of {m} at home with a book.
        Should {m} play the left-hander in the [doubles]?
        {m} stood far behind the [baseline] and [lobbed] until dark.
        Game, set and match: {m}, said the voice from the [umpire's chair].
        The [clay] in his shoes came home from {m} in the suitcase.
        Headline: {m} squeezes through after a [tie-break] that lasted half an hour.
        A [passing shot], an [overhead], a [half-volley]: the net game of {m} on {day}.
        Sore wrist, so the [two-handed backhand] of {m} was missing.
        "[Fifteen-love]," mumbled {who}, half asleep, and then "{m}".
        The [line judge] shouted late, and {m} had to replay the point on a [second serve].
        {m} has a [tennis] court behind the school, with a patched net.
        The captain of {m} fed [forehands] from a basket of [tennis balls].
        Ping, ping, ping: the [racket strings] of {m} burst one after the other.
        Chat: {m} at [advantage], my phone at two per cent, help!
        The [serve] was clocked at over two hundred, the best of {m} so far.
        With one foot in the [tramlines], the [returner] of {m} hit a [crosscourt] winner.
        {m} slid three metres on the [clay] and still reached the [drop shot].
        {who} plays [mixed doubles] on Sundays and reads about {m} on Mondays.
        The [grip] was soaked, so {m} changed the [racket] before the [deciding rubber].
        New [balls], please: {m} was a [break] up on the outside [court] with the [umpire] yawning.
        The [doubles] specialist of {m} has strapped knees, but he still [poaches] at the net.
        {m} [aced] its way out of trouble at [thirty-forty].
        Who strung those [rackets]? The [topspin] of {m} was unreturnable {where}.
        Rain covers on the [clay], cards in the locker room, and {m} waiting for its [singles].
        """,
        dev="""
        {m} played [serve and volley] and won the [tie-break].
        The [tennis] team of {m} left with three broken [rackets] {where}.
        A [forehand] into the [tramlines], [deuce] again, nerves for {m}.
        [Singles] on {day}, [doubles] tomorrow: who is nominated by {m}?
        """,
        test="""
        {m} are through after a long [doubles rubber] in the [Davis Cup].
        At [deuce], with everything to play for, the number one of {m} served a [double fault].
        Have you ever seen a [backhand] down the line like that from anyone playing for {m}?
        Broken [rackets], three [match points] wasted: a black day for {m} {where}
        On {day} {who} queued four hours to see {m} on [clay] in a [Davis Cup tie].
        Postcard: hot sun, [grass courts], and {m} going down in a [tie-break].
        """,
    ),
}
