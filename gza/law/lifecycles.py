"""The life cycles, as tables. ``docs/reference/states.md`` is drawn from them; rules of order ask them."""

from enum import StrEnum

from .tables import Table, table

__all__ = ["TABLES", "Table", "table"]


class PlanState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    AGREED = "agreed"
    TO_SIGN = "to_sign"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"
    ENDED = "ended"


PLAN_VERSION = table(
    "plan_version",
    ("გეგმის ვერსია", "Plan version"),
    {
        PlanState.DRAFT: ("მონახაზი", "Draft"),
        PlanState.SUBMITTED: ("წარდგენილი", "Submitted"),
        PlanState.RETURNED: ("დაბრუნებული გადასამუშავებლად", "Returned for revision"),
        PlanState.AGREED: ("შეთანხმებული", "Agreed"),
        PlanState.TO_SIGN: ("ხელმოსაწერი", "To be signed"),
        PlanState.IN_FORCE: ("ხელმოწერილი და ძალაშია", "In force"),
        PlanState.SUPERSEDED: ("შეცვლილი ახალი ვერსიით", "Superseded"),
        PlanState.DROPPED: ("გაუქმებული ხელმოწერამდე", "Dropped unsigned"),
        PlanState.ENDED: ("დასრულებული გეგმასთან ერთად", "Ended with the plan"),
    },
    ("draft", "edit", "draft", "S3.4b", "რედაქტირება", "edit"),
    ("draft", "submit", "submitted", "S3.4b", "ფონდისთვის წარდგენა", "submit to the Fund"),
    ("submitted", "agree", "agreed", "S3.4b", "შეთანხმება", "agree"),
    ("submitted", "return", "returned", "S3.4b", "დასაბუთებით დაბრუნება", "return with reasons"),
    ("returned", "edit", "returned", "S3.4b", "რედაქტირება", "edit"),
    ("returned", "submit", "submitted", "S3.4b", "ხელახლა წარდგენა", "submit again"),
    ("agreed", "supersede", "superseded", "S3.5", "ახალი ვერსიით შეცვლა", "supersede by a new version"),
    ("agreed", "sign", "in_force", "S7.8", "ორივე ხელმოწერა", "both signatures"),
    ("draft", "fix", "to_sign", "S3.5", "ცვლილების ხელმოსაწერად გამზადება", "fix an amendment for signature"),
    ("draft", "drop", "dropped", "S3.5", "გაუქმება", "drop"),
    ("to_sign", "sign", "in_force", "S7.8", "ორივე ხელმოწერა", "both signatures"),
    ("to_sign", "drop", "dropped", "S3.5", "გაუქმება", "drop"),
    ("in_force", "supersede", "superseded", "S3.5", "ახალი ვერსიით შეცვლა", "supersede by a new version"),
    ("in_force", "end", "ended", "S7.12", "გეგმის დასრულება", "end the plan"),
    clauses=("S3.4b",),
)


class ConsentState(StrEnum):
    """Where a consent stands."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


CONSENT = table(
    "consent",
    ("თანხმობა", "Consent"),
    {
        ConsentState.ASKED: ("ბენეფიციარი ფიქრობს", "The beneficiary is thinking"),
        ConsentState.GIVEN: ("ძალაშია", "In force"),
        ConsentState.DECLINED: ("უარი", "Declined"),
        ConsentState.WITHDRAWN: ("გამოხმობილი", "Withdrawn"),
    },
    ("asked", "give", "given", "S0.1", "თანხმობის ჩაწერა", "record the consent"),
    ("asked", "decline", "declined", "S0.1", "უარის ჩაწერა", "record the refusal"),
    ("declined", "ask", "asked", "S0.1", "ხელახლა შეთავაზება", "offer again"),
    ("given", "withdraw", "withdrawn", "S0.1", "გამოხმობა", "withdraw"),
    ("withdrawn", "ask", "asked", "S0.1", "ხელახლა შეთავაზება", "offer again"),
    clauses=("S0.1",),
)


class DesignationState(StrEnum):
    """Where a designation stands."""

    ACTIVE = "active"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


DESIGNATION = table(
    "designation",
    ("დანიშვნა", "Designation"),
    {
        DesignationState.ACTIVE: ("მოქმედი", "Active"),
        DesignationState.HANDED_OVER: ("გადაბარებული", "Handed over"),
        DesignationState.ENDED: ("დასრულებული საქმესთან ერთად", "Ended with the case"),
    },
    ("active", "hand_over", "handed_over", "S3.3", "გადაბარება", "hand over"),
    ("active", "end", "ended", "S3.3", "საქმის დახურვა", "close the case"),
    clauses=("S3.3",),
)


class FlagState(StrEnum):
    """Where a flag stands."""

    RAISED = "raised"
    SEEN = "seen"
    SETTLED = "settled"


FLAG = table(
    "flag",
    ("საყურადღებო ჩანაწერი", "Flag"),
    {
        FlagState.RAISED: ("მონიშნულია", "Raised"),
        FlagState.SEEN: ("კოორდინატორმა ნახა", "Seen by the coordinator"),
        FlagState.SETTLED: ("განხილულია", "Settled"),
    },
    ("raised", "see", "seen", "G1", "ნახვა", "look at it"),
    ("raised", "settle", "settled", "G1", "განხილვა და ახსნა", "settle with an explanation"),
    ("seen", "settle", "settled", "G1", "განხილვა და ახსნა", "settle with an explanation"),
    clauses=("G1",),
)


class ServiceState(StrEnum):
    """Where a rehabilitation service stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


REHABILITATION_SERVICE = table(
    "rehabilitation_service",
    ("სარეაბილიტაციო მომსახურება", "Rehabilitation service"),
    {
        ServiceState.REQUESTED: ("მოთხოვნილი", "Requested"),
        ServiceState.ACCEPTED: ("მიმწოდებელი თანახმაა", "Accepted by the provider"),
        ServiceState.DECLINED: ("მიმწოდებელმა უარი თქვა", "Declined by the provider"),
        ServiceState.RUNNING: ("მიმდინარე", "Running"),
        ServiceState.DONE: ("გაწეული", "Done"),
        ServiceState.STOPPED: ("შეჩერებული", "Stopped"),
    },
    ("requested", "accept", "accepted", "S0.3", "თანხმობის ჩაწერა", "record the acceptance"),
    ("requested", "decline", "declined", "S0.3", "უარის ჩაწერა", "record the refusal"),
    ("requested", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("accepted", "start", "running", "S0.3", "დაწყება", "start"),
    ("accepted", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("running", "finish", "done", "S0.3", "დასრულება", "finish"),
    ("running", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    clauses=("S0.3",),
)


class EditionState(StrEnum):
    """Where an edition of the service catalogue stands."""

    COMPILING = "compiling"
    ISSUED = "issued"
    RENEWED = "renewed"


EDITION = table(
    "edition",
    ("მომსახურებათა ნუსხის გამოცემა", "Edition of the list of services"),
    {
        EditionState.COMPILING: ("დგება", "Being compiled"),
        EditionState.ISSUED: ("გამოცემული", "Issued"),
        EditionState.RENEWED: ("შეცვლილი ახალი გამოცემით", "Renewed by the next"),
    },
    ("compiling", "issue", "issued", "S4.3", "გამოცემა", "issue"),
    ("issued", "renew", "renewed", "S4.3", "ახალი გამოცემა", "issue the next"),
    clauses=("S4.3",),
)


class RequestState(StrEnum):
    """Where a request to a provider stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


REQUEST = table(
    "request",
    ("მოთხოვნა ორგანიზაციისადმი", "Request to a provider"),
    {
        RequestState.SENT: ("პასუხს ელის", "Waits for an answer"),
        RequestState.ACCEPTED: ("თანხმობა", "Accepted"),
        RequestState.PARTLY: ("თანხმობა ნაწილობრივ", "Accepted in part"),
        RequestState.DECLINED: ("უარი", "Declined"),
        RequestState.UNANSWERED: ("უპასუხოდ დარჩენილი", "Unanswered"),
        RequestState.WITHDRAWN: ("გამოხმობილი მუშაკის მიერ", "Withdrawn by the worker"),
        RequestState.STOPPED: ("შეჩერებული", "Stopped"),
    },
    ("sent", "accept", "accepted", "S5.4", "თანხმობა", "accept"),
    ("sent", "partly", "partly", "S5.4", "ნაწილობრივი თანხმობა", "accept in part"),
    ("sent", "decline", "declined", "S5.4", "უარი მიზეზით", "decline with a reason"),
    ("sent", "certify", "unanswered", "S5.5", "უპასუხობის დადასტურება", "certify that no answer came"),
    ("sent", "withdraw", "withdrawn", "S5.4", "გამოხმობა", "withdraw"),
    ("sent", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("unanswered", "accept", "accepted", "S5.4", "დაგვიანებული თანხმობა", "accept late"),
    ("unanswered", "partly", "partly", "S5.4", "დაგვიანებული ნაწილობრივი თანხმობა", "accept late in part"),
    ("unanswered", "decline", "declined", "S5.4", "დაგვიანებული უარი", "decline late"),
    ("accepted", "withdraw", "withdrawn", "S5.4", "გამოხმობა", "withdraw"),
    ("accepted", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("partly", "withdraw", "withdrawn", "S5.4", "გამოხმობა", "withdraw"),
    ("partly", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    clauses=("S5.4",),
)


class ConsiderationState(StrEnum):
    """Where the Fund's consideration of paying stands."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    DROPPED = "dropped"


CONSIDERATION = table(
    "consideration",
    ("დაფინანსების განხილვა", "Consideration of paying"),
    {
        ConsiderationState.OPEN: ("გადასაწყვეტი", "To be decided"),
        ConsiderationState.GRANTED: ("დაფინანსებული", "Granted"),
        ConsiderationState.REFUSED: ("უარი", "Refused"),
        ConsiderationState.DEFERRED: ("გადადებული, თანხა დარეზერვებულია", "Deferred, money reserved"),
        ConsiderationState.DROPPED: ("აღარ არის საჭირო", "Fell away"),
    },
    ("open", "grant", "granted", "S5.6", "დაფინანსება", "grant"),
    ("open", "refuse", "refused", "S5.5", "დასაბუთებული უარი", "refuse with reasons"),
    ("open", "defer", "deferred", "S5.3", "გადადება თანხის დარეზერვებით", "defer and reserve the money"),
    ("open", "drop", "dropped", "S5.5", "განხილვის მოხსნა", "drop"),
    ("deferred", "grant", "granted", "S5.6", "დაფინანსება", "grant"),
    ("deferred", "refuse", "refused", "S5.5", "დასაბუთებული უარი", "refuse with reasons"),
    ("deferred", "drop", "dropped", "S5.5", "განხილვის მოხსნა", "drop"),
    clauses=("S5.5",),
)


class ReportState(StrEnum):
    """Where a monthly report stands."""

    DRAFT = "draft"
    SENT = "sent"
    READ = "read"


REPORT = table(
    "report",
    ("ყოველთვიური ანგარიში", "Monthly report"),
    {
        ReportState.DRAFT: ("იწერება", "Being written"),
        ReportState.SENT: ("გაგზავნილი ფონდისთვის", "Sent to the Fund"),
        ReportState.READ: ("წაკითხული", "Read by the Fund"),
    },
    ("draft", "edit", "draft", "S7.9", "წერა", "write"),
    ("draft", "send", "sent", "S7.9", "გაგზავნა", "send"),
    ("sent", "read", "read", "S7.9", "წაკითხვა", "read"),
    clauses=("S7.9",),
)


class FollowUpState(StrEnum):
    """Where contact after the plan stands."""

    OFFERED = "offered"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


FOLLOW_UP = table(
    "follow_up",
    ("შემდგომი კავშირი", "Follow-up"),
    {
        FollowUpState.OFFERED: ("შეთავაზებული", "Offered"),
        FollowUpState.AGREED: ("შეთანხმებული", "Agreed"),
        FollowUpState.DECLINED: ("ბენეფიციარს არ სურს", "Declined"),
        FollowUpState.ENDED: ("დასრულებული", "Ended"),
    },
    ("offered", "agree", "agreed", "S7.11", "შეთანხმება", "agree"),
    ("offered", "decline", "declined", "S7.11", "უარი", "decline"),
    ("agreed", "change", "agreed", "S7.11", "შეთანხმების შეცვლა", "change what was agreed"),
    ("agreed", "end", "ended", "S7.11", "დასრულება", "end"),
    ("declined", "agree", "agreed", "S7.11", "შეთანხმება მოგვიანებით", "agree after all"),
    ("ended", "agree", "agreed", "S7.11", "ხელახლა შეთანხმება", "agree again"),
    clauses=("S7.11",),
)

TABLES: dict[str, Table] = {
    one.key: one
    for one in (
        CONSENT, DESIGNATION, REHABILITATION_SERVICE, PLAN_VERSION, REQUEST, CONSIDERATION, REPORT, FOLLOW_UP, EDITION,
        FLAG,
    )
}  # fmt: skip
