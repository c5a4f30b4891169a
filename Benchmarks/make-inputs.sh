#!/bin/sh
# Makes the inputs of the benchmarks in the folder named: 180 s of 1080p in seven containers, some 110 MB each,
# and 20 s in an mp4 of 12 MB.
# Twelve seconds are encoded and then repeated without encoding.
set -eu
folder=$1
mkdir -p "$folder"
cd "$folder"
ff() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }

if [ ! -s piece.mp4 ]; then
    ff -f lavfi -i 'testsrc2=s=1920x1080:r=25,noise=alls=9:allf=t' -f lavfi -i 'sine=r=48000' -t 12 \
        -c:v libx264 -preset ultrafast -b:v 5M -maxrate 6M -bufsize 6M -g 250 -c:a aac -b:a 128k -ac 2 part.mp4
    mv part.mp4 piece.mp4
fi
if [ ! -s piece.avi ]; then
    ff -i piece.mp4 -c:v mpeg4 -b:v 5M -c:a libmp3lame -b:a 128k part.avi
    mv part.avi piece.avi
fi
for name in bench.mp4 bench.mov bench.mkv; do
    [ -s "$name" ] || ff -stream_loop 14 -i piece.mp4 -c copy "$name"
done
[ -s bench.avi ] || ff -stream_loop 14 -i piece.avi -c copy bench.avi
[ -s bench.ts ] || ff -i bench.mp4 -c copy bench.ts
[ -s bench-fragmented.mp4 ] ||
    ff -i bench.mp4 -c copy -movflags +frag_keyframe+empty_moov+default_base_moof bench-fragmented.mp4
if [ ! -s bench.mpg ]; then
    ff -i piece.mp4 -c:v mpeg2video -b:v 5M -maxrate 8M -bufsize 4M -c:a mp2 -b:a 192k -f vob part.mpg
    # Equal program streams may follow one another: a player goes on where the clock begins anew. Ours must be one clip.
    ff -stream_loop 14 -i part.mpg -c copy -f vob bench.mpg
    rm part.mpg
fi
[ -s bench-12mb.mp4 ] || ff -i bench.mp4 -t 20 -c copy bench-12mb.mp4
