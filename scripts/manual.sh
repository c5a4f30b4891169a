#!/bin/sh
# Usage: scripts/manual.sh CLIPCHECK GENERATE-MANUAL FOLDER
#
# Writes FOLDER/clipcheck.1 with ArgumentParser's generator. It leaves out whatever is not ASCII, so Chinese passes through
# it as @u4e2d; and is put back.
set -eu
program=$1
generator=$2
folder=$3

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" --experimental-dump-help | perl -CSD -pe 's/([^\x00-\x7f])/sprintf "\@u%x;", ord $1/ge' >"$scratch/help.json"
printf '#!/bin/sh\nexec cat "%s/help.json"\n' "$scratch" >"$scratch/clipcheck"
chmod +x "$scratch/clipcheck"
mkdir -p "$folder"
"$generator" "$scratch/clipcheck" --output-directory "$scratch"
perl -CSD -pe 's/\@u([0-9a-f]+);/chr hex $1/ge' "$scratch/clipcheck.1" >"$folder/clipcheck.1"
