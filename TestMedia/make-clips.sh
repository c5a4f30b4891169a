#!/usr/bin/env bash
# Makes every test clip, byte for byte the same each time.
#   ./make-clips.sh [FOLDER]      FOLDER is this one unless given
# Needs ffmpeg 5.1 (Debian 12) and python3. What each clip must yield is in expected.json.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$here}"
cd "${1:-$here}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# ---- helpers -----------------------------------------------------------------------------------------------------

patch() { python3 "$here/patch.py" "$@"; }

# A picture: blue, a white mark in its upper left corner, so that a viewer sees how it is turned, and an orange box that is
# elsewhere in every frame, so that it never stands still. What lies on multiples of 16 takes few bytes.
picture() {
    local paper="c=steelblue:s=$1:r=$2:d=$3,drawbox=w=iw/4:h=ih/4:c=white:t=fill"
    local box="c=orange:s=$((${1%x*} / 128 * 16))x$((${1#*x} / 128 * 16)):r=$2:d=$3"
    echo "color=$paper[paper];color=$box[box];[paper][box]overlay=x=w*(2+2*mod(n\,3)):y=h*4"
}
# A beep of 20 ms every 4 s.
sound() { echo "aevalsrc=lt(mod(t\,4)\,0.02)*sin(2*PI*500*t)/4:s=8000:c=mono:d=$1"; }

ff() { ffmpeg -nostdin -v error -y -filter_threads 1 "$@"; }

# What every encoded clip shares; options that follow it win. With mbtree x264 does not repeat itself at some sizes.
common=(-map_metadata -1 -map_chapters -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -threads 1
        -c:v libx264 -preset veryfast -crf 40 -mbtree 0 -bf 0 -pix_fmt yuv420p -c:a aac -b:a 2k)

# clip FILE SIZE FRAMES-PER-SECOND SECONDS [ffmpeg output option…]
clip() {
    local file=$1 size=$2 rate=$3 seconds=$4; shift 4
    ff -f lavfi -i "$(picture "$size" "$rate" "$seconds")" -f lavfi -i "$(sound "$seconds")" "${common[@]}" "$@" "$file"
}

# patched FILE SOURCE PATCH [argument…]: a copy of SOURCE with bytes changed by patch.py
patched() {
    local file=$1 source=$2 change=$3; shift 3
    cp "$source" "$file"
    patch "$change" "$file" "$@"
}

# ---- one that complies with each contest -------------------------------------------------------------------------
# Clips about one property last 200 s: within the limits of all three contests.

clip xinhua-1080p.mp4        1920x1080  1  150
clip xinhua-1440p.mp4        2560x1440  1  150
clip xinhua-2160p.mp4        3840x2160  1  150
clip 作品.mp4                1080x1920  1  150
clip weifang-1080p.mp4       1920x1080  1  200

# ---- duration ----------------------------------------------------------------------------------------------------

clip duration-119000ms.mp4   1920x1080  1    119
clip duration-119400ms.mp4   1920x1080  5/3  119.4
clip duration-119500ms.mp4   1920x1080  2    119.5
clip duration-120000ms.mp4   1920x1080  1    120
clip duration-179000ms.mp4   1920x1080  1    179
clip duration-179400ms.mp4   1920x1080  5/3  179.4
clip duration-179500ms.mp4   1920x1080  2    179.5
clip duration-180000ms.mp4   1920x1080  1    180
clip duration-300000ms.mp4   1920x1080  1    300
clip duration-300500ms.mp4   1920x1080  2    300.5
clip duration-300600ms.mp4   1920x1080  5/3  300.6
clip duration-301000ms.mp4   1920x1080  1    301
clip portrait-119000ms.mp4   1080x1920  1    119
clip portrait-119500ms.mp4   1080x1920  2    119.5
clip portrait-300500ms.mp4   1080x1920  2    300.5
clip portrait-301000ms.mp4   1080x1920  1    301
clip b-frames.mp4            1920x1080  1    200  -bf 2

# ---- picture: ratio and size -------------------------------------------------------------------------------------

clip ratio-21-9.mp4            2560x1080  1  200
clip ratio-4-3.mp4             1440x1080  1  200
clip ratio-1920x1068.mp4       1920x1068  1  200
clip ratio-1920x1076.mp4       1920x1076  1  200
clip ratio-1920x1092.mp4       1920x1092  1  200
clip portrait-3-4.mp4          1080x1440  1  200
clip portrait-9-18.mp4         1080x2160  1  200
clip size-853x480.mp4          1280x720   1  200  -vf scale=853:480,setsar=1 -pix_fmt yuv444p
clip size-1280x720.mp4         1280x720   1  200
clip size-1918x1080.mp4        1918x1080  1  200
clip size-2048x1152.mp4        2048x1152  1  200
clip size-4096x2304.mp4        4096x2304  1  200
clip portrait-720x1280.mp4     720x1280   1  200
clip portrait-1078x1920.mp4    1078x1920  1  200
clip portrait-1440x2560.mp4    1440x2560  1  200
clip pixel-5120-5121.mp4       1920x1080  1  200  -vf setsar=5120/5121:max=20000
clip pixel-15903-15904.mp4     1920x1080  1  200  -vf setsar=15903/15904:max=20000
clip pixel-1280-1281.mp4       854x480    1  200  -vf setsar=1280/1281:max=20000
clip pixel-4-3.mp4             1440x1080  1  200  -vf setsar=4/3
clip pixel-3-2.mp4             1280x1080  1  200  -vf setsar=3/2
clip pixel-4-3-of-1080p.mp4    1920x1080  1  200  -vf setsar=4/3
clip pixel-4-3.mkv             1440x1080  1  200  -vf setsar=4/3

# ---- picture: orientation, as the track header of an mp4 says it (degrees clockwise) ------------------------------

patched rotated-90.mp4            weifang-1080p.mp4    orientation 90
patched rotated-270.mp4           weifang-1080p.mp4    orientation 270
patched rotated-180.mp4           weifang-1080p.mp4    orientation 180
patched rotated-portrait-90.mp4   portrait-119500ms.mp4 orientation 90
patched rotated-90-pixel-4-3.mp4  pixel-4-3.mp4        orientation 90
patched rotated-30.mp4            weifang-1080p.mp4    orientation 30
patched mirrored.mp4              weifang-1080p.mp4    orientation 0 mirrored
patched mirrored-90.mp4           weifang-1080p.mp4    orientation 90 mirrored
patched matrix-of-zeros.mp4       weifang-1080p.mp4    orientation none
clip phone.mov  1920x1080  1  200  -tag:v hvc1 -c:v libx265 -preset ultrafast \
    -x265-params pools=none:frame-threads=1:log-level=none:info=0
patch orientation phone.mov 90

# ---- layout of the file ------------------------------------------------------------------------------------------

fragments=(-movflags +frag_keyframe+delay_moov+default_base_moof -g 20)
clip moov-first.mp4            1920x1080  1  200  -movflags +faststart
clip fragmented.mp4            1920x1080  1  200  "${fragments[@]}"
clip no-declared-duration.mkv  1920x1080  1  200  -live 1

# ---- incomplete files --------------------------------------------------------------------------------------------

clip "$scratch/250.mkv"        1920x1080  1  250  -cluster_time_limit 5000
clip "$scratch/250.avi"        1920x1080  1  250  -avoid_negative_ts disabled
clip "$scratch/250.mp4"        1920x1080  1  250  -movflags +faststart
clip "$scratch/250-parts.mp4"  1920x1080  1  250  "${fragments[@]}"
clip "$scratch/200.ts"         1920x1080  2  200  -pat_period 10 -sdt_period 60
patched truncated.mp4             "$scratch/250.mp4"        cut-media 79.74
patched truncated-short.mp4       "$scratch/250.mp4"        cut-media 28.5
patched truncated-fragmented.mp4  "$scratch/250-parts.mp4"  cut 94.5
patched truncated.mkv             "$scratch/250.mkv"        cut 81.5
patched truncated.avi             "$scratch/250.avi"        cut 58.6
patched lost-packets.ts           "$scratch/200.ts"         drop-ts-packets 300 6
patched no-moov.mp4               weifang-1080p.mp4         cut-before moov
patched header-only.mkv           "$scratch/250.mkv"        keep 60

# ---- declared durations ------------------------------------------------------------------------------------------

clip "$scratch/150.mkv"        1920x1080  1  150
patched declared-720s.mkv         "$scratch/150.mkv"      declare-mkv 720
patched declared-720s.mp4         weifang-1080p.mp4       declare-mp4 720
patched declared-200s-of-301s.mp4 duration-301000ms.mp4   declare-mp4 200
patched declared-900ms-more.mp4   weifang-1080p.mp4       declare-mp4 200.9
patched declared-1100ms-more.mp4  weifang-1080p.mp4       declare-mp4 201.1
ff -f lavfi -i "$(picture 1920x1080 1 190)" -f lavfi -i "$(sound 240)" "${common[@]}" audio-outlasts-video.mp4

# ---- streams -----------------------------------------------------------------------------------------------------

ff -f lavfi -i "$(picture 640x360 1 1)" "${common[@]}" -c:v png -pix_fmt rgb24 -frames:v 1 -f image2 "$scratch/cover.png"
printf '1\n00:00:01,000 --> 00:00:05,000\n诚信兴商\n' > "$scratch/zh.srt"
two=(-f lavfi -i "$(picture 1920x1080 1 200)" -f lavfi -i "$(picture 2560x1440 1 200)" -f lavfi -i "$(sound 200)"
     "${common[@]}" -map 0 -map 1 -map 2 -disposition:a default)

clip audio-only.m4a            320x240    1  200  -vn
clip no-audio.mp4              1920x1080  1  200  -an
clip no-audio-portrait.mp4     1080x1920  1  200  -an
ff -i "$scratch/cover.png" -f lavfi -i "$(sound 200)" "${common[@]}" \
    -map 1 -map 0 -c:v copy -disposition:v:0 attached_pic cover-only.m4a
ff -f lavfi -i "$(picture 1920x1080 1 200)" -f lavfi -i "$(sound 200)" -i "$scratch/cover.png" \
    "${common[@]}" -map 0 -map 1 -map 2 -c:v:1 copy -disposition:v:1 attached_pic cover-and-video.mp4
ff "${two[@]}" -disposition:v:0 default -disposition:v:1 0       two-videos-default-first.mkv
ff "${two[@]}" -disposition:v:0 0       -disposition:v:1 default two-videos-default-second.mkv
ff "${two[@]}" -disposition:v:0 0       -disposition:v:1 0       -default_mode passthrough two-videos-no-default.mkv
ff -f lavfi -i "$(picture 1920x1080 1 200)" -f lavfi -i "$(sound 200)" -i "$scratch/zh.srt" \
    "${common[@]}" -map 0 -map 1 -map 2 -c:s mov_text -metadata:s:s language=chi subtitles-zh.mp4

# ---- what a viewer sees and hears ---------------------------------------------------------------------------------

clip black-12s.mp4             1920x1080  1  200  -vf "drawbox=c=black:t=fill:enable=between(t\,90\,101)"
clip frozen-12s.mp4            1920x1080  1  200  -vf "drawbox=y=ih/4:c=steelblue:t=fill:enable=between(t\,90\,101)"
clip silent-12s.mp4            1920x1080  1  200  -af "volume=0:enable=between(t\,90\,98)"
clip pillarbox.mp4             608x1080   1  200  -vf "pad=1920:1080:(ow-iw)/2"
clip damaged-frames.mp4        1920x1080  1  200  "${fragments[@]}"
patch spoil-fragments damaged-frames.mp4

# ---- containers: long ones that comply with weifang-2023 in all else, then short ones -----------------------------

clip container.avi   1920x1080  1  200  -avoid_negative_ts disabled
clip container.mov   1920x1080  1  200
clip container.mpg   1920x1080  2  180  -f mpeg -packetsize 128 -c:a mp2 -ar 16000 -b:a 8k 2>"$scratch/log" ||
    { cat "$scratch/log"; exit 1; } >&2    # the log is long: so few pictures a second underflow the buffer that MPEG assumes
clip container.ts    1920x1080  2  200  -pat_period 10 -sdt_period 60
clip container.mkv   1920x1080  1  200
clip container.flv   1920x1080  4  200
clip container.webm  1920x1080  1  200  -c:v libvpx -b:v 20k -c:a libopus -ar 48000 -b:a 6k
clip short.mp4       320x240   10  2
clip short.mov       320x240   10  2
clip short.3gp       352x288   10  2  -c:v h263
clip short.avi       320x240   10  2  -c:v mpeg4 -c:a libmp3lame -avoid_negative_ts disabled
clip short.mpg       320x240   25  2  -f mpeg -c:v mpeg2video -c:a mp2 -ar 16000 -b:a 8k
clip short.ts        320x240   25  2  -c:v mpeg2video -c:a mp2 -ar 16000 -b:a 8k
clip short.mkv       320x240   10  2
clip short.webm      320x240   10  2  -c:v libvpx-vp9 -b:v 50k -c:a libopus -ar 48000
clip short.wmv       320x240   10  2  -c:v wmv2 -c:a wmav2 -ar 44100 -b:a 32k
clip short.flv       320x240   10  2  -c:v flv -c:a libmp3lame -ar 11025
clip short.ogv       320x240   10  2  -vf rotate=t -c:v libtheora -c:a libvorbis -ar 44100 -b:a 48k
clip short.mxf       320x240   25  1  -c:v mpeg2video -c:a pcm_s16le -ar 48000
clip short.m2v       320x240   25 10  -c:v mpeg2video -an

# ---- names that lie ----------------------------------------------------------------------------------------------

cp container.avi  avi-named.mp4
cp container.mkv  matroska-named.mp4
cp short.ogv      ogg-named.mkv
cp weifang-1080p.mp4 mp4-named.avi
cp "$scratch/cover.png" png-named.mp4
: > empty.mp4
head -c 4096 /dev/zero > zeros.mp4
printf 'The video is on the other disk, please call us.\n' > text-named.mp4
cp "$scratch/zh.srt" srt-named.mp4
printf '<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not found</body></html>\n' > html-named.mp4

# The next four name a clip that lies beside them: a reader that follows the name judges the wrong file.
printf 'ffconcat version 1.0\nfile xinhua-1080p.mp4\n' > ffconcat-named.mp4
printf '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:200\n#EXTINF:200.0,\ncontainer.ts\n#EXT-X-ENDLIST\n' > m3u8-named.mp4
cat > dash-named.mp4 <<'MPD'
<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT200S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
  <Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000" width="1920" height="1080">
    <BaseURL>fragmented.mp4</BaseURL>
  </Representation></AdaptationSet></Period>
</MPD>
MPD
printf 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 45678 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n' > sdp-named.mp4
