"""The requirements register: every id the software knows, with its titles in both languages.

``G`` are rules over all rules, ``S`` clauses of the Strategy of 19 July 2007, ``N`` subjects of the National
Action Plan 2019-2020. Titles are short names, not the wording of the documents.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .verdicts import Text

Kind: TypeAlias = Literal["rule", "structure"]
Document: TypeAlias = Literal["G", "S", "N"]


@dataclass(frozen=True)
class Clause:
    """One row of the register.

    ``kind`` is ``structure`` where the row only defines terms or data, so that no rule can be asked of it.
    """

    id: str
    title: Text
    kind: Kind
    document: Document


DOCUMENTS: dict[Document, Text] = {
    "G": Text("წესები ყველა წესისთვის", "Rules over all rules"),
    "S": Text(
        "ადამიანით ვაჭრობის (ტრეფიკინგის) მსხვერპლთა/დაზარალებულთა რეაბილიტაციისა და საზოგადოებაში "
        "რეინტეგრაციის სტრატეგია, 19.07.2007",
        "Strategy for Rehabilitation and Social Reintegration of the (Statutory) Victims of Trafficking in "
        "Persons, 19 Jul 2007",
    ),
    "N": Text(
        "ადამიანით ვაჭრობის (ტრეფიკინგის) წინააღმდეგ ბრძოლის 2019–2020 წლების ეროვნული სამოქმედო გეგმა",
        "2019–2020 National Action Plan on Combating Trafficking in Persons",
    ),
}

_STRUCTURE = {"S2.1"}

_TITLES: dict[str, tuple[str, str]] = {
    "G1": (
        "ქმედებაზე შეიძლება უარი ითქვას, ფაქტი კი ყოველთვის ჩაიწერება და მოინიშნება",
        "Acts are refused, facts are recorded and flagged",
    ),
    "G2": ("როდის მოხდა და როდის ჩაიწერა", "When it happened, and when it was recorded"),
    "G3": ("ქაღალდზე დაწყებული საქმის გადმოტანა", "Take-over of a case that runs on paper"),
    "G4": ("ინტერესთა შეუთავსებლობა და საქმის გახსნა", "Conflict of interest, and who opens a case"),
    "G5": ("ფონდი წყვეტს თარიღიანი უფლებამოსილებით", "The Fund decides through a dated delegation"),
    "G6": ("რიცხვითი წესები ძალაშია თარიღით", "Numbers are dated"),
    "S0.1": ("ინფორმირებული წერილობითი თანხმობა", "Informed written consent"),
    "S0.2": (
        "თავშესაფარი და თანამშრომლობა უფლებას არ ცვლის",
        "Shelter and cooperation change no entitlement",
    ),
    "S0.3": ("რეაბილიტაცია უფასოა", "Rehabilitation is free"),
    "S0.4": ("რეინტეგრაცია: ღირსეული დაბრუნება", "Reintegration: a dignified return"),
    "S1.1": (
        "ფონდი, არასამთავრობო და საერთაშორისო ორგანიზაციები",
        "The Fund with NGOs and international organisations",
    ),
    "S1.2": ("კვარტალური შეხვედრა", "Quarterly meeting"),
    "S2.1": ("ინდივიდუალური გეგმა და ოთხი მონაწილე", "Individual plans, four kinds of actor"),
    "S3.1": ("რეაბილიტაცია სტატუსის მინიჭებით იწყება", "Rehabilitation starts with the status"),
    "S3.2": ("თანხმობა რეინტეგრაციაზე", "Consent to reintegration"),
    "S3.3": ("სოციალური მუშაკი გეგმის მთელ ვადაზე", "A social worker throughout the plan"),
    "S3.4a": ("ჯერ პირველადი გეგმა, შემდეგ საბოლოო", "First the initial plan, then the final one"),
    "S3.4b": ("გეგმის წარდგენა ფონდისთვის და შეთანხმება", "Submission to the Fund, and its agreement"),
    "S3.5": ("გეგმაში ცვლილების შეტანა", "Change of the plan"),
    "S4.1": ("ფონდი წარმართავს პროცესს", "The Fund guides the process"),
    "S4.2": ("მომსახურებათა ნუსხა", "List of services"),
    "S4.3": ("ნუსხის განახლება კვარტალში ერთხელ", "Quarterly renewal of the list"),
    "S4.4": ("განახლებული ნუსხა ფონდსა და სოციალურ მუშაკებს", "The renewed list, kept and distributed"),
    "S4.5": ("ფონდის მომსახურება, რომელიც პაკეტს ავსებს", "Services of the Fund that complete the package"),
    "S5.1": ("სოციალური მუშაკი ფონდის თანამშრომელია", "The social worker is an employee of the Fund"),
    "S5.2": ("აუცილებელი და სასურველი მომსახურება", "Necessary and desired services"),
    "S5.3": ("უპირატესობა აუცილებელს აქვს", "The necessary has priority"),
    "S5.4": ("მომსახურების მოთხოვნა ორგანიზაციებისგან", "Requests to the organisations"),
    "S5.5": ("როდის განიხილავს ფონდი დაფინანსებას", "When the Fund considers paying"),
    "S5.6": ("ზღვარი: 2 000 ლარი ერთ ადამიანზე", "Ceiling: GEL 2,000 per person"),
    "S6.1": (
        "ორგანიზაციები მონაწილეობენ თავიანთი პროგრამებით",
        "Organisations take part within their programmes",
    ),
    "S7.1": ("სოციალურ მუშაკთა მონაცემთა ბაზა", "Database of social workers"),
    "S7.2": ("სოციალური მუშაკის დანიშვნა და პირველადი საჭიროებები", "Designation, and the primary needs"),
    "S7.3": ("გეგმა ორ ეტაპად, საჭიროებებიდან", "The plan in two stages, from the needs"),
    "S7.4": ("ახსნა და საჭიროებების ერთად გამოვლენა", "Explanation, and needs identified together"),
    "S7.5": ("ჯერ ფონდს, შემდეგ ორგანიზაციებს", "First to the Fund, then to the organisations"),
    "S7.6": ("საბოლოო გეგმა დადებითი პასუხების შემდეგ", "Final plan after the positive answers"),
    "S7.7": (
        "გეგმა კალენდრით, ფონდის სახელმძღვანელო პრინციპების მიხედვით",
        "A plan with time-table, by the Guidelines",
    ),
    "S7.8": ("ორი ხელმოწერა", "Two signatures"),
    "S7.9": ("ყოველთვიური ანგარიში", "Monthly report"),
    "S7.10": ("ვადა არაუმეტეს 12 თვისა", "Term of at most 12 months"),
    "S7.11": ("შემდგომი კავშირი", "Contact afterwards"),
    "S7.12": ("გეგმის შეწყვეტის საფუძვლები", "Grounds for termination"),
    "S8.1": ("განხორციელების მონიტორინგი", "Monitoring of the implementation"),
    "S8.2": ("ფონდი სოციალურ მუშაკს ინფორმაციას სთხოვს", "The Fund asks the worker for information"),
    "N0.1": ("სამოქმედო გეგმა, მიზნიდან აქტივობამდე", "The plan, from goal to activity"),
    "N0.2": ("ინდიკატორები", "Indicators"),
    "N0.3": ("ვადები ნახევარწლების მიხედვით", "Timelines by half-year"),
    "N1.1": ("ტენდენციები და პროფილები არსებული საქმეებიდან", "Trends and profiles from existing cases"),
    "N1.2": ("ქუჩაში მომუშავე და მცხოვრებ ბავშვთა სტრატეგია", "Strategy on children in the streets"),
    "N2.1": ("ცნობიერების ამაღლება", "Raising awareness"),
    "N2.2": ("ბავშვები ქუჩაში", "Children in street situations"),
    "N3.1": ("თავშესაფრების მონიტორინგი", "Monitoring of shelters"),
    "N3.2": ("ბინადრობა, დაბრუნება, რეაბილიტაციის პროგრამები", "Permits, returns, rehabilitation programmes"),
    "N4.1": (
        "დასრულებული საქმეების განხილვა და იდენტიფიცირება",
        "Review of concluded cases, and identification",
    ),
    "N4.2": ("მობილური ჯგუფები, შემოწმებები, გამოძიება", "Mobile groups, inspections, investigations"),
    "N4.3": ("სეგრეგირებული სტატისტიკა", "Segregated statistics"),
    "N5.1": ("ტრენინგები", "Training"),
    "N6.1": ("უწყებების ინფორმაცია პერიოდული ანგარიშისთვის", "Agencies' information for the periodic report"),
    "N6.2": ("ინფორმაცია ახალი საქმეების შესახებ", "Notice of new cases"),
    "N6.3": ("თანამშრომლობა და შეთანხმებები", "Cooperation and agreements"),
    "N6.4": ("შემდეგი სამოქმედო გეგმა", "The next action plan"),
}


def _document(clause: str) -> Document:
    return "G" if clause[0] == "G" else "S" if clause[0] == "S" else "N"


CLAUSES: dict[str, Clause] = {
    id_: Clause(id_, Text(ka, en), "structure" if id_ in _STRUCTURE else "rule", _document(id_))
    for id_, (ka, en) in _TITLES.items()
}
