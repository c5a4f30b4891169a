#!/usr/bin/env python3
"""提交一个作品，断线后自动续传，打印结论和通知原文。
Submits a work, resumes after a broken line, and prints the verdict in the organiser's words.

CLIPCHECK_URL=http://127.0.0.1:8080 CLIPCHECK_KEY=cc_… python portal.py 作品.mp4 contest=demo title=试用
中断后再运行同一命令即可继续。After an interruption the same command goes on where it stood.
退出码 exit codes: 0 已接受 accepted, 1 未通过 rejected, 2 待定 open, 3 未能提交 not submitted."""
import json, os, pathlib, socket, sys, time
import requests, urllib3
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

SERVICE = os.environ["CLIPCHECK_URL"].rstrip("/")
HEADERS = {"Authorization": f"Bearer {os.environ['CLIPCHECK_KEY']}"}
BEGUN = pathlib.Path("uploads-begun.json")  # 未完成的上传 uploads that are not finished: work → address
# tuspy 不设超时：60 秒无确认时由内核断开 tuspy sets no timeouts: the kernel closes a line that is dead for 60 s.
urllib3.connection.HTTPConnection.default_socket_options += [(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 60_000)]

def begun():
    return json.loads(BEGUN.read_text()) if BEGUN.exists() else {}

def remember(work, place):
    BEGUN.write_text(json.dumps({**begun(), work: place}))

def upload(path, fields, work):
    for pause in (1, 2, 5, 15, 60, 60):
        try:
            client = TusClient(f"{SERVICE}/v1/uploads", HEADERS)
            uploader = client.uploader(path, url=begun().get(work), metadata=fields, chunk_size=4 << 20)
            if not uploader.url:
                uploader.set_url(uploader.create_url())
                remember(work, uploader.url)
            uploader.upload()
            return uploader.url
        except TusCommunicationError as error:
            if error.status_code in (404, 410):
                remember(work, None)  # 已过期，重新开始 expired: begin anew
            elif error.status_code and error.status_code < 500 and error.status_code not in (409, 429):
                sys.exit(refusal(error))
            print(f"断线，{pause} 秒后继续 · the line broke, going on in {pause} s", file=sys.stderr)
            time.sleep(pause)
    sys.exit(refusal("请稍后再运行同一命令 · run the same command again later"))

def refusal(error):
    content = getattr(error, "response_content", None)
    print(json.loads(content)["message"]["zh"] if content else error, file=sys.stderr)
    return 3

path, fields = sys.argv[1], dict(pair.split("=", 1) for pair in sys.argv[2:])
fields["filename"], work = os.path.basename(path), json.dumps([SERVICE, path, os.stat(path).st_mtime, fields])
head = requests.head(upload(path, fields, work), headers={**HEADERS, "Tus-Resumable": "1.0.0"}, timeout=60)
while (entry := requests.get(SERVICE + head.headers["Content-Location"], headers=HEADERS, timeout=60).json())["check"]:
    time.sleep(1)  # 画面和声音还在检查 picture and sound are still being looked at
remember(work, None)
word, code = {"accepted": ("已接受", 0), "rejected": ("未通过", 1), "open": ("待定", 2)}[entry["standing"]]
print(f"{entry['id']} {word} {entry['standing']}（视频 video: {entry['report']['verdict']}）")
for finding in [one for one in entry["report"]["findings"] + entry["admission"] if one["outcome"] != "pass"]:
    print(f"- 通知 notice “{finding['clause']}”：{finding['message']['zh']}")
sys.exit(code)
