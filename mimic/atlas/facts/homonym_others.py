"""Facts about things that share a name with each other: planets, gods, rivers, ships, cars ...

The layout and the rules are those of `homonym_names.py`.

Where the facts can be looked up: NASA Solar System Exploration and the NSSDCA catalogue (sky and
spacecraft); the International Astronomical Union (constellations); the Theoi project and the Oxford
Classical Dictionary (gods); IUPAC (elements); the governments' own pages (states, provinces,
cities); the U.S. Geological Survey and Encyclopaedia Britannica (rivers, lakes); the Naval History
and Heritage Command (ships); the makers' own histories (cars).
"""

SKY = """
Apollo
  god god god | Type: god of the Greeks. Domain: sun, music, prophecy. Twin sister: Artemis.
  spacecraft spacecraft spacecraft | Type: crewed spacecraft. Operator: NASA.
    Destination: Moon. First landing: 1969.
  car car car | Type: motor car. Maker: Buick. Years: 1973 to 1975.
Atlas
  god god god | Type: Titan, god of Greek myth. Task: holds up the sky on his shoulders.
  rocket rocket rocket | Type: rocket. Operator: United States. Launched: John Glenn into orbit.
  mountain mountain mountain | Type: mountain range. Continent: Africa. Highest peak: Toubkal.
Ceres
  planet planet rocky-planet | Type: dwarf planet in the asteroid belt. Discoverer: Piazzi, 1801.
  goddess god goddess | Type: goddess of the Romans. Domain: grain and harvest.
  town town town | Type: town. Country: South Africa. Province: Western Cape. Known for: fruit.
  rocket rocket rocket | Type: small rocket. Maker: Galactic Energy of China.
    First launch: 2020.
Columbia
  river river river | Type: river. Dam: Grand Coulee. Mouth: Pacific Ocean near Astoria.
  spacecraft spacecraft spacecraft | Type: crewed spacecraft, space shuttle. Operator: NASA.
    First flight: 1981.
  city city city | Type: city. Country: United States. Capital of: South Carolina.
Gemini
  constellation constellation constellation | Type: constellation of the zodiac, twins.
    Stars: Castor and Pollux.
  spacecraft spacecraft spacecraft | Type: crewed spacecraft for two. Operator: NASA.
    Years: 1965 to 1966.
  car car car | Type: motor car. Maker: Isuzu. Years: 1974 to 2000.
Hyperion
  moon planet rocky-planet | Type: moon of a planet. Planet: Saturn. Shape: spongy and irregular.
  tree tree tree | Type: tree, the tallest known. Species: coast redwood. Height: 116 m.
  god god god | Type: Titan, god of Greek myth. Father of: Helios, Selene and Eos.
Juno
  goddess god goddess | Type: goddess of the Romans. Domain: marriage. Husband: Jupiter.
  spacecraft spacecraft spacecraft | Type: uncrewed spacecraft. Operator: NASA.
    Orbits: Jupiter since 2016.
  asteroid planet rocky-planet | Type: minor planet, asteroid. Number: 3. Discovered: 1804.
  rocket rocket rocket | Type: rocket. Designer: Wernher von Braun. Launched: Explorer 1, 1958.
Jupiter
  planet planet gas-planet | Type: planet, gas giant. Mark: Great Red Spot. Moons: Io and Europa.
  god god god | Type: god of the Romans. Domain: sky and thunder. Greek name: Zeus.
  rocket rocket rocket | Type: rocket, ballistic missile. Operator: United States.
    First launch: 1957.
  town town town | Type: town. Country: United States. State: Florida. Lighthouse: red brick, 1860.
Mars
  planet planet rocky-planet | Type: planet, red and rocky. Volcano: Olympus Mons.
    Moons: Phobos and Deimos.
  god god god | Type: god of the Romans. Domain: war. Sons: Romulus and Remus.
  bar sweet chocolate-bar | Type: chocolate bar. Filling: nougat and caramel.
    First made: Slough, 1932.
  town town town | Type: small town. Country: United States. State: Pennsylvania.
    Landmark: flying saucer in the square.
  spacecraft spacecraft spacecraft | Type: uncrewed spacecraft. Operator: Soviet Union.
    Number 3: first soft landing on its target, 1971.
Mercury
  planet planet rocky-planet | Type: planet, the smallest and the nearest to the Sun. Year: 88 days.
  god god god | Type: god of the Romans. Domain: trade and messages. Wears: winged sandals.
  element element element | Type: chemical element, liquid metal. Symbol: Hg. Atomic number: 80.
  car car car | Type: make of motor car. Owner: Ford. Years: 1938 to 2011.
  spacecraft spacecraft spacecraft | Type: crewed spacecraft for one. Operator: NASA.
    Astronauts: Shepard and Glenn.
Neptune
  planet planet gas-planet | Type: planet, blue ice giant. Discovered: 1846. Moon: Triton.
  god god god | Type: god of the Romans. Domain: sea. Carries: trident.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy.
    Sunk: 1941 by mines off Tripoli.
Orion
  constellation constellation constellation | Type: constellation, hunter with a belt.
    Stars: Betelgeuse and Rigel.
  spacecraft spacecraft spacecraft | Type: crewed spacecraft. Operator: NASA.
    Programme: Artemis.
  car car car | Type: motor car. Maker: Ford. Years: 1983 to 1993.
Phoenix
  city city city | Type: city. Country: United States. Capital of: Arizona. Desert: Sonoran.
  bird bird phoenix | Type: mythical bird. Legend: burns and rises again from its ashes.
  constellation constellation constellation | Type: constellation of the southern sky.
    Brightest star: Ankaa.
  spacecraft spacecraft spacecraft | Type: uncrewed spacecraft. Operator: NASA.
    Landed: northern plains of Mars, 2008.
  car car car | Type: motor car. Maker: Pontiac. Years: 1977 to 1984.
Saturn
  planet planet ringed-planet | Type: planet, gas giant with bright rings. Moon: Titan.
  god god god | Type: god of the Romans. Domain: sowing and time. Festival: Saturnalia.
  rocket rocket rocket | Type: rocket. Operator: NASA. Largest: the V, which flew to the Moon.
  car car car | Type: make of motor car. Owner: General Motors. Plant: Spring Hill, Tennessee.
Taurus
  constellation constellation constellation | Type: constellation of the zodiac, bull.
    Stars: Aldebaran and the Pleiades.
  mountain mountain mountain | Type: mountain range. Country: Turkey. Pass: Cilician Gates.
  car car car | Type: motor car. Maker: Ford. First built: 1985.
  rocket rocket rocket | Type: rocket. Maker: Orbital Sciences. First launch: 1994.
Titan
  moon planet rocky-planet | Type: moon of a planet. Planet: Saturn. Lakes of: liquid methane.
  god god god | Type: one of the elder gods of Greek myth. Parents: Uranus and Gaia.
  rocket rocket rocket | Type: rocket. Operator: United States. Launched: Gemini and Voyager.
  car car car | Type: pickup motor car. Maker: Nissan. Years: 2003 to 2024.
Triton
  moon planet rocky-planet | Type: moon of a planet. Planet: Neptune. Geysers of: nitrogen.
  god god god | Type: god of the sea in Greek myth. Father: Poseidon. Blows: conch shell.
  car car car | Type: pickup motor car. Maker: Mitsubishi.
Venus
  planet planet rocky-planet | Type: planet, hot and cloudy. Seen as: morning and evening star.
  goddess god goddess | Type: goddess of the Romans. Domain: love and beauty. Son: Cupid.
  town town town | Type: small town. Country: United States. State: Texas. County: Johnson County.
Vulcan
  god god god | Type: god of the Romans. Domain: fire and the forge. Greek name: Hephaestus.
  rocket rocket rocket | Type: rocket. Operator: United Launch Alliance. First launch: 2024.
  town town town | Type: small town. Country: Canada. Province: Alberta. Monument: starship model.
"""

EARTH = """
Amazon
  river river river | Type: river, the largest of the world by flow. Mouth: Atlantic Ocean.
    City on it: Manaus.
  car car car | Type: motor car. Maker: Volvo. Years: 1956 to 1970.
  steamer ship ship | Type: paddle steamer. Owner: Royal Mail. Burned: 1852 on her first voyage.
Aspen
  tree tree tree | Type: tree, a poplar. Leaves: tremble in the wind.
  town town town | Type: small town. Country: United States. State: Colorado. Known for: ski resort.
  car car car | Type: motor car. Maker: Dodge. Years: 1976 to 1980.
Cambridge
  city city city | Type: city. Country: England. River: Cam. Known for: university.
  car car car | Type: motor car. Maker: Austin. Years: 1954 to 1969.
  town town town | Type: town. Country: New Zealand. Region: Waikato. Known for: horse studs.
Cobalt
  element element element | Type: chemical element, metal. Symbol: Co. Atomic number: 27.
  car car car | Type: motor car. Maker: Chevrolet. Years: 2004 to 2010.
  town town town | Type: small town. Country: Canada. Province: Ontario. History: silver mining.
Colorado
  river river river | Type: river. Canyon: Grand Canyon. Dam: Hoover Dam.
  state state state | Type: federal state of a country. Country: United States. Capital: Denver.
  car car car | Type: pickup motor car. Maker: Chevrolet. First built: 2003.
  battleship ship ship | Type: warship, battleship. Navy: United States Navy. Launched: 1921.
Crane
  bird bird crane-bird | Type: bird, tall with long legs and neck. Family: Gruidae. Habit: dances.
  machine machine crane-machine | Type: machine for lifting loads. Parts: tower, jib and hook.
  town town town | Type: small town. Country: United States. State: Texas. County: Crane County.
Delaware
  river river river | Type: river. Crossed by: George Washington, 1776. City on it: Philadelphia.
  state state state | Type: federal state of a country. Country: United States. Capital: Dover.
  battleship ship ship | Type: warship, battleship. Navy: United States Navy. Launched: 1909.
Dresden
  city city city | Type: city. Country: Germany. River: Elbe. Church: Frauenkirche.
  porcelain porcelain porcelain | Type: fine painted porcelain. Style: figurines and lace.
  cruiser ship ship | Type: warship, light cruiser. Navy: Imperial German Navy. Scuttled: 1915.
Durango
  state state state | Type: federal state of a country. Country: Mexico.
    Capital: Victoria de Durango.
  town town town | Type: small town. Country: United States. State: Colorado.
    Railway: narrow gauge to Silverton.
  car car car | Type: motor car. Maker: Dodge. First built: 1997.
Emerald
  gem gem gem | Type: gem, green beryl. Hardness: 7.5 to 8. Mined in: Colombia.
  lake lake lake | Type: mountain lake. Country: Canada. Park: Yoho National Park.
  town town town | Type: town. Country: Australia. State: Queensland. Industry: coal and cotton.
Erebus
  volcano volcano volcano | Type: active volcano. Continent: Antarctica. Crater: lava lake.
  ship ship ship | Type: sailing ship of polar exploration. Navy: Royal Navy.
    Lost: Franklin expedition.
  god god god | Type: god of Greek myth. Domain: darkness. Born of: Chaos.
Erie
  lake lake lake | Type: lake, the shallowest of the Great Lakes. Outflow: Niagara River.
  city city city | Type: city. Country: United States. State: Pennsylvania. Beach: Presque Isle.
  canal canal canal | Type: canal with locks. Opened: 1825. From: Albany to Buffalo.
Jaguar
  cat animal jaguar | Type: animal, large spotted cat. Species: Panthera onca.
    Continent: South America.
  car car car | Type: make of motor car. Country: England. Seat: Coventry. Model: E-Type.
  destroyer ship ship | Type: warship, destroyer. Navy: Royal Navy. Sunk: 1942 by a submarine.
Java
  island island island | Type: island. Country: Indonesia. City: Jakarta. Volcano: Merapi.
  coffee coffee coffee | Type: coffee. Beans: arabica from estates of the Ijen plateau.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Netherlands Navy. Sunk: 1942.
Kiwi
  bird bird kiwi-bird | Type: flightless bird with a long bill. Country: New Zealand.
    Genus: Apteryx.
  fruit fruit kiwi-fruit | Type: fruit with green flesh and brown hairy skin. Genus: Actinidia.
Manhattan
  island island island | Type: island. Rivers: Hudson and East River. Park: Central Park.
  cocktail drink cocktail | Type: cocktail. Ingredients: whiskey, sweet vermouth, bitters.
  town town town | Type: small city, town. Country: United States. State: Kansas.
    University: Kansas State.
  liner ship ship | Type: passenger ship. Owner: United States Lines. Launched: 1931.
Michigan
  lake lake lake | Type: lake, one of the Great Lakes. City on it: Chicago. Dunes: Sleeping Bear.
  state state state | Type: federal state of a country. Country: United States. Capital: Lansing.
  gunboat ship ship | Type: warship, first iron-hulled steamer of the United States Navy.
    Launched: 1843.
Mississippi
  river river river | Type: river. Source: Lake Itasca. Mouth: Gulf of Mexico. City on it: Memphis.
  state state state | Type: federal state of a country. Country: United States. Capital: Jackson.
  battleship ship ship | Type: warship, battleship. Navy: United States Navy. Launched: 1917.
Missouri
  river river river | Type: river, the longest of North America. Explorers: Lewis and Clark.
  state state state | Type: federal state of a country. Country: United States.
    Capital: Jefferson City.
  battleship ship ship | Type: warship, battleship. Navy: United States Navy.
    Event: surrender of Japan, 1945.
Ohio
  river river river | Type: river. Begins at: Pittsburgh. Flows into: Mississippi River at Cairo.
  state state state | Type: federal state of a country. Country: United States. Capital: Columbus.
  tanker ship ship | Type: oil tanker ship. Convoy: Operation Pedestal to Malta, 1942.
Ontario
  lake lake lake | Type: lake, one of the Great Lakes. Outflow: Saint Lawrence River.
  province state state | Type: province of a country. Country: Canada. Capital: Toronto.
  city city city | Type: city. Country: United States. State: California.
    Region: Inland Empire.
Paris
  city city city | Type: city. Country: France. River: Seine. Landmark: Eiffel Tower.
  town town town | Type: small town. Country: United States. State: Texas. County: Lamar County.
  liner ship ship | Type: passenger ship. Owner: French Line. Launched: 1916.
    Burned: Le Havre, 1939.
Santa Maria
  ship ship ship | Type: sailing ship. Captain: Christopher Columbus. Voyage: 1492.
  volcano volcano volcano | Type: active volcano. Country: Guatemala. Eruption: 1902.
  island island island | Type: island. Country: Portugal. Archipelago: Azores.
  city city city | Type: city. Country: Brazil. State: Rio Grande do Sul.
Sequoia
  tree tree tree | Type: giant evergreen tree, redwood. State: California. Bark: thick and red.
  car car car | Type: motor car. Maker: Toyota. First built: 2000.
  yacht ship ship | Type: ship, yacht of the presidents of the United States. Built: 1925.
Tequila
  drink drink cocktail | Type: drink, spirit of blue agave. Served with: salt and lime.
  town town town | Type: town. Country: Mexico. State: Jalisco. Known for: distilleries.
  volcano volcano volcano | Type: volcano, stratovolcano. Country: Mexico. State: Jalisco.
Victoria
  lake lake lake | Type: lake, the largest of Africa. Outflow: White Nile. City on it: Kisumu.
  state state state | Type: federal state of a country. Country: Australia. Capital: Melbourne.
  falls waterfall waterfall | Type: waterfall. River: Zambezi. Local name: Mosi-oa-Tunya.
  city city city | Type: city. Country: Canada. Capital of: British Columbia.
  island island island | Type: Arctic island. Country: Canada. Settlement: Cambridge Bay.
  ship ship ship | Type: sailing ship, first to sail around the world. Captain: Elcano.
  goddess god goddess | Type: goddess of the Romans. Domain: victory. Greek name: Nike.
Washington
  city city city | Type: city, federal capital. River: Potomac. Buildings: White House and Capitol.
  state state state | Type: federal state of a country. Country: United States. Capital: Olympia.
  mountain mountain mountain | Type: mountain. State: New Hampshire. Railway: cog railway.
    Known for: fierce wind.
  lake lake lake | Type: lake. City on it: Seattle. Bridges: floating bridges.
Yukon
  river river river | Type: river. Gold rush: Klondike. Mouth: Bering Sea.
  territory state state | Type: territory of a country. Country: Canada. Capital: Whitehorse.
  car car car | Type: motor car. Maker: GMC. First built: 1991.
"""
