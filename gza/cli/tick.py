"""``gza tick``: what a timer does, every few minutes or once a day; doing it twice does no harm."""

from gza.core.transient import housekeeping
from gza.ledger import heads, queries
from gza.plans import actions as plans
from gza.vault import files

from . import say


def tick() -> None:
    """Clear away what has served its time, expire terms that are over, export the ledger's head; no key is at hand."""
    cleared = {name: count for name, count in housekeeping.purge().items() if count}
    if swept := files.sweep():
        cleared["files of acts that failed"] = swept
    if reminded := plans.remind_expired():
        cleared["providers reminded"] = reminded
    if ended := plans.end_disclosures():
        cleared["disclosures ended"] = ended
    if expired := plans.expire_due():
        cleared["plans whose term expired"] = expired
    seq, hash_ = queries.head()
    if seq:
        heads.export(seq, hash_)
    what = ", ".join(f"{count} {name}" for name, count in cleared.items()) or "nothing to clear away"
    say.done(f"{what}; head {seq} exported")
