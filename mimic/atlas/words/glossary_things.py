"""Words of made things that share a name (notation: see `lexicon.py`)."""

from __future__ import annotations

THING_GLOSSARY = """
car: engines, headlights, tyres, gearboxes, brakes, car dealers, steering wheels, bumpers, petrol
    stations, exhausts, road tests, dashboards, motor cars, used cars, car seats, clutch pedals,
    windscreens, horsepower, number plates, garages, test drives, motor shows, oil changes, gear
    sticks, spark plugs, fuel tanks, petrol consumption, seat belts, boots full of luggage, roof
    racks, wing mirrors, windscreen wipers, number plates and tax discs, hubcaps, alloy wheels, car
    keys, car washes, motorways, car parks, driving lessons, drivers behind the wheel, mechanics in
    oily overalls, breakdowns on the motorway, saloons and estates, convertibles, hatchbacks, sports
    cars, all-wheel drive, cylinders and pistons, carburettors, oil on the drive, hand brakes, tow
    trucks, rust under the doors, car insurance, parking, speeding tickets, kilometres on the clock,
    handling in bends, car factories, assembly lines, leather seats
porcelain: teapots, cups and saucers, plates, glaze, kilns, dinner services, vases, potters, thin
    cups, tableware, painted plates, gold rims, tea sets, figurines, kaolin, sugar bowls, crockery,
    soup tureens, white clay, glazed bowls, gravy boats, saucers, hand-painted flowers on a plate,
    bone and clay, firing in the kiln, cracks in the glaze, deep blue glaze, coffee services for
    twelve, tureens, egg cups, gilded rims, biscuit firing, potter's marks, maker's marks on the
    base, translucent cups, butter dishes, broken plates, chipped cups, display cabinets with
    plates, a wedding service, tea cups, milk jugs, the table set for guests, soup plates, pottery,
    ceramic painters, earthenware, stoneware, plates on the wall, dishwasher-proof plates, dinner
    plates, glazed vases, cake stands, casting moulds for cups, eggshell-thin cups, the elephant in
    the shop with the cups, washing the cups by hand, sets of six cups
coffee: roasted beans, mugs, espresso machines, filters, baristas, milk and sugar, cafés, freshly
    brewed cups, coffee breaks, coffee roasters, crema, coffee grinders, cappuccinos, caffeine,
    coffee pots, coffee plantations, arabica beans, latte art, ground beans, decaf, filter paper,
    dark roasts, light roasts, the aroma of roasted beans, lattes, flat whites, iced lattes in a
    tall glass, steamed milk, milk foam, an espresso after lunch, percolators, French presses, moka
    pots, drip brewing, cold brew, instant powder, beans by the kilo, tasting notes of the roast,
    cuppings, robusta beans, coffee cherries, coffee bushes, coffee growers, paper cups with lids,
    coffee shops, a double espresso, morning cups, staying awake on caffeine, grinding beans, coffee
    filters, coffee spoons, coffee stains, coffee machines, two sugars, bitter taste and crema,
    coffee refills, the second espresso, beans in jute sacks, the smell of the roastery
sweet: caramel, nougat, chocolate, wrappers, vending machines, sweet snacks, kiosks, chocolate bars,
    sweets, candy, cocoa, sugary snacks, sweet shops, milk chocolate, toffee, confectioners, cocoa
    butter, chocolate coating, confectionery, sugar rushes, cravings for chocolate, a quick snack
    from the kiosk, sugar in every bite, cavities, fun-size bars, a bar for the break, malt and
    caramel filling, biting through the chocolate, sweet tooth, snack bars, melted chocolate,
    chocolate fingers, sticky wrappers, calories in chocolate, pocket money for sweets, chocolate
    eggs, pralines, sweet fillings, checkout displays of sweets, deep-fried chocolate,
    trick-or-treat bags, snack time, sugar and fat, whipped nougat, layers of caramel, confectionery
    makers, milk powder, dark chocolate, chewy centres, bite-size chocolate, dentists and sugar,
    chocolate lovers, chocolate factories, bars in a multipack, treats for the children, a
    chocolate-covered snack, sweet jars, ice cream bars, sugar content, sticky fingers and wrappers
hat: brims, straw, ribbons round the crown, hatters, hat boxes, woven straw, headgear, hat racks,
    sun hats, milliners, hat bands, hat sizes, wide brims, hat shops, hat pegs, straw weavers, palm
    straw, hat stands, hat makers, straw hats, crowns and brims, felt brims, fedoras, bowlers,
    bonnets and berets, hat pins, sweatbands inside the crown, black ribbons, straw fibres, plaiting
    straw, weaving brims, fine weave, headwear, hat blocks, tipping it to a lady, a feather in the
    band, shade for the face, a bare head in the sun, a gust of wind and a bare head, cloakrooms and
    hat racks, rolled up in a tube, wearing it at an angle, summer headgear, the gentleman's
    headgear, hats, a dented crown, sun protection for the head, toquilla palm fibres, hat fashions,
    hat lovers, top hats, hat makers' moulds, dandies in straw, garden parties with headgear, head
    sizes, straw from palm leaves, doffing, hat check girls
ship: masts, anchors, decks, sailors, captains, hulls, harbours, shipyards, crews, cabins below
    deck, voyages, portholes, seafarers, ship's bells, life boats, the launch from the slipway,
    gangways, keels, bows and sterns, rudders, dry docks, ship's logs, the bridge and the
    wheelhouse, cargo holds, ballast, steam engines below deck, funnels, sails and rigging, the
    crow's nest, helmsmen, boatswains, stokers, cooks in the galley, seasickness, the maiden voyage,
    the gun deck, warships, ocean liners, cargo steamers, tugs, pilots on board, the figurehead,
    lifeboat drills, the captain's table, rigging and knots, port and starboard, the christening
    with a bottle, wrecks on the sea bed, shipwrights, shipowners, first mates, bunks and hammocks,
    weighing anchor, fog horns, nautical miles, the gangplank, passengers on deck, tonnage, salvage
    divers, sailing round the cape
spacecraft: mission control, space missions, flight engineers, space agencies, trajectories, data
    sent from space, instruments in space, spacecraft models, antennas and sensors, spaceflight,
    telemetry, ground stations, small thrusters, onboard computers, space programmes, flight
    controllers, radio contact with space, course corrections in space, space engineers, space
    hardware, tests of the spacecraft, solar panels, heat shields, modules and docking ports,
    docking in orbit, airlocks, orbiters and landers, re-entry, the crew capsule, astronauts on
    board, spacewalks, deep space, cameras and spectrometers on board, radio antennas, gyroscopes,
    star trackers, attitude control, gravity assists, flyby pictures, orbit insertion, signal
    delays, the dish on the probe, safe mode, the main thruster, clean rooms, the vacuum of space,
    weightlessness, sample return, space engineering, ion drives, lost signals from space, landing
    legs, the entry capsule, parachutes of the capsule, radiation in space, space debris, batteries
    and solar arrays, a robot on its way to another world, mission patches, astronauts in orbit
rocket: launch pads, countdowns, boosters and stages, lift-off, rocket engines, thrust, nose cones,
    first stages, rocket fuel, launches, exhaust flames, payloads, upper stages, propellant tanks,
    liquid oxygen, rocket scientists, launch towers, ignition, nozzles, solid boosters, rocket
    motors, fins and nose cones, the second stage, the third stage, fairings, stage separation,
    launch vehicles, launch windows, ten seconds to ignition, fuel pumps, kerosene and liquid
    oxygen, solid fuel, launch gantries, blast-off, flame trenches, tonnes of thrust, a column of
    fire, the crawler to the launch pad, launch sites, launch crews, aborted launches, static fire
    tests, reusable first stages, burn time, max q, launch escape towers, heavy-lift launchers,
    payload to low orbit, the engine cluster, smoke at lift-off, launch delays, exploding on the
    pad, the weight at lift-off, rumbling at the launch, launch directors, the mobile launcher, the
    vehicle assembly building, sounding rockets, hypergolic fuel
machine: hooks, jibs, building sites, steel cables, counterweights, heavy loads, operators in the
    cabin, lifting gear, construction sites, hoists, containers in the port, pulleys, winches,
    outriggers, load limits, scaffolding, lifting capacity, riggers, slings and chains, hydraulics,
    building crews, tonnes on the hook, booms, ballast blocks, trolleys on the jib, slewing gear,
    lifting a container, lowering steel beams, the operator on the ladder, concrete buckets, wire
    rope, hard hats, signalmen on the building site, load charts, heavy lifting, tower sections,
    swinging loads, quayside gantries, grabs and magnets, hoisting, hoist motors, hydraulic arms,
    telescopic booms, crawler tracks, lorries with stabilisers, wrecking balls, wind limits on the
    building site, dock workers and containers, loading and unloading, bricks on a pallet in the
    air, the safe working load, erecting steel frames, shackles, high steel masts on the building
    site, lifting tackle, tonnes in the air, lattice steel, building contractors, rented lifting
    gear, the foreman on the building site
drink: barmen, chilled glasses, ice cubes, bartenders, sips, drinks menus, bars, drinking, glasses
    and bottles, hangovers, spirits, alcohol, happy hour, liquor shelves, bar stools, toasts, bar
    tabs, tumblers, drinks on ice, liquor stores, nightcaps, shakers, cocktails, cocktail glasses,
    vermouth, bitters, rum, gin, whisky, vodka, brandy, soda and ice, a slice of lime on the rim,
    cherries on a stick, stirred over ice, shaken over ice, mixing and straining, an olive in the
    glass, long drinks, short drinks, drunk guests, another round at the bar, a drink before dinner,
    proof and percent, distilleries, copper stills, casks, bottles behind the bar, corks, the wine
    list, a glass of wine, liqueurs, hip flasks, the barkeeper, cocktail umbrellas, clinking
    glasses, tipsy guests, sobering up, sugar syrup, jiggers, last orders
"""
