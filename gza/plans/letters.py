"""The notice of the end of a plan, in the language of its reader; the worker may change it before it is handed over."""

import datetime as dt

from gza.law.verdicts import Text
from gza.plans.enums import EndGround

_OPENING = Text(
    "გაცნობებთ, რომ თქვენი სოციალური რეინტეგრაციის ინდივიდუალური გეგმა {day}‑დან აღარ მოქმედებს.",
    "Your individual plan of social reintegration is no longer in effect from {day} on.",
)
_WHY = {
    EndGround.EXPIRY: Text("მიზეზი: გეგმის ვადა გავიდა.", "The reason: the plan's term has expired."),
    EndGround.REQUEST: Text(
        "მიზეზი: თქვენ ეს წერილობით მოითხოვეთ, რადგან თქვენი საჭიროება შეიცვალა.",
        "The reason: you asked for it in writing, since your needs changed.",
    ),
    EndGround.VIOLATION: Text(
        "მიზეზი: გეგმის პირობების უხეში და განმეორებითი დარღვევა.",
        "The reason: gross and repeated violation of the plan's terms.",
    ),
    EndGround.IN_FACT: Text("მიზეზი: საქმე ფაქტობრივად დასრულდა.", "The reason: the case ended in fact."),
}
_REASONS = Text("ფონდის განმარტება: {reasons}", "What the Fund says: {reasons}")
_AFTER = Text(
    "თქვენი სტატუსი, რეაბილიტაცია და კონფიდენციალურობა ამით არ იცვლება. თქვენთან კავშირს ისე შევინარჩუნებთ, როგორც "
    "თავად გვეტყვით; კავშირზე უარიც შეგიძლიათ. მოგვიანებით ფონდს შეუძლია შემდგომ გეგმაზე გადაწყვეტილების მიღება.",
    "This changes nothing about your status, your rehabilitation or confidentiality. We will keep in touch in the way "
    "you tell us, or not at all if you prefer. Later on the Fund can decide on another plan.",
)
_COMPLAIN = Text(
    "თუ არ ეთანხმებით, შეგიძლიათ გაასაჩივროთ. წერილით: {post}. ტელეფონით: {telephone}.",
    "If you do not agree, you can complain. By post: {post}. By telephone: {telephone}.",
)
_UNKNOWN = Text(
    "თუ არ ეთანხმებით, შეგიძლიათ გაასაჩივროთ წერილით ან ტელეფონით.",
    "If you do not agree, you can complain by post or by telephone.",
)


def notice(*, ground: str, day: dt.date, reasons: str, post: str, telephone: str, language: str) -> str:
    """The letter, a paragraph a line with an empty one between.

    Args:
        ground: why the plan ended, a value of ``EndGround``.
        day: the first day without it.
        reasons: the Fund's reasons, where it decided.
        post: the Fund's postal address.
        telephone: its telephone.
        language: ``ka``, or anything else for English.
    """
    when = f"{day:%d.%m.%Y}" if language == "ka" else f"{day.day} {day:%b} {day.year}"
    known = post.strip() and telephone.strip()
    parts = [
        _OPENING.filled(day=when),
        _WHY[EndGround(ground)],
        *([Text(*(text.format(reasons=reasons.strip()) for text in (_REASONS.ka, _REASONS.en)))] if reasons else []),
        _AFTER,
        _COMPLAIN.filled(post=post.strip(), telephone=telephone.strip()) if known else _UNKNOWN,
    ]
    return "\n\n".join(part.say(language) for part in parts)
