"""``make bench``: what a page costs, against what it cannot do without, at several sizes of the country.

Each size has a folder (and on PostgreSQL a database) of its own and a process of its own, which is warm when it is
measured. The countries take turns, a few rounds of all pages each, so that whatever else the machine does falls on all
alike. A page passes when its median is at most 3 times its bare needs plus 10 ms, and at most 1.3 times its median in
the smallest country.
Then granian serves the largest country: ten clients on the case list, requests a second, errors, memory of the worker.

    python -m tools.bench --sizes "3000 30000" [--engine postgres] [--rounds 25] [--keep FOLDER]
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import server as servers
from tools.client import Page, Person

TIMES_BARE, PLUS_MS, GROWTH, WORKER_MB = 3.0, 10.0, 1.3, 200
CLIENTS, SECONDS, OK = 10, 10.0, 200
NOTE = "bench.json"  # in the folder of a country that is built
BLOCK = 5  # rounds of one country before the next has its turn


@dataclass
class Country:
    """A built country and the process that draws its pages."""

    size: int
    env: dict[str, str]
    built: dict[str, Any] = field(default_factory=dict)
    needs: dict[str, dict[str, int]] = field(default_factory=dict)
    times: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    def build(self) -> None:
        """Build it, unless it was kept from a run before."""
        note = Path(self.env["GZA_VAR"]) / NOTE
        if not note.exists():
            done = self._child("build", str(self.size), stdout=subprocess.PIPE)
            out, _ = done.communicate()
            if done.returncode:
                raise RuntimeError(f"the country of {self.size} was not built")
            note.write_text(out.strip().splitlines()[-1])
        self.built = json.loads(note.read_text())

    def _child(self, *what: str, **more: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-W", "ignore", "-m", "tools.benchpages", *what]
        return subprocess.Popen(command, cwd=servers.ROOT, env=self.env, text=True, **more)

    def open(self) -> None:
        """Start the process that draws."""
        self.process = self._child("serve", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.needs = json.loads(self._answer())
        self.times = {name: [] for name in self.needs}

    def _answer(self) -> str:
        out = self.process and self.process.stdout
        line = out.readline() if out else ""
        if not line:
            raise RuntimeError(f"the process of {self.size} ended")
        return line

    def draw(self, rounds: int) -> None:
        """Draw every page and replay its bare needs, so many times."""
        into = self.process and self.process.stdin
        if into is None:
            raise RuntimeError("not open")
        into.write(f"{rounds}\n")
        into.flush()
        for name, times in json.loads(self._answer()).items():
            self.times[name] += times

    def close(self) -> None:
        """End the process."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait(30)

    def medians(self, name: str) -> tuple[float, float]:
        """Median milliseconds of the page and of its bare needs."""
        return tuple(statistics.median(each) for each in zip(*self.times[name], strict=True))


def measure(countries: list[Country], rounds: int) -> None:
    """Draw every page of every country, the countries in turn."""
    for country in countries:
        country.open()
    for _ in range(-(-rounds // BLOCK)):
        for country in countries:
            country.draw(BLOCK)
    for country in countries:
        country.close()


def judge(countries: list[Country]) -> list[dict[str, Any]]:
    """One row a page and size."""
    rows = []
    for name in countries[0].needs:
        first = countries[0].medians(name)[0]
        for country in (each for each in countries if name in each.needs):
            page, bare = country.medians(name)
            growth = page / first
            fits = page <= TIMES_BARE * bare + PLUS_MS
            rows.append(
                {
                    "page": name, "size": country.size, "ms": page, "bare": bare, "ratio": page / bare,
                    "allowed": TIMES_BARE * bare + PLUS_MS, "queries": country.needs[name]["queries"],
                    "growth": growth, "passed": fits and growth <= GROWTH,
                }
            )  # fmt: skip
    return rows


class Client(threading.Thread):
    """Somebody who opens the case list again and again."""

    def __init__(self, base: str, cookies: dict[str, str], until: float) -> None:
        super().__init__(daemon=True)
        self._me, self._until = Person(base), until
        self._me.cookies = dict(cookies)
        self.served, self.errors = 0, 0

    def run(self) -> None:
        """Until the time is over."""
        while time.monotonic() < self._until:
            try:
                page: Page = self._me.get("/cases/", follow=False)
            except OSError:
                self.errors += 1
                continue
            self.served += page.status == OK
            self.errors += page.status != OK


def load(country: Country) -> dict[str, Any]:
    """Ten clients on the case list of the real server, half of them a worker's and half a coordinator's."""
    from gza.demo import people

    server = servers.Server(country.env)
    server.start()
    try:
        cookies = []
        for name in ("levan", "eka"):
            for _ in range(8):
                me = Person(server.base)
                try:
                    me.sign_in(name, people.PASSWORD, people.secret(name))
                except PermissionError:
                    time.sleep(8)  # this minute's code was used by the process before
                    continue
                cookies.append(me.cookies)
                break
        until = time.monotonic() + SECONDS
        clients = [Client(server.base, cookies[number % len(cookies)], until) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        peak = 0
        while time.monotonic() < until:
            peak = max(peak, server.memory())
            time.sleep(0.1)
        for client in clients:
            client.join(60)
        served, errors = sum(one.served for one in clients), sum(one.errors for one in clients)
        peak = max(peak, server.memory())
    finally:
        server.stop()
    megabytes = peak / 2**20
    return {
        "size": country.size, "per_second": served / SECONDS, "errors": errors, "worker_mb": megabytes,
        "passed": served > 0 and not errors and megabytes <= WORKER_MB,
    }  # fmt: skip


def show(engine: str, countries: list[Country], rows: list[dict[str, Any]], loads: list[dict[str, Any]]) -> None:
    """The tables, plain text."""
    print(f"\n{engine}: building")
    print(f"{'cases':>8} {'seconds':>9} {'a second':>9} {'peak MB':>8}")
    for country in countries:
        built = country.built
        print(f"{country.size:>8} {built['seconds']:>9} {built['rate']:>9} {built['peak_mb']:>8}")
    print(f"\n{engine}: pages (median of {len(next(iter(countries[0].times.values())))} warm runs, milliseconds)")
    print(f"{'page':<28}{'cases':>8}{'page':>8}{'bare':>8}{'ratio':>7}{'allowed':>9}{'queries':>9}{'growth':>8}")
    for row in rows:
        print(
            f"{row['page']:<28}{row['size']:>8}{row['ms']:>8.1f}{row['bare']:>8.1f}{row['ratio']:>7.1f}"
            f"{row['allowed']:>9.1f}{row['queries']:>9}{row['growth']:>8.2f}  {'pass' if row['passed'] else 'FAIL'}"
        )
    print(f"\n{engine}: {CLIENTS} clients on the case list for {SECONDS:.0f} s, one worker process")
    print(f"{'cases':>8} {'requests/s':>11} {'errors':>7} {'worker MB':>10}")
    for one in loads:
        verdict = "pass" if one["passed"] else "FAIL"
        print(f"{one['size']:>8} {one['per_second']:>11.1f} {one['errors']:>7} {one['worker_mb']:>10.0f}  {verdict}")


def _place(folder: Path, server: str, name: str) -> dict[str, str]:
    """The environment of a country, kept from a run before or to be built in an empty folder and database."""
    kept = servers.databases(server).get(name, "") if server else ""
    if not (folder / NOTE).exists() or (server and not kept):  # what a build that was broken off left is no country
        shutil.rmtree(folder, ignore_errors=True)
        kept = servers.new_database(server, name) if server else ""
    folder.mkdir(parents=True, exist_ok=True)
    return servers.environment(folder, kept)


def run(engine: str, sizes: list[int], rounds: int, keep: Path | None) -> bool:
    """Everything on one engine; whether all limits hold."""
    base = keep or servers.folder("gza-bench-")
    server = ""
    if engine == "postgres":
        from tests.postgres import start

        server = start(keep / "postgres" if keep else None)
    countries = []
    try:
        for size in sizes:
            countries.append(Country(size, _place(base / f"{engine}-{size}", server, f"gza_{size}")))
            countries[-1].build()
        measure(countries, rounds)
        rows = judge(countries)
        loads = [load(countries[-1])]
    finally:
        for country in countries:
            if country.process and country.process.poll() is None:
                country.process.kill()
        if keep is None:
            shutil.rmtree(base, ignore_errors=True)
    show(engine, countries, rows, loads)
    return all(row["passed"] for row in [*rows, *loads])


def main() -> int:
    """Run; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--sizes", default="3000 30000 300000")
    parser.add_argument("--engine", choices=[*servers.ENGINES, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--keep", type=Path, help="a folder, not a private one, where built countries stay")
    asked = parser.parse_args()
    sizes = sorted(int(part) for part in asked.sizes.replace(",", " ").split())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")
    import django

    django.setup()
    engines = servers.ENGINES if asked.engine == "both" else (asked.engine,)
    good = [run(engine, sizes, asked.rounds, asked.keep) for engine in engines]
    print("\nevery limit holds" if all(good) else "\na limit is missed")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
