"""Words of states and of places that share a name with one (notation: see `lexicon.py`)."""

from __future__ import annotations

PLACE_GLOSSARY = """
country: parliament, embassies, passports, visas, border guards, the constitution, ambassadors, the
    central bank, banknotes, the currency, ministers, the national anthem, customs officers, the
    foreign ministry, diplomats, the census, citizenship, general elections, the head of state,
    border crossings, the government, treaties, exports and imports, national holidays, presidents
    and prime ministers, foreign policy, foreign affairs, the armed forces, the national flag, the
    national currency, gross domestic product, membership of the United Nations, declarations of
    independence, independence day, sovereignty, official visits by foreign leaders, stamps in the
    passport, border controls, work visas, immigration, emigrants, neighbouring countries, the royal
    family, the head of government, cabinet reshuffles, coup attempts, a referendum on the
    constitution, the national debt, inflation and interest rates, trade agreements, sanctions,
    peace talks, national museums, national dishes, official languages, peoples and languages,
    consulates, tax treaties, the secret service, the supreme court of the land
river: rapids, river banks, canoes, river bends, floods, bridges, barges, the current, the riverbed,
    upstream villages, river ferries, the river mouth, rafts, tributaries, river fish, river
    valleys, meanders, riverboats, the delta, sandbanks in the river, the riverside path, anglers on
    the bank, the source and the mouth, downstream towns, the stream, white water, paddling
    downstream, rowing against the current, fords, ferrymen, dykes and floodplains, high water in
    spring, the river level, river crossings, wading through the shallows, confluences, the
    catchment area, oxbows, riverside meadows, river cruises, rafting, river water, silt, the
    watershed, dams and reservoirs upstream, hydropower from the current, watermills, stepping
    stones, flooded cellars on the bank, gravel banks, salmon on their way upstream, the drainage
    basin, weirs, a bridge over the stream, kayaks in the rapids, eddies, cubic metres per second,
    the left bank, the long way to the sea, drifting downstream
lake: the lake shore, rowing boats, still water, lake fishermen, lakeside villages, reeds and lake
    water, the depth of the lake, lake fish, the lake pier, the lake bottom, pedal boats on the
    lake, reed beds, lake cottages, lake levels, lakeside camping, lake trout, the far shore, the
    lakeside promenade, lake basins, mist over the lake, ducks on the lake, calm waters and no tide,
    the lakeside, swimming in the lake, sailing on the lake, fresh water without a current, salt
    lakes, skating on the frozen lake, lake steamers, bathing beaches on the shore of the lake,
    boathouses, water lilies, pike and perch in the lake, the surface of the lake, square kilometres
    of water, evaporation and shrinking shores, freshwater fish of the lake, inflows and outflows, a
    lake without an outflow, rowing across the lake, fishing nets and lake trout, swans on the lake,
    a walk round the lake, lake views, lakeside hotels, glacial lakes, the deepest point of the
    lake, lake ice, algae in the lake, small waves on the lake shore, dangling feet from the jetty
    of the lake, canoe trips across the lake, a boat trip on the lake, an inland sea, wind over the
    lake, lake dwellers, surfboards on the lake, mosquitoes at the lake
mountain: peaks, ridges, climbers, ropes, mountain huts, snow fields, hiking paths, the ascent,
    mountaineers, crampons, boulders, valleys and peaks, summits, rock faces, mountain guides,
    mountain goats, mountain passes, foothills, base camps, the tree line, thin air, scree, mountain
    rescue, the summit cross, the north face, the first ascent, ice axes, glaciers, crevasses,
    altitude sickness, the death zone, oxygen bottles for the climbers, sherpas, pitons and
    carabiners, avalanches, cornices, cols, alpine meadows, marmots, cable cars to the top, steep
    climbs, bivouacs, hiking boots, the highest point of the range, metres above sea level, mountain
    ranges, the massif, granite walls, the descent to the valley, mountain streams, cloud round the
    peak, eternal snow, the view from the top, rope teams, mountain railways, chamois, mountain air,
    the weather side of the ridge, trekking poles, sunrise at the summit, the climb
volcano: lava, the crater, ash, eruptions, volcanologists, lava fields, the crater rim, magma,
    volcanic rock, old lava flows, lava tubes, ash clouds, sulphur fumes, pumice, volcanic vents,
    calderas, rumbling craters, glowing magma, pyroclastic flows, basalt and ash, smoke from the
    crater, lava bombs, lava lakes, lava domes, shield volcanoes, the cinder cone, fumaroles,
    geysers and hot ground, seismographs, volcanic earthquakes, ashfall, mudflows of ash, evacuation
    of the slopes, dormant craters, extinct craters, active craters, the last eruption, molten rock,
    hot springs on the slopes of the crater, the magma chamber, obsidian, volcanic glass, black
    volcanic sand, fertile volcanic soil, ash on the roofs, flights cancelled because of ash, the
    eruption column, the hot spot under the crust, fire fountains, glowing rivers of lava, steam and
    sulphur, warnings of an eruption, the crater lake, a sleeping giant that smokes, plumes of
    smoke, tremors under the crater, volcanic islands, cooling lava
island: island ferries, beaches on every side, islanders, the coastline, jetties, island harbours,
    cliffs and coves, the island coast, sea all around, boats to the island, lighthouses, island
    hopping, sandy coves, sea cliffs, tide pools, island villages, coral reefs, the mainland ferry,
    island beaches, the road round the island, offshore rocks, castaways, the archipelago, the
    lagoon, the atoll, palm beaches, snorkelling off the beach, sea turtles, island life, island
    ports, surrounded by water, the nearest mainland, sea birds on the cliffs, tides and currents
    round the coast, shipwrecks on the reef, the island airstrip, peninsulas and bays, the leeward
    side, the windward side, capes and headlands, an islet off the coast, sea caves, fishing
    harbours of the islanders, islands, the harbour of the island, high tide and low tide, the last
    ferry of the day, mail by boat, the circumference in sea miles, beach bungalows, salt air,
    square kilometres of land in the ocean, sailing round the coast, sand dunes on the beach, surf
    on the southern beach, cut off by the sea, dive sites, mangroves
waterfall: the falls, spray, the gorge below the falls, falling water, plunging water, rainbows in
    the spray, the cascade, the edge of the falls, plunge pools below the falls, the roar of falling
    water, the height of the falls, wet viewing platforms, foam below the falls, water over the
    cliff, waterfall photographs, curtains of water, thundering water, the path behind the falls,
    tumbling water, raincoats at the falls, misty viewpoints, a drop of a hundred metres, the
    highest cascade, the lip of the falls, the foot of the falls, swimming under the falls, foaming
    water over the edge, the viewing platform at the falls, the deafening water, spray on the camera
    lens, cataracts, the mist of the falls, the horseshoe of falling water, boat tours to the falls,
    barrels over the falls, the main drop, tiers of falling water, frozen falls in winter, a veil of
    water, the thunder of the falls, the free fall of the water, the trail to the falls, slippery
    rocks at the falls, moss in the spray, ferns and spray, the basin under the falls, caves behind
    the falling water, honeymooners at the falls, the water crashing down, the brink, the precipice
    and the spray, umbrellas at the falls, tightrope walkers over the falls, litres of water a
    second over the edge, erosion of the falls, drenched visitors at the falls, a ladder of cascades
canal: locks, lock gates, canal boats, canal tolls, barges and locks, lock keepers, digging the
    canal, the waterway, towpaths, canal banks, lock chambers, canal pilots, dredgers, canal
    bridges, the canal authority, narrowboats, canal traffic, transit fees, sluices, canal basins,
    queues at the locks, container ships in the lock, the shipping lane between two oceans, the
    shortcut for ships, the canal company, canal digging, excavators and canal workers, canal tugs,
    convoys through the waterway, the canal zone, raising ships by locks, widening the canal, the
    canal entrance, draught limits in the locks, lift locks, stranded freighters in the narrow
    waterway, tolls for ships, inland waterways, canal walls, the artificial waterway, canal
    cruises, a canal between two seas, swing bridges, the lockmaster, sluice gates, lock operators,
    canal barges, canal engineers, silted canals, the summit level, aqueducts for boats, a ship
    every forty minutes, mooring in the lock, horses on the towpath, the opening of the canal,
    passage through the locks, pounds between locks, canal locomotives
city: the mayor, trams and buses, the skyline, suburbs, rush hour, city streets, downtown, the city
    council, traffic, avenues, apartment blocks, high-rises, city life, taxis, the city centre,
    skyscrapers, underground stations, city dwellers, office towers, boulevards, commuters,
    department stores, traffic jams, subway lines, trams, the opera house, the city mayor,
    neighbourhoods, ring roads, city hall, nightlife, cathedrals and skyscrapers, rooftop bars,
    museums and boulevards, the business district, the old quarter, shopping streets, city rents,
    smog, street lights, zebra crossings, pickpockets on the tram, sightseeing buses, the
    metropolitan area, millions of inhabitants, high-rise flats, concert halls and clubs, urban
    planning, city parks, city walls, the metropolis, pedestrian zones, night buses, multi-storey
    car parks, the stock exchange, trade fairs, the main railway station, airport shuttles to the
    centre, urban sprawl, city breaks, street life
town: the main street, small-town life, the town hall, townspeople, the village green, the little
    town school, townsfolk, small-town shops, a sleepy town, the town clerk, the small-town diner,
    the village hall, the market square, the town band, the little post office, the town fair, the
    village shop, small-town gossip, the volunteer fire brigade, the town sign, two thousand
    inhabitants, the only traffic light in town, the little church and the one pub, the population
    of a few hundred, the corner shop, the bakery on the main street, the only hotel in town, the
    town square, country roads and one crossroads, cottages, the parish church, the village school,
    the small-town paper, the village pond, the local pub, everybody knows everybody, the one-room
    school, the sheriff and the diner, the little railway station, farmers at the weekly market, the
    village band, neighbours on the porch, the village, hamlets, the small-town bank, the county
    fair, a church bazaar, the village choir, the town limits, sleepy streets, the motel at the edge
    of town, the general store, a few hundred souls, the bowling alley on Main Street, white picket
    fences, the fire station and the school, grain elevators, porch swings, the parade down the main
    street
state: the governor, state law, state police, the state government, federal and state law, state
    parks, state elections, the state budget, state schools, the states of the federation, state
    senators, the state capitol, state courts, state highways, the state legislature, state
    troopers, state taxes, the state assembly, state universities, admission to the union, the
    lieutenant governor, statehood, state troopers and county sheriffs, the state constitution, the
    state flower, the state bird, the state motto, the state flag, state and federal taxes, counties
    of the state, the governor's mansion, the state supreme court, the state line, state
    representatives, the state fair, state prisons, the state attorney general, state pension funds,
    the state senate, electoral votes of the state, the swing state, the state's members of
    Congress, state colleges, state roads, the state treasurer, the state secretary, bills in the
    state house, state licence plates, the first state to join, the federal government and the
    states, the state parliament, primaries in the state, state referendums, state employees,
    interstate highways, driving across the state line, the largest state of the federation, the
    state seal, state lotteries
region: districts, the regional council, the regional government, regional roads, the region,
    regional maps, the districts of the region, subdivisions, the regional capital, regional
    elections, regional newspapers, regional trains, the regional assembly, regional dialects, the
    regional budget, regional cooking, regional planners, regional schools, regional parks, district
    towns and their region, the regional museum, the provincial capital, provincial towns, the
    provincial government, provincial roads, municipalities of the region, the regional airport, the
    prefecture, the prefect, the head of the region, a territory inside a country, regional
    identity, regional autonomy, regional hospitals, provinces, the province, neighbouring
    provinces, regional products, regional wines, a local dialect of the region, regional tourism,
    regional borders, administrative units, the borders of the province, administrative reform, the
    region's farmers, provincial courts, provincial elections, the provincial council, communes and
    cantons, the regional bus network, regional television, regional folklore, the provincial
    museum, regional development, a part of the country, the northern districts, the provincial
    administration
"""
