"""Whether an acknowledged entry is there after a crash."""

from __future__ import annotations

from dataclasses import dataclass, field

import requests
from crash_client import Acknowledged, sha256


@dataclass
class Faults:
    """What was promised and is not so."""

    lost: int = 0
    wrong: int = 0
    disagreeing: int = 0
    reports: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.lost + self.wrong + self.disagreeing + self.reports

    def add(self, other: Faults) -> None:
        self.lost += other.lost
        self.wrong += other.wrong
        self.disagreeing += other.disagreeing
        self.reports += other.reports
        self.notes += other.notes

    def __str__(self) -> str:
        return (
            f"{self.lost} lost, {self.wrong} with a wrong digest, {self.disagreeing} whose record says another digest, "
            f"{self.reports} reports lost")


def verify(entry: Acknowledged, address: str) -> Faults:
    """Downloads the media and reads the record; what was found wrong once is not counted again."""
    if entry.is_broken:
        return Faults()
    media = requests.get(f"{address}{entry.place}/media", timeout=60)
    record = requests.get(f"{address}{entry.place}", timeout=60)
    if media.status_code != 200 or record.status_code != 200:
        entry.is_broken = True
        return Faults(lost=1, notes=[f"{entry.kind} {entry.place}: {media.status_code}, {record.status_code}"])
    found, said = sha256(media.content), record.json()["media"]["sha256"]
    faults = missing_reports(entry, address)
    if found not in entry.digests:
        faults.add(Faults(wrong=1, notes=[f"{entry.kind} {entry.place}: holds {found}, not {sorted(entry.digests)}"]))
    if said != found:
        faults.add(Faults(disagreeing=1, notes=[f"{entry.kind} {entry.place}: says {said}, holds {found}"]))
    entry.digests = {found}
    entry.is_broken = faults.count > 0
    return faults


def missing_reports(entry: Acknowledged, address: str) -> Faults:
    """Reports never go: a check that was acknowledged is listed."""
    if not entry.reports:
        return Faults()
    listed = requests.get(f"{address}{entry.place}/reports", timeout=60)
    known = {report["id"] for report in listed.json().get("reports", [])}
    gone = [report for report in entry.reports if report not in known]
    entry.reports = [report for report in entry.reports if report in known]
    return Faults(reports=len(gone), notes=[f"{entry.kind} {entry.place}: no report {gone}"] if gone else [])
