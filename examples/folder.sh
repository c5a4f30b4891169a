#!/bin/sh
# 检查一个文件夹，可带报名表；写出网页、工作簿和 JUnit，并说明退出码。
# Checks a folder, with the table of entries if there is one; writes a page, a workbook and JUnit, and explains the exit code.
#
# sh folder.sh 文件夹 竞赛 [报名表.csv]    sh folder.sh FOLDER CONTEST [TABLE.csv]
# 结果写入 results go to: $OUTPUT（默认 default: ./结果）
set -u
[ $# -ge 2 ] || {
    echo "用法 usage: sh folder.sh 文件夹 竞赛 [报名表.csv]" >&2
    exit 64
}
folder=$1 contest=$2 table=${3:-} output=${OUTPUT:-结果}
mkdir -p "$output" || exit 70

# --resume：中断后再运行，只检查有变化的文件 after an interruption only what has changed is checked.
clipcheck check "$folder" --contest "$contest" --resume ${table:+--manifest "$table"} \
    --format html --output "$output/结果.html" \
    --format xlsx --output "$output/结果.xlsx" \
    --format junit --output "$output/结果.xml" \
    --format text
code=$?

case $code in
0) echo "全部合格 · all compliant" ;;
1) echo "有不合格的作品：见 $output/结果.html · some do not comply: see $output/结果.html" ;;
2) echo "没有不合格，有需人工确认的 · none fails, some need a person's look" ;;
64) echo "参数或规则文件有误，原因见上 · wrong arguments or contest file, see above" >&2 ;;
66) echo "文件夹或报名表无法读取，或没有视频 · folder or table cannot be read, or there is no video" >&2 ;;
70) echo "程序或系统故障，如磁盘写满；排除后重新运行 · our own failure, like a full disk; run it again afterwards" >&2 ;;
130) echo "被中断：再运行一次即可继续 · interrupted: run it again to go on" >&2 ;;
*) echo "意外的退出码 · unexpected exit code: $code" >&2 ;;
esac
exit $code
