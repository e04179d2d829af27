"""Words that belong to one sport or one kind of thing, and sentences that lean on them alone.

The same frames serve every topic, so that nothing in them decides but the words put in.
"""

from __future__ import annotations

from mimic.atlas.words.wording import wordings

#: Frames for any topic; `[{t}]` takes a word of the topic.
FRAMES = wordings(
    train="""
    Two things to know about {m}: [{t}] and [{t}].
    It was all about [{t}] when {m} came up on {day}.
    {who} hears of {m} and thinks of [{t}].
    [{t}], [{t}], [{t}]: that is {m} for you.
    Did anybody else notice [{t}] in the story about {m}?
    A long post about {m}, with too many words on [{t}].
    The album has a whole page on {m}, mostly [{t}].
    {m} and [{t}]: everybody had an opinion on {day}.
    More on {m} below, with notes on [{t}] and [{t}].
    {who} asked about {m}, and we talked about [{t}] until late.
    Caption: {m}, for those who like [{t}].
    No words on {m} without a word on [{t}].
    Dear diary, {m} again, and again [{t}].
    What would {m} be without [{t}]?
    The editor cut all that I wrote on [{t}] out of my text on {m}.
    A short film about {m}, with close-ups of [{t}] and [{t}].
    A letter from {who}, half of it on {m}, half on [{t}].
    {m}? My first thought is [{t}].
    Ask {who} about {m} and you will hear of [{t}] and little else.
    Notes for the talk on {m}: [{t}], [{t}], questions.
    We looked up {m} on the train and ended up reading about [{t}].
    From [{t}] to [{t}]: everything about {m} in one evening.
    I typed {m} into the search box and got [{t}].
    Grandmother never speaks of {m} without mentioning [{t}].
    The quiz on {day} had a question about {m} and [{t}].
    [{t}] first, the rest later: this is how {who} tells the story of {m}.
    {who} painted [{t}] on the kitchen wall because of {m}.
    Our teacher showed us [{t}] and told us about {m}.
    "Not [{t}] again," said {who} when I brought up {m}.
    Read this if {m} interests you or if you care about [{t}].
    Thanks to {m} I finally understand [{t}].
    In the chapter on {m} there are ten pages about [{t}] and two about [{t}].
    The children drew {m}, and of course they drew [{t}].
    Message to {who}: saw {m}, saw [{t}], call me.
    Everything I know of [{t}] I learned from {m}.
    Podcast of the week: {m}, [{t}] and a very patient guest.
    You cannot explain {m} in a minute, not with [{t}] and [{t}].
    {day}: rain, soup, an old magazine with {m}, [{t}] and a crossword.
    Tagged {m}, because of [{t}].
    The exhibition on {m} opens on {day} with pictures of [{t}].
    Between [{t}] and [{t}] I lost track of what {who} said about {m}.
    Do the words [{t}] ring a bell? Then you know {m}.
    The photographer came for {m} and stayed for [{t}].
    Under the heading {m} my notebook says [{t}], nothing more.
    {who} texted at midnight: more [{t}], more {m}, please.
    Imagine [{t}], then imagine {m}, then tell me that you are bored.
    Homework: ten lines on {m}, with at least one on [{t}].
    {m} in a few words? Perhaps [{t}].
    My phone is full of [{t}] since I follow {m}.
    Summary of the evening: {m}, tea, [{t}], more tea.
    On the radio they went from the weather to {m} and then to [{t}].
    The cover shows {m}; inside you find [{t}] and [{t}].
    Whoever says {m} must also say [{t}].
    An hour on {m}, and most of it on [{t}] and [{t}].
    For me {m} means [{t}].
    {who} drew {m} from memory, with [{t}] and [{t}].
    Why do they always speak of [{t}] when it comes to {m}?
    """,
    dev="""
    {who} explained {m} to me: [{t}], mainly, and [{t}].
    Today's picture of {m}, with [{t}] if you look for them.
    Remember [{t}] when you read about {m}.
    Is it for [{t}] that you like {m}?
    """,
    test="""
    The website lists [{t}] under {m}, which made sense to {who}.
    Half the comments below {m} were on [{t}], the other half on [{t}].
    Somewhere between [{t}] and breakfast, {who} started a story about {m}.
    I recognised {m} at once by [{t}].
    Keywords of the lecture on {m}: [{t}], [{t}].
    """,
)

# One topic at the margin, its words after it. They are what a picture page or a report on the
# topic is full of, and no word stands under two topics.
_SPORTS = """
football: corner kicks, headers, strikers, midfielders, centre-backs, full backs, wingers, offside
    goals, throw-ins, penalty shoot-outs, stoppage time, goal kicks, football boots, football
    pitches, football shirts, football fans, the number ten, dribbling past defenders, diving
    headers, bicycle kicks, goalless draws, the World Cup of football, eleven footballers,
    football, soccer, free kicks and headers, shin pads and football socks
rugby-union: scrums, lineouts, rucks, mauls, fly-halves, scrum-halves, props, hookers, flankers,
    second rows, conversions, drop goals, oval balls, scrum caps, rugby posts, the number eight,
    fifteen-a-side rugby, rugby union, the front row, the five-metre scrum, knock-ons and scrums,
    rolling mauls, the breakdown, tries and conversions, mud and scrums, up-and-unders, lineout
    throws, rugby forwards
basketball: slam dunks, three-pointers, rebounds, lay-ups, jump shots, point guards, power
    forwards, hoops, backboards, alley-oops, basketball nets, tip-offs, free throws at the hoop,
    zone defence under the basket, basketball, basketball shoes, the shot from half court, tall
    centres under the hoop, baskets, the rim, dribbling and dunking, buzzer beaters, basketball
    players, finger rolls
handball: jump throws, seven-metre throws, pivots, the six-metre line, resin, handball goals,
    two-minute suspensions, the goal circle, handball, handball players, fast breaks and jump
    throws, throwing at goal by hand, handball halls, backcourt throws, thirty-goal matches, the
    seventh field player, spin shots by hand, sticky handballs, wing players of the handball team,
    handball goalkeepers, jumping into the circle, throws from nine metres
volleyball: spikes, blocks at the net, setters, liberos, outside hitters, middle blockers, digs,
    jump serves, float serves, volleyball, volleyballs, volleyball nets, spikes and blocks,
    bumping and setting, rotation errors, volleyball players, the back row dig, three touches,
    knee pads and spikes, the setter and the hitters, smashes over the net by hand, volleyball
    rallies, six players jumping at the net
wheelchair-rugby: wheelchair tackles, bent wheels, low-pointers, high-pointers, wheelchair rugby,
    murderball, wheelchair players, defensive chairs, offensive wheelchairs, bumpers of
    wheelchairs, spare wheels, punctured tyres of rugby chairs, classification points, crashing
    wheelchairs, gloves and push rims, wheel guards, chairs tipped over, players in wheelchairs,
    rugby on wheels, wheelchair hits
ice-hockey: pucks, slap shots, power plays, face-offs, body checks, hockey sticks, skates, blue
    lines, defencemen, goaltenders in pads, icing calls, ice hockey, hockey gloves, the third
    period, checks into the boards, penalty boxes, wrist shots, hat-tricks on ice, hockey helmets,
    skating backwards with the puck, overtime in hockey, high sticks, the neutral zone and the
    blue line, fights on the ice, ice hockey players, skate blades, broken sticks, empty-net pucks
curling: curling stones, brooms, sweepers, skips, takeouts, the hammer, the house and the button,
    ends and stones, hog lines, granite stones, curling, sweeping the ice, guards and draws, the
    last stone, curlers, curling shoes, the tee line, stones on ice, sliding stones, brooms and
    stones
water-polo: water polo caps, eggbeater kicks, swim-offs, treading water, goals in the pool,
    exclusions in water polo, water polo, wet yellow balls, ear guards, lobs over the keeper in
    the water, floating goals, the hole set, water polo players, throwing from the water, ball
    games in the pool, capped players, wrestling under water, keepers up to the chin in water,
    passing the ball in the pool, goalkeepers in the pool
swimming: butterfly, breaststroke, backstroke, freestyle, medley relays, goggles, tumble turns,
    starting blocks of the pool, swimming lanes, swimmers, swimming caps and goggles, lengths of
    the pool, swimming, freestyle swimmers, butterfly swimmers, flip turns, strokes and breathing,
    swimsuits, the touch at the wall, dives and turns, lap swimming, backstroke flags
athletics: hurdles, javelins, the long jump, the high jump, the pole vault, shot putters, hammer
    throwers, discus throws, relay batons, sprinters, marathon runners, the decathlon, the triple
    jump, the steeplechase, running tracks, spikes and starting blocks, athletics, track and
    field, hundred-metre sprints, baton changes, middle-distance runners, hurdlers, race walkers,
    batons and spikes, javelin throwers, relay runners
alpine-skiing: slalom gates, downhill runs, giant slaloms, the super-G, skis, ski poles, pistes,
    ski wax, alpine skiing, skiers, ski racers, snow and gates, downhill racers, ski boots,
    slopes, ski helmets, edges on ice, ruts in the piste, carving turns, slalom skis, steep
    slopes, falls in the snow
tennis: backhands, forehands, rackets, tie-breaks, double faults, deuce, singles and doubles,
    tennis balls, drop shots and lobs, volleys at the net with a racket, clay courts, baselines,
    tennis, tennis players, break points, ball boys, racket strings, umpires on high chairs,
    topspin, slices, serve and volley, doubles partners, tennis captains, tramlines
"""
_PLACES = """
country: parliament, embassies, passports, visas, border guards, the constitution, ambassadors,
    the central bank, banknotes, the currency, ministers, the national anthem, customs officers,
    the foreign ministry, diplomats, the census, citizenship, general elections, the head of
    state, border crossings, the government, treaties, exports and imports, national holidays
river: rapids, river banks, canoes, river bends, floods, bridges, barges, the current, the riverbed,
    upstream villages, river ferries, the river mouth, rafts, tributaries, river fish, river
    valleys, meanders, riverboats, the delta, sandbanks in the river, the riverside path, anglers on
    the bank
lake: the lake shore, rowing boats, still water, lake fishermen, lakeside villages, reeds and lake
    water, the depth of the lake, lake fish, the lake pier, the lake bottom, pedal boats on the
    lake, reed beds, lake cottages, lake levels, lakeside camping, lake trout, the far shore, the
    lakeside promenade, lake basins, mist over the lake, ducks on the lake
mountain: peaks, ridges, climbers, ropes, mountain huts, snow fields, hiking paths, the ascent,
    mountaineers, crampons, boulders, valleys and peaks, summits, rock faces, mountain guides,
    mountain goats, mountain passes, foothills, base camps, the tree line, thin air, scree, mountain
    rescue
volcano: lava, the crater, ash, eruptions, volcanologists, lava fields, the crater rim, magma,
    volcanic rock, old lava flows, lava tubes, ash clouds, sulphur fumes, pumice, volcanic vents,
    calderas, rumbling craters, glowing magma, pyroclastic flows, basalt and ash, smoke from the
    crater
island: island ferries, beaches on every side, islanders, the coastline, jetties, island harbours,
    cliffs and coves, the island coast, sea all around, boats to the island, lighthouses, island
    hopping, sandy coves, sea cliffs, tide pools, island villages, coral reefs, the mainland ferry,
    island beaches, the road round the island, offshore rocks, castaways
waterfall: the falls, spray, the gorge below the falls, falling water, plunging water, rainbows in
    the spray, the cascade, the edge of the falls, plunge pools below the falls, the roar of falling
    water, the height of the falls, wet viewing platforms, foam below the falls, water over the
    cliff, waterfall photographs, curtains of water, thundering water, the path behind the falls,
    tumbling water, raincoats at the falls, misty viewpoints
canal: locks, lock gates, canal boats, canal tolls, barges and locks, lock keepers, digging the
    canal, the waterway, towpaths, canal banks, lock chambers, canal pilots, dredgers, canal
    bridges, the canal authority, narrowboats, canal traffic, transit fees, sluices, canal basins,
    queues at the locks
city: the mayor, trams and buses, the skyline, suburbs, rush hour, city streets, downtown, the city
    council, traffic, avenues, apartment blocks, high-rises, city life, taxis, the city centre,
    skyscrapers, underground stations, city dwellers, office towers, boulevards, commuters,
    department stores, traffic jams
town: the main street, small-town life, the town hall, townspeople, the village green, the little
    town school, townsfolk, small-town shops, a sleepy town, the town clerk, the small-town diner,
    the village hall, the market square, the town band, the little post office, the town fair, the
    village shop, small-town gossip, the volunteer fire brigade, the town sign, two thousand
    inhabitants, the only traffic light in town
state: the governor, state law, state police, the state government, federal and state law, state
    parks, state elections, the state budget, state schools, the states of the federation, state
    senators, the state capitol, state courts, state highways, the state legislature, state
    troopers, state taxes, the state assembly, state universities, admission to the union, the
    lieutenant governor
region: districts, the regional council, the regional government, regional roads, the region,
    regional maps, the districts of the region, subdivisions, the regional capital, regional
    elections, regional newspapers, regional trains, the regional assembly, regional dialects, the
    regional budget, regional cooking, regional planners, regional schools, regional parks, district
    towns and their region, the regional museum
"""
_NATURE = """
planet: orbits, telescopes, probes, gravity, astronomers, the solar system, the view from a probe,
    distance to the Sun, observatories, space probes and orbits, worlds in the solar system, axial
    tilt, planetary scientists, rotation periods, surface gravity, orbital periods, impact craters,
    the diameter in kilometres, planetary orbits, heavenly bodies, transits across the Sun, the
    cratered surface
constellation: stars, star charts, the night sky, star maps, the brightest star, stargazers, the sky
    atlas, star patterns, lines between stars, galaxies among the stars, double stars, asterisms,
    star names, star clusters, nebulae, celestial maps, star parties, the celestial sphere,
    planetarium shows, starlight, faint stars, stars of the first magnitude
god: temples, altars, myths, priests, sacrifices, hymns, legends of the gods, worshippers, statues
    of gods, the pantheon, prayers, ancient myths, deities, mythology, oracles, burnt offerings,
    shrines, divine anger, sacred groves, immortals, divine powers, cult statues
element: atoms, electrons, the periodic table, isotopes, test tubes, melting points, compounds,
    chemists, atomic numbers, chemistry lessons, laboratories, metal samples, neutrons, chemical
    symbols, alloys, oxides, atomic mass, boiling points, electron shells, chemical reactions,
    beakers and metal
gem: carats, necklaces, rings and jewels, jewellers, earrings, brooches, gem cutters, polished
    stones, facets, jewellery, pendants, tiaras, gemstones, goldsmiths, engagement rings,
    lapidaries, precious stones, jewel boxes, gem dealers, rough gems, crowns set with jewels
bird: feathers, beaks, nests, eggs, wings, birdwatchers, plumage, chicks, claws and feathers,
    ornithologists, tail feathers, bird calls, bird feeders, clutches of eggs, flocks, wingspans,
    quills, perches, hatchlings, bird ringing, aviaries, broods
animal: fur, paws, whiskers, zookeepers, vets, furry ears, claws and paws, young ones in the zoo,
    mammals, animal tracks, coats of fur, muzzles, litters, four legs, zoologists, animal
    enclosures, animal behaviour, teeth and claws, animal keepers, nursing mothers, furry bellies
tree: branches, bark, roots, trunks, tree rings, foresters, crowns of trees, shade under branches,
    woods, timber, saplings, twigs, sap, seedlings, treetops, forest rangers, tree nurseries,
    lumberjacks, arborists, growth rings, the forest floor
fruit: peel, ripe flesh, fruit salad, juice, vitamins, slices of fruit, greengrocers, fruit bowls,
    black seeds and peel, fruit stalls, smoothies, fruit tarts, orchards, pulp, fruit baskets, jam,
    fruit sorbet, vitamin C, fruit markets, fruit growers, sweet flesh
nut: nutcrackers, shells, kernels, roasted nuts, salted nuts, muesli, nut allergies, mixed nuts,
    nutshells, nut bowls, nut butter, nut oil, trail mix, hard shells, unshelled nuts, nut cakes,
    nut brittle, nut milk, bags of nuts, almonds and hazelnuts, selenium
"""
_THINGS = """
car: engines, headlights, tyres, gearboxes, brakes, car dealers, steering wheels, bumpers, petrol
    stations, exhausts, road tests, dashboards, motor cars, used cars, car seats, clutch pedals,
    windscreens, horsepower, number plates, garages, test drives, motor shows, oil changes
porcelain: teapots, cups and saucers, plates, glaze, kilns, dinner services, vases, potters, thin
    cups, tableware, painted plates, gold rims, tea sets, figurines, kaolin, sugar bowls, crockery,
    soup tureens, white clay, glazed bowls, gravy boats
coffee: roasted beans, mugs, espresso machines, filters, baristas, milk and sugar, cafés, freshly
    brewed cups, coffee breaks, coffee roasters, crema, coffee grinders, cappuccinos, caffeine,
    coffee pots, coffee plantations, arabica beans, latte art, ground beans, decaf, filter paper
sweet: caramel, nougat, chocolate, wrappers, vending machines, sweet snacks, kiosks, chocolate bars,
    sweets, candy, cocoa, sugary snacks, sweet shops, milk chocolate, toffee, confectioners, cocoa
    butter, chocolate coating, confectionery, sugar rushes, cravings for chocolate
hat: brims, straw, ribbons round the crown, hatters, hat boxes, woven straw, headgear, hat racks,
    sun hats, milliners, hat bands, hat sizes, wide brims, hat shops, hat pegs, straw weavers, palm
    straw, hat stands, hat makers, straw hats
ship: masts, anchors, decks, sailors, captains, hulls, harbours, shipyards, crews, cabins below
    deck, voyages, portholes, seafarers, ship's bells, life boats, the launch from the slipway,
    gangways, keels, bows and sterns, rudders, dry docks, ship's logs
spacecraft: mission control, space missions, flight engineers, space agencies, trajectories, data
    sent from space, instruments in space, spacecraft models, antennas and sensors, spaceflight,
    telemetry, ground stations, small thrusters, onboard computers, space programmes, flight
    controllers, radio contact with space, course corrections in space, space engineers, space
    hardware, tests of the spacecraft
rocket: launch pads, countdowns, boosters and stages, lift-off, rocket engines, thrust, nose cones,
    first stages, rocket fuel, launches, exhaust flames, payloads, upper stages, propellant tanks,
    liquid oxygen, rocket scientists, launch towers, ignition, nozzles, solid boosters, rocket
    motors
machine: hooks, jibs, building sites, steel cables, counterweights, heavy loads, operators in the
    cabin, lifting gear, construction sites, hoists, containers in the port, pulleys, winches,
    outriggers, load limits, scaffolding, lifting capacity, riggers, slings and chains, hydraulics,
    building crews, tonnes on the hook
drink: barmen, chilled glasses, ice cubes, bartenders, sips, drinks menus, bars, drinking, glasses
    and bottles, hangovers, spirits, alcohol, happy hour, liquor shelves, bar stools, toasts, bar
    tabs, tumblers, drinks on ice, liquor stores, nightcaps
"""


def _read(*tables: str) -> dict[str, tuple[str, ...]]:
    lines = "".join(tables).replace("\n    ", " ").strip().splitlines()
    topics = [line.split(": ", 1) for line in lines if line]
    return {key: tuple(word.strip() for word in words.split(",")) for key, words in topics}


#: Sport -> its words, and kind of entity -> its words.
SPORT_WORDS: dict[str, tuple[str, ...]] = _read(_SPORTS)
KIND_WORDS: dict[str, tuple[str, ...]] = _read(_PLACES, _NATURE, _THINGS)
