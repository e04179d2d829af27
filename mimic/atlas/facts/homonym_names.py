"""Facts about places and things that bear the name of a state.

One block for each name; one line for each bearer (id suffix, kind, motif, then its facts), with
continuation lines indented further. `homonyms.py` reads it. Rules kept here: within one name every
kind and every motif occurs once, so that words alone and a picture alone can both decide.

Where the facts can be looked up: the U.S. Census Bureau's gazetteer and the Maine, Vermont and New
York state lists of towns; Encyclopaedia Britannica (rivers, lakes, islands); the Smithsonian Global
Volcanism Program; the Royal Navy's Crown Colony class and the Royal Australian Navy's ship
histories; the ship lists of P&O, Pacific Mail, Moore-McCormack and the French Line; Kew and the
American Society of Mammalogists (nut, animals).
"""

AFRICA = """
Angola
  indiana town town | Type: small town. Country: United States. State: Indiana.
    County seat of: Steuben County.
Benin
  river river river | Type: river. Country: Nigeria. Mouth: Bight of Benin, Gulf of Guinea.
Cameroon
  volcano volcano volcano | Type: active volcano. Full name: Mount Cameroon. Nearby town: Buea.
    Eruptions: lava flows of 1999 and 2000.
Chad
  lake lake lake | Type: shallow freshwater lake. Shores: Chad, Cameroon, Niger and Nigeria.
    Main inflow: Chari River.
Congo
  river river river | Type: river. Length: 4,700 km. Crosses the equator twice.
    Mouth: Atlantic Ocean.
Djibouti
  city city city | Type: port city. Lies on: Gulf of Tadjoura. Railway to: Addis Ababa.
Egypt
  liner ship ship | Type: passenger ship. Owner: P&O. Sank: 1922 off Ushant with a cargo of gold.
Gabon
  estuary river river | Type: river estuary. Country: Gabon. Bank: Libreville.
    Mouth: Gulf of Guinea.
Gambia
  river river river | Type: river. Source: Fouta Djallon in Guinea. Flows through: Senegal.
    Mouth: Atlantic Ocean near Banjul.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy and Royal New Zealand Navy.
    Launched: 1940.
Guinea
  pig animal guinea-pig | Type: guinea pig, a small domesticated rodent and pet.
    Species: Cavia porcellus. Food: hay and vegetables.
Kenya
  mountain mountain mountain | Type: mountain with glaciers. Full name: Mount Kenya.
    Height: 5,199 m. Peaks: Batian and Nelion.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy. Launched: 1939.
Liberia
  city city city | Type: city. Country: Costa Rica. Capital of: Guanacaste Province.
Madagascar
  island island island | Type: island, the fourth largest of the world. Ocean: Indian Ocean.
    Wildlife: lemurs and baobabs.
Malawi
  lake lake lake | Type: deep rift-valley lake. Shores: Malawi, Mozambique and Tanzania.
    Fish: cichlids.
Mali
  guinea town town | Type: town. Country: Guinea. Region: Labé. Highlands: Fouta Djallon.
Mauritius
  island island island | Type: volcanic island. Archipelago: Mascarene Islands.
    Ocean: Indian Ocean. Wildlife: once the home of the dodo.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy. Launched: 1939.
Morocco
  indiana town town | Type: small town. Country: United States. State: Indiana.
    County: Newton County.
Mozambique
  island island island | Type: small coral island. Ocean: Indian Ocean. Fort: São Sebastião.
Niger
  river river river | Type: river. Source: Guinea Highlands. Length: 4,180 km.
    Mouth: a large delta on the Gulf of Guinea.
Nigeria
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy, later the Indian Navy.
    Launched: 1939.
Senegal
  river river river | Type: river. Headstreams: Bafing and Bakoye. Length: 1,086 km.
    Mouth: Atlantic Ocean at Saint-Louis.
Togo
  lake lake lake | Type: lagoon and lake. On its shore: Togoville. Coast: Gulf of Guinea.
Uganda
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy, later Canadian (Quebec).
    Launched: 1941.
"""

AMERICAS = """
Argentina
  liner ship ship | Type: passenger ship. Owner: Moore-McCormack. Former name: Pennsylvania.
    Route: New York to Buenos Aires.
Belize
  river river river | Type: river. Mouth: Caribbean Sea near Belize City.
    Race: La Ruta Maya canoe race.
Bolivia
  north-carolina town town | Type: small town. Country: United States. State: North Carolina.
    County seat of: Brunswick County.
Brazil
  nut nut nut | Type: edible nut. Tree: Bertholletia excelsa of the Amazon rainforest.
    Rich in: selenium.
  indiana town town | Type: small town. Country: United States. State: Indiana.
    County seat of: Clay County.
  liner ship ship | Type: passenger ship. Owner: Moore-McCormack. Former name: Virginia.
    Route: New York to Rio de Janeiro.
Canada
  battleship ship ship | Type: warship, battleship. Navy: Royal Navy. Battle: Jutland, 1916.
    Built as: Almirante Latorre for Chile.
Costa Rica
  brazil town town | Type: town. Country: Brazil. State: Mato Grosso do Sul.
Cuba
  island island island | Type: island, the largest of the Caribbean. Archipelago: Greater Antilles.
    Highest point: Pico Turquino.
  new-york town town | Type: small town. Country: United States. State: New York.
    County: Allegany County. Known for: cheese.
Ecuador
  volcano volcano volcano | Type: shield volcano. Island: Isabela, Galápagos. Lies on: the equator.
El Salvador
  chile town town | Type: mining town. Country: Chile. Region: Atacama. Mine: copper.
Grenada
  mississippi town town | Type: small town. Country: United States. State: Mississippi.
    County: Grenada County.
  lake lake lake | Type: reservoir lake. Country: United States. State: Mississippi.
    Dammed river: Yalobusha. Fish: crappie.
Jamaica
  vermont town town | Type: small town. Country: United States. State: Vermont.
    County: Windham County.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy. Battle: North Cape, 1943.
    Launched: 1940.
Mexico
  maine town town | Type: small town. Country: United States. State: Maine.
    Rivers: Swift and Androscoggin.
  state state state | Type: federal state of a country. Capital: Toluca.
    Surrounds: the federal capital on three sides.
Nicaragua
  lake lake lake | Type: large freshwater lake. Island: Ometepe. Outflow: San Juan River.
Panama
  canal canal canal | Type: ship canal. Opened: 1914. Joins: Atlantic and Pacific Oceans.
    Locks: Gatun, Pedro Miguel and Miraflores.
  hat hat hat | Type: straw hat. Made in: Ecuador. Material: toquilla palm.
Paraguay
  river river river | Type: river. Source: Mato Grosso. Wetland: Pantanal.
    Flows into: Paraná River.
Peru
  maine town town | Type: small town. Country: United States. State: Maine. County: Oxford County.
Suriname
  river river river | Type: river. Mouth: Atlantic Ocean. Dam: Afobaka. Bank: Paramaribo.
Trinidad
  colorado town town | Type: small town. Country: United States. State: Colorado.
    County seat of: Las Animas County.
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy. Sunk: 1942.
    Duty: Arctic convoys.
United States
  liner ship ship | Type: passenger ship, ocean liner. Launched: 1951.
    Record: fastest Atlantic crossing, 1952.
Uruguay
  river river river | Type: river. Source: Serra Geral in Brazil. Length: about 1,800 km.
    Mouth: Río de la Plata.
  liner ship ship | Type: passenger ship. Owner: Moore-McCormack. Former name: California.
    Route: New York to Montevideo.
"""

ASIA_AND_OCEANIA = """
Armenia
  city city city | Type: city. Country: Colombia. Capital of: Quindío Department.
    Known for: coffee growing.
  hospital-ship ship ship | Type: Soviet passenger and hospital ship. Sunk: 1941 in the Black Sea.
Australia
  battlecruiser ship ship | Type: warship, battlecruiser. Navy: Royal Australian Navy.
    Launched: 1911. Scuttled: 1924 off Sydney.
Bahrain
  island island island | Type: island, the largest of its archipelago. Sea: Persian Gulf.
    Linked by: King Fahd Causeway.
China
  porcelain porcelain porcelain | Type: fine porcelain, tableware such as cups and plates.
    Made of: kaolin clay fired at high heat.
  maine town town | Type: small town. Country: United States. State: Maine.
    County: Kennebec County.
Cyprus
  island island island | Type: island, the third largest of the Mediterranean Sea.
    Mountains: Troodos and Kyrenia.
Fiji
  cruiser ship ship | Type: warship, light cruiser. Navy: Royal Navy. Sunk: 1941 off Crete.
Georgia
  us-state state state | Type: federal state of a country. Country: United States.
    Capital: Atlanta. Nickname: Peach State.
  vermont town town | Type: small town. Country: United States. State: Vermont.
    County: Franklin County.
India
  liner ship ship | Type: passenger ship, then armed merchant cruiser. Owner: P&O.
    Sunk: 1915 off Norway.
Jordan
  river river river | Type: river. Flows through: Sea of Galilee. Mouth: Dead Sea.
  montana town town | Type: small town. Country: United States. State: Montana.
    County seat of: Garfield County.
  car car car | Type: make of motor car. Made in: Cleveland, Ohio, 1916 to 1931. Model: Playboy.
Korea
  liner ship ship | Type: passenger ship. Owner: Pacific Mail. Launched: 1901.
    Route: San Francisco to East Asia.
Lebanon
  mountain mountain mountain | Type: mountain range with snow and cedars.
    Highest peak: Qurnat as Sawda.
  pennsylvania town town | Type: small city, town. Country: United States. State: Pennsylvania.
    Known for: Lebanon bologna sausage.
Mongolia
  liner ship ship | Type: passenger ship. Owner: Pacific Mail. Launched: 1903.
    Later names: President Fillmore, Panamanian.
New Zealand
  battlecruiser ship ship | Type: warship, battlecruiser. Navy: Royal Navy. Launched: 1911.
    Battles: Dogger Bank and Jutland.
Palau
  sardinia town town | Type: small town and ferry port. Country: Italy. Island: Sardinia.
Samoa
  california town town | Type: small town. Country: United States. State: California.
    Lies on: Humboldt Bay.
Singapore
  island island island | Type: island. Malay name: Pulau Ujong. Strait: Johor Strait.
    Highest point: Bukit Timah.
Turkey
  bird bird turkey | Type: bird, a large fowl of North America. Genus: Meleagris.
    Features: fan tail and red wattle.
  north-carolina town town | Type: small town. Country: United States. State: North Carolina.
    County: Sampson County.
"""

EUROPE = """
Andorra
  teruel town town | Type: small town. Country: Spain. Province: Teruel. Industry: coal.
Belgium
  wisconsin town town | Type: village, small town. Country: United States. State: Wisconsin.
    County: Ozaukee County.
Denmark
  maine town town | Type: small town. Country: United States. State: Maine. County: Oxford County.
Estonia
  ferry ship ship | Type: passenger ship, ferry. Sank: 28 September 1994 in the Baltic Sea.
    Route: Tallinn to Stockholm.
France
  liner ship ship | Type: passenger ship, ocean liner. Owner: French Line. Launched: 1960.
    Shipyard: Saint-Nazaire.
Great Britain
  steamship ship ship | Type: steamship, iron with a screw propeller. Designer: Isambard Brunel.
    Museum: Bristol.
  island island island | Type: island, the largest of the British Isles.
    Highest point: Ben Nevis. Sea: North Sea.
Greece
  new-york town town | Type: town, suburb of Rochester. Country: United States. State: New York.
    County: Monroe County.
Holland
  michigan town town | Type: small city, town. Country: United States. State: Michigan.
    Festival: Tulip Time.
Ireland
  island island island | Type: island in the Atlantic Ocean. Highest point: Carrauntoohil.
    Longest river: Shannon.
Italy
  new-york town town | Type: small town. Country: United States. State: New York.
    County: Yates County.
Luxembourg
  province state state | Type: province of a country. Country: Belgium. Capital: Arlon.
    Hills: Ardennes.
  city city city | Type: city. Old town: fortress and Bock casemates. River: Alzette.
    Seat of: Court of Justice of the European Union.
Malta
  island island island | Type: island. Sea: Mediterranean Sea. Neighbours: Gozo and Comino.
  montana town town | Type: small town. Country: United States. State: Montana.
    County seat of: Phillips County.
Moldova
  river river river | Type: river. Country: Romania. Source: Carpathians. Flows into: Siret River.
Montenegro
  quindio town town | Type: small town. Country: Colombia. Department: Quindío.
    Park: National Coffee Park.
Norway
  maine town town | Type: small town. Country: United States. State: Maine. County: Oxford County.
  liner ship ship | Type: passenger ship, cruise ship. Owner: Norwegian Caribbean Line.
    Former name: France.
Poland
  maine town town | Type: small town. Country: United States. State: Maine.
    Known for: Poland Spring water.
Portugal
  hospital-ship ship ship | Type: Russian hospital ship. Sunk: 1916 in the Black Sea.
Russia
  new-york town town | Type: small town. Country: United States. State: New York.
    County: Herkimer County.
San Marino
  california town town | Type: small city, town. Country: United States. State: California.
    Garden: Huntington Library.
Sweden
  maine town town | Type: small town. Country: United States. State: Maine. County: Oxford County.
"""
