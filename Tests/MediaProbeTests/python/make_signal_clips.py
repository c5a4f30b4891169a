#!/usr/bin/env python3
"""Makes small video clips of known scan, colours, depth, level, groups of pictures, sound format and layout.

Usage: make_signal_clips.py FOLDER

Writes the clips and expected.json into FOLDER; a clip that is there already is kept. For each clip, `facts` holds the values
that its recipe gives by the path of the fact, or a range [from, to] of numbers; `agreed` holds the values on which ffprobe
and MediaInfo agree. A null is a fact that must be absent.
"""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FFMPEG_PROCESSES = 2
PICTURE = "testsrc2=size=160x96:rate=25"
# Six seconds of noise, then six of a test picture.
UNEVEN = (f"{PICTURE},split[a][b];[a]noise=alls=40:allf=t:all_seed=3[n];"
          "[n][b]blend=all_expr='if(lt(mod(T,12),6),A,B)'")
SOUND = "anoisesrc=color=pink:amplitude=0.2:seed=7:sample_rate=48000"

SIGNAL, CODING, FORMAT, LAYOUT = "video.signal", "video.coding", "audio.format", "container.layout"


def color(values, path=f"{SIGNAL}.color"):
    """Facts of a colour description: range, primaries, transfer, matrix; `-` is not stated."""
    names = ("range", "primaries", "transfer", "matrix")
    return {f"{path}.{name}": None if value == "-" else value for name, value in zip(names, values.split())}


def x264(*more, gop=25, b_frames=0):
    options = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", str(gop), "-bf", str(b_frames),
               "-sc_threshold", "0"]
    return options + list(more)


def interlaced(order):
    """Options for H.264 that keep fields apart, and the filter that says which field is first."""
    return ["-vf", f"setfield={order}", "-flags", "+ildct+ilme", "-x264-params", f"{order}=1"]


def x265(params, *more):
    return ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:" + params, *more]


# Each clip: seconds, options of ffmpeg, facts, and optionally another source of pictures.
CLIPS = {
    # --- Scan
    "progressive.mp4": (2, x264("-profile:v", "high", "-level", "3.1", "-c:a", "aac", "-ac", "2"), {
        f"{SIGNAL}.scan": "progressive", f"{SIGNAL}.fieldOrder": None, f"{SIGNAL}.chroma": "4:2:0",
        f"{SIGNAL}.bitDepth": 8, f"{CODING}.level": "3.1", f"{CODING}.closedGroups": True,
        f"{CODING}.longestKeyframeIntervalMilliseconds": 1000, f"{CODING}.rateFluctuationMilliseconds": None,
        f"{FORMAT}.layout": "stereo", f"{FORMAT}.profile": "LC", f"{FORMAT}.bitDepth": None,
        f"{FORMAT}.bitsPerSecond": [60000, 160000], **color("limited - - -")}),
    "h264-tff.mp4": (4, x264(*interlaced("tff"), "-an"), {
        f"{SIGNAL}.scan": "interlaced", f"{SIGNAL}.fieldOrder": "top-first"}),
    "h264-bff.mkv": (2, x264(*interlaced("bff"), "-an"), {
        f"{SIGNAL}.scan": "interlaced", f"{SIGNAL}.fieldOrder": "bottom-first"}),
    "h264-tff.ts": (2, x264(*interlaced("tff"), "-an"), {
        f"{SIGNAL}.scan": "interlaced", f"{SIGNAL}.fieldOrder": "top-first"}),
    "h264-fake.mp4": (4, x264("-x264-params", "fake-interlaced=1", "-an"), {
        f"{SIGNAL}.scan": "progressive", f"{SIGNAL}.fieldOrder": None}),
    "mpeg2-tff.ts": (2, ["-c:v", "mpeg2video", "-vf", "setfield=tff", "-flags", "+ildct+ilme", "-an"], {
        f"{SIGNAL}.scan": "interlaced", f"{SIGNAL}.fieldOrder": "top-first", f"{SIGNAL}.chroma": "4:2:0",
        f"{CODING}.level": None}),
    "mpeg2-bff.mov": (2, ["-c:v", "mpeg2video", "-vf", "setfield=bff", "-flags", "+ildct+ilme", "-an"], {
        f"{SIGNAL}.scan": "interlaced", f"{SIGNAL}.fieldOrder": "bottom-first"}),
    "mpeg2.mpg": (2, ["-c:v", "mpeg2video", "-c:a", "mp2"], {
        f"{SIGNAL}.scan": "progressive", f"{FORMAT}.layout": "mono"}),
    "vp9.webm": (1, ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libopus"], {
        f"{SIGNAL}.scan": "progressive", f"{SIGNAL}.bitDepth": 8, LAYOUT: None}),
    # --- Samples and colours
    "hevc-pq.mp4": (2, x265(
        "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:keyint=25:open-gop=0", "-pix_fmt", "yuv420p10le",
        "-an"), {
            f"{SIGNAL}.scan": "progressive", f"{SIGNAL}.chroma": "4:2:0", f"{SIGNAL}.bitDepth": 10,
            **color("limited bt2020 smpte2084 bt2020nc"), f"{CODING}.closedGroups": True, f"{CODING}.level": "1.0"}),
    "hevc-hlg.mkv": (1, x265(
        "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc", "-pix_fmt", "yuv420p10le", "-an"), {
            f"{SIGNAL}.bitDepth": 10, **color("limited bt2020 arib-std-b67 bt2020nc")}),
    "h264-709.mp4": (1, x264(
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv", "-an"), {
            **color("limited bt709 bt709 bt709")}),
    # The container states nothing, the coded stream does.
    "h264-vui.avi": (1, x264("-x264-params", "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=on", "-an"), {
        **color("full bt709 bt709 bt709")}),
    "prores.mov": (1, ["-c:v", "prores_ks", "-profile:v", "3", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s24le", "-ac", "2"], {
        f"{SIGNAL}.scan": "progressive", f"{SIGNAL}.chroma": "4:2:2", f"{SIGNAL}.bitDepth": 10, "video.profile": "HQ",
        f"{CODING}.closedGroups": True, f"{CODING}.longestKeyframeIntervalMilliseconds": 40,
        f"{FORMAT}.bitDepth": 24, f"{FORMAT}.layout": "stereo", f"{FORMAT}.bitsPerSecond": [2303900, 2304100]}),
    "mjpeg.avi": (1, ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le", "-ac", "1"], {
        f"{SIGNAL}.color.range": "full", f"{SIGNAL}.chroma": "4:2:0", f"{FORMAT}.bitDepth": 16, LAYOUT: None}),
    "ffv1.mkv": (1, ["-c:v", "ffv1", "-pix_fmt", "yuv444p10le", "-c:a", "flac", "-sample_fmt", "s32"], {
        f"{SIGNAL}.chroma": "4:4:4", f"{SIGNAL}.bitDepth": 10, f"{FORMAT}.bitDepth": 24}),
    "mpeg4.mov": (1, ["-c:v", "mpeg4", "-c:a", "alac", "-sample_fmt", "s32p"], {
        f"{SIGNAL}.scan": "progressive", "video.profile": "Simple Profile", f"{FORMAT}.bitDepth": 24}),
    # --- Sound
    "mono.mp4": (2, x264("-c:a", "aac", "-ac", "1", "-ar", "44100"), {
        f"{FORMAT}.layout": "mono", "audio.sampleRate": 44100, "audio.channels": 1, "audio.streams": 1}),
    "surround.mp4": (2, x264("-c:a", "ac3", "-ac", "6", "-b:a", "448k"), {
        f"{FORMAT}.layout": "5.1(side)", "audio.channels": 6, f"{FORMAT}.bitsPerSecond": [440000, 456000],
        f"{FORMAT}.bitDepth": None}),
    "surround.mkv": (2, x264("-c:a", "aac", "-ac", "6"), {f"{FORMAT}.layout": "5.1", f"{FORMAT}.profile": "LC"}),
    # --- Layout
    "fast-start.mp4": (1, x264("-c:a", "aac", "-movflags", "+faststart", b_frames=2), {
        f"{LAYOUT}.indexFirst": True, f"{LAYOUT}.editLists": True, f"{LAYOUT}.fragments": False}),
    "slow-start.mp4": (1, x264("-an", "-use_editlist", "0"), {
        f"{LAYOUT}.indexFirst": False, f"{LAYOUT}.editLists": False, f"{LAYOUT}.fragments": False}),
    "fragments.mp4": (2, x264("-an", "-movflags", "+frag_keyframe+empty_moov"), {
        f"{LAYOUT}.indexFirst": True, f"{LAYOUT}.fragments": True}),
    # --- Groups of pictures and evenness
    "long-gop.mp4": (12, x264("-an", gop=250, b_frames=2), {
        f"{CODING}.longestKeyframeIntervalMilliseconds": 10000, f"{CODING}.closedGroups": True}),
    "open-gop.mp4": (4, x264("-x264-params", "open-gop=1", "-an", gop=25, b_frames=3), {
        f"{CODING}.closedGroups": False, f"{CODING}.longestKeyframeIntervalMilliseconds": [960, 1040]}),
    "open-gop-hevc.mp4": (4, x265("keyint=27:min-keyint=27:open-gop=1:bframes=3:scenecut=0", "-an"), {
        f"{CODING}.closedGroups": None}),
    "constant.ts": (25, ["-c:v", "mpeg2video", "-b:v", "400k", "-minrate", "400k", "-maxrate", "400k", "-bufsize", "400k",
                         "-g", "25", "-c:a", "mp2", "-b:a", "128k", "-muxrate", "700k"], {
        f"{CODING}.rateFluctuationMilliseconds": [0, 1500], f"{FORMAT}.rateFluctuationMilliseconds": [0, 200],
        f"{FORMAT}.bitsPerSecond": [127000, 129000]}, UNEVEN),
    "variable.mp4": (25, x264("-crf", "28", "-c:a", "aac", gop=50), {
        f"{CODING}.rateFluctuationMilliseconds": [2500, 20000]}, UNEVEN),
}


def make(path, recipe):
    """Makes the clip with ffmpeg, unless it is there."""
    seconds, options, _, *source = recipe
    if path.exists():
        return
    part = path.with_name(f"part-{path.name}")
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", "-f", "lavfi", "-i", (source or [PICTURE])[0], "-f", "lavfi",
         "-i", SOUND, "-t", str(seconds), *options, "-fflags", "+bitexact", str(part)], check=True)
    part.rename(path)


# --- The two oracles ------------------------------------------------------------------------------

def number(text):
    return int(float(text)) if text not in (None, "", "N/A", "0") else None


def level(text, divisor):
    return None if text in (None, "-99") else f"{int(text) / divisor:.1f}"


def ffprobe(path):
    """Facts as ffprobe tells them."""
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path)], check=True, capture_output=True).stdout
    streams = json.loads(text)["streams"]
    video = next((s for s in streams if s["codec_type"] == "video"), {})
    audio = next((s for s in streams if s["codec_type"] == "audio"), {})
    order = video.get("field_order")
    divisor = {"h264": 10, "hevc": 30}.get(video.get("codec_name"))
    stated = {k: v for k, v in video.items() if v not in ("unknown", "unspecified")}
    return {
        f"{SIGNAL}.scan": {"progressive": "progressive", None: None, "unknown": None}.get(order, "interlaced"),
        f"{SIGNAL}.fieldOrder": {"tt": "top-first", "bt": "top-first", "bb": "bottom-first", "tb": "bottom-first"}.get(order),
        f"{SIGNAL}.chroma": next((f"{m[1]}:{m[2]}:{m[3]}" for m in [re.search(
            r"yuvj?(4)([0-4])([0-4])p", video.get("pix_fmt", ""))] if m), None),
        f"{SIGNAL}.bitDepth": int((re.search(r"p(\d+)le$", video.get("pix_fmt", "")) or [0, 8])[1]),
        f"{SIGNAL}.color.range": {"tv": "limited", "pc": "full"}.get(stated.get("color_range")),
        f"{SIGNAL}.color.primaries": stated.get("color_primaries"),
        f"{SIGNAL}.color.transfer": stated.get("color_transfer"),
        f"{SIGNAL}.color.matrix": stated.get("color_space"),
        f"{CODING}.level": level(str(video.get("level")), divisor) if divisor else None,
        "audio.sampleRate": number(audio.get("sample_rate")), "audio.channels": audio.get("channels"),
        f"{FORMAT}.bitDepth": number(audio.get("bits_per_raw_sample")) or number(str(audio.get("bits_per_sample", ""))),
    }


COLOURS = {
    "BT.709": "bt709", "BT.2020": "bt2020", "PQ": "smpte2084", "HLG": "arib-std-b67",
    "BT.2020 non-constant": "bt2020nc", "Limited": "limited", "Full": "full",
}


def mediainfo(path):
    """Facts as MediaInfo tells them."""
    text = subprocess.run(["mediainfo", "--Output=JSON", str(path)], check=True, capture_output=True).stdout
    tracks = json.loads(text)["media"]["track"]
    video = next((t for t in tracks if t["@type"] == "Video"), {})
    audio = next((t for t in tracks if t["@type"] == "Audio"), {})
    scan = {"Progressive": "progressive", None: None}.get(video.get("ScanType"), "interlaced")
    found = video.get("Format_Level")
    return {
        f"{SIGNAL}.scan": scan,
        f"{SIGNAL}.fieldOrder": {"TFF": "top-first", "BFF": "bottom-first"}.get(video.get("ScanOrder")),
        f"{SIGNAL}.chroma": video.get("ChromaSubsampling"), f"{SIGNAL}.bitDepth": number(video.get("BitDepth")),
        f"{SIGNAL}.color.range": COLOURS.get(video.get("colour_range")),
        f"{SIGNAL}.color.primaries": COLOURS.get(video.get("colour_primaries")),
        f"{SIGNAL}.color.transfer": COLOURS.get(video.get("transfer_characteristics")),
        f"{SIGNAL}.color.matrix": COLOURS.get(video.get("matrix_coefficients")),
        f"{CODING}.level": f"{float(found):.1f}" if re.fullmatch(r"[0-9.]+", found or "") else None,
        "audio.sampleRate": number(audio.get("SamplingRate")), "audio.channels": number(audio.get("Channels")),
        f"{FORMAT}.bitDepth": number(audio.get("BitDepth")),
    }


def agreed(path):
    """Facts on which both tell the same."""
    one, other = ffprobe(path), mediainfo(path)
    return {key: value for key, value in one.items() if value is not None and other[key] == value}


def main(folder):
    """Makes all clips and writes what must be found in them."""
    paths = {name: folder / name for name in CLIPS}
    with ThreadPoolExecutor(FFMPEG_PROCESSES) as pool:
        list(pool.map(lambda name: make(paths[name], CLIPS[name]), CLIPS))
        oracles = list(pool.map(lambda name: agreed(paths[name]), CLIPS))
    expected = [
        {"file": name, "facts": CLIPS[name][2], "agreed": found} for name, found in zip(CLIPS, oracles)
    ]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
