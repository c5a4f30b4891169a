#!/usr/bin/env python3
"""Usage: .venv/bin/python scripts/examples.py CLIPCHECK

Writes the examples of openapi.json anew: starts the service twice on empty folders, sends requests with files of TestMedia, and
stores each answer as the example of its body. An example is one object of `components.examples`; every body refers to it.

`WRITTEN` holds the problems that a healthy service cannot be made to answer; their texts are those of the source.
"""

from __future__ import annotations

import concurrent.futures
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EntryServerTests/python"))

from service import RunningService  # noqa: E402

DOCUMENT = ROOT / "Sources/EntryServer/Resources/openapi.json"
MEDIA = (ROOT / "TestMedia/作品.mp4").read_bytes()
SHORT = (ROOT / "TestMedia/short.mp4").read_bytes()
UNKNOWN = "00000000-0000-4000-8000-000000000000"
TUS = {"Tus-Resumable": "1.0.0"}
CONTEST = {"Upload-Metadata": "contest eGlhbi0yMDI0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
# The id of every request, so that the problems among the examples name it.
REQUEST_ID = "0af7651916cd43dd8448eb211c80319c"


def written(status: int, title: str, code: str, zh: str, en: str) -> dict[str, Any]:
    """A problem in the form that the service gives it."""
    return {"type": f"urn:clipcheck:problem:{code}", "title": title, "status": status, "detail": zh,
            "message": {"zh": zh, "en": en}, "requestId": REQUEST_ID}


WRITTEN = {
    "Internal": written(500, "Internal Server Error", "internal", "服务器内部错误，已记录。请稍后重试。",
                        "An internal error, which was logged. Try again later."),
    "StorageFailed": written(503, "Service Unavailable", "storage-failed",
                             "服务器存储出错，作品未保存。请稍后重试，或联系管理员。",
                             "The server's storage failed and nothing was saved. Try again later or tell the operator."),
    "DiskFull": written(507, "Insufficient Storage", "disk-full", "服务器磁盘空间不足，文件未保存。请通知管理员清理空间后重新上传。",
                        "The server's disk is full and the file was not kept. Tell the operator, then upload again."),
    "MediaReplaced": written(409, "Conflict", "media-replaced",
                             "检查期间该作品的视频已被替换，本次结果未保存。请重新检查。",
                             "The entry's video was replaced during the check, so its result was not kept. Check again."),
}

# Bodies of requests, by media type.
FORM = {"contest": "xian-2024", "作品名称": "守信", "media": "(TestMedia/作品.mp4)"}
REQUESTS = {
    ("POST /v1/checks", "multipart/form-data"): {"contest": "xian-2024", "media": "(TestMedia/作品.mp4)"},
    ("POST /v1/entries", "multipart/form-data"): FORM,
    ("POST /v1/entries", "application/json"): {"contest": "xian-2024", "fields": {"作品名称": "守信"}},
    ("PUT /v1/entries/{id}/fields", "application/json"): {"fields": {"作品名称": "守信的一天"}},
    ("POST /v1/entries/{id}/signoffs", "application/json"): {
        "rule": "originality", "answer": "approved", "who": "李老师", "why": "已核对原始素材"},
}


class Client:
    """Requests to one running service."""

    def __init__(self, service: RunningService) -> None:
        self.service = service

    def send(self, method: str, path: str, status: int, **options: Any) -> requests.Response:
        headers = {"X-Request-ID": REQUEST_ID, **options.pop("headers", {})}
        answer = requests.request(method, self.service.address + path, timeout=120, headers=headers, **options)
        if answer.status_code != status:
            raise SystemExit(f"{method} {path}: {answer.status_code} instead of {status}: {answer.text[:500]}")
        return answer

    def json(self, method: str, path: str, status: int, **options: Any) -> Any:
        return self.send(method, path, status, **options).json()

    def wait(self, path: str, is_done: Any) -> Any:
        """The first answer to GET that `is_done` accepts."""
        for _ in range(600):
            value = self.json("GET", path, 200)
            if is_done(value):
                return value
            time.sleep(0.1)
        raise SystemExit(f"{path} does not come to an end")


def form(*fields: tuple[str, str]) -> dict[str, Any]:
    """A multipart form with the clip."""
    return {"files": [(name, (None, text)) for name, text in fields] + [("media", ("作品.mp4", MEDIA, "video/mp4"))]}


def excerpt(metrics: str, *names: str) -> str:
    """The lines of the named metrics."""
    starts = tuple(prefix + name.split("{")[0] + " " for name in names for prefix in ("# HELP ", "# TYPE ")) + names
    return "".join(line for line in metrics.splitlines(keepends=True) if line.startswith(starts))


def name_request(document: dict[str, Any]) -> None:
    """Names the header X-Request-ID in every response."""
    responses = list(document["components"]["responses"].values())
    for item in document["paths"].values():
        for method, operation in item.items():
            if method != "parameters":
                responses += [response for response in operation["responses"].values() if "$ref" not in response]
    for response in responses:
        content = response.pop("content", None)
        headers = response.setdefault("headers", {})
        headers.setdefault("X-Request-ID", {"$ref": "#/components/headers/RequestID"})
        if content is not None:
            response["content"] = content


def answers(client: Client) -> dict[str, Any]:
    """Answers without a problem, by the name of the example."""
    found: dict[str, Any] = {}
    found["ContestList"] = client.json("GET", "/v1/contests", 200)
    found["Contest"] = client.json("GET", "/v1/contests/xian-2024", 200)
    found["Report"] = client.json("POST", "/v1/checks?contest=xian-2024&filename=short.mp4&depth=quick", 200, data=SHORT)
    submitted = client.json("POST", "/v1/entries", 201, **form(("contest", "xian-2024"), ("作品名称", "守信")))
    entry = f"/v1/entries/{submitted['id']}"
    check = submitted["check"]
    found["CheckWaiting"] = client.json("GET", check, 200)
    found["Check"] = client.wait(check, lambda body: body["state"] == "done")
    found["CheckEvents"] = client.send("GET", check, 200, headers={"Accept": "text/event-stream"}).text
    found["EvidenceList"] = client.json("GET", f"{entry}/evidence", 200)
    signed = client.json("POST", f"{entry}/signoffs", 201, json=REQUESTS["POST /v1/entries/{id}/signoffs", "application/json"])
    found["Entry"] = client.json(
        "PUT", f"{entry}/fields", 200, json=REQUESTS["PUT /v1/entries/{id}/fields", "application/json"])
    assert signed["id"] == found["Entry"]["id"]
    found["EntryList"] = client.json("GET", "/v1/entries", 200)
    found["ReportList"] = client.json("GET", f"{entry}/reports?limit=1", 200)
    found["Metrics"] = excerpt(client.send("GET", "/metrics", 200).text, "clipcheck_build_info", "clipcheck_ready",
                               'clipcheck_reports_total{contest="xian-2024"')
    contract = client.json("GET", "/openapi.json", 200)
    found["OpenAPI"] = {name: contract[name] for name in ("openapi", "info", "servers")}
    found["Keys"] = client.json("GET", "/v1/keys", 200)
    schema = client.json("GET", "/v1/schemas/report", 200)
    found["JSONSchema"] = {name: schema[name] for name in ("$schema", "$id", "title", "$ref")} | {
        "$defs": {"Report": {"type": schema["$defs"]["Report"]["type"]}}}
    found["Health"] = client.json("GET", "/healthz", 200)
    found["Ready"] = client.json("GET", "/readyz", 200)
    return found


def problems(client: Client) -> dict[str, Any]:
    """Problems that one request after another is answered with, by the name of the response."""
    submitted = client.json("POST", "/v1/entries", 201, **form(("contest", "xian-2024")))
    entry = f"/v1/entries/{submitted['id']}"
    empty = f"/v1/entries/{client.json('POST', '/v1/entries', 201, json={'contest': 'xian-2024'})['id']}"
    deleted = f"/v1/entries/{client.json('POST', '/v1/entries', 201, json={'contest': 'xian-2024'})['id']}"
    client.send("DELETE", deleted, 204)
    upload = client.send("POST", "/v1/uploads", 201, headers={**TUS, **CONTEST, "Upload-Length": "10"}).headers["Location"]
    upload = re.sub("^http://[^/]*", "", upload)
    key = {"Idempotency-Key": "0d6e1f1e"}
    client.send("PUT", f"{empty}/fields", 200, json={"fields": {}}, headers=key)
    octets = {"Content-Type": "video/mp4"}
    sign = {"rule": "duration", "answer": "approved", "who": "李老师"}
    beyond = {**PIECE, "Upload-Offset": "5"}
    wrong = {**PIECE, "Upload-Offset": "0", "Upload-Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="}
    table = {
        "UploadInvalid": ("POST", "/v1/checks?contest=xian-2024", 400,
                          {"data": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}),
        "EntryInvalid": ("POST", "/v1/entries", 400, {"data": b"{", "headers": {"Content-Type": "application/json"}}),
        "EntryUnknown": ("GET", f"/v1/entries/{UNKNOWN}", 404, {}),
        "MediaMissing": ("GET", f"{empty}/media", 404, {}),
        "RangeUnsatisfiable": ("GET", f"{entry}/media", 416, {"headers": {"Range": "bytes=99999999-"}}),
        "TooLarge": ("POST", "/v1/checks?contest=xian-2024", 413, {"data": bytes(6 << 20), "headers": octets}),
        "TypeUnsupported": ("POST", "/v1/checks?contest=xian-2024", 415, {"data": b"a", "headers": {"Content-Type": "text/plain"}}),
        "FormUnprocessable": ("POST", "/v1/checks", 422, form()),
        "ContestUnknown": ("GET", "/v1/contests/xian-2042", 404, {}),
        "EntryDeleted": ("GET", deleted, 410, {}),
        "KeyInvalid": ("POST", f"{entry}/checks", 400, {"headers": {"Idempotency-Key": "a b"}}),
        "Forbidden": ("DELETE", entry, 403, {"headers": {"Origin": "https://portal.example.cn"}}),
        "HostUnknown": ("GET", "/v1/contests", 421, {"headers": {"Host": "clips.example.cn"}}),
        "KeyUnknown": ("GET", entry, 401, {"headers": {"Authorization": "Bearer 0123456789abcdef0123"}}),
        "KeyReused": ("POST", f"{entry}/checks", 422, {"headers": key}),
        "SignOffUnprocessable": ("POST", f"{empty}/signoffs", 422, {"json": sign}),
        "ReportUnknown": ("GET", f"{entry}/reports/{UNKNOWN}", 404, {}),
        "UploadBad": ("POST", "/v1/uploads", 400, {"headers": {**TUS, **CONTEST}}),
        "UploadUnknown": ("PATCH", f"/v1/uploads/{UNKNOWN}", 404, {"headers": beyond, "data": b"a"}),
        "OffsetMismatch": ("PATCH", upload, 409, {"headers": beyond, "data": b"a"}),
        "TusVersion": ("POST", "/v1/uploads", 412, {}),
        "UploadType": ("PATCH", upload, 415, {"headers": TUS, "data": b"a"}),
        "UploadTooLarge": ("POST", "/v1/uploads", 413, {"headers": {**TUS, **CONTEST, "Upload-Length": "99999999"}}),
        "ChecksumMismatch": ("PATCH", upload, 460, {"headers": wrong, "data": b"0123456789"}),
        "UploadUnprocessable": ("POST", "/v1/uploads", 422, {"headers": {**TUS, "Upload-Length": "10"}}),
        "CheckUnknown": ("GET", f"{entry}/checks/{UNKNOWN}", 404, {}),
        "EvidenceUnknown": ("GET", f"{entry}/evidence/still-0-0.jpg", 404, {}),
        "QueryInvalid": ("GET", f"{entry}?titel=a", 400, {}),
        "JSONInvalid": ("POST", f"{entry}/signoffs", 400, {"data": b"{", "headers": {"Content-Type": "application/json"}}),
        "JSONExpected": ("PUT", f"{entry}/fields", 415, {"data": b"{}", "headers": {"Content-Type": "text/plain"}}),
        "FieldsUnprocessable": ("PUT", f"{entry}/fields", 422, {"json": {"fields": {"作品名": "守信"}}}),
        "ListContestUnknown": ("GET", "/v1/entries?contest=xian-2042", 422, {}),
        "ListInvalid": ("GET", "/v1/entries?limit=0", 400, {}),
        "ReportListInvalid": ("GET", f"{entry}/reports?cursor=a", 400, {}),
        "SchemaUnknown": ("GET", "/v1/schemas/verdict", 404, {}),
    }
    return {name: client.json(method, path, status, **options) for name, (method, path, status, options) in table.items()}


def busy_problems(client: Client) -> dict[str, Any]:
    """Problems of a service that checks one file at a time and lets none wait."""
    found: dict[str, Any] = {}
    creation = {**TUS, **CONTEST, "Upload-Length": "10"}
    upload = re.sub("^http://[^/]*", "", client.send("POST", "/v1/uploads", 201, headers=creation).headers["Location"])

    def check(_: int) -> requests.Response:
        return requests.post(client.service.address + "/v1/checks?contest=xian-2024", data=MEDIA, timeout=120)

    def submit(_: int) -> requests.Response:
        entry = requests.post(client.service.address + "/v1/entries", timeout=120, **form(("contest", "xian-2024"))).json()
        return requests.get(f"{client.service.address}/v1/entries/{entry['id']}/report", timeout=120)

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for _ in range(50):
            for answer in [*pool.map(check, range(16)), *pool.map(submit, range(16))]:
                if answer.status_code in (429, 409):
                    found[{429: "QueueFull", 409: "ReportPending"}[answer.status_code]] = answer.json()
            if len(found) == 2:
                break
    time.sleep(2)
    found["UploadGone"] = client.json("PATCH", upload, 410, headers={**PIECE, "Upload-Offset": "0"}, data=b"a")
    return found


# Examples of bodies, by operation, status and media type; every other body of a schema has the example of its name.
ANSWERS = {
    ("GET /v1/entries/{id}/checks/{check}", "200", "application/json"): ["CheckWaiting", "Check"],
    ("GET /v1/entries/{id}/checks/{check}", "200", "text/event-stream"): ["CheckEvents"],
    ("GET /openapi.json", "200", "application/json"): ["OpenAPI"],
    ("GET /v1/keys", "200", "application/json"): ["Keys"],
    ("GET /v1/schemas/{name}", "200", "application/schema+json"): ["JSONSchema"],
    ("GET /metrics", "200", "text/plain"): ["Metrics"],
    ("GET /healthz", "200", "application/json"): ["Health"],
    ("GET /readyz", "200", "application/json"): ["Ready"],
    ("GET /v1/entries", "400", "application/problem+json"): ["ListInvalid"],
    ("GET /v1/entries", "422", "application/problem+json"): ["ListContestUnknown"],
    ("GET /v1/entries/{id}/reports", "400", "application/problem+json"): ["ReportListInvalid"],
    ("PUT /v1/entries/{id}/media", "413", "application/problem+json"): ["TooLarge"],
}


def refer(media: dict[str, Any], names: list[str]) -> None:
    media.pop("example", None)
    media["examples"] = {name: {"$ref": f"#/components/examples/{name}"} for name in names}


def write(document: dict[str, Any], examples: dict[str, Any]) -> None:
    """Puts the examples into the document."""
    document["components"]["examples"] = {name: {"value": value} for name, value in sorted(examples.items())}
    for name, response in document["components"]["responses"].items():
        for media in response.get("content", {}).values():
            refer(media, [name])
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            name = f"{method.upper()} {path}"
            for media_type, media in operation.get("requestBody", {}).get("content", {}).items():
                if (name, media_type) in REQUESTS:
                    media["example"] = REQUESTS[name, media_type]
            for status, response in operation["responses"].items():
                for media_type, media in response.get("content", {}).items():
                    schema = media.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
                    names = ANSWERS.get((name, status, media_type), [schema])
                    if names[0] in examples:
                        refer(media, names)


def main() -> None:
    examples: dict[str, Any] = dict(WRITTEN)
    with tempfile.TemporaryDirectory() as folder:
        options = ["--clock", "2024-03-01T09:00:00+08:00", "--max-upload", str(4 << 20)]
        with RunningService(sys.argv[1], f"{folder}/a", *options) as service:
            examples |= answers(Client(service)) | problems(Client(service))
        options += ["--jobs", "1", "--waiting", "0", "--upload-lifetime", "1"]
        with RunningService(sys.argv[1], f"{folder}/b", *options) as service:
            examples |= busy_problems(Client(service))
        with RunningService(sys.argv[1], f"{folder}/c", "--open-uploads", "1") as service:
            client, headers = Client(service), {**TUS, **CONTEST, "Upload-Length": "10"}
            client.send("POST", "/v1/uploads", 201, headers=headers)
            examples["TooManyUploads"] = client.json("POST", "/v1/uploads", 429, headers=headers)
    document = json.loads(DOCUMENT.read_text())
    name_request(document)
    write(document, examples)
    DOCUMENT.write_text(json.dumps(document, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
