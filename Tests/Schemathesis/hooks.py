"""Test data for schemathesis: bodies that are videos, and ids of an entry and an upload that exist."""

import os
from pathlib import Path

import schemathesis
from hypothesis import strategies

MEDIA = Path(__file__).resolve().parents[2] / "TestMedia"
FILES = strategies.sampled_from([(MEDIA / "short.mp4").read_bytes(), (MEDIA / "text-named.mp4").read_bytes(), b"", b"\0" * 10])

for media_type in ("video/*", "video/mp4", "application/octet-stream", "application/offset+octet-stream"):
    schemathesis.openapi.media_type(media_type, FILES)

# Ids that exist, by operation; the operations that delete are not among them.
KNOWN = {
    "GET /v1/entries/{id}/checks/{check}": {"id": os.environ.get("CLIPCHECK_ENTRY"), "check": os.environ.get("CLIPCHECK_CHECK")},
    "GET /v1/entries/{id}/evidence": {"id": os.environ.get("CLIPCHECK_ENTRY")},
    "GET /v1/entries/{id}/evidence/{name}": {"id": os.environ.get("CLIPCHECK_ENTRY"), "name": "timeline.svg"},
    "GET /v1/entries/{id}/media": {"id": os.environ.get("CLIPCHECK_ENTRY")},
    "HEAD /v1/uploads/{id}": {"id": os.environ.get("CLIPCHECK_UPLOAD")},
    "PATCH /v1/uploads/{id}": {"id": os.environ.get("CLIPCHECK_UPLOAD")},
}


def is_id(value: object) -> bool:
    """Whether a value has the form of an id; others are meant to be refused."""
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Replaces the ids of about every second request by ids that exist."""
    known = KNOWN.get(context.operation.label, {})
    drawn = path_parameters.get("id") if path_parameters else None
    if all(known.values()) and is_id(drawn) and int(drawn[:1], 16) % 2 == 0:
        path_parameters.update(known)
    return path_parameters
