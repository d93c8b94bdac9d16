"""What the events of the accounts and their keys are called where people read of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "accounts.create": _("An account was made"),
    "accounts.colleagues": _("Accounts of colleagues were made"),
    "accounts.change_details": _("Details of an account were changed"),
    "accounts.disable": _("An account was disabled"),
    "accounts.enable": _("An account was enabled again"),
    "accounts.reset_password": _("A temporary password was given"),
    "accounts.reset_second_factor": _("A second factor was reset"),
    "accounts.change_password": _("A password was changed"),
    "accounts.end_sessions": _("A person's sessions were ended"),
    "accounts.enrol_codes": _("The authenticator app was set up"),
    "accounts.add_security_key": _("A security key was added"),
    "accounts.remove_security_key": _("A security key was removed"),
    "accounts.make_recovery_codes": _("Recovery codes were made"),
    "accounts.choose_language": _("A language was chosen"),
    "accounts.sign_in": _("Signed in"),
    "accounts.sign_out": _("Signed out"),
    "accounts.certify": _("A person's key was certified"),
    "accounts.rotate_after_leaving": _("The groups a person left received new keys"),
    "accounts.delegate": _("The director's powers were delegated"),
    "accounts.end_delegation": _("A delegation ended"),
    "vault.founded": _("The office and its keys were founded"),
    "vault.admitted": _("Cases were opened to a new member of the registry"),
    "vault.readdressed": _("Disclosures were sealed to a provider's new key"),
    "vault.boxes_resealed": _("Counts of a group were sealed anew"),
    "vault.link_destroyed": _("A group's old key was destroyed"),
    "vault.rotated": _("Cases of a person who left received new keys"),
}
