"""Which states have a national team in which sport.

A selection, not a full register: a code stands here only where the team is sure to exist or to
have competed; a team that is missing says nothing. The United Kingdom competes as Great Britain in
most sports, but in football and rugby union its four nations play on their own, so it has no
team there. Ireland's rugby team is of the whole island and is left out. Taiwan competes as Chinese
Taipei under another flag and is left out. Codes are ISO 3166-1 alpha-2.

Where the lists can be looked up, by sport: football, FIFA's 211 member associations; rugby union,
World Rugby's men's ranking; basketball, FIBA's men's ranking; handball, the final tables of the IHF
and of the continental federations; volleyball, the FIVB's rankings; wheelchair rugby, World
Wheelchair Rugby's ranking and zone championships; ice hockey, the IIHF's members with a team in its
tournaments; curling, the World Curling men's ranking and the European championships; water polo,
the Olympic tournaments and the world and continental championships; swimming, the entries of the
Olympic Games and the World Aquatics Championships; athletics, World Athletics' member federations;
alpine skiing, the entries of the Winter Olympics; tennis, the Davis Cup and the Billie Jean King
Cup.
"""

from __future__ import annotations

_FOOTBALL = """
ad ae ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci
cl cm cn co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et fi fj fr ga gd ge gh gm gn gq gr gt
gw gy hn hr ht hu id ie il in iq ir is it jm jo jp ke kg kh km kn kp kr kw kz la lb lc li lk lr ls
lt lu lv ly ma md me mg mk ml mm mn mr mt mu mv mw mx my mz na ne ng ni nl no np nz om pa pe pg ph
pk pl pt py qa ro rs ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv sy sz td tg th tj tl tm
tn to tr tt tz ua ug us uy uz vc ve vn vu ws ye za zm zw
"""

_RUGBY_UNION = """
ad ae ar at au ba be bg bo br bs bw ca ch ci cl cm cn co cr cz de dk dz es fi fj fr ge gh gy hr hu
id il in it jm jp ke kr kz lk lt lu lv ma md mg mt mu mx my na ng nl no nz pe pg ph pk pl pt py ro
rs ru rw se sg si sn th tn to ua ug us uy vc ve ws za zm zw
"""

_BASKETBALL = """
ae al am ao ar at au az ba bb be bf bg bh bo br bs by bz ca cd cf cg ch ci cl cm cn co cr cu cv cy
cz de dk do dz ec ee eg es fi fj fr ga gb ge gh gn gr gt gy hr hu id ie il in iq ir is it jm jo jp
ke kr kw kz lb lk lt lu lv ly ma md me mg mk ml mn mt mx my mz ng ni nl no nz pa pe pg ph pl pt py
qa ro rs ru rw sa se sg si sk sn sv sy td tg th tn tr tt ua ug us uy uz ve vn za zm zw
"""

_HANDBALL = """
ae ao ar at au az ba be bg bh br by ca cd cg ch ci cl cm cn co cr cu cv cy cz de dk do dz ee eg es
fi fr ga gb ge gn gr gt hr hu il in iq ir is it jo jp ke kr kw kz lb lt lu lv ly ma md me mk mt mx
ng nl no nz om pl pt py qa ro rs ru rw sa se si sk sn sy tn tr ua us uy uz ve zm
"""

_VOLLEYBALL = """
ae al ar at au az ba bb be bg bh bo br bw by ca ch ci cl cm cn co cr cu cy cz de dk do dz ec ee eg
es fi fr gb ge gh gr gt hr hu id il in iq ir is it jm jo jp ke kh kp kr kw kz lb lk lt lu lv ly ma
md me mk mn mt mx my ng ni nl no nz om pa pe ph pk pl pt py qa ro rs ru rw sa se sg si sk sn sv th
tn tr tt ua ug us uy uz ve vn
"""

_WHEELCHAIR_RUGBY = """
ar at au be br ca ch cl co cz de dk es fi fr gb ie il it jp kr nl no nz pl ru se th us za
"""

_ICE_HOCKEY = """
ae am ar at au ba be bg br by ca ch cn co cz de dk dz ee es fi fr gb ge gr hr hu ie il in ir is it
jp kg kp kr kw kz lb li lt lu lv ma mk mn mx my nl no nz ph pl pt ro rs ru se sg si sk th tm tr ua
us za
"""

_CURLING = """
ad at au be bg br by ca ch cn cz de dk ee es fi fr gb ge gr gy hr hu ie il in is it jp ke kg kr kz
li lt lu lv mx ng nl no nz ph pl pt qa ro rs ru sa se si sk tr ua us
"""

_WATER_POLO = """
ar at au be bg br by ca ch cl cn co cu cz de eg es fr gb ge gr hr hu id ie il in ir is it jp kr kw
kz lt lu me mt mx nl nz ph pl pt ro rs ru se sg si sk th tr ua us uy uz ve za
"""

_SWIMMING = """
ad ag al am ao ar at au az ba bb bd be bf bg bh bi bj bo br bs bw by ca ch cl cm cn co cr cu cv cy
cz de dk do dz ec ee eg es fi fj fm fr ga gb gd ge gh gr gt gy hn hr hu id ie il in ir is it jm jo
jp ke kg kh kr kw kz la lb lc li lk lt lu lv ma mc md me mg mh mk mm mn mt mu mv mw mx my mz na ng
ni nl no np nz pa pe pg ph pk pl pt pw py qa ro rs ru rw sa sc sd se sg si sk sm sn sr sv sy sz tg
th tj tn to tr tt tz ua ug us uy uz ve vn ws za zm zw
"""

_ATHLETICS = """
ad ae ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci
cl cm cn co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et fi fj fm fr ga gb gd ge gh gm gn gq
gr gt gw gy hn hr ht hu id ie il in iq ir is it jm jo jp ke kg kh ki km kn kp kr kw kz la lb lc li
lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mr mt mu mv mw mx my mz na ne ng ni nl no np nr
nz om pa pe pg ph pk pl pt pw py qa ro rs ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv sy
sz td tg th tj tl tm tn to tr tt tv tz ua ug us uy uz vc ve vn vu ws ye za zm zw
"""

_ALPINE_SKIING = """
ad al am ar at au az ba be bg bo br by ca ch cl cn cy cz de dk ee es fi fr gb ge gr hr hu ie il in
ir is it jp kg kr kz lb li lt lu lv ma mc md me mk mt mx nl no nz pk pl pt ro rs ru se si sk sm tr
ua us uz za
"""

_TENNIS = """
am ar at au az ba bb be bg bh bj bo br bs bw by ca ch ci cl cm cn co cr cu cy cz de dk do dz ec ee
eg es fi fr gb ge gh gr gt hn hr hu id ie il in ir is it jm jo jp ke kr kw kz lb lk lt lu lv ma mc
md me mg mk mt mu mx my mz na ng nl no nz om pe ph pk pl pt py qa ro rs rw sa se sg si sk sm sn sv
sy th tn tr tt ua ug us uy uz ve vn za zm zw
"""

#: Key of the sport -> codes of the states with a national team, in alphabetical order.
TEAMS: dict[str, tuple[str, ...]] = {
    "football": tuple(_FOOTBALL.split()),
    "rugby-union": tuple(_RUGBY_UNION.split()),
    "basketball": tuple(_BASKETBALL.split()),
    "handball": tuple(_HANDBALL.split()),
    "volleyball": tuple(_VOLLEYBALL.split()),
    "wheelchair-rugby": tuple(_WHEELCHAIR_RUGBY.split()),
    "ice-hockey": tuple(_ICE_HOCKEY.split()),
    "curling": tuple(_CURLING.split()),
    "water-polo": tuple(_WATER_POLO.split()),
    "swimming": tuple(_SWIMMING.split()),
    "athletics": tuple(_ATHLETICS.split()),
    "alpine-skiing": tuple(_ALPINE_SKIING.split()),
    "tennis": tuple(_TENNIS.split()),
}
