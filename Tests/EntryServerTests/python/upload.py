"""Uploads with Python's requests: python upload.py CASE URL CLIP; prints {"status": …, "type": …, "body": …}."""

import json
import os
import sys

import requests

CHUNK = 1000


def pieces(path):
    """The file's bytes; requests sends what a generator yields in chunks, without a length."""
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def zeros(count):
    for _ in range(count >> 20):
        yield bytes(1 << 20)


def form(url, clip):
    with open(clip, "rb") as file:
        return requests.post(
            url + "/v1/entries",
            data={"contest": "xian-2024", "作品名称": "守信 & \"诚实\""},
            files={"media": (os.path.basename(clip), file, "video/mp4")},
        )


def chunked(url, clip):
    return requests.post(
        url + "/v1/checks", params={"contest": "xian-2024", "filename": os.path.basename(clip)}, data=pieces(clip)
    )


def json_form(url, clip):
    return requests.post(url + "/v1/entries", json={"contest": "xian-2024", "fields": {"联系人": "王芳"}})


def replaced(url, clip):
    """A JSON form, then its media, then another check, on one connection."""
    with requests.Session() as session:
        entry = session.post(url + "/v1/entries", json={"contest": "xian-2024"})
        place = url + entry.headers["Location"]
        session.put(place + "/media", params={"filename": os.path.basename(clip)}, data=pieces(clip)).raise_for_status()
        return session.post(place + "/checks")


def refused_early(url, clip):
    """The answer must reach a client that is still sending when it is refused."""
    return requests.post(url + "/v1/checks", params={"contest": "xian-2042"}, data=zeros(32 << 20))


def too_large(url, clip):
    return requests.post(url + "/v1/checks", params={"contest": "xian-2024"}, data=zeros(32 << 20))


def main():
    name, url, clip = sys.argv[1:]
    answer = globals()[name](url, clip)
    answer.encoding = "utf-8"
    print(json.dumps({"status": answer.status_code, "type": answer.headers.get("Content-Type"), "body": answer.json()}))


if __name__ == "__main__":
    main()
