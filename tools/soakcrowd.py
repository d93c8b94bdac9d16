"""``make soak``: social workers, providers, coordinators and a director at once, over HTTP, on one real server.

Everybody signs in through the door and works through the pages, on own and on shared cases, with double clicks and
two windows of the same form. At the end each thing that somebody was told is held against the database: nothing is
lost, nothing done twice, no limit passed, mirrors and counters true, the ledger whole; no answer was an error of the
server, and nobody waited in vain.
"""

import argparse
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tools import server as servers
from tools.client import Person
from tools.crowd import PATIENCE, Actor, Noted
from tools.crowdcheck import examine, newest_event, ring_of
from tools.crowdfund import Coordinator, Director, Provider
from tools.crowdpeople import Worker

OFFICES = ("GE-TB", "GE-IM", "GE-AJ", "GE-SZ")
ELSEWHERE = ("House on the Rioni", "Seventh Step")
"""Organisations that have a workplace here beside the demonstration's own."""
PACE = 0.4
TICK = 20.0  # seconds between two runs of the timer


def crowd(workers: int, providers: int, coordinators: int) -> list[Any]:
    """The people that the demonstration lacks for a crowd of that size."""
    from gza.accounts.enums import Role
    from gza.demo.people import PEOPLE, Someone

    have = Counter(one.role for one in PEOPLE)
    made = [
        Someone(f"worker{number}", f"მუშაკი {number}", f"Worker {number}", Role.SOCIAL_WORKER, OFFICES[number % 4])
        for number in range(workers - have[Role.SOCIAL_WORKER])
    ]
    more = providers - have[Role.PROVIDER]
    for number in range(more):
        body = "*" + ELSEWHERE[number * 2 // more if more >= 4 else 0]  # noqa: PLR2004 (two hold a group's key)
        made.append(
            Someone(f"provider{number}", f"თანამშრომელი {number}", f"Provider {number}", Role.PROVIDER, body=body)
        )
    made += [
        Someone(f"coordinator{number}", f"კოორდინატორი {number}", f"Coordinator {number}", Role.COORDINATOR)
        for number in range(coordinators - have[Role.COORDINATOR])
    ]
    return made


def _prepare(asked: argparse.Namespace) -> None:
    from gza.cli import demo
    from gza.demo import build, people

    people.ensure_material()
    demo.prepare()
    others = crowd(asked.workers, asked.providers, asked.coordinators)
    build.walk(build.found(asked.seed, others=others), asked.cases, asked.seed)


def _everybody(base: str, asked: argparse.Namespace, noted: Noted) -> list[Actor]:
    """Everybody, signed in one after the other: a password costs the server a good part of a second."""
    from gza.accounts.enums import Role
    from gza.accounts.models import User
    from gza.demo import people

    users = list(User.objects.filter(is_active=True).order_by("username"))
    workers = [str(user.id) for user in users if user.role == Role.SOCIAL_WORKER]
    most = {Role.SOCIAL_WORKER: asked.workers, Role.PROVIDER: asked.providers, Role.COORDINATOR: asked.coordinators,
            Role.DIRECTOR: 1}  # fmt: skip
    made: list[Actor] = []
    common: dict[str, Any] = {"seed": asked.seed, "pace": PACE}
    for role, count in most.items():
        for user in [one for one in users if one.role == role][:count]:
            me = Person(base, timeout=PATIENCE)
            me.sign_in(user.username, people.PASSWORD, people.secret(user.username))
            if role == Role.COORDINATOR:
                made.append(Coordinator(user.username, me, noted, workers=workers, **common))
            else:
                kind = {Role.SOCIAL_WORKER: Worker, Role.PROVIDER: Provider, Role.DIRECTOR: Director}[Role(role)]
                made.append(kind(user.username, me, noted, **common))
    return made


def _timer(env: dict[str, str], over: threading.Event, noted: Noted) -> None:
    """``gza tick`` beside the people, as a timer runs it."""
    while not over.wait(TICK):
        done = subprocess.run(
            [sys.executable, "-m", "gza", "tick"],
            env=env,
            cwd=servers.ROOT,
            capture_output=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            noted.fault(f"gza tick ended with {done.returncode}: {done.stderr.decode()[-300:]}")


def work(server: servers.Server, env: dict[str, str], asked: argparse.Namespace) -> tuple[Noted, float]:
    """Let everybody work for the time asked; what they were told, and how many seconds it was."""
    noted = Noted()
    actors = _everybody(server.base, asked, noted)
    print(f"{len(actors)} people signed in", flush=True)
    over = threading.Event()
    timer = threading.Thread(target=_timer, args=(env, over, noted), daemon=True)
    began = time.monotonic()
    for one in (*actors, timer):
        one.start()
    while (gone := time.monotonic() - began) < asked.minutes * 60:
        time.sleep(1)
        if int(gone) % 60 == 59:  # noqa: PLR2004 (once a minute)
            print(f"{int(gone)} s: {sum(noted.acts.values())} acts, {len(noted.faults)} faults", flush=True)
    over.set()
    for actor in actors:
        actor.over.set()
    for actor in actors:
        actor.join(PATIENCE * 3)
        if actor.is_alive():
            noted.fault(f"{actor.name} still waits after {time.monotonic() - actor.alive:.0f} s")
    timer.join(60)
    return noted, time.monotonic() - began


def report(noted: Noted, seconds: float, wrong: list[str]) -> None:
    """Print what happened."""
    kinds: Counter[str] = Counter()
    for (_who, kind), count in noted.acts.items():
        kinds[kind] += count
    print("acts acknowledged: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print("collisions: " + ", ".join(f"{what} {count}" for what, count in noted.collisions.most_common()))
    print("answers: " + ", ".join(f"{status} {count}" for status, count in sorted(noted.answers.items())))
    for what, count in noted.unread.most_common(20):
        print(f"  not taken {count} times: {what}")
    for line in wrong[:40]:
        print(f"WRONG {line}")
    errors = sum(count for status, count in noted.answers.items() if status >= 500)  # noqa: PLR2004 (the server's)
    print(
        f"{seconds:.0f} s, {sum(noted.answers.values())} answers, {sum(noted.acts.values())} acts acknowledged, "
        f"slowest answer {noted.slowest:.1f} s, {errors} errors of the server, {noted.answers[503]} of them busy, "
        f"{len(wrong)} wrong"
    )


def main() -> int:
    """Run; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tools.soakcrowd", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=servers.ENGINES, default="sqlite")
    parser.add_argument("--workers", type=int, default=20)
    parser.add_argument("--providers", type=int, default=10)
    parser.add_argument("--coordinators", type=int, default=2)
    parser.add_argument("--cases", type=int, default=60, help="cases that are there at the beginning")
    parser.add_argument("--processes", type=int, default=2, help="processes of the server")
    parser.add_argument("--keep", action="store_true", help="keep the country for looking at it")
    asked = parser.parse_args()
    folder = servers.folder("gza-crowd-")
    try:
        return _run(asked, folder)
    finally:
        if asked.keep:
            print(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _run(asked: argparse.Namespace, folder: Path) -> int:
    env = servers.settle(asked.engine, folder, "gza_crowd")
    _prepare(asked)
    since = newest_event()
    server = servers.Server(env, processes=asked.processes)
    server.start()
    try:
        noted, seconds = work(server, env, asked)
    finally:
        server.stop()
    from gza.demo.people import PASSWORD

    wrong = noted.faults + examine(noted, since, ring_of("levan", PASSWORD))
    report(noted, seconds, wrong)
    if wrong:
        print(server.log.read_text()[-6000:])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
