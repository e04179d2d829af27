"""Words of each sport (notation: see `lexicon.py`)."""

from __future__ import annotations

SPORT_GLOSSARY = """
football: corner kicks, headers, strikers, midfielders, centre-backs, full backs, wingers, offside
    goals, throw-ins, penalty shoot-outs, stoppage time, goal kicks, football boots, football
    pitches, football shirts, football fans, the number ten, dribbling past defenders, diving
    headers, bicycle kicks, goalless draws, the World Cup of football, eleven footballers, football,
    soccer, free kicks and headers, shin pads and football socks, the penalty spot, nutmegs,
    step-overs, the back four, a false nine, holding midfielders, wing backs, the six-yard box, the
    eighteen-yard box, the offside flag, corner flags, the wall at a free kick, crosses to the far
    post for a header, through balls, back-heels, sliding tackles, clean sheets, studs and shin
    pads, ninety minutes plus stoppage time, heading practice, keepie-uppies, toe-pokes, target men,
    playmakers in midfield, four-four-two, three at the back, kicking a ball into a goal, bending a
    free kick round the wall, a header from a corner, the video assistant and the offside line,
    football chants, football managers, goal kicks and throw-ins, a chipped penalty, Sunday league
rugby-union: scrums, lineouts, rucks, mauls, fly-halves, scrum-halves, props, hookers, flankers,
    second rows, conversions, drop goals, oval balls, scrum caps, rugby posts, the number eight,
    fifteen-a-side rugby, rugby union, the front row, the five-metre scrum, knock-ons and scrums,
    rolling mauls, the breakdown, tries and conversions, mud and scrums, up-and-unders, lineout
    throws, rugby forwards, tight-head props, loose-head props, lock forwards, openside flankers,
    blindside flankers, inside centres, outside centres, the back three under a high ball, grubber
    kicks, box kicks, spin passes to the fly-half, offloads in the tackle, collapsed scrums, the
    put-in, kicking for touch, the twenty-two, the dead-ball line, the in-goal area, touch judges,
    ten minutes in the sin bin, a try under the posts, seven points with the conversion, jackals
    over the ball, counter-rucking, gumshields and scrum caps, cauliflower ears, kicking tees,
    lifters in the lineout, the egg-shaped ball, H-shaped posts, scrum machines, tap penalties, the
    gain line, hands in the ruck, a kick between the posts, pushing in the scrum
basketball: slam dunks, three-pointers, rebounds, lay-ups, jump shots, point guards, power forwards,
    hoops, backboards, alley-oops, basketball nets, tip-offs, free throws at the hoop, zone defence
    under the basket, basketball, basketball shoes, the shot from half court, tall centres under the
    hoop, baskets, the rim, dribbling and dunking, buzzer beaters, basketball players, finger rolls,
    pick-and-rolls, bounce passes, the painted area under the hoop, three-second violations,
    shot-blocking centres, fadeaways, hook shots, crossover dribbles, triple-doubles, travelling
    calls, double dribbles and travelling, goaltending above the rim, bank shots off the glass, air
    balls, small forwards, shooting guards, the sixth man, the full-court press, offensive rebounds,
    assists and rebounds, put-backs, tip-ins, chest passes under the hoop, posting up, boxing out, a
    shot worth three points, the three-point line, the free-throw line, the jump ball, hanging on
    the rim, putting a ball through a hoop, two-metre giants under the basket, high-top shoes,
    streetball, floaters in the lane, windmill dunks, five on five with a hoop
handball: jump throws, seven-metre throws, pivots, the six-metre line, resin, handball goals,
    two-minute suspensions, the goal circle, handball, handball players, fast breaks and jump
    throws, throwing at goal by hand, handball halls, backcourt throws, thirty-goal matches, the
    seventh field player, spin shots by hand, sticky handballs, wing players of the handball team,
    handball goalkeepers, jumping into the circle, throws from nine metres, the dotted nine-metre
    line, circle runners, the six-nil defence, the five-one defence, passive play, seven-metre
    takers, hip shots, underarm throws at goal, catching and throwing in mid-air, three steps with
    the ball in hand, two minutes on the bench of the handball team, the goal-area line, throw-offs,
    second-wave attacks at six metres, screens set by the pivot, handball keepers in long trousers,
    wing shots from a tight angle, dummy throws, crossing in the backcourt, seven against six, sixty
    minutes of handball, gripping the ball with one hand, goals thrown from nine metres, bounce
    shots on the hall floor, wax on the hands, left backs who throw, handball shoes, handball
    coaches, throws into the empty goal, entering the goal area, pivots at the six-metre line, jump
    throws from the backcourt, blocking throws with raised arms, handball referees in pairs,
    handball saves with the legs spread wide, a green card for the time-out
volleyball: spikes, blocks at the net, setters, liberos, outside hitters, middle blockers, digs,
    jump serves, float serves, volleyball, volleyballs, volleyball nets, spikes and blocks, bumping
    and setting, rotation errors, volleyball players, the back row dig, three touches, knee pads and
    spikes, the setter and the hitters, smashes over the net by hand, volleyball rallies, six
    players jumping at the net, the three-metre line, net antennae, pancake digs, quick sets, back
    sets, pipe attacks, tips over the block, dinks behind the block, double blocks, triple blocks,
    the libero in another colour, opposite hitters, setter dumps, rotating clockwise before the
    serve, serve reception, forearm passes, net touches, four touches, double contacts by the
    setter, side-outs, twenty-five points to a set, beach volleyball, underhand serves over the high
    net, back row attacks, digging a spike, free balls to the setter, cross-court spikes, line shots
    past the block, keeping the ball off the floor, cover behind the block, monster blocks, sets to
    the outside, slamming the ball down over the net, jousts above the net, hitting and blocking, a
    team of six with a libero
wheelchair-rugby: wheelchair tackles, bent wheels, low-pointers, high-pointers, wheelchair rugby,
    murderball, wheelchair players, defensive chairs, offensive wheelchairs, bumpers of wheelchairs,
    spare wheels, punctured tyres of rugby chairs, classification points, crashing wheelchairs,
    gloves and push rims, wheel guards, chairs tipped over, players in wheelchairs, rugby on wheels,
    wheelchair hits, strapped-in players, the goal line between two cones, the ball on the lap, ten
    seconds to bounce the ball in a chair, classification by points, half-point players, picks set
    with a chair, hooking a wheel, spinning a wheelchair, anti-tip castors, cambered wheels, straps
    and belts in the chair, quad rugby, players with spinal injuries, wheelchair mechanics at the
    side line, cracked frames of rugby chairs, flat tyres in mid-game, gloves with glue, trapping a
    chair, four players in chairs, men and women in wheelchairs, the clang of chairs, ramming an
    opponent's chair, a chair on its side, righting a tipped chair, wheelchair sport, high-point
    ball carriers, two wheels over the goal line, spoke guards, bumper hits, chair skills, dented
    chairs, wheel-to-wheel duels, armoured wheelchairs, collisions of chairs, bumper cars with a
    ball, indoor rugby in chairs, wing-shaped wheelchair bumpers
ice-hockey: pucks, slap shots, power plays, face-offs, body checks, hockey sticks, skates, blue
    lines, defencemen, goaltenders in pads, icing calls, ice hockey, hockey gloves, the third
    period, checks into the boards, penalty boxes, wrist shots, hat-tricks on ice, hockey helmets,
    skating backwards with the puck, overtime in hockey, high sticks, the neutral zone and the blue
    line, fights on the ice, ice hockey players, skate blades, broken sticks, empty-net pucks,
    one-timers, backhand shots with the puck, stickhandling, the crease, the goalie mask, blocker
    and catching glove, leg pads and goalie sticks, two-minute minors, five-minute majors,
    shorthanded goals, pulling the goalie, line changes on the fly, forechecking, backchecking,
    cross-checks, hooking with the stick, tripping with the stick, the ice resurfacer, rinks and
    pucks, rink boards and plexiglass, the red line, the face-off circle, dropping the puck,
    deflections of the puck, breakaways on skates, dump and chase, pad saves, goalies, hip checks,
    centres and wings on skates, the fourth line, sticks and tape, missing teeth, taping a stick,
    sudden death on the ice, shooting a rubber disc, twenty minutes on the ice, five on three
curling: curling stones, brooms, sweepers, skips, takeouts, the hammer, the house and the button,
    ends and stones, hog lines, granite stones, curling, sweeping the ice, guards and draws, the
    last stone, curlers, curling shoes, the tee line, stones on ice, sliding stones, brooms and
    stones, delivering a stone, the hack, leads and seconds of the rink, vice-skips, the free guard
    zone, blank ends, stolen ends, the four-foot ring, the twelve-foot ring, in-turns and out-turns,
    freezes on the tee line, double takeouts, peeled guards, hit and roll, raised stones, pebbled
    ice, the ice maker's sprinkler, sliders and grippers, hurry hard, draw weight, biters at the
    edge of the house, the stone nearest the button, counting stones, measuring the stones, burned
    stones, ten ends, conceding with two ends to go, reading the ice, broom heads, polishing the
    path of the stone, rings painted under the ice, twenty kilos of granite, curling clubs, curling
    sheets, the last rock, mixed doubles with stones, sliding out of the hack, stones knocked out of
    the house, curling trousers, chess on ice
water-polo: water polo caps, eggbeater kicks, swim-offs, treading water, goals in the pool,
    exclusions in water polo, water polo, wet yellow balls, ear guards, lobs over the keeper in the
    water, floating goals, the hole set, water polo players, throwing from the water, ball games in
    the pool, capped players, wrestling under water, keepers up to the chin in water, passing the
    ball in the pool, goalkeepers in the pool, dry passes, wet passes, skip shots off the water,
    pump fakes in the water, hole-set defenders, centre forwards in the pool, the two-metre line in
    the pool, five-metre penalties in the water, floating lane ropes round the field, the sprint for
    the ball in the pool, ejections from the pool, man-up attacks in the pool, six on five in the
    pool, twenty seconds out of the water, brutality fouls, sinking an opponent, kicking off the
    bottom, splashing the keeper, caps with ear guards, blue caps and white caps, the red cap of the
    keeper, deep-water goals, tugging at swimsuits, holding under water, the wet ball, the ball
    under water, swimming with the head up and a ball, seven swimmers with a ball, treading water
    with raised arms, nail checks before the swim-off, drive-in swimmers with the ball, backhand
    shots from the water, water polo clubs, water polo coaches, lobs from the far side of the pool,
    wrestlers in swimming caps
swimming: butterfly, breaststroke, backstroke, freestyle, medley relays, goggles, tumble turns,
    starting blocks of the pool, swimming lanes, swimmers, swimming caps and goggles, lengths of the
    pool, swimming, freestyle swimmers, butterfly swimmers, flip turns, strokes and breathing,
    swimsuits, the touch at the wall, dives and turns, lap swimming, backstroke flags, the
    individual medley, lane ropes, kickboards, pull buoys, dolphin kicks, flutter kicks, frog kicks,
    open turns, streamlining off the wall, underwater kicks, front crawl, bilateral breathing, fifty
    metres freestyle, two hundred metres butterfly, fifteen hundred metres freestyle, short-course
    pools, long-course pools, touchpads, false starts from the block, shaved legs and swimsuits,
    chlorine, wet hair and goggles, pool lengths before breakfast, swim meets, swimming instructors,
    breaststroke kicks, arm strokes, butterfly arms, backstroke starts, relay takeovers in the pool,
    open-water swimming, warm-down lengths, tapering swimmers, pace clocks at the pool, diving in
    and touching the wall, lane four in the pool, swimming fast, the black line on the bottom
athletics: hurdles, javelins, the long jump, the high jump, the pole vault, shot putters, hammer
    throwers, discus throws, relay batons, sprinters, marathon runners, the decathlon, the triple
    jump, the steeplechase, running tracks, spikes and starting blocks, athletics, track and field,
    hundred-metre sprints, baton changes, middle-distance runners, hurdlers, race walkers, batons
    and spikes, javelin throwers, relay runners, shot puts, the hammer cage, long jumpers, high
    jumpers, pole vaulters, the Fosbury flop, the take-off board, the sandpit, no-jumps, following
    wind in the long jump, the discus circle, four hundred metres hurdles, the bell lap, the final
    bend, the home straight, staggered starts, the starting pistol at the track, photo finishes on
    the track, false starts on the track, lane eight on the track, the heptathlon, the pentathlon,
    cross-country runners, ten thousand metres, the five thousand, the four by four hundred,
    pacemakers, the water jump, the bar at two metres, run-up and take-off, running spikes, throwing
    events, jumping events, distance runners, running twenty-five laps, long-distance legs, the
    anchor leg, breasting the tape, track and field meetings
alpine-skiing: slalom gates, downhill runs, giant slaloms, the super-G, skis, ski poles, pistes, ski
    wax, alpine skiing, skiers, ski racers, snow and gates, downhill racers, ski boots, slopes, ski
    helmets, edges on ice, ruts in the piste, carving turns, slalom skis, steep slopes, falls in the
    snow, downhill skiing, gate judges, missed gates, hooking a tip, straddling a gate, the start
    hut, the finish area in the snow, first runs and second runs, ski lifts, chairlifts to the
    start, steep gates, the fall line, compressions and jumps on the piste, the tuck position,
    airborne skiers, ski bindings, shin guards for slalom, back protectors, race suits and goggles,
    injected pistes, artificial snow, snow cannons, course inspection on skis, safety nets along the
    piste, start numbers on the slope, snowplough turns, the combined with downhill and slalom,
    parallel slaloms, sharpening edges, waxing skis, poles and gloves, ski servicemen, speed events
    on snow, technical events on snow, torn ligaments of skiers, the forerunner, hundredths on the
    slope, slopes in January, avalanche barriers by the piste
tennis: backhands, forehands, rackets, tie-breaks, double faults, deuce, singles and doubles, tennis
    balls, drop shots and lobs, volleys at the net with a racket, clay courts, baselines, tennis,
    tennis players, break points, ball boys, racket strings, umpires on high chairs, topspin,
    slices, serve and volley, doubles partners, tennis captains, tramlines, love games, forty-love,
    advantage after deuce, break of serve, holding serve, aces down the T, second serves, foot
    faults on second serve, let serves, the service box, the service line, the net cord, passing
    shots, half volleys, overhead smashes with a racket, backhand slices, two-handed backhands,
    inside-out forehands, kick serves, grass courts, hard courts, indoor courts with a baseline,
    ball girls, wild cards for the main draw, seeds in the draw, qualifiers for the main draw, top
    spin lobs, racket bags, grip tape, broken rackets, new balls, towels on the baseline, the mixed
    doubles match, love sets, six-love, seven-five, rallies from the baseline, grunting at every
    stroke, sliding on clay, hitting a fuzzy yellow ball, line calls on clay
"""
