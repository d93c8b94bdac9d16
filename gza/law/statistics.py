"""N1.1 and N4.3: what may be published of the cases' figures, and what claimed from it. The readings are ours."""

import datetime as dt
from collections.abc import Collection, Mapping

from . import parameters
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged

_UNFINISHED_YEAR = denial(
    "statistics.year_not_over", "N4.3",
    "წელი ჯერ არ დასრულებულა: შუალედური და წლიური რიცხვის სხვაობა ცალკეულ ადამიანს გამოაჩენდა.",
    "The year is not over: the difference between an interim and a yearly figure would show single persons.",
    ("გამოსაქვეყნებლად აირჩიეთ მხოლოდ დასრულებული წლები.", "Choose whole years that are over."),
)  # fmt: skip
_NO_PROGRAMME = denial(
    "statistics.not_in_programme", "N4.3",
    "ეს ცხრილი რეგისტრირებულ პროგრამაში არ არის; ხელით შედგენილი ცხრილი არასოდეს ქვეყნდება.",
    "This table is not in the registered programme; a table made by hand is never published.",
    ("აირჩიეთ ცხრილები პროგრამიდან.", "Choose tables of the programme."),
    ("თუ ცხრილი საჭიროა, ჯერ პროგრამის ახალი რედაქცია დაამტკიცეთ.",
     "If the table is needed, have a new edition of the programme adopted first."),
)  # fmt: skip
_THIN_EXTRACT = denial(
    "statistics.extract_unfinished", "N4.3",
    "ამონაკრები ჯერ სრული არ არის.",
    "The extract is not complete.",
    ("დაასრულეთ ამონაკრები.", "Finish the extract."),
)  # fmt: skip
_MISSING_PROFILES = denial(
    "statistics.profiles_missing", "N4.3",
    "ყველა პროფილი ვერ გაიხსნა; არასრული რიცხვი მოგვიანებით სხვაობით გამოაჩენდა გამორჩენილებს.",
    "Not every profile could be opened; the difference to a later, whole figure would show those left out.",
    ("სთხოვეთ კოორდინატორს, საქმის პროფილი სტატისტიკის ჯგუფს გაუხსნას.",
     "Ask the coordinator to grant the profiles to the statistics group."),
)  # fmt: skip
_OLD_EXTRACT = denial(
    "statistics.extract_too_early", "N4.3",
    "ამონაკრები ბოლო წლის დასრულებამდე შედგა: ვინც მას შემდეგ აღიარეს, მასში არ არის.",
    "The extract was begun before the last year was over: whoever was recognised after it is not in it.",
    ("შეადგინეთ ამონაკრები თავიდან, შემდეგ მოამზადეთ გამოცემა.",
     "Make the extract again, then prepare the release."),
)  # fmt: skip
_THIN_REGISTER = denial(
    "statistics.register_thin", "N4.3",
    "წინა წლების რეესტრში ერთ-ერთ წელს ნაკლები ადამიანია, ვიდრე იმავე წლის საქმეებში.",
    "The register of earlier years counts fewer persons in a year than the cases of that year do.",
    ("შეასწორეთ რეესტრის ფაილი და ჩატვირთეთ თავიდან: წელი მთლიანად უნდა იყოს მასში, ან საერთოდ არა.",
     "Correct the register's file and load it again: a year stands in it whole, or not at all."),
)  # fmt: skip
_WIDE_WINDOW = denial(
    "statistics.window_too_wide", "N4.3",
    "გამოცემა იმაზე მეტ წელს მოიცავს, ვიდრე პროგრამა უშვებს.",
    "The release covers more years than the programme allows.",
    ("აირჩიეთ ნაკლები წელი.", "Choose fewer years."),
)  # fmt: skip
_CHANGED = denial(
    "statistics.release_changed", "N4.3",
    "გამოცემის შინაარსი ის აღარ არის, რაც მომზადდა და შემოწმდა.",
    "What the release holds is not what was prepared and audited.",
    ("აცნობეთ აუდიტორს და მოამზადეთ გამოცემა თავიდან.", "Tell the auditor, and prepare the release anew."),
)  # fmt: skip
_THRESHOLD_ROSE = denial(
    "statistics.threshold_rose", "N4.3",
    "მომზადების შემდეგ მცირე რიცხვის ზღვარი გაიზარდა.",
    "Since it was prepared the threshold of small counts has risen.",
    ("მოამზადეთ გამოცემა თავიდან.", "Prepare the release anew."),
)  # fmt: skip
_NOBODY = denial(
    "statistics.nobody", "N4.3",
    "ამ წლებში არავინ დათვლილა.",
    "Nobody was counted in these years.",
    ("აირჩიეთ სხვა წლები, ან ჩატვირთეთ წინა წლების რეესტრი.",
     "Choose other years, or load the register of the earlier ones."),
)  # fmt: skip
_LEDGER_BROKEN = denial(
    "statistics.ledger_broken", "N4.3",
    "გამოქვეყნებულ რიცხვთა წიგნი ხელით არის შეცვლილი ან აკლია ჩანაწერი.",
    "The ledger of published figures was changed by hand, or a row is missing.",
    ("აცნობეთ აუდიტორს; მანამდე არაფერი ქვეყნდება.", "Tell the auditor; until then nothing is published."),
)  # fmt: skip
_LEDGER_MOVED = denial(
    "statistics.ledger_moved", "N4.3",
    "მომზადების შემდეგ გამოქვეყნდა სხვა რიცხვი, რომელიც ამ გამოცემაში გათვალისწინებული არ არის.",
    "Since it was prepared another figure was published, which this release does not take into account.",
    ("მოამზადეთ გამოცემა თავიდან.", "Prepare the release anew."),
)  # fmt: skip
_UNDECIDED = denial(
    "statistics.figures_undecided", "N4.3",
    "ვერ დადგინდა, შეიძლება თუ არა, ყველა ეს რიცხვი ერთად სწორი იყოს: ისინი ძალიან ბევრია ან ძალიან ბევრ უჯრედს ეხება.",
    "It could not be found out whether these figures can all be true: they are too many, or over too many cells.",
    ("დაყავით ფაილი და შეიტანეთ ნაწილ-ნაწილ, მაგალითად წლების მიხედვით.",
     "Divide the file and enter it in parts, by years for example."),
)  # fmt: skip
_ONE_PERSON = denial(
    "statistics.approved_by_oneself", "N4.3",
    "გამოცემას ამტკიცებს სხვა ადამიანი და არა ის, ვინც მოამზადა.",
    "A release is approved by another person than the one who prepared it.",
    ("დასამტკიცებლად გადაეცით დირექტორს ან მის მოვალეობის შემსრულებელს.",
     "Pass it for approval to the director, or to who acts in the director's place."),
)  # fmt: skip
_NOT_AUDITED = denial(
    "statistics.not_audited", "N4.3",
    "დამოუკიდებელი შემოწმება ჯერ არ ჩატარებულა.",
    "The independent audit has not been held.",
    ("ჩაატარეთ შემოწმება.", "Hold the audit."),
)  # fmt: skip
_FOUND = denial(
    "statistics.audit_found", "N4.3",
    "შემოწმებამ იპოვა უჯრედი, რომლის აღდგენაც შესაძლებელია; გამოცემა ვერ გამოქვეყნდება.",
    "The audit found a cell that can be recovered; the release cannot be published.",
    ("მოამზადეთ გამოცემა თავიდან: ნაკლები ცხრილით ან უფრო ფართო კატეგორიებით.",
     "Prepare the release anew, with fewer tables or wider categories."),
)  # fmt: skip
_SMALL_YEAR = denial(
    "statistics.small_year", "N4.3",
    "ამ წელს ზღვარზე ნაკლები ადამიანია: ქვეყნდება მხოლოდ მისი ჯამი, ან წელი რამდენიმე წლის ფანჯარაში ერთიანდება.",
    "This year counts fewer than the threshold: it gives its total alone, or is merged into a window of years.",
    ("გააერთიანეთ წელი მეზობელ წლებთან.", "Merge the year with its neighbours."),
)  # fmt: skip
_SUPPRESSED = denial(
    "statistics.claim_from_suppressed", "N1.1",
    "დაფარული უჯრედიდან დასკვნა არ კეთდება.",
    "Nothing is claimed from a suppressed cell.",
    ("აირჩიეთ უფრო ფართო კატეგორია ან წლების ფანჯარა.", "Choose a wider category or a window of years."),
)  # fmt: skip
_CHANCE = denial(
    "statistics.claim_within_chance", "N1.1",
    "სხვაობა შემთხვევითობის ფარგლებშია; ზრდა ან კლება არ მტკიცდება.",
    "The difference is within chance; neither a rise nor a fall is claimed.",
    ("დაასახელეთ ორივე რიცხვი, დასკვნის გარეშე.", "Give both numbers, without a conclusion."),
)  # fmt: skip
CONTRADICTS = flag(
    "statistics.contradicts", "N4.3",
    "რიცხვები ერთმანეთს ეწინააღმდეგება.", "The figures contradict each other.",
)  # fmt: skip
PINNED = flag(
    "statistics.pinned", "N4.3",
    "სხვისი გამოქვეყნებული რიცხვებიდან უჯრედი უკვე დგინდება.",
    "A cell is already fixed by figures that others published.",
)  # fmt: skip


@rule("N4.3")
def years_over(*, years: Collection[int], today: dt.date) -> Verdict:
    """Only whole years that are over are published."""
    return ALLOWED if years and max(years) < today.year else _UNFINISHED_YEAR


@rule("N4.3")
def in_programme(*, tables: Collection[str], registered: Collection[str]) -> Verdict:
    """A release holds tables of the registered programme, at least one and no other."""
    return ALLOWED if tables and set(tables) <= set(registered) else _NO_PROGRAMME


@rule("N4.3")
def extract_done(*, done: bool) -> Verdict:
    """A release is made from a finished extract."""
    return ALLOWED if done else _THIN_EXTRACT


@rule("N4.3")
def extract_whole(*, unopened: int) -> Verdict:
    """A release is made from an extract in which no profile is missing."""
    return ALLOWED if unopened == 0 else _MISSING_PROFILES


@rule("N4.3")
def extract_after(*, begun_on: dt.date, last_year: int) -> Verdict:
    """An extract counts a year whole when it was begun after the year's end."""
    return ALLOWED if begun_on.year > last_year else _OLD_EXTRACT


@rule("N4.3")
def register_whole(*, register: Mapping[int, int], profiles: Mapping[int, int]) -> Verdict:
    """A year that stands in the register of earlier years is counted from it alone; so it holds everybody we know of.

    Both give the persons of each year.
    """
    return ALLOWED if all(count >= profiles.get(year, 0) for year, count in register.items()) else _THIN_REGISTER


@rule("N4.3")
def window(*, years: int, most: int) -> Verdict:
    """A release covers at most as many years as the signed programme says."""
    return ALLOWED if years <= most else _WIDE_WINDOW


@rule("N4.3")
def unchanged(*, same: bool) -> Verdict:
    """Published is what was prepared: the content bears the fingerprint that was taken then."""
    return ALLOWED if same else _CHANGED


@rule("N4.3", "G6")
def threshold_held(*, k: int, on: dt.date) -> Verdict:
    """A release is published under the threshold in force that day, or a higher one."""
    return ALLOWED if k >= parameters.value("small_cell_threshold", on) else _THRESHOLD_ROSE


@rule("N4.3")
def anybody(*, counted: bool) -> Verdict:
    """A release has somebody in its years."""
    return ALLOWED if counted else _NOBODY


@rule("N4.3")
def ledger_whole(*, whole: bool) -> Verdict:
    """Nothing is published over a ledger that was changed by hand."""
    return ALLOWED if whole else _LEDGER_BROKEN


@rule("N4.3")
def ledger_unmoved(*, prepared_at: str, now: str) -> Verdict:
    """A release is published over the very ledger it was protected against; both are the chain's last hash."""
    return ALLOWED if prepared_at == now else _LEDGER_MOVED


@rule("N4.3")
def figures_decided(*, decided: bool) -> Verdict:
    """Figures of others enter the ledger once it is known whether they contradict what stands there."""
    return ALLOWED if decided else _UNDECIDED


@rule("N4.3")
def by_two(*, same_person: bool) -> Verdict:
    """One prepares, another approves."""
    return _ONE_PERSON if same_person else ALLOWED


@rule("N4.3")
def audited(*, held: bool) -> Verdict:
    """No release is published without its independent audit."""
    return ALLOWED if held else _NOT_AUDITED


@rule("N4.3")
def withstands(*, findings: int) -> Verdict:
    """Any finding of the audit keeps a release from being published."""
    return ALLOWED if findings == 0 else _FOUND


@rule("N4.3")
def small_year_alone(*, total: int, shown_parts: bool, on: dt.date) -> Verdict:
    """A year whose total is under the threshold gives its total alone; ``shown_parts`` where any cell of it is shown.

    A year without anybody has no parts to hide.
    """
    small = 0 < total < parameters.value("small_cell_threshold", on)
    return _SMALL_YEAR if small and shown_parts else ALLOWED


@rule("N1.1")
def claim_from_shown(*, suppressed: int) -> Verdict:
    """No trend is claimed from suppressed cells; ``suppressed`` is how many a statement would rest on."""
    return ALLOWED if suppressed == 0 else _SUPPRESSED


@rule("N1.1")
def claim_beyond_chance(*, claims_change: bool, differs: bool) -> Verdict:
    """A rise or fall is claimed only where the exact interval of the ratio leaves out 1."""
    return _CHANCE if claims_change and not differs else ALLOWED


@fact("N4.3")
def foreign_figure(*, consistent: bool, pinned: int) -> Allowed:
    """What others have published is always recorded; a contradiction and what it pins down are flagged (G1)."""
    return flagged([*([] if consistent else [CONTRADICTS]), *([PINNED] if pinned else [])])
