"""Runs one rival on one file of microdata, in the rivals' own environment; nothing of the product is imported here.

    python rivalsworker.py NAME MICRODATA.csv TABLES OUT.json

TABLES are pairs such as ``sex,form sex,age``. OUT gets what the rival would publish: for each table and cell the lowest
and the highest count that its printed value allows to somebody who knows its rules, whether it is printed, and the
seconds.
"""

import contextlib
import io
import json
import resource
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

Tables = tuple[list[list[list[Any]]], str]
STAR = "*"
ENDLESS = None
THRESHOLD = 3
PLAIN, CYCLE = 750, 250  # counts beyond the first take the noise of the last so many again


def argus(data: pd.DataFrame, pairs: list[tuple[str, ...]]) -> Tables:
    """Tau-Argus: each table alone, its exact mode, or the modular one where the exact fails; three people at least."""
    from pytauargus import protect

    tables, modes = [], set()
    for pair in pairs:
        micro = data[list(pair)].assign(n=1.0)
        for mode in ("OPT(1)", "MOD(1)"):
            try:
                with tempfile.TemporaryDirectory(prefix="gza-argus-") as folder:
                    done = protect(
                        micro, [list(pair)], response="n", safety_rules="FREQ(3,30)", suppress=mode, workdir=folder
                    ).tables[0]
                    rows, shown = done.rows, done.safe(None)
                break
            except Exception as error:  # noqa: BLE001 -- a rival may fail in any way; the table says so
                failure = f"{mode}: {error}"
        else:
            raise RuntimeError(failure)
        modes.add(mode)
        cells = []
        for row, value in zip(rows, shown, strict=True):
            key = {name: STAR if row[name] == "Total" else row[name].strip() for name in pair}
            cells.append([key, *((0, ENDLESS, False) if value is None else (int(value), int(value), True))])
        tables.append(cells)
    return tables, "each table alone, " + " and ".join(sorted(modes)) + ", FREQ(3,30)"


def acro(data: pd.DataFrame, pairs: list[tuple[str, ...]]) -> Tables:
    """ACRO with suppression and a threshold of three: no secondary suppression; its totals are of what it shows."""
    import logging

    logging.disable(logging.CRITICAL)
    from acro import ACRO

    session = ACRO(suppress=True)
    session.config["safe_threshold"] = THRESHOLD
    session.sdc_checks.risk_appetite = {**session.sdc_checks.risk_appetite, "safe_threshold": THRESHOLD}
    tables = []
    for row, column in pairs:
        found = session.crosstab(data[row], data[column])
        cells = []
        for one, other in product(found.index, found.columns):
            value = found.loc[one, other]
            hidden = pd.isna(value)
            low, high = (0, THRESHOLD - 1) if hidden else (int(value), int(value))
            cells.append([{row: str(one), column: str(other)}, low, high, not hidden])
        tables.append(cells)
    return tables, f"suppress, threshold {THRESHOLD}"


def cellkey(data: pd.DataFrame, pairs: list[tuple[str, ...]]) -> Tables:
    """Cell-key perturbation with the published table of noise and threshold: the noise of each count is known."""
    from cell_key_perturbation.create_perturbed_table import create_perturbed_table
    from cell_key_perturbation.utils.generate_record_key import generate_random_rkey
    from cell_key_perturbation.utils.generate_test_ptable import generate_ptable_10_5_rule

    noise = generate_ptable_10_5_rule()
    keyed = generate_random_rkey(data)
    top = int(noise["pcv"].max())
    reach = noise.groupby("pcv")["pvalue"].agg(["min", "max"])
    allowed: dict[int, list[int]] = {}
    for count in range(1, max(len(data), top) + 1):
        pcv = count if count <= PLAIN else (count - 1) % CYCLE + PLAIN - CYCLE + 1
        if pcv in reach.index:
            for shown in range(count + int(reach.loc[pcv, "min"]), count + int(reach.loc[pcv, "max"]) + 1):
                allowed.setdefault(shown, []).append(count)
    tables = []
    for pair in pairs:
        found = create_perturbed_table(
            data=keyed, ptable=noise, geog=[], tab_vars=list(pair), record_key="record_key", threshold=10
        )
        cells = []
        for row in found.to_dict("records"):
            key = {name: str(row[name]) for name in pair}
            if pd.isna(row["count"]):
                cells.append([key, 0, 9, False])
            else:
                counts = allowed.get(int(row["count"]), [0])
                cells.append([key, min(counts), max(counts), True])
        tables.append(cells)
    return tables, "10-5 rule, threshold 10"


def main() -> None:
    """Run it."""
    which, micro, asked, out = sys.argv[1:5]
    pairs = [tuple(pair.split(",")) for pair in asked.split()]
    data = pd.read_csv(micro, dtype=str)
    began, before = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        tables, note = {"pytauargus": argus, "acro": acro, "cell-key-perturbation": cellkey}[which](data, pairs)
    took = time.perf_counter() - began
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    computed = sum(one.ru_utime + one.ru_stime for one in spent) - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"tables": tables, "seconds": took, "computed": computed, "megabytes": memory, "note": note}
    Path(out).write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    main()
