"""The tus clients that people have: tuspy and aiotus, behind one door."""

from __future__ import annotations

import asyncio
import os
from typing import Protocol

import aiohttp
import aiotus.core
import aiotus.creation
import requests
import yarl
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

CONTEST = "xian-2024"
CUT_OFF = (aiohttp.ClientError, ConnectionError, requests.RequestException, TusCommunicationError, TusUploadFailed)


class Client(Protocol):
    """An upload of one file, which may be gone on with after an error."""

    url: str | None
    acknowledged: int

    def begin(self) -> None:
        """Creates the upload."""

    def go_on(self) -> None:
        """Sends everything that the service does not have; raises one of `CUT_OFF` when the line breaks."""


class Tuspy:
    """tuspy, which works with requests."""

    def __init__(self, address: str, path: str, chunk: int, has_checksums: bool = False) -> None:
        self.client = TusClient(address + "/v1/uploads")
        self.path, self.chunk, self.has_checksums = path, chunk, has_checksums
        self.url: str | None = None
        self.acknowledged = 0

    def begin(self) -> None:
        self.url = self._uploader().create_url()

    def go_on(self) -> None:
        uploader = self._uploader()
        while uploader.offset < os.path.getsize(self.path):
            uploader.upload_chunk()
            self.acknowledged = uploader.offset

    def _uploader(self):  # noqa: ANN202, it is the library's
        return self.client.uploader(
            self.path, url=self.url, chunk_size=self.chunk, upload_checksum=self.has_checksums,
            metadata={"contest": CONTEST, "filename": os.path.basename(self.path)})


class Aiotus:
    """aiotus, which works with aiohttp."""

    def __init__(self, address: str, path: str, chunk: int) -> None:
        self.endpoint = yarl.URL(address + "/v1/uploads")
        self.path, self.chunk = path, chunk
        self.url: str | None = None
        self.acknowledged = 0

    def begin(self) -> None:
        self.url = str(asyncio.run(self._create()))

    def go_on(self) -> None:
        asyncio.run(self._go_on())

    async def _create(self) -> yarl.URL:
        values = {"contest": CONTEST.encode(), "filename": os.path.basename(self.path).encode()}
        with open(self.path, "rb") as file:
            async with aiohttp.ClientSession() as session:
                return self.endpoint.join(await aiotus.creation.create(session, self.endpoint, file, values))

    async def _go_on(self) -> None:
        with open(self.path, "rb") as file:
            async with aiohttp.ClientSession(trace_configs=[self._trace()]) as session:
                await aiotus.core.upload_buffer(session, yarl.URL(self.url or ""), file, chunksize=self.chunk)

    def _trace(self) -> aiohttp.TraceConfig:
        async def note(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
            if ended.response.status == 204:
                self.acknowledged = int(ended.response.headers["Upload-Offset"])

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(note)
        return trace


def client(name: str, address: str, path: str, chunk: int) -> Client:
    return {"tuspy": Tuspy, "aiotus": Aiotus}[name](address, path, chunk)
