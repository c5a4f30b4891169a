"""The expiration extension."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from tus_case import Run, Skip, begin, begin_with, case, checksum, expect, expect_gone, expect_status, listed, options
from tus_wire import OCTETS, Answer, Failure


def expiry(answer: Answer) -> datetime:
    """`Upload-Expires`, which has one form only."""
    text = answer["Upload-Expires"] or ""
    try:
        moment = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Failure(f"Upload-Expires is {text!r} in {answer}") from None
    expect(moment.strftime("%a, %d %b %Y %H:%M:%S GMT") == text, f"Upload-Expires is {text!r}")
    return moment


@case(
    "expiration-announced",
    "In order to indicate this behavior to the Client, the Server MUST add expiration to the Tus-Extension header.",
)
def expiration_announced(run: Run) -> None:
    expect("expiration" in listed(options(run), "Tus-Extension"), "not announced")


@case(
    "expiration-on-creation",
    "If the expiration is known at the creation, the Upload-Expires header MUST be included in the response to the "
    "initial POST request.",
)
def expiration_on_creation(run: Run) -> None:
    now = datetime.now(timezone.utc)
    for upload in [begin(run), begin_with(run, 1000, 400)]:
        left = expiry(upload.created) - now
        expect(left > timedelta(seconds=1), f"expires after {left}")
        if run.lifetime:
            expect(abs(left.total_seconds() - run.lifetime) <= 3, f"expires after {left}, not {run.lifetime:g} s")


@case("expiration-on-patch", "This header MUST be included in every PATCH response if the upload is going to expire.")
def expiration_on_patch(run: Run) -> None:
    upload = begin(run)
    for end in [400, 900]:
        expect(expiry(upload.send(end)) > datetime.now(timezone.utc), "has expired already")


REFUSED = {
    "offset": [("Content-Type", OCTETS), ("Upload-Offset", "7")],
    "type": [("Content-Type", "text/plain"), ("Upload-Offset", "0")],
    "checksum": [("Content-Type", OCTETS), ("Upload-Offset", "0"), checksum(b"another")],
    "algorithm": [("Content-Type", OCTETS), ("Upload-Offset", "0"), ("Upload-Checksum", "none AAAA")],
}


def tells_expiry(fields: list[tuple[str, str]]) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        expiry(upload.expect_refused(run.service.ask("PATCH", upload.target, fields, b"12345")))

    return work


for name, fields in REFUSED.items():
    case(
        f"expiration-on-refused-{name}",
        "This header MUST be included in every PATCH response if the upload is going to expire.",
    )(tells_expiry(fields))


@case("expiration-form", "The value of the Upload-Expires header MUST be in RFC 7231 datetime format.")
def expiration_form(run: Run) -> None:
    form = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z][a-z] \d{4} \d\d:\d\d:\d\d GMT"
    upload = begin(run)
    for answer in [upload.created, upload.send(400)]:
        expect(re.fullmatch(form, answer["Upload-Expires"] or ""), f"Upload-Expires is {answer['Upload-Expires']!r}")
        expiry(answer)


def wait_until(moment: datetime) -> None:
    time.sleep(max(0, (moment - datetime.now(timezone.utc)).total_seconds()))


def short_lifetime(run: Run) -> float:
    if not run.lifetime:
        raise Skip("needs --lifetime")
    return run.lifetime


GONE = (
    "If a Client does attempt to resume an upload which has since been removed by the Server, the Server SHOULD "
    "respond with the 404 Not Found or 410 Gone status."
)


@case("expiration-gone", GONE)
def expiration_gone(run: Run) -> None:
    short_lifetime(run)
    uploads = [begin(run), begin_with(run, 1000, 400)]
    wait_until(expiry(uploads[1].created) + timedelta(seconds=1.5))
    for upload in uploads:
        expect_gone(expect_status(upload.head(), 404, 410))
        expect_gone(expect_status(upload.patch(b"12345", 0), 404, 410))


@case("expiration-kept", "The unfinished upload is available until the time specified in Upload-Expires.")
def expiration_kept(run: Run) -> None:
    lifetime = short_lifetime(run)
    upload = begin(run)
    time.sleep(lifetime * 0.6)
    wait_until(expiry(upload.send(400)) - timedelta(seconds=1))
    upload.expect_offset(400)
    upload.expect_arrives()


@case(
    "expiration-spares-entries",
    "The Server MAY remove unfinished uploads once they expire; what became an entry stays.",
)
def expiration_spares_entries(run: Run) -> None:
    lifetime = short_lifetime(run)
    upload = begin_with(run, 1000, 1000)
    time.sleep(lifetime + 2.5)
    upload.head()
    upload.expect_entry(upload.created["Content-Location"])
