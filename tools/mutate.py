"""Turns each rule of the law into *allowed*, one at a time, and expects a test of the same clause to fail.

    python -m tools.mutate                 every rule
    python -m tools.mutate gza.law.plan    rules whose name begins so
    python -m tools.mutate --jobs 4 -v     four processes at a time, and say which test caught each rule

A rule survives when every test marked with one of its clauses still passes. The quick tests of ``tests/law`` are run
first, all others (browser tests apart) only for a rule that these let live. Each rule has its own pytest process,
forked from one that has loaded the product. Exit code 1 when a rule survived or the tests cannot be trusted.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIRST, ALL = "tests/law", "tests"
QUICK, EVERY = "not e2e and not slow", "not e2e"
TIME_LIMIT = 600  # seconds a process may take


@dataclass
class Outcome:
    """What a pytest process found: its exit code, the tests it ran, the one that failed first."""

    code: int = -1
    ran: int = 0
    failed: str = ""


@dataclass(eq=False)
class Watch:
    """A pytest plugin: keeps the tests of some clauses, runs them with some rules lifted, notes the first failure."""

    clauses: frozenset[str] | None = None
    lift: tuple[str, ...] = ()
    marks: dict[str, list[str]] = field(default_factory=dict)
    slow: list[str] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep what proves the clauses, quick tests first."""
        kept, dropped = [], []
        for item in items:
            found = {clause for marker in item.iter_markers("clause") for clause in marker.args}
            if found:
                self.marks[item.nodeid] = sorted(found)
            if item.get_closest_marker("slow"):
                self.slow.append(item.nodeid)
            (kept if self.clauses is None or found & self.clauses else dropped).append(item)
        if dropped:
            config.hook.pytest_deselected(items=dropped)
        items[:] = sorted(kept, key=lambda item: item.get_closest_marker("slow") is not None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Lift after collection, so that data made at import is not touched."""
        from gza.law.rules import lifted

        with lifted(*self.lift):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what ran and what failed."""
        if report.when == "call":
            self.outcome.ran += 1
        if report.failed and not self.outcome.failed:
            self.outcome.failed = report.nodeid


def run(watch: Watch, *arguments: str) -> dict[str, Any]:
    """Run pytest in this process; for a forked child. Hypothesis's plugin would import it for its headline alone."""
    options = ["-q", "-x", "-p", "no:hypothesispytest", *arguments]
    watch.outcome.code = int(pytest.main(options, plugins=[watch]))
    return {"outcome": asdict(watch.outcome), "marks": watch.marks, "slow": watch.slow}


class Herd:
    """Forked processes, so many at a time; each writes what it found into its own file."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._running: dict[int, tuple[Path, Callable[[dict[str, Any]], None]]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="gza-mutate-")
        self._count = 0

    def start(self, task: Callable[[], dict[str, Any]], done: Callable[[dict[str, Any]], None]) -> None:
        """Run ``task`` in a child when there is room; ``done`` gets its result, ``{}`` if the child died."""
        while len(self._running) >= self._jobs:
            self.wait()
        self._count += 1
        place = Path(self._folder.name) / str(self._count)
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            self._be_child(task, place)
        self._running[child] = (place, done)

    def _be_child(self, task: Callable[[], dict[str, Any]], place: Path) -> None:
        """Never returns: the parent's clean-up at exit must not run here."""
        try:
            signal.alarm(TIME_LIMIT)
            with place.with_suffix(".log").open("w") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            place.write_text(json.dumps(task()), encoding="utf-8")
        finally:
            os._exit(0)

    def wait(self) -> None:
        """Wait for one child and hand over what it found."""
        child, _ = os.wait()
        place, done = self._running.pop(child)
        result = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        if not result:
            with contextlib.suppress(OSError):
                print(place.with_suffix(".log").read_text(encoding="utf-8")[-2000:])
        done(result)

    def finish(self) -> None:
        """Wait for all children."""
        while self._running:
            self.wait()


@dataclass
class Suite:
    """What the suite proves: the clauses of each marked test, and which tests take seconds."""

    marks: dict[str, list[str]]
    slow: list[str]

    def files(self, clauses: tuple[str, ...], *, quick: bool) -> list[str]:
        """The files with tests of these clauses: quick ones of the law, or all."""
        nodes = [node for node, of in self.marks.items() if set(of) & set(clauses)]
        if quick:
            nodes = [node for node in nodes if node.startswith(f"{FIRST}/") and node not in self.slow]
        return sorted({node.split("::")[0] for node in nodes})


def collect(herd: Herd) -> Suite:
    """Collect every test but the browser's."""
    results: list[dict[str, Any]] = []
    herd.start(
        lambda: run(Watch(), "--collect-only", "-m", EVERY, "--continue-on-collection-errors", ALL), results.append
    )
    herd.finish()
    return Suite(results[0].get("marks", {}), results[0].get("slow", []))


class Hunt:
    """Every rule, once in the quick tests of the law, and once more in all if it lived."""

    def __init__(self, herd: Herd, suite: Suite, clauses: dict[str, tuple[str, ...]]) -> None:
        self._herd, self._suite, self._clauses = herd, suite, clauses
        self.caught: dict[str, str] = {}
        self.notes: dict[str, str] = {}

    def trustworthy(self, *tests: str) -> bool:
        """Whether these tests pass while no rule is lifted."""
        found: list[Outcome] = []
        self._herd.start(lambda: run(Watch(), *tests), lambda result: found.append(_outcome(result)))
        self._herd.finish()
        for one in found:
            if one.code:
                print(f"failed: {one.failed or 'the process died'}")
        return [one.code for one in found] == [0]

    def through(self, names: list[str], *, quick: bool) -> list[str]:
        """Try rules against the quick tests or against all; gives back those that lived."""
        for name in names:
            files = self._suite.files(self._clauses[name], quick=quick)
            if not files:
                self.notes.setdefault(name, "no test of its clauses")
                continue
            watch = Watch(frozenset(self._clauses[name]), (name,))
            self._herd.start(
                lambda watch=watch, files=files: run(watch, "-m", QUICK if quick else EVERY, *files),
                lambda result, name=name: self._note(name, _outcome(result)),
            )
        self._herd.finish()
        return [name for name in names if name not in self.caught]

    def _note(self, name: str, outcome: Outcome) -> None:
        if outcome.code == pytest.ExitCode.TESTS_FAILED and outcome.failed:
            self.caught[name] = outcome.failed
        elif outcome.code == pytest.ExitCode.OK:
            self.notes[name] = f"{outcome.ran} tests of its clauses pass without it"
        else:
            self.notes[name] = f"pytest ended with code {outcome.code}"
        print("." if name in self.caught else "s", end="", flush=True)


def _outcome(result: dict[str, Any]) -> Outcome:
    return Outcome(**result["outcome"]) if result else Outcome()


def main(argv: list[str] | None = None) -> int:
    """Mutate; the last line printed is ``N rules, M survivors``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="rules whose dotted name begins so; all if none is given")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    parser.add_argument("-v", "--verbose", action="store_true", help="say which test caught each rule")
    wanted = parser.parse_args(argv)
    os.chdir(ROOT)
    os.environ.pop("GZA_TEST_ENGINE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django

    from gza.law.rules import load

    django.setup()
    clauses = {
        name: found.clauses
        for name, found in load().items()
        if not wanted.names or any(name.startswith(one) for one in wanted.names)
    }
    herd = Herd(wanted.jobs)
    suite = collect(herd)
    hunt = Hunt(herd, suite, clauses)
    if not hunt.trustworthy("-m", QUICK, FIRST):
        print(f"{FIRST} fails as it stands; nothing can be proved with it")
        return 1
    living = hunt.through(list(clauses), quick=True)
    living = hunt.through(living, quick=False)
    print()
    outside = {test for test in hunt.caught.values() if not test.startswith(FIRST) or test in suite.slow}
    broken = [test for test in outside if not hunt.trustworthy(test)]
    for name, test in hunt.caught.items():
        if test in broken:
            print(f"not proved: {name}: {test} fails also with the rule")
        elif wanted.verbose:
            print(f"caught: {name}: {test}")
    living += [name for name, test in hunt.caught.items() if test in broken]
    for name in living:
        print(f"survived: {name} ({', '.join(clauses[name])}): {hunt.notes.get(name, '')}")
    print(f"{len(clauses)} rules, {len(living)} survivors")
    return 1 if living else 0


if __name__ == "__main__":
    sys.exit(main())
