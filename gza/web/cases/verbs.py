"""What each kind of event is called where people read what happened to a case."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "cases.open": _("The person was received"),
    "cases.take_over": _("The case was taken over from paper"),
    "cases.ask_status": _("A decision on the status was asked for"),
    "cases.record_status": _("The status was recorded"),
    "cases.annul_status": _("A status was annulled"),
    "cases.record_circumstance": _("Shelter or cooperation was recorded"),
    "cases.designate": _("A social worker was designated"),
    "cases.hand_over": _("The case was handed over"),
    "cases.shut_out": _("A colleague was shut out"),
    "cases.let_in": _("A colleague was let in again"),
    "cases.open_outside_work": _("The case was opened outside one's own work"),
    "cases.record_explanation": _("Reintegration and its procedures were explained"),
    "cases.give_consent": _("Consent was given"),
    "cases.decline_consent": _("Consent was declined"),
    "cases.withdraw_consent": _("Consent was withdrawn"),
    "cases.add_representative": _("A legal representative was recorded"),
    "cases.check_representative": _("The representative was checked for a conflict of interest"),
    "cases.end_representative": _("A representation ended"),
    "cases.record_primary_needs": _("Primary needs were recorded"),
    "cases.record_need": _("A need was recorded"),
    "cases.drop_need": _("A need was set aside"),
    "cases.request_rehabilitation": _("A rehabilitation service was requested"),
    "cases.record_provider_answer": _("A provider's answer was recorded"),
    "cases.record_service_given": _("A service was given"),
    "cases.record_emergency_help": _("Emergency help was given"),
    "cases.record_story": _("What the person told was written down"),
    "cases.correct": _("A record was corrected"),
    "cases.resolve_flag": _("A flag was settled"),
    "cases.check_duplicates": _("It was checked whether the person is known already"),
    "cases.search": _("Names were searched"),
    "cases.search_own": _("Own cases were searched by name"),
    "cases.name": _("The name was shown"),
    "cases.names": _("The names of a list were shown"),
    "cases.person": _("The page of the person was opened"),
    "cases.profile": _("The coded profile was opened"),
    "cases.flags": _("Explanations of flags were opened"),
    "plans.draft": _("The initial plan was begun"),
    "plans.set_items": _("Items of the plan were set"),
    "plans.new_draft": _("A new draft of the plan was begun"),
    "plans.enter_paper": _("A plan on paper was entered"),
    "plans.submit": _("The plan was submitted to the Fund"),
    "plans.return": _("The Fund returned the plan with reasons"),
    "plans.agree": _("The Fund agreed to the initial plan"),
    "vault.resealed": _("Keys of the case were sealed anew"),
    "vault.regranted": _("Keys of the case were granted again"),
}


def words(verb: str) -> Promise | str:
    """The sentence for a verb; the verb itself where there is none."""
    return VERBS.get(verb, verb)
