"""What the papers say, in both languages. A paper has the language of its reader, whatever the page is in."""

from gza.law.verdicts import Text

PAGE = Text("გვერდი {n} / {of}", "page {n} of {of}")
PRINTED = Text("დაბეჭდილია {day}", "printed on {day}")
CASE = Text("საქმე", "Case")
BENEFICIARY = Text("ბენეფიციარი", "Beneficiary")
WORKER = Text("სოციალური მუშაკი", "Social worker")
DAY = Text("თარიღი: ________________", "Date: ________________")
NAME_AND_DAY = Text(
    "სახელი, გვარი: ______________________   თარიღი: ________________",
    "Name: ______________________   Date: ________________",
)
FINGERPRINT = Text("შინაარსის ანაბეჭდი", "Fingerprint of the content")
CHECK = Text(
    "შემოწმება: საქმის გვერდზე, „გეგმა“, „ანაბეჭდის შემოწმება“ ჩაწერეთ პირველი ოთხი ჯგუფი მაინც. თუ შინაარსში "
    "ერთი ნიშანიც შეიცვალა, ანაბეჭდი აღარ დაემთხვევა.",
    "To check it: on the page of the case, under Plan, Check a fingerprint, enter at least the first four groups. If a "
    "single character of the content was changed, the fingerprint no longer matches.",
)
RECONSTRUCTED = Text(
    "გეგმის ფორმა აღდგენილია: სტრატეგიის დანართი 1 და სახელმძღვანელო პრინციპები დოკუმენტს არ ახლავს.",
    "The form of the plan is reconstructed: Annex 1 of the Strategy and the Guidelines are not attached to the "
    "document.",
)

PLAN = Text("სოციალური რეინტეგრაციის ინდივიდუალური გეგმა", "Individual plan of social reintegration")
INITIAL = Text("პირველადი გეგმა", "Initial plan")
FINAL = Text("საბოლოო გეგმა", "Final plan")
AMENDMENT = Text("გეგმაში შეტანილი ცვლილება", "Amendment of the plan")
VERSION = Text("ვერსია {number}", "version {number}")
GROUND = Text("ცვლილების საფუძველი", "Ground of the change")
TERM = Text("განხორციელების ვადა", "Term of implementation")
MONTHS = Text("{months} თვე", "{months} months")
MONTH = Text("1 თვე", "1 month")
AIM = Text("რისთვის არის გეგმა", "What the plan is for")
ITEMS = Text("მომსახურება", "Services")
NECESSARY = Text("აუცილებელი", "Necessary")
DESIRED = Text("სასურველი", "Desired")
UNDECIDED = Text("ჯერ არ არის გადაწყვეტილი", "Not decided yet")
SERVICE = Text("მომსახურება", "Service")
NEED = Text("საჭიროება", "Need")
WHY = Text("მიზეზი", "Reason")
PROVIDER = Text("ვინ უზრუნველყოფს", "Provider")
TIME = Text("დრო", "Time")
MONEY = Text("ფონდის თანხა", "Fund's money")
TOTAL = Text("სულ", "In all")
MONTHS_OF_PLAN = Text("თვე {first}–{last}", "months {first}–{last}")
MONTH_OF_PLAN = Text("თვე {first}", "month {first}")
NOT_CHOSEN = Text("ჯერ არ არის არჩეული", "not chosen yet")
TIMETABLE = Text("ვადები", "Time-table")
COUNTED = Text("თვეები გეგმის პირველი დღიდან ({day}) ითვლება.", "Months are counted from the plan's first day, {day}.")
COUNTED_FROM_START = Text(
    "თვეები გეგმის ამოქმედების დღიდან ითვლება.", "Months are counted from the day the plan comes into force."
)
UNMET = Text("დაუკმაყოფილებელი აუცილებელი საჭიროებები", "Necessary needs nobody could meet yet")
TRIED = Text("რა ვცადეთ", "What was tried")
PURSUED = Text("ვინ განაგრძობს ძებნას", "Who pursues it")
REVIEW = Text("როდის გადაიხედება", "To be looked at on")
FUND = Text("ფონდის პასუხი", "Answer of the Fund")
AGREED = Text("ფონდი დაეთანხმა {day}.", "The Fund agreed on {day}.")
RETURNED = Text("ფონდმა დასაბუთებით დააბრუნა {day}.", "The Fund returned it with reasons on {day}.")
SUBMITTED = Text("ფონდს წარედგინა {day}; პასუხი ჯერ არ არის.", "Submitted to the Fund on {day}; no answer yet.")
NOT_SUBMITTED = Text(
    "მონახაზი: ფონდისთვის ჯერ არ წარუდგენიათ და სავალდებულო არ არის.",
    "A draft: not submitted to the Fund yet, and not binding.",
)
NO_AGREEMENT_NEEDED = Text(
    "ცვლილებას ფონდის ცალკე დათანხმება არ სჭირდება; სავალდებულოს მას ორი ხელმოწერა ხდის.",
    "An amendment needs no agreement of the Fund; the two signatures make it binding.",
)
SIGNATURES = Text("ხელმოწერები", "Signatures")
SIGNED = Text("ხელი მოეწერა {day}", "Signed on {day}")
UNSIGNED = Text("ჯერ არ მოუწერია ხელი", "Not signed yet")
BROKEN = Text(
    "ყურადღება: შენახული შინაარსი ანაბეჭდს არ ემთხვევა. ეს ქაღალდი არ გამოიყენოთ და შეატყობინეთ ადმინისტრატორს.",
    "Attention: the stored content does not match its fingerprint. Do not use this paper, and tell the administrator.",
)
DECLARATION = Text(
    "გეგმა წავიკითხე ან წამიკითხეს ჩემთვის გასაგებ ენაზე. ვეთანხმები და ხელს ნებაყოფლობით ვაწერ. ვიცი, რომ "
    "თანხმობის გამოხმობა ნებისმიერ დროს შემიძლია.",
    "I have read the plan, or it was read to me in a language I understand. I agree with it and sign of my own will. I "
    "know that I can withdraw my consent at any time.",
)
SIGN_HERE = Text("ხელმოწერის ფურცელი", "Signature sheet")
REPRESENTATIVE = Text("კანონიერი წარმომადგენელი (თუ არის)", "Legal representative (if any)")
WITNESS = Text(
    "მოწმე (თუ ბენეფიციარი ხელმოწერის ნაცვლად ნიშანს სვამს)", "Witness (if the beneficiary makes a mark instead)"
)

REPORT = Text("ყოველთვიური ანგარიში", "Monthly report")
REPORTED = Text("საანგარიშო თვე", "Reported on")
SENT = Text("გაიგზავნა", "Sent")
DUE = Text("ვადა", "Due")
READ = Text("ფონდმა წაიკითხა", "Read by the Fund")
DRAFT_REPORT = Text("მონახაზი: ფონდისთვის ჯერ არ გაუგზავნიათ.", "A draft: not sent to the Fund yet.")
DONE = Text("რა გაკეთდა", "What was done")
OUTLOOK = Text("შემდეგი თვე", "The next month")
EXPENDITURE = Text("ხარჯი დაფინანსებული პუნქტების მიხედვით", "Expenditure by funded item")
NO_MONEY = Text("ამ გეგმაში ფონდის თანხა არ არის.", "There is no money of the Fund in this plan.")
COMMITTED = Text("გადაწყვეტილი", "Decided")
PAID_MONTH = Text("გადახდილი ამ თვეში", "Paid this month")
PAID_ALL = Text("გადახდილი სულ", "Paid in all")
LEFT = Text("დარჩენილი", "Left")
INVOICED = Text("ანგარიშ‑ფაქტურები", "Invoices")
GIVEN = Text("გაწეული მომსახურება", "Services given")
NOTHING_GIVEN = Text("ამ თვეში მომსახურება არ ჩაწერილა.", "No service was recorded in this month.")
SESSIONS = Text("რამდენჯერ", "Times")
OUTSIDE = Text("გეგმის პუნქტებს გარეთ", "Outside the plan's items")
PARTS = Text("რა გაეგზავნათ ორგანიზაციებს", "What the organisations got")
PART_SENT = Text("თავისი ნაწილი გაეგზავნა", "got its own part")

NOTICE = Text("შეტყობინება გეგმის დასრულების შესახებ", "Notice of the end of the plan")
NOTICE_CASE = Text("შეტყობინება საქმის დახურვის შესახებ", "Notice of the closing of the case")
COMPLAIN = Text("როგორ გავასაჩივრო", "How to complain")
SIGNED_FOR_FUND = Text("ფონდის სახელით", "For the Fund")
RECEIVED = Text("მივიღე", "Received")
