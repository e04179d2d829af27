"""Wordings that say nothing about what is meant (notation: see templates_ball).

There are many, so that a text model learns from them to keep its peace when words decide nothing.
"""

from __future__ import annotations

from mimic.atlas.words.wording import Wordings, wordings

#: Must suit a state, a team, a bird and a river alike.
NEUTRAL: Wordings = wordings(
    train="""
    Posting this one because it shows {m} at its best.
    {m}, {day}.
    {m}, photographed by {who}.
    No filter, no crop, just {m}.
    {who} sent me this picture of {m}.
    Found in a shoe box: a photo of {m}.
    This is what I mean when I talk about {m}.
    A question for the experts: is this {m}?
    The caption on the back says {m}, nothing else.
    One more for the album: {m}.
    You asked for {m}, so (here you are|here it is).
    My favourite shot of {m} so far.
    {m} as I like to remember it.
    {m} again, because {who} asked.
    Nobody believed me, so here is the proof: {m}.
    The picture of the day is {m}.
    I took this on {day}, and yes, it is {m}.
    Two years of waiting, and finally {m}.
    Look closely: {m}.
    This week in pictures: {m}.
    {who} says that nothing compares to {m}.
    Archive picture: {m}.
    It rained, it was cold, and there was {m}.
    (First|Second|Third) attempt at a good picture of {m}.
    Something about {m} always makes me smile.
    Everybody is talking about {m} (today|this week).
    {m}, seen through my old lens.
    Illustration for the article on {m}.
    For {who}, who has never seen {m}.
    Guess what: {m}!
    What do you think of when you hear {m}?
    Today's post is short. {m}.
    The one and only {m}.
    I could write pages about {m}, but here is a photo.
    Dear diary, today it was all about {m}.
    Uncropped version of my picture of {m}.
    {m} made the front page on {day}.
    Our readers send us their pictures, this one of {m}.
    Left in the drawer for years: {m}.
    {who} wanted to know more about {m}.
    A short note on {m} and why it matters to me.
    Why does nobody write about {m} any more?
    The page about {m} needed a better picture, so I made one.
    Some mornings you wake up and there is {m} in your feed.
    Not my usual subject, but I like {m}.
    {m} is on the cover of the magazine that {who} reads.
    Saved the best for last: {m}.
    Another angle on {m}.
    A photo of {m} that I had forgotten about.
    Sharing {m} with everyone who could not be there on {day}.
    {who} and I do not agree about {m}.
    It does not get any better than {m}.
    From my phone, slightly blurred: {m}.
    What a sight! {m}.
    {m} deserves a better photographer than me.
    Can somebody tell me more about {m}?
    Here is {m}, as promised to {who}.
    The story behind this picture of {m} is a long one.
    One picture, one word: {m}.
    My notes from {day} begin with {m}.
    A letter from {who} arrived, all about {m}.
    I owe {who} an explanation about {m}.
    {m} came up at dinner, and everyone had something to say.
    The quiz question I got wrong was about {m}.
    What a surprise to find {m} on page two.
    My phone is full of pictures of {m}.
    {who} printed this photo of {m} and hung it in the kitchen.
    Could somebody please tell me what is so special about {m}?
    I was told to write two hundred words on {m}.
    Forget the rest, remember {m}.
    In case you missed it: {m}.
    {m}? Never heard of it until {day}.
    From the series of photos that nobody ordered: {m}.
    A reader asks for a larger version of our photo of {m}.
    The best thing about {day} was {m}.
    To be honest, I had expected more of {m}.
    They say a picture tells a thousand words, so here is {m}.
    {m} is trending, and I do not mind.
    Monthly theme of our photo club: {m}.
    {who} cannot stop talking about {m}.
    A colleague mistook this for something else, but it is {m}.
    No caption needed. {m}.
    It was {who} who first showed me {m}.
    My top three of the year, number one: {m}.
    The school newspaper has a long piece on {m}.
    I have been asked to say a few words about {m}.
    The radio spoke of {m} for an hour this morning.
    Is it only me, or is {m} everywhere these days?
    Some facts about {m} that I got from {who}.
    I still get goose bumps when I think of {m}.
    Yes, that is really {m} in the picture.
    The kids wanted to see {m}, so I looked for a picture.
    {m} in black and white would look even better.
    Thinking of {m} on a grey afternoon.
    Sorry for the quality, but you can tell that it is {m}.
    A postcard, a stamp, and {m} on the front.
    There is a chapter on {m} in the book on my table.
    You will never guess who is a fan of {m}.
    Once more with feeling: {m}.
    On {day} I learned something new about {m}.
    Our teacher gave us {m} as a subject.
    Everything I know about {m} I know from {who}.
    {m} has been on my list for years.
    Greetings from {who}, who is thinking of {m}.
    A little patience, and then there it was: {m}.
    The text below the picture reads {m} and a date.
    It is hard to describe {m} to someone who has not seen it.
    {who} lost a bet about {m} on {day}.
    Recommended by {who}: this article on {m}.
    I have no words for {m}.
    The podcast of this week deals with {m}.
    Hands up, who knows {m}?
    How time flies. This was {m} back then.
    Before you ask: {m}, taken with an old phone.
    I drew {m} from a photo, and {who} liked it.
    Here goes nothing: my essay on {m}.
    Six letters or more, and the solution is {m}.
    A whole evening with {who} and stories of {m}.
    The newsletter opens with {m} again.
    Let us talk about {m} for a moment.
    Tell me your favourite story about {m}.
    {m} would not have been my first choice, but fine.
    As seen on {day}: {m}.
    The file is named {m} and I have no idea why.
    Every calendar has {m} in it, mine too.
    {who} asked me to share this picture of {m}.
    We all know {m}, or think that we do.
    One day I will write a book about {m}.
    The museum shop sells a poster of {m}.
    For once the news about {m} is good.
    The name {m} still makes my heart beat faster.
    Thanks for all the messages about {m}.
    Please use this photo of {m} and mention my name.
    My grandmother kept every cutting about {m}.
    I could look at {m} all day long.
    Between you and me, {m} is overrated.
    In praise of {m}.
    A riddle from {who}, and the answer was {m}.
    The search for a good picture of {m} is over.
    It says {m} on the label, so I believe it.
    Somebody left a note on my desk: {m}.
    I am (reading|writing|dreaming) about {m} again.
    My talk on {day} will be about {m}.
    An old friend, a new picture: {m}.
    The comment section under {m} is worth reading.
    Do not scroll past {m}.
    The conversation turned to {m} when {who} came in.
    {m} brings back memories.
    Nobody explained {m} to me as well as {who} did.
    Wait for it. {m}.
    There are days when only {m} helps.
    My notes on {m} fill a whole page.
    The whole office wants to see {m}.
    Three things on my mind today, and one is {m}.
    The exhibition shows {m} in a room of its own.
    Without {m} this blog would be empty.
    {who} claims to know everything about {m}.
    Half of my followers are here because of {m}.
    An hour later we were still speaking of {m}.
    Read this if you care about {m}.
    The report calls {m} remarkable and leaves it at that.
    Part four of my series: {m}.
    {m} is the reason why I bought a camera.
    Somewhere in this pile there is a picture of {m}. Found it.
    With love to {who}: {m}.
    Ask me anything about {m}.
    {day}, half past nine, {m}.
    Say what you like, {m} never disappoints me.
    The reference work has four lines on {m}.
    Not everyone likes {m}, and that is all right.
    A screenshot, because {who} deleted the post: {m}.
    If I had to choose one picture, I would choose {m}.
    The jury liked my photo of {m}.
    The latest on {m} in a few lines.
    Today's reading: {m}, from start to end.
    A documentary about {m} was on last night.
    Let me introduce you to {m}.
    It all started with {m}.
    Breaking news about {m}, says {who}.
    {role} {deed} {m}.
    {role} {deed} {m} {how}.
    {role} {deed} {m} on {day}.
    On {day} {role} {deed} {m}.
    On {day} {who} {deed} {m} {how}.
    {who} {deed} {m}.
    {who} {deed} {m} {how}.
    {who} {deed} {m}, and {role} {deed} it too.
    I {deed} {m} {how}.
    We {deed} {m}, {how}.
    I know that {role} {deed} {m}.
    Who {deed} {m} {how}?
    Why {role} {deed} {m}, I cannot say.
    The {thing} of {m} that {role} {deed}.
    The {thing} of {m} that {who} {deed} {how}.
    This {thing} of {m} was {done} {how}.
    A {looks} {thing} of {m}.
    A {looks} {thing} of {m}, {done} on {day}.
    Is this {thing} of {m} {looks}?
    {m} looks {looks} {how}.
    {m} seems {looks} to {role}.
    How {looks} {m} is!
    {looks}, {looks}, {looks}: {m}.
    {m}: {looks} and {looks}.
    The {thing} shows {m}.
    {m} in a {looks} {thing}.
    The {looks} {thing} in the hall is of {m}.
    {role} say that {m} is {looks}.
    My {thing} of {m} was {done} {how}.
    {m} was {done} {how}.
    Another {thing} of {m}, {looks} as ever.
    A {thing}, {done} by {who}: {m}.
    {thing} of {m}, {looks}, {done} {how}.
    To {role}, {m} is {looks}.
    Not a word about {m} from {role} {how}.
    """,
    dev="""
    I keep coming back to {m}.
    Straight from the camera: {m}.
    {who} took this picture and called it {m}.
    A small tribute to {m}.
    If you know, you know: {m}.
    Picture of {m}, taken on {day}.
    Is there a better photo of {m} anywhere?
    We close the week with {m}.
    This image of {m} has been shared all {day}.
    I promised you {m}.
    All I wanted to show you is {m}.
    {m} looks different every time.
    The editors chose {m} for the title.
    It took me a while to understand {m}.
    """,
    test="""
    The envelope held nothing but a picture of {m}.
    I bet {who} that you would recognise {m}.
    Long time no post, so today {m}.
    A page torn from a magazine, and on it {m}.
    Whoever painted the poster must have liked {m}.
    You can keep your sunsets, I take {m}.
    Our guest wrote about {m} on {day}, here is the picture.
    That is {m}, or am I mistaken?
    The encyclopedia illustrates {m} with this.
    {who} has had {m} as a wallpaper for a year.
    Small picture, big name: {m}.
    We had a lively argument about {m} on {day}.
    Every word in this letter is about {m}.
    Submitted without comment: {m}.
    {m} made me late for work.
    What would you like to know about {m}?
    """,
)

#: Sentences of their own, before or after any other.
ASIDES: Wordings = wordings(
    train="""
    Long day.
    Good morning, all.
    Sorry for the late post.
    Thanks to {who} for the tip.
    Photo by {who}.
    No hurry.
    Written on my phone.
    What else is new?
    I should be asleep by now.
    {who} would agree.
    Feel free to share.
    All rights with {who}.
    Comments are open.
    Just saying.
    Dear {who}, how are you?
    It is late and I am tired.
    Back from holiday.
    Read on below.
    It has been a strange week.
    The coffee is cold by now.
    You heard it here first.
    Ask {who}.
    Have a good weekend.
    Seen on {day}.
    Do not tell {who}.
    True story.
    Questions? Write to me.
    I am not making this up.
    So much for my plans.
    Better late than never.
    {who} called while I was typing this.
    Updated on {day}.
    First post in a month.
    Hello from the sofa.
    From the archive.
    To whom it may concern.
    This made my day.
    I had to read it twice.
    Nothing to add.
    Let us be honest.
    Short version below.
    And now to something else.
    My thumb hurts from scrolling.
    It is raining again.
    Well, well.
    Source: {who}.
    Please be kind.
    A word before I go.
    Anyway.
    Quick note from the office.
    The battery is almost empty.
    Good luck on {day}.
    I said what I said.
    Number seven on the list.
    Greetings to {who}.
    Who would have thought?
    End of message.
    As always, opinions are my own.
    Off to bed.
    """,
    dev="""
    Still thinking about it.
    {who} says hello.
    Noted on {day}.
    No more for today.
    You asked, I answer.
    Here we go again.
    My first letter of the year.
    Typed in a hurry.
    """,
    test="""
    Apologies for the silence.
    That is all I know.
    Forwarded by {who}.
    What a week.
    Late again, I know.
    Filed under memories.
    Sent on {day}.
    Pass it on.
    """,
)
