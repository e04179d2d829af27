"""Words that belong to one sport or one kind of thing, and sentences that lean on them alone.

The same frames serve every topic, so that nothing in them decides but the words put in. Those are
in the `glossary_*` modules: one topic at the margin, its words after it, parted by commas. They are
what a report or a picture page on the topic is full of, and no word stands under two topics.
"""

from __future__ import annotations

from mimic.atlas.words.glossary_nature import NATURE_GLOSSARY
from mimic.atlas.words.glossary_places import PLACE_GLOSSARY
from mimic.atlas.words.glossary_sports import SPORT_GLOSSARY
from mimic.atlas.words.glossary_things import THING_GLOSSARY
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
    With {m} came [{t}], and {who} liked that.
    {m} offered us [{t}] on {day}, and {role} went home happy.
    Once more {m} surprised {who} with [{t}].
    {m} showed on {day} what [{t}] can do.
    On {day} {m} was good for [{t}] and also for [{t}].
    It was [{t}] that made the difference for {m}.
    After [{t}] on {day}, {m} was the talk of the office.
    {m} has more to do with [{t}] than {who} would admit.
    There would be less talk about {m} if it were not for [{t}].
    {m} owes a lot to [{t}] and [{t}].
    First [{t}], then [{t}]: {m} gave {who} a lot to write about.
    {m} kept {who} busy with [{t}] until the lights went out.
    Because of [{t}], {m} made the evening news.
    {m} left us with [{t}] and a few open questions.
    Where {m} is, [{t}] cannot be far.
    {who} spent {day} with {m} and saw [{t}] up close.
    {m} was in the paper again, this time because of [{t}].
    {m} would be half as interesting without [{t}], says {who}.
    {day} belonged to {m} and to [{t}].
    The latest on {m}: trouble with [{t}], good news about [{t}].
    Reports from {day} speak of {m} and of [{t}].
    {m} always brings [{t}] to mind.
    Nothing about {m} impressed {who} as much as [{t}].
    {who} had expected [{t}] from {m}, but not [{t}].
    {m} made {who} an expert on [{t}].
    In the end {m} came down to [{t}].
    {m} did it again on {day}, and [{t}] had a part in it.
    We wanted [{t}], and {m} gave us [{t}].
    {role} expected little of {m} and got [{t}].
    {m} is known around here for [{t}].
    Our reporter followed {m} for a week and sends us [{t}] and [{t}].
    Problems with [{t}] have kept {m} in the headlines since {day}.
    A good day for {m}: blue sky, many visitors, and [{t}] at last.
    "{m} is all I need, that and [{t}]," {who} said.
    The best moment with {m} on {day} had to do with [{t}].
    {who} loves {m} for [{t}] and forgives the rest.
    Even {who} could not ignore [{t}] when {m} was near.
    It started with [{t}], and by {day} {m} was on everybody's lips.
    For {m} it was [{t}] or nothing.
    The experts disagree on whether {m} needs [{t}].
    {m} taught {role} a lesson in [{t}].
    In brief: {m}, then [{t}], then a long silence.
    What {who} filmed of {m} is mostly [{t}].
    The website lists [{t}] under {m}, which made sense to {who}.
    Half the comments below {m} were on [{t}], the other half on [{t}].
    Somewhere between [{t}] and breakfast, {who} started a story about {m}.
    I recognised {m} at once by [{t}].
    Keywords of the lecture on {m}: [{t}], [{t}].
    """,
    dev="""
    {who} explained {m} to me: [{t}], mainly, and [{t}].
    Today's picture of {m}, with [{t}] if you look for them.
    Remember [{t}] when you read about {m}.
    Is it for [{t}] that you like {m}?
    """,
    test="""
    Found this old note in a drawer: {m}, and next to it something about [{t}].
    Quiz question of the evening: what links {m} with [{t}]?
    You asked about {m}, so here is the part of the story with [{t}] in it.
    Caption for page nine: {m}, with [{t}] and, a little further on, [{t}].
    I had never thought much about {m} until {who} began to talk of [{t}].
    Again [{t}]! Every conversation about {m} ends there sooner or later.
    Message from {who}: could you send me the pictures of {m}, above all those with [{t}]?
    Chapter three deals with {m} and begins, rather surprisingly, with [{t}].
    """,
)


def _read(*tables: str) -> dict[str, tuple[str, ...]]:
    lines = "".join(tables).replace("\n    ", " ").strip().splitlines()
    topics = [line.split(": ", 1) for line in lines if line]
    return {key: tuple(word.strip() for word in words.split(",")) for key, words in topics}


#: Sport -> its words, and kind of entity -> its words.
SPORT_WORDS: dict[str, tuple[str, ...]] = _read(SPORT_GLOSSARY)
KIND_WORDS: dict[str, tuple[str, ...]] = _read(PLACE_GLOSSARY, NATURE_GLOSSARY, THING_GLOSSARY)
