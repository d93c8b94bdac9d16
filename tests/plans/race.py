"""Run as a script: acts that race for one case, in real processes, on the engine of ``GZA_TEST_ENGINE``.

Prints one JSON object: for each race what every process came to. A database and a Fund of its own.
"""

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.db import connections  # noqa: E402 (the settings are chosen above)
from django.test.utils import setup_databases, teardown_databases  # noqa: E402 (as above)

FORK = multiprocessing.get_context("fork")


def _run(act: Callable[[], Any], barrier: Any, results: Any, place: int) -> None:
    from gza.ledger.work import Refused

    barrier.wait()
    try:
        act()
        results.put((place, "done"))
    except Refused as refused:
        results.put((place, refused.denied.code))
    except Exception as error:  # noqa: BLE001 (whatever it is, the parent has to see it)
        results.put((place, f"{type(error).__name__}: {error}"))
    finally:
        connections.close_all()


def race(*acts: Callable[[], Any]) -> list[str]:
    """Let the acts run at the same moment, each in a process of its own; what each came to, in the order given."""
    connections.close_all()
    barrier, results = FORK.Barrier(len(acts)), FORK.Queue()
    processes = [FORK.Process(target=_run, args=(act, barrier, results, i)) for i, act in enumerate(acts)]
    for process in processes:
        process.start()
    found = dict(results.get(timeout=240) for _ in processes)
    for process in processes:
        process.join()
    return [found[place] for place in range(len(acts))]


def main() -> dict[str, Any]:
    """All races."""
    from gza.cases import actions as cases
    from gza.cases.models import Case, Caseload, Designation, StageCount
    from gza.core.ids import uuid7
    from gza.law.stages import Stage
    from gza.ledger import verify
    from gza.ledger.models import Event
    from gza.plans import actions as plans
    from gza.plans.models import Decision, Signature
    from tests.cases.factories import World
    from tests.plans import factories, signed

    world = World()
    second = world.member("coordinator")
    seen: dict[str, Any] = {}

    case = factories.road_to(world, Stage.AGREED)
    version = factories.newest(case.id)
    both = [world.coordinator, second]
    agree = [lambda who=member: plans.agree(case_id=case.id, version_id=version.id, by=who.who) for member in both]
    seen["agree"] = race(*agree)
    seen["decisions"] = Decision.objects.count()

    case = factories.road_to(world, Stage.DESIGNATION)
    pairs = [(world.coordinator, world.worker), (second, world.other)]
    seen["designate"] = race(*[
        lambda by=by, to=to: cases.designate(case_id=case.id, worker_id=to.id, by=by.who) for by, to in pairs
    ])  # fmt: skip
    seen["designations"] = Designation.objects.filter(case=case).count()

    twice = uuid7()
    seen["same_form"] = race(*[
        lambda: cases.open_case(arrival=world.arrival(), case_id=twice, by=world.worker.who) for _ in range(3)
    ])  # fmt: skip
    seen["one_case"] = Event.objects.filter(verb="cases.open", case=twice).count()

    before = Case.objects.count()
    seen["many"] = race(*[world.received] * 8)
    seen["counted"] = sum(StageCount.objects.values_list("count", flat=True)) - before
    seen["loads"] = (
        sum(Caseload.objects.values_list("count", flat=True)) == Case.objects.exclude(holder_id=None).count()
    )
    case = signed.to_submit(world)
    signed.submit(world, case.id)
    version = factories.newest(case.id)
    seen["agree_final"] = race(*[
        lambda who=member: plans.agree_final(case_id=case.id, version_id=version.id, by=who.who) for member in both
    ])  # fmt: skip
    seen["sign_twice"] = race(*[lambda: signed.sign(world, case.id)] * 2)
    seen["sign_both"] = race(*[lambda who=who: signed.sign(world, case.id, who) for who in ("worker", "worker")])
    seen["in_force"] = [factories.newest(case.id).state, Signature.objects.filter(plan_version=version).count()]
    other = signed.to_sign(world)
    seen["both_at_once"] = race(*[
        lambda who=who: signed.sign(world, other.id, who) for who in ("beneficiary", "worker")
    ])  # fmt: skip
    seen["both_in_force"] = factories.newest(other.id).state
    seen["ledger"] = [str(problem) for problem in verify.verify().problems]
    return seen


@contextmanager
def alone() -> Iterator[None]:
    """Within, a database of one's own that other processes see."""
    folder = Path(tempfile.mkdtemp(prefix="gza-race-"))
    for alias in connections:
        if connections[alias].vendor == "sqlite":  # in memory, another process would see another database
            connections.databases[alias]["TEST"]["NAME"] = str(folder / f"{alias}.sqlite3")
    old = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        connections.close_all()
        teardown_databases(old, verbosity=0)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with alone():
        sys.stdout.write(json.dumps(main()) + "\n")
