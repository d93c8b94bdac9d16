"""Codes of the plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionKind(models.TextChoices):
    """The two stages of a plan (S3.4a)."""

    INITIAL = "initial", _("initial plan")
    FINAL = "final", _("final plan")


class VersionState(models.TextChoices):
    """Where a version stands (``law.lifecycles.PLAN_VERSION``)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to the Fund")
    RETURNED = "returned", _("returned with reasons")
    AGREED = "agreed", _("agreed by the Fund")
    TO_SIGN = "to_sign", _("to be signed")
    IN_FORCE = "in_force", _("signed and in force")
    SUPERSEDED = "superseded", _("superseded by a new version")
    DROPPED = "dropped", _("dropped unsigned")
    ENDED = "ended", _("ended with the plan")


class ProviderKind(models.TextChoices):
    """Of what kind the provider of a service is meant to be; the final plan names it (S7.3)."""

    NGO = "ngo", _("local non-governmental organisation")
    INTERNATIONAL = "international", _("international organisation")
    STATE = "state", _("state body or programme")
    FUND = "fund", _("the Fund")
    NONE = "none", _("no provider needed")


class Outcome(models.TextChoices):
    """What the Fund answered to a submission (S3.4b)."""

    AGREED = "agreed", _("agreed")
    RETURNED = "returned", _("returned with reasons")


class Ground(models.TextChoices):
    """Why a running plan changes: the two grounds of S3.5."""

    NEEDS = "needs", _("the needs changed")
    OFFERS = "offers", _("what the providers offer changed")


class Source(models.TextChoices):
    """What secures an item of a final plan (S7.6)."""

    PROVIDER = "provider", _("a provider gives it")
    FUND = "fund", _("the Fund pays")
    FREE = "free", _("no provider and no money needed")
    UNMET = "unmet", _("unmet: nobody could give it yet")
    OUT = "out", _("left out, with the reason")


class RequestState(models.TextChoices):
    """Where a request stands (``law.lifecycles.REQUEST``)."""

    SENT = "sent", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    DECLINED = "declined", _("declined")
    UNANSWERED = "unanswered", _("unanswered, certified by the coordinator")
    WITHDRAWN = "withdrawn", _("withdrawn by the worker")
    STOPPED = "stopped", _("stopped: consent withdrawn, or the plan ended")


IN_PLAN = (Source.PROVIDER, Source.FUND, Source.FREE)
"""Items that are carried out."""


POSITIVE = (RequestState.ACCEPTED, RequestState.PARTLY)
"""Answers on which an item of the final plan can rest."""


class Channel(models.TextChoices):
    """How an answer came."""

    WORKPLACE = "workplace", _("given here by the provider")
    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    TELEPHONE = "telephone", _("telephone")
    IN_PERSON = "in_person", _("in person")


class AsideGround(models.TextChoices):
    """Why a matching offer is set aside without asking (S5.5)."""

    UNSAFE = "unsafe", _("unsafe for the beneficiary")
    DISTANCE = "distance", _("too far away")
    CAPACITY = "capacity", _("no free place")
    WISH = "wish", _("the beneficiary does not want it")


class ConsiderationState(models.TextChoices):
    """Where the Fund's consideration stands (``law.lifecycles.CONSIDERATION``)."""

    OPEN = "open", _("to be decided")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    DEFERRED = "deferred", _("deferred, money reserved")
    DROPPED = "dropped", _("fell away")


class DropGround(models.TextChoices):
    """Why a consideration fell away undecided."""

    SECURED = "secured", _("a provider gives it after all")
    WITHDRAWN = "withdrawn", _("the consent was withdrawn")
    ENDED = "ended", _("the plan or the case ended")
    REMOVED = "removed", _("the item is not in the plan any more")


class FundingOutcome(models.TextChoices):
    """What was decided on a consideration."""

    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    DEFERRED = "deferred", _("deferred")


class CommitmentKind(models.TextChoices):
    """What stands against the ceiling."""

    DECISION = "decision", _("decision of the Fund")
    OPENING = "opening", _("opening balance of a case taken over")


class Signatory(models.TextChoices):
    """Whose signature it is (S7.8)."""

    BENEFICIARY = "beneficiary", _("beneficiary")
    REPRESENTATIVE = "representative", _("legal representative")
    CHILD = "child", _("the child's assent")
    WORKER = "worker", _("social worker")


class CopyOutcome(models.TextChoices):
    """What became of the beneficiary's copy."""

    GIVEN = "given", _("given to the beneficiary")
    HELD = "held", _("held at the Fund for safety")
    DECLINED = "declined", _("the beneficiary did not want it")


class ReportState(models.TextChoices):
    """Where a monthly report stands (``law.lifecycles.REPORT``)."""

    DRAFT = "draft", _("being written")
    SENT = "sent", _("sent to the Fund")
    READ = "read", _("read by the Fund")


class ExpenseKind(models.TextChoices):
    """What an expenditure row says (S7.9)."""

    PAYMENT = "payment", _("paid by the Fund")
    INVOICE = "invoice", _("invoice received, not paid")


class EndGround(models.TextChoices):
    """Why a plan ended (S7.12), or the case with it in fact."""

    EXPIRY = "expiry", _("its term expired")
    REQUEST = "request", _("the beneficiary's written request")
    VIOLATION = "violation", _("gross and repeated violation")
    IN_FACT = "in_fact", _("the case ended in fact")


class InFact(models.TextChoices):
    """How a case can end in fact; not a termination (S7.12)."""

    DEATH = "death", _("death")
    UNTRACEABLE = "untraceable", _("cannot be found")
    DEPARTURE = "departure", _("left the country")
    SAFE_RETURN = "safe_return", _("returned safely to another country")
    ANNULLED = "annulled", _("the status was annulled")


class FollowUpState(models.TextChoices):
    """Where follow-up stands (``law.lifecycles.FOLLOW_UP``)."""

    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


class ContactWay(models.TextChoices):
    """The form of a contact after the plan (S7.11)."""

    TELEPHONE = "telephone", _("telephone call")
    MESSAGE = "message", _("message")
    MEETING = "meeting", _("meeting")
    VISIT = "visit", _("visit at home")
    THROUGH = "through", _("through a person of trust")


class Direction(models.TextChoices):
    """Who made the contact."""

    OUTGOING = "outgoing", _("we contacted the person")
    INCOMING = "incoming", _("the person contacted us")
