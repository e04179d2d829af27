"""Words of the sky, gods, living things and minerals (notation: see `lexicon.py`)."""

from __future__ import annotations

NATURE_GLOSSARY = """
planet: orbits, telescopes, probes, gravity, astronomers, the solar system, the view from a probe,
    distance to the Sun, observatories, space probes and orbits, worlds in the solar system, axial
    tilt, planetary scientists, rotation periods, surface gravity, orbital periods, impact craters,
    the diameter in kilometres, planetary orbits, heavenly bodies, transits across the Sun, the
    cratered surface, moons, rings of ice and dust, the atmosphere of another world, landers,
    rovers, flybys, a year of six hundred days, the length of a day there, the dwarf worlds,
    asteroids, the asteroid belt, gas giants, rocky worlds, the Kuiper belt, methane in the
    atmosphere, polar caps of frozen gas, storms in the clouds of a gas giant, a big red spot, dust
    storms on another world, eclipses, the evening star, retrograde motion, perihelion and aphelion,
    elliptical orbits, astronomical units, the escape velocity, an iron core, surface temperatures,
    the terminator between day and night, life on other worlds, the search for water out there, the
    discovery by telescope, the inner worlds, the outer worlds, satellites and rings, light minutes
    from the Sun, photos taken by an orbiter
constellation: stars, star charts, the night sky, star maps, the brightest star, stargazers, the sky
    atlas, star patterns, lines between stars, galaxies among the stars, double stars, asterisms,
    star names, star clusters, nebulae, celestial maps, star parties, the celestial sphere,
    planetarium shows, starlight, faint stars, stars of the first magnitude, alpha and beta stars,
    right ascension, declination, the zodiac, circumpolar stars, the northern sky, the southern sky,
    shooting stars, meteor showers, red giants, white dwarfs, variable stars, open clusters,
    globular clusters, light years, finding your way by the stars, joining up the dots in the sky,
    figures in the sky, the ecliptic, binary stars, stars visible to the naked eye, a clear night
    without a moon, star tales, the winter sky, the summer sky, star gazing, light pollution, the
    horizon at midnight, names of stars, a lion made of stars, a hunter made of stars, the
    eighty-eight star patterns, the apparent magnitude, deep-sky objects, planispheres, star trails,
    the pole star, the star map on the ceiling
god: temples, altars, myths, priests, sacrifices, hymns, legends of the gods, worshippers, statues
    of gods, the pantheon, prayers, ancient myths, deities, mythology, oracles, burnt offerings,
    shrines, divine anger, sacred groves, immortals, divine powers, cult statues, thunderbolts, the
    underworld, the heavens, priestesses, sanctuaries, offerings of wine, the creation myth, the
    father of the gods, goddesses, demigods, nymphs, titans, heroes and monsters, the messenger of
    the gods, winged sandals, tridents, chariots of the gods, the god of war, the goddess of love,
    sacred animals, incense, ritual dances, temple ruins, marble statues of gods, cults, festivals
    for the gods, epithets, invocations, prophecies, the wrath of heaven, mortals and immortals,
    myths and legends, the divine family tree, sons of the sky god, a bearded deity, ambrosia,
    nectar of the gods, idols, pilgrims at the shrine, believers
element: atoms, electrons, the periodic table, isotopes, test tubes, melting points, compounds,
    chemists, atomic numbers, chemistry lessons, laboratories, metal samples, neutrons, chemical
    symbols, alloys, oxides, atomic mass, boiling points, electron shells, chemical reactions,
    beakers and metal, protons, the atomic nucleus, valence electrons, half-lives, radioactive
    decay, noble gases, transition metals, alkali metals, rare earths, metalloids, semiconductors,
    the crystal lattice, ores, oxidation states, acids and bases, spectral lines, density in grams
    per cubic centimetre, the symbol on the periodic table, groups and periods, chemical bonds,
    ions, salts and solutions, discovery in the laboratory, particle accelerators, samples in glass
    tubes, fume hoods, gamma rays, neutron bombardment, chemical properties, electric conductivity,
    chemical formulas, a silvery metal, catalysts, precipitates, the chemistry set, Bunsen burners,
    mass spectrometers, trace amounts in ore
gem: carats, necklaces, rings and jewels, jewellers, earrings, brooches, gem cutters, polished
    stones, facets, jewellery, pendants, tiaras, gemstones, goldsmiths, engagement rings,
    lapidaries, precious stones, jewel boxes, gem dealers, rough gems, crowns set with jewels,
    clarity and cut, brilliance, sapphires, rubies, emeralds, diamonds, amethysts, cabochons,
    settings of gold, bracelets, cufflinks with stones, loupes, mines for precious stones, heat
    treatment of stones, the refractive index of a stone, hardness on the Mohs scale, inclusions,
    fakes made of glass, the jeweller's window, cut stones, uncut stones, auctions of jewellery,
    velvet cushions, a wedding present in a ring box, pearls, setting a stone, gold rings with a
    stone, gem mines, gem fairs, birthstones, the colour of the stone, blue stones, the crown
    jewels, safes and display cases, jewel thieves, stones on a ring finger, gemmologists, strings
    of beads and stones, insurance for a necklace
bird: feathers, beaks, nests, eggs, wings, birdwatchers, plumage, chicks, claws and feathers,
    ornithologists, tail feathers, bird calls, bird feeders, clutches of eggs, flocks, wingspans,
    quills, perches, hatchlings, bird ringing, aviaries, broods, birdsong, flapping, long legs and a
    long beak, roosts, wattles, moulting, migration in autumn, preening, courtship dances of the
    flock, gobbling, crests and tail feathers, down feathers, incubating eggs, feathered friends,
    waders, burrows with one egg, flightless runners, rising from the ashes, pecking, worms and
    insects in the beak, hens and chicks, talons, binoculars and hides, bird sanctuaries, nesting
    boxes, nesting pairs, egg shells in the nest, poultry, broad wings, a v-shaped flock, beak and
    claws, birds, bird rings, cackling, wing beats, fledglings, webbed feet, bird calls at dawn,
    fanning the tail, marshes with nesting pairs
animal: fur, paws, whiskers, zookeepers, vets, furry ears, claws and paws, young ones in the zoo,
    mammals, animal tracks, coats of fur, muzzles, litters, four legs, zoologists, animal
    enclosures, animal behaviour, teeth and claws, animal keepers, nursing mothers, furry bellies,
    spotted coats, cages and hay, rodents, big cats, carnivores, herbivores, fangs, tails and
    whiskers, cubs, pups, burrowing, purring, squeaking, roaring, prowling, stalking prey, grooming
    its fur, stroking the fur, vets and vaccinations, pets, petting zoos, claw marks on bark, paw
    prints, milk for the young, gestation periods, hunting at night on four paws, the jungle at
    night, predators, camera traps, rosettes on the fur, furry pets, straw in the cage, lettuce and
    carrots for the pet, pregnant females, snouts, hind legs, warm-blooded, the mating season of
    mammals, nibbling with front teeth, animal lovers, being fed by the zookeeper
tree: branches, bark, roots, trunks, tree rings, foresters, crowns of trees, shade under branches,
    woods, timber, saplings, twigs, sap, seedlings, treetops, forest rangers, tree nurseries,
    lumberjacks, arborists, growth rings, the forest floor, leaves, needles and cones, evergreens,
    conifers, acorns, canopies, hardwood timber, planks from the sawmill, felling, chainsaws,
    sawmills, stumps, logs, pruning, planting saplings, avenues lined with trunks, rooting in sandy
    soil, heartwood, resin from the bark, woodpeckers, squirrels, tree houses, swings on a branch,
    reforestation, deforestation, lichens on the bark, knots in the wood, carved initials in the
    bark, fallen leaves, autumn leaves, blossom on the branches, a trunk three metres thick,
    thousand-year-old trunks, arboretums, branches in the wind, climbing from branch to branch, leaf
    litter, wood for furniture, woodland
fruit: peel, ripe flesh, fruit salad, juice, vitamins, slices of fruit, greengrocers, fruit bowls,
    black seeds and peel, fruit stalls, smoothies, fruit tarts, orchards, pulp, fruit baskets, jam,
    fruit sorbet, vitamin C, fruit markets, fruit growers, sweet flesh, seeds and pulp, ripening on
    the vine, unripe and sour flesh, spooning out the flesh, peeling and slicing, fruit yoghurt,
    fibre and vitamins, fuzzy skin, fruit cake, compote, fruit juice, marmalade, fruit jelly, five a
    day, crates of fruit, harvesting in the orchard, sweet and sour taste, juicy bites, cutting in
    half and spooning, tropical fruit, a fruit knife, fruit flies, berries, vines and trellises,
    pollination by bees, jelly and cream with fruit, dessert with slices of fruit, dried fruit, ripe
    fruit, fruit pickers, importers of fruit, green flesh, lunch box fruit, fruit smoothies,
    chutney, fruit skewers, fruit boxes, skin and pips, a bite into soft flesh
nut: nutcrackers, shells, kernels, roasted nuts, salted nuts, muesli, nut allergies, mixed nuts,
    nutshells, nut bowls, nut butter, nut oil, trail mix, hard shells, unshelled nuts, nut cakes,
    nut brittle, nut milk, bags of nuts, almonds and hazelnuts, selenium, cracking shells, nut
    shells on the carpet, cashews, pecans, walnuts, pistachios, chopped nuts, ground nuts, nut
    roast, chocolate with nuts, nut bars, a handful of nuts, nutty taste, shelled nuts, nut bread,
    nuts and raisins, nut trees, shelling, tins of nuts, nut mixes, Christmas nuts, nut spread,
    granola with nuts, fatty acids, protein and magnesium, allergic reactions to nuts, rancid nuts,
    nut gatherers, capsules full of nuts, nut flour, nut cookies, a nut between the teeth, toasted
    nuts, nut importers, pesto with nuts, nut snacks, squirrel food, unsalted nuts, big hard-shelled
    seeds
"""
