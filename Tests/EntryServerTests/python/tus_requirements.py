"""Every requirement of tus 1.0.0 on a server, one case each: python tus_requirements.py BASE_URL.

Prints "ok NAME", "FAIL NAME: reason" or "skip NAME: reason"; ends with 1 when any failed. Source: the protocol's text,
version 1.0.0 of 2016-03-25, with the extensions creation, creation-with-upload, checksum, expiration and termination.
"""

from __future__ import annotations

import argparse
import sys
from fnmatch import fnmatch

# Each adds its cases to the list.
import tus_versions  # noqa: F401
import tus_core  # noqa: F401
import tus_override  # noqa: F401
import tus_creation  # noqa: F401
import tus_metadata  # noqa: F401
import tus_checksum  # noqa: F401
import tus_expiration  # noqa: F401
import tus_termination  # noqa: F401
import tus_entry  # noqa: F401
import tus_lines  # noqa: F401
import tus_hostile  # noqa: F401
from tus_case import CASES, Case, Run, Skip
from tus_wire import Failure, Service


def outcome(case: Case, run: Run) -> str:
    """Runs one case; the line that says how it ended."""
    try:
        case.work(run)
    except Skip as reason:
        return f"skip {case.name}: {reason}"
    except Failure as reason:
        return f"FAIL {case.name}: {reason}"
    except Exception as error:  # whatever the service makes of us is its failure, and the others go on
        return f"FAIL {case.name}: {type(error).__name__}: {error}"
    return f"ok {case.name}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", nargs="?", help="like http://127.0.0.1:8080")
    parser.add_argument("--list", action="store_true", help="print every case with its requirement")
    parser.add_argument("--only", default="*", help="names to run, as a pattern like 'checksum-*'")
    parser.add_argument("--lifetime", type=float, help="seconds after which the service lets uploads expire, if short")
    parser.add_argument("--patience", type=float, help="seconds after which the service closes a line that stalls")
    parser.add_argument("--timeout", type=float, default=30, help="seconds to wait for an answer")
    options = parser.parse_args()
    if not options.list and not options.base:
        parser.error("BASE_URL is missing")
    return options


def main() -> int:
    options = arguments()
    cases = [case for case in CASES.values() if fnmatch(case.name, options.only)]
    if options.list:
        for case in cases:
            print(f"{case.name}: {case.requirement}")
        return 0
    run = Run(Service(options.base, options.timeout), options.lifetime, options.patience)
    counts = {"ok": 0, "FAIL": 0, "skip": 0}
    for case in cases:
        line = outcome(case, run)
        counts[line.split(" ", 1)[0]] += 1
        print(line, flush=True)
    print(f"{len(cases)} cases: {counts['ok']} ok, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
