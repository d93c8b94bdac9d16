"""Cases at every stop of the end, made in the server's databases by the real acts: ``python -m tests.e2e.end_story``.

Prints as JSON the cookies of three people who are signed in, and the ids of the cases and rows by what they show.
"""

import json
import sys

import django


def tell() -> dict[str, dict[str, str]]:
    """Make the cases and sign the people in."""
    from django.test import Client

    from gza.plans import actions
    from tests.accounts import factories as accounts
    from tests.cases.factories import World, days_ago
    from tests.plans import endings, factories

    world = World()
    endings.empower(world.director)
    endings.reachable(world)
    running = endings.running(world)
    worker = world.worker.who
    asked = actions.record_end_request(
        case_id=running.id, changed_need="სამუშაო იპოვა", words="გთხოვთ, დაასრულოთ გეგმა.", by=worker
    )
    row = actions.record_violation(
        case_id=running.id, description="საერთო ოთახში ავეჯი დააზიანა", gross=True, by=worker
    )
    actions.hear(case_id=running.id, violation_id=row.id, words="ვნანობ, ავანაზღაურებ.", by=worker)
    over = endings.running(world, starts_on=days_ago(60), months=1)
    told = endings.expired(world)
    endings.tell(world, told.id)
    followed = endings.followed(world)
    actions.record_contact(
        case_id=followed.id, direction="outgoing", way="visit", note="კარგად არის.", outside_reason="ნომერი გაითიშა",
        by=worker,
    )  # fmt: skip
    gone = factories.road_to(world, endings.Stage.NEEDS)
    waiting = actions.record_end_in_fact(case_id=gone.id, ground="departure", evidence="ბილეთი ვნახეთ.", by=worker)
    closed = endings.closed(world)
    cookies = {}
    for name in ("worker", "coordinator", "director"):
        member = getattr(world, name)
        accounts._wrappings[member.id] = member.keys.wrapping
        client = accounts.sign_in(Client(), member.user)
        cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}
    return {
        **cookies,
        "cases": {
            "running": str(running.id), "over": str(over.id), "told": str(told.id), "followed": str(followed.id),
            "gone": str(gone.id), "closed": str(closed.id),
        },
        "rows": {"asked": str(asked.id), "violation": str(row.id), "waiting": str(waiting.id)},
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(tell()) + "\n")
