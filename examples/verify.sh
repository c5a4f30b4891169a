#!/bin/sh
# 取得一个作品的报告，核对签名；视频在手时一并核对。
# Fetches the report of an entry and verifies its signature, and the video when it is at hand.
#
# CLIPCHECK_URL=http://127.0.0.1:8080 CLIPCHECK_KEY=cc_… sh verify.sh 作品编号 keys.json [作品.mp4]
#
# keys.json 须事先从可信途径取得，不要与报告一起下载。Get keys.json beforehand from a source that you trust, never along with the report:
#   curl https://clips.example.cn/v1/keys > keys.json
# 退出码 exit codes: 0 未被改动 unaltered, 1 被改动、未签名或密钥不可信 altered, unsigned or not trusted, 70 没有取得报告 no report
set -u
entry=$1 keys=$2
shift 2
report=$(mktemp) || exit 70
trap 'rm -f "$report"' EXIT

# 密钥经标准输入交给 curl，不出现在进程列表中 · the key goes to curl by standard input, not by the list of processes.
printf 'header = "Authorization: Bearer %s"\n' "$CLIPCHECK_KEY" |
    curl --config - --fail-with-body --silent --show-error --output "$report" "$CLIPCHECK_URL/v1/entries/$entry/report" || exit 70
clipcheck verify "$report" "$@" --keys "$keys"
