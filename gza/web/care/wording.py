"""The text a person signs, in both languages. Our own wording: neither document gives one.

What is kept of a consent is the text as it stood that day, so a change here touches no consent given before.
"""

from collections.abc import Sequence

from gza.cases.enums import Scope
from gza.law.verdicts import Text

_TITLES = {
    Scope.REHABILITATION: Text("თანხმობა რეაბილიტაციაზე", "Consent to rehabilitation"),
    Scope.REINTEGRATION: Text("თანხმობა რეინტეგრაციაზე", "Consent to reintegration"),
    Scope.DISCLOSURE: Text("თანხმობა ინფორმაციის გაზიარებაზე", "Consent to disclosure"),
}
_WHAT = {
    Scope.REHABILITATION: (
        Text(
            "ამიხსნეს, რომ რეაბილიტაცია ჩემი ფიზიკური და ფსიქიკური ჯანმრთელობის აღდგენაა, თავშესაფარში ან მის გარეთ. "
            "მომსახურება უფასოა.",
            "It was explained to me that rehabilitation is the recovery of my physical and mental health, in a shelter "
            "or outside. The services are free.",
        ),
        Text(
            "თანახმა ვარ, სოციალურმა მუშაკმა ჩემთან ერთად დაადგინოს, რა მჭირდება პირველ რიგში, და მოითხოვოს "
            "სარეაბილიტაციო მომსახურება.",
            "I agree that the social worker finds out together with me what I need first, and asks for services of "
            "rehabilitation.",
        ),
    ),
    Scope.REINTEGRATION: (
        Text(
            "ამიხსნეს, რისთვის არის რეინტეგრაცია, როგორ დგება ინდივიდუალური გეგმა, ვინ რას წყვეტს და რა თანხის "
            "ფარგლებში.",
            "It was explained to me what reintegration is for, how the individual plan is made, who decides what, and "
            "within which sum.",
        ),
        Text(
            "თანახმა ვარ, სოციალურმა მუშაკმა ჩემთან ერთად დაადგინოს საჭიროებები, შეადგინოს გეგმა და წარუდგინოს ის "
            "ფონდს. გეგმა ჩემი ხელმოწერის გარეშე არ დაიწყება.",
            "I agree that the social worker identifies the needs together with me, draws up a plan and submits it to "
            "the Fund. No plan begins without my signature.",
        ),
    ),
    Scope.DISCLOSURE: (
        Text(
            "თანახმა ვარ, სოციალურმა მუშაკმა დასახელებულ ორგანიზაციებს გადასცეს ჩემ შესახებ მხოლოდ ის, რაც "
            "მომსახურებისთვის არის საჭირო. სხვას არავის.",
            "I agree that the social worker tells the organisations named here only what they need to know of me to "
            "give a service. Nobody else is told.",
        ),
    ),
}
_ALWAYS = (
    Text(
        "ეს ჩემი ნებაა. უარს ცუდი შედეგი არ მოჰყვება; არაფერია დამოკიდებული იმაზე, ვცხოვრობ თუ არა თავშესაფარში და "
        "ვთანამშრომლობ თუ არა გამოძიებასთან.",
        "This is my own will. To say no has no bad consequence; nothing depends on whether I live in a shelter or "
        "cooperate with the investigation.",
    ),
    Text(
        "თანხმობა ნებისმიერ დროს შემიძლია გამოვიხმო, ზეპირადაც და მიზეზის გარეშე. ის მაშინვე მოქმედებს.",
        "I can withdraw this consent at any time, also orally and without a reason. That works at once.",
    ),
    Text(
        "ვიცი, ვის შეუძლია ჩემი საქმის ნახვა, და სად შემიძლია საჩივრის შეტანა.",
        "I know who can see my file, and where I can complain.",
    ),
)
_NAMED = Text(
    "თანახმა ვარ, რომ შემდეგმა ორგანიზაციებმა გაიგონ ის, რაც მომსახურებისთვის სჭირდებათ: {names}.",
    "I agree that these organisations learn what they need for their service: {names}.",
)
_IDENTITY = Text(
    "თანახმა ვარ, რომ ამ ორგანიზაციებმა ჩემი სახელი და ტელეფონის ნომერიც გაიგონ.",
    "I agree that these organisations also learn my name and my telephone number.",
)


def identity(language: str) -> str:
    """The sentence by which name and telephone number may be told, too."""
    return _IDENTITY.say(language)


def title(scope: Scope) -> Text:
    """What the paper is called."""
    return _TITLES[scope]


def paragraphs(scope: Scope, language: str) -> list[str]:
    """The text, before organisations are named."""
    return [text.say(language) for text in (*_WHAT[scope], *_ALWAYS)]


def whole(scope: Scope, language: str, names: Sequence[str], *, identity: bool = False) -> str:
    """The text as it is signed: title, paragraphs, the organisations by name, and whether they learn who it is."""
    named = [_NAMED.filled(names="; ".join(names)).say(language)] if names else []
    if names and identity:
        named.append(_IDENTITY.say(language))
    return "\n\n".join([title(scope).say(language), *paragraphs(scope, language), *named])
