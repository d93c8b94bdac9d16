"""Codes of the cases. All of them are T0: they name kinds and states, never a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    """How the case came into the system (G3)."""

    NEW = "new", _("begun here")
    TAKEN_OVER = "taken_over", _("taken over from paper")


class StatusKind(models.TextChoices):
    """The two statuses, never merged into one (S3.1)."""

    VICTIM = "victim", _("victim")
    STATUTORY_VICTIM = "statutory_victim", _("statutory victim")


class Standing(models.TextChoices):
    """What a case stands on: derived from its status decisions and kept on the case."""

    PRESUMED = "presumed", _("presumed victim")
    VICTIM = "victim", _("victim")
    STATUTORY_VICTIM = "statutory_victim", _("statutory victim")
    BOTH = "both", _("victim and statutory victim")
    NONE = "none", _("no status in force")


class StatusBody(models.TextChoices):
    """Who decides on a status: the Permanent Group on victims, a law enforcement body on statutory victims."""

    PERMANENT_GROUP = "permanent_group", _("Permanent Group")
    LAW_ENFORCEMENT = "law_enforcement", _("law enforcement body")


class Circumstance(models.TextChoices):
    """Facts that are recorded and condition nothing (S0.2)."""

    SHELTER = "shelter", _("lives in a shelter")
    COOPERATION = "cooperation", _("cooperates with law enforcement")


class RepresentativeKind(models.TextChoices):
    """Who acts for a minor (S7.8)."""

    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("guardian")
    CARER = "carer", _("carer")
    GUARDIANSHIP_BODY = "guardianship_body", _("guardianship body")


class Scope(models.TextChoices):
    """What is consented to, each on its own; disclosure always to one named organisation (S0.1, S3.2)."""

    REHABILITATION = "rehabilitation", _("rehabilitation")
    REINTEGRATION = "reintegration", _("reintegration")
    DISCLOSURE = "disclosure", _("disclosure to a named organisation")


class SignatureForm(models.TextChoices):
    """How a consent was signed (S7.8)."""

    SCREEN = "screen", _("signed on the screen")
    PAPER = "paper", _("signed on paper, scanned")
    MARK = "mark", _("a mark before a witness")


class Signer(models.TextChoices):
    """Whose signature a consent carries."""

    BENEFICIARY = "beneficiary", _("beneficiary")
    REPRESENTATIVE = "representative", _("legal representative")


class WithdrawalForm(models.TextChoices):
    """How a withdrawal was made; the spoken word is enough (S0.1)."""

    WRITTEN = "written", _("in writing")
    ORAL = "oral", _("orally, noted by the social worker")


class Topic(models.TextChoices):
    """What an explanation went through (S7.4)."""

    IMPORTANCE = "importance", _("why reintegration matters and what it can bring")
    PROCEDURE = "procedure", _("how the plan is made and who decides what")
    FREE_WILL = "free_will", _("that refusing or stopping has no bad consequence")
    DATA = "data", _("who learns what, and for how long")
    MONEY = "money", _("what can be paid for, and up to which sum")
    COMPLAINT = "complaint", _("where to complain")


class Recovery(models.TextChoices):
    """The two kinds of recovery that primary needs concern (S7.2)."""

    PHYSICAL = "physical", _("physical health")
    MENTAL = "mental", _("mental health")


class StatedBy(models.TextChoices):
    """Who stated a need; several may have (S7.4)."""

    BENEFICIARY = "beneficiary", _("beneficiary")
    REPRESENTATIVE = "representative", _("legal representative")
    WORKER = "worker", _("social worker")


class Priority(models.TextChoices):
    """The two groups of S5.2."""

    NECESSARY = "necessary", _("necessary")
    DESIRED = "desired", _("desired")


class Domain(models.TextChoices):
    """Domains of life in which needs are named and outcomes will be looked at (S0.4)."""

    HOUSING = "housing", _("a safe and affordable place to stay")
    LEGAL_STATUS = "legal_status", _("documents and legal status")
    WORK = "work", _("work and livelihood")
    EDUCATION = "education", _("education and training")
    SAFETY = "safety", _("safety")
    PHYSICAL = "physical", _("physical well-being")
    MENTAL = "mental", _("mental well-being")
    SOCIAL = "social", _("social well-being")
    FAMILY = "family", _("family")
    ECONOMIC = "economic", _("economic well-being")
    JUSTICE = "justice", _("legal matters and access to justice")
    ACCESS = "access", _("access to services")


class Place(models.TextChoices):
    """Where a rehabilitation service is given (S0.3)."""

    SHELTER = "shelter", _("in a shelter")
    OUTSIDE = "outside", _("outside a shelter")


class ServiceState(models.TextChoices):
    """Where a rehabilitation service stands (``law.lifecycles.REHABILITATION_SERVICE``)."""

    REQUESTED = "requested", _("requested")
    ACCEPTED = "accepted", _("accepted by the provider")
    DECLINED = "declined", _("declined by the provider")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


OPEN_SERVICES = (ServiceState.REQUESTED, ServiceState.ACCEPTED, ServiceState.RUNNING)
"""What a withdrawal of consent stops."""


class Answer(models.TextChoices):
    """What a provider answered."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    DECLINED = "declined", _("declined")


class AnswerForm(models.TextChoices):
    """How a provider's answer reached the social worker."""

    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    TELEPHONE = "telephone", _("telephone")
    IN_PERSON = "in_person", _("in person")


class EmergencyGround(models.TextChoices):
    """Why help could not wait; emergency help stands outside the Strategy (S0.1)."""

    DANGER_TO_LIFE = "danger_to_life", _("danger to life")
    HEALTH = "health", _("urgent state of health")
    NO_SHELTER = "no_shelter", _("nowhere to spend the night")
    CHILD_ALONE = "child_alone", _("a child alone")
    BASIC = "basic", _("food, clothing, hygiene")


class EmergencyKind(models.TextChoices):
    """What help was given."""

    SHELTER = "shelter", _("a place to stay")
    MEDICAL = "medical", _("medical help")
    PSYCHOLOGICAL = "psychological", _("psychological help")
    SAFETY = "safety", _("protection")
    SUPPLIES = "supplies", _("food, clothing, hygiene")
    TRANSPORT = "transport", _("transport")


class ShutOutGround(models.TextChoices):
    """Why a person is shut out of a case (G4)."""

    RELATIVE = "relative", _("relative or close to the person")
    LINKED_PERPETRATOR = "linked_perpetrator", _("link to a suspected perpetrator")
    WISH = "wish", _("the beneficiary's wish")
    OTHER = "other", _("another conflict of interest")


class PlanState(models.TextChoices):
    """Where the plan of a case stands, as far as the road needs it; kept by the acts of ``plans``."""

    NONE = "", _("no plan")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to the Fund")
    RETURNED = "returned", _("returned with reasons")
    AGREED = "agreed", _("agreed by the Fund")


class FinalState(models.TextChoices):
    """Where the newest final version of the plan stands; kept by the acts of ``plans``."""

    NONE = "", _("no final plan")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to the Fund")
    RETURNED = "returned", _("returned with reasons")
    AGREED = "agreed", _("agreed by the Fund")
    IN_FORCE = "in_force", _("signed and in force")
    ENDED = "ended", _("ended")
