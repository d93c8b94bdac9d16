"""Makes people for the browser tests in the server's databases: ``python -m tests.e2e.people``."""

import django

PASSWORD = "nine quiet mountains above Kazbegi"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PEOPLE = {
    "nino": ("coordinator", "ნინო ბერიძე", "Nino Beridze"),
    "gia": ("director", "გია მაისურაძე", "Gia Maisuradze"),
    "lali": ("administrator", "ლალი კვარაცხელია", "Lali Kvaratskhelia"),
    "eka": ("social_worker", "ეკა გელაშვილი", "Eka Gelashvili"),
}


def make() -> None:
    """Accounts with passwords, codes and keys; nothing when they are there."""
    from gza.accounts import steps
    from gza.accounts.models import User

    if User.objects.filter(username="nino").exists():
        return
    for name, (role, ka, en) in PEOPLE.items():
        user = steps.new_account(username=name, role=role, full_name_ka=ka, full_name_en=en, region="GE-TB")
        steps.set_first_password(user, PASSWORD)
        steps.set_secret(user, SECRET)


if __name__ == "__main__":
    django.setup()
    make()
