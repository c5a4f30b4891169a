#!/usr/bin/env python3
"""Makes small video clips with known black, frozen and silent stretches and known black bars.

Usage: make_content_clips.py FOLDER

Writes the clips and truth.json into FOLDER; a clip that is there already is kept.
All times count from the first picture of the clip, wherever the container starts its clock.
A stretch is [from, to): `to` is the time of the first picture that is different again.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FRAMES_PER_SECOND = 25
SAMPLES_PER_SECOND = 48000
WIDTH, HEIGHT = 320, 180  # Scenes are drawn in this size and scaled where a clip wants another.
ENDLESS_GOP = 99999
FFMPEG_PROCESSES = 2


# --- Scenes: filter graphs without input that end in a picture of WIDTH x HEIGHT -----------------

def cells(seed, size, look, still=False):
    """Random cells. They climb one cell a frame all over the picture, or stand still as `still`."""
    hold = "trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB," if still else ""
    return (f"cellauto=size={size}:rate={FRAMES_PER_SECOND}:rule=30:random_seed={seed},{hold}"
            f"format=gray,{look},format=yuv420p")


def texture(seed, still=False):
    """Blurred cells of five pixels that fill the picture, never near black.

    With sharper ones each keyframe would show as a change within a frozen stretch.
    """
    return cells(seed, "64x36", f"scale={WIDTH}:{HEIGHT},gblur=sigma=2.5,lutyuv=y=70+val*130/255",
                 still)


def plain(color, size=f"{WIDTH}x{HEIGHT}"):
    return f"color=c={color}:size={size}:rate={FRAMES_PER_SECOND},format=yuv420p"


def averaged(source, seed):
    """A colourful source on top of climbing cells: no part of the picture ever stands still."""
    return (f"{source},scale={WIDTH}:{HEIGHT},format=yuv420p[top];{texture(seed)}[bottom];"
            "[top][bottom]blend=all_mode=average")


def overlaid(bottom, *layers):
    """Each layer is (graph, x, y), the places being expressions of the frame number n."""
    graph, below = f"{bottom}[below0]", "[below0]"
    for index, (layer, x, y) in enumerate(layers):
        is_last = index == len(layers) - 1
        joined = "" if is_last else f"[below{index + 1}]"
        graph += (f";{layer}[layer{index}];{below}[layer{index}]overlay=x='{x}':y='{y}'"
                  f":format=yuv420{joined}")
        below = joined
    return graph


def bounce(speed, room):
    """A place that goes from 0 to `room` and back, so that a small thing touches every edge."""
    return f"abs(mod(n*{speed},2*({room}))-({room}))"


LETTERS = "lutyuv=y=val*219/255+16,scale=iw*2:ih*2:flags=neighbor"  # Cells that look like writing.
CAPTION = cells(5, "50x6", LETTERS, still=True)
LOGO = plain("white", "48x32") + ",drawbox=x=8:y=8:w=32:h=16:c=red:t=fill"
MIX = averaged(f"testsrc2=size={WIDTH}x{HEIGHT}:rate={FRAMES_PER_SECOND}", 7)
SLIDE = (f"testsrc2=size={WIDTH}x{HEIGHT}:rate={FRAMES_PER_SECOND},trim=end_frame=1,"
         "loop=loop=-1:size=1,setpts=N/25/TB,format=yuv420p")

SCENES = {
    "mix": MIX,
    "noisy": MIX + ",noise=alls=7:allf=t:all_seed=11",
    "fractal": averaged(f"mandelbrot=size=160x90:rate={FRAMES_PER_SECOND}", 21),
    "soft": averaged(f"testsrc2=size={WIDTH}x{HEIGHT}:rate={FRAMES_PER_SECOND},hue=h=120,hflip", 33)
            + ",gblur=sigma=1.5",
    "dark": cells(9, "80x45", f"scale={WIDTH}:{HEIGHT},gblur=sigma=1.5,lutyuv=y=20+val*28/255"),
    "darkNoisy": cells(13, "80x45", f"scale={WIDTH}:{HEIGHT},lutyuv=y=22+val*22/255")
                 + ",noise=c0s=5:c0f=t:c0_seed=3",
    "logoOnBlack": overlaid(plain("black"), (LOGO, bounce(4, "W-w"), bounce(2, "H-h"))),
    "captionOnBlack": overlaid(plain("black"), (LOGO, "24", "20"),
                               (CAPTION, bounce(0.5, "W-w"), "150")),
    "slide": overlaid(SLIDE, (CAPTION, "W-mod(n*2,W+w)", "146")),
    "talkingHead": overlaid(
        texture(17, still=True) + ",gblur=sigma=5",
        (cells(3, "36x50", "lutyuv=y=120+val*70/255,scale=72:100,gblur=sigma=2", still=True),
         "124+6*sin(n/9)", "50+3*sin(n/7)"),
        (cells(4, "16x8", "lutyuv=y=60+val*140/255,scale=32:16"),
         "144+6*sin(n/9)", "116+3*sin(n/7)")),
    # Drawn four times as large, so that the zoom goes in quarters of a pixel.
    "slowZoom": cells(29, "320x180", "trim=end_frame=1,scale=1280:720,gblur=sigma=2,"
                      "lutyuv=y=50+val*170/255")
                + f",zoompan=z='1+0.03*on/{FRAMES_PER_SECOND}':d=99999:s={WIDTH}x{HEIGHT}"
                  f":fps={FRAMES_PER_SECOND}:x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'",
    "flashes": MIX + ",drawbox=c=black:t=fill:enable='gte(n,50)*lt(mod(n,50),5)'",
}

SOUNDS = {
    # Without deep tones, as Opus lets these fade for 0.2 s into a silence.
    "loud": f"anoisesrc=amplitude=0.15:seed=1:sample_rate={SAMPLES_PER_SECOND},highpass=f=300",
    # -50 dBFS: quiet, yet no silence.
    "quiet": f"anoisesrc=amplitude=0.0055:seed=2:sample_rate={SAMPLES_PER_SECOND}",
    "none": None,
}


# --- Encoders ------------------------------------------------------------------------------------

def x264(quality, *more):
    return ["-c:v", "libx264", "-preset", "veryfast", *quality, *more]


def x265(crf, more=""):
    return ["-c:v", "libx265", "-preset", "ultrafast", "-crf", crf, "-tag:v", "hvc1",
            "-x265-params", f"log-level=error:pools=1{more}"]


def fixed_rate(kilobits):
    rate = f"{kilobits}k"
    return ["-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate]


NO_SCENE_CUTS = ["-sc_threshold", "0"]
ONE_KEY = [*NO_SCENE_CUTS, "-x264-params", "keyint=infinite"]
VP9 = ["-c:v", "libvpx-vp9", "-b:v", "500k", "-row-mt", "0"]

# name: (codec in truth.json, arguments)
ENCODERS = {
    "crf23": ("h264", x264(["-crf", "23"])),
    "crf23fixedKeys": ("h264", x264(["-crf", "23"], *NO_SCENE_CUTS)),
    "crf35": ("h264", x264(["-crf", "35"])),
    "crf35fixedKeys": ("h264", x264(["-crf", "35"], *NO_SCENE_CUTS)),
    "oneKey": ("h264", x264(["-crf", "23"], *ONE_KEY)),
    "oneKeyCrf35": ("h264", x264(["-crf", "35"], *ONE_KEY)),
    "noBFrames": ("h264", x264(["-crf", "23"], "-bf", "0")),
    "manyBFrames": ("h264", x264(["-crf", "23"], "-bf", "8", "-b_strategy", "2")),
    "fixedRate": ("h264", x264(fixed_rate(600), "-x264-params", "nal-hrd=cbr:force-cfr=1")),
    "hevc": ("hevc", x265("24")),
    "hevcFixedKeys": ("hevc", x265("30", ":scenecut=0")),
    "mpeg4": ("mpeg4", ["-c:v", "mpeg4", "-q:v", "4"]),
    "mpeg2": ("mpeg2video", ["-c:v", "mpeg2video", "-q:v", "4", "-bf", "2"]),
    "mpeg2fixedRate": ("mpeg2video", ["-c:v", "mpeg2video", *fixed_rate(2000), "-bf", "2"]),
    "vp9": ("vp9", [*VP9, "-deadline", "realtime", "-cpu-used", "8", "-auto-alt-ref", "0"]),
    "vp9altRef": ("vp9", [*VP9, "-deadline", "good", "-cpu-used", "5", "-auto-alt-ref", "1",
                          "-lag-in-frames", "25"]),
}

AUDIO_ENCODERS = {".mp4": "aac", ".mkv": "aac", ".ts": "mp2", ".mpg": "mp2", ".avi": "mp2",
                  ".webm": "libopus"}


# --- The clips. Times are seconds, all of them whole frames (0.04 s) -----------------------------

LETTERBOX = (0, 22, 320, 136)
PILLARBOX = (40, 0, 240, 180)
PORTRAIT = (110, 0, 100, 180)
FULL = (0, 0, 320, 180)


def clip(name, what, encoder="crf23", gop=250, seconds=24, scene="mix", sound="loud",
         black=(), frozen=(), silent=(), picture=((0, FULL),), size=(WIDTH, HEIGHT), unclear=False):
    """`picture` lists (from, active picture); `unclear` is a clip whose bars nobody could judge."""
    return dict(locals())


CLIPS = [
    # Black
    clip("black-gop12.mp4", "black of 0.4, 0.8, 1, 1.5 and 2 s, short GOP", gop=12,
         black=[(3, 3.4), (6.2, 7), (9.48, 10.48), (13, 14.52), (18.04, 20.04)]),
    clip("black-gop50-fixedkeys.mp4", "black at the very start and the very end",
         "crf23fixedKeys", 50, black=[(0, 2), (10.2, 11.2), (21, 24)]),
    clip("black-gop250.mp4", "black of 3, 5 and 10 s, scene cuts", seconds=36, scene="fractal",
         black=[(2.52, 5.52), (9, 14), (20.4, 30.4)]),
    clip("black-onekey.mp4", "black of 1, 2 and 15 s, one single keyframe", "oneKey", ENDLESS_GOP,
         32, black=[(3, 4), (7.08, 9.08), (12.2, 27.2)]),
    clip("black-crf35-noise.mp4", "black in a noisy picture, strong compression", "crf35", 50,
         scene="noisy", black=[(4.6, 5), (8, 9.48), (15, 20)], silent=[(15, 20)]),
    clip("black-fixedrate.ts", "black in H.264 at fixed bit rate with filler", "fixedRate", 50,
         30, black=[(5, 6.52), (12, 17), (27, 30)]),
    clip("black-mpeg2.mpg", "black in MPEG-2 program stream", "mpeg2", 12,
         black=[(0, 1), (7, 7.8), (14.2, 17.2)]),
    clip("black-mpeg4.avi", "black in MPEG-4 part 2", "mpeg4", 250, scene="soft",
         black=[(4, 6), (11.4, 14.4), (22, 24)]),
    clip("black-vp9.webm", "black in VP9", "vp9", 128, scene="soft",
         black=[(3.6, 5.6), (10, 15)], silent=[(10, 15)]),

    # Frozen
    clip("frozen-gop12.mp4", "frozen across many keyframes", gop=12, seconds=30,
         frozen=[(3, 3.4), (5.2, 6), (8.04, 11.04), (14, 24)]),
    clip("frozen-gop12-fixedkeys-crf35.mp4", "frozen across many keyframes, strong compression",
         "crf35fixedKeys", 12, 30, scene="soft", frozen=[(0, 2), (6.6, 21.6), (28, 30)]),
    clip("frozen-gop50.mp4", "frozen at the start and the end", gop=50, scene="fractal",
         frozen=[(0, 3), (9.2, 10.72), (19, 24)]),
    clip("frozen-gop250.mp4", "frozen of 1, 1.5, 2, 3 and 5 s", seconds=34, scene="soft",
         frozen=[(3, 4), (7.2, 8.72), (12, 14), (18.36, 21.36), (25, 30)]),
    clip("frozen-onekey.mp4", "frozen of 2 and 15 s, one single keyframe", "oneKey", ENDLESS_GOP,
         32, scene="fractal", frozen=[(4, 6), (10.4, 25.4)]),
    clip("frozen-onekey-crf35.mp4", "frozen, one single keyframe, strong compression",
         "oneKeyCrf35", ENDLESS_GOP, scene="soft", frozen=[(3.2, 4.2), (8, 13), (18, 21)]),
    clip("frozen-noise.mp4", "frozen in a noisy picture, the noise freezes too", gop=250,
         scene="noisy", frozen=[(5, 6), (9.4, 12.4), (17, 22)]),
    clip("frozen-noise-gop12-crf35.mp4", "frozen in a noisy picture, short GOP", "crf35", 12,
         scene="noisy", frozen=[(4, 6), (10, 20)]),
    clip("frozen-pairs.mp4", "two different frozen pictures directly after one another", gop=250,
         frozen=[(4, 7), (7, 10), (14, 16), (16, 21)]),
    clip("frozen-pairs-bframes.mp4", "pairs of frozen pictures with many B-frames", "manyBFrames",
         50, seconds=30, scene="soft", frozen=[(2, 4), (4, 5), (10.6, 12.6), (12.6, 17.6)]),
    clip("frozen-nobframes.mp4", "frozen without B-frames, 640x360", "noBFrames", 50,
         size=(640, 360), frozen=[(5, 7), (12, 15)]),
    clip("frozen-fixedrate.mp4", "frozen in H.264 at fixed bit rate with filler", "fixedRate",
         250, 30, scene="soft", frozen=[(4, 6), (11, 21)]),
    clip("frozen-hevc.mp4", "frozen in HEVC", "hevc", 250, frozen=[(3, 5), (9, 14), (20, 21)]),
    clip("frozen-hevc-gop12.mp4", "frozen in HEVC across many keyframes",
         "hevcFixedKeys", 12, frozen=[(6, 16), (22, 24)]),
    clip("frozen-mpeg2-fixedrate.ts", "frozen in MPEG-2 at fixed bit rate with stuffing",
         "mpeg2fixedRate", 12, scene="soft", frozen=[(4, 6), (10, 15)]),
    clip("frozen-mpeg4.avi", "frozen in MPEG-4 part 2", "mpeg4", 50, frozen=[(5, 8), (12, 13)]),
    clip("frozen-vp9-altref.webm", "frozen in VP9 with alternate reference frames", "vp9altRef",
         128, seconds=20, scene="soft", frozen=[(4, 7), (11, 16)]),

    # Several kinds at once
    clip("black-then-frozen.mp4", "black directly followed by frozen and the other way round",
         gop=250, seconds=30, black=[(4, 6), (15, 16)], frozen=[(6, 9), (12, 15), (22, 27)],
         silent=[(4, 6)]),
    clip("black-then-frozen-gop12.mp4", "black directly followed by frozen, short GOP",
         "crf23fixedKeys", 12, black=[(0, 1.52), (12, 15)], frozen=[(1.52, 4.52), (15, 20)]),
    clip("black-frozen-hevc.mp4", "black and frozen in HEVC, 640x360", "hevc", 50, 20,
         size=(640, 360), black=[(3, 4.52), (18, 20)], frozen=[(8, 11)], silent=[(18, 20)]),
    clip("portrait-picture.mp4", "a portrait clip, 180x320, black and frozen", gop=50,
         size=(180, 320), black=[(5, 6)], frozen=[(10, 13)]),

    # Bars
    clip("bars-come-and-go.mp4", "pillarbox, then full, then letterbox", gop=50, seconds=30,
         picture=[(0, PILLARBOX), (10, FULL), (20, LETTERBOX)]),
    clip("bars-letterbox-crf35.mp4", "letterbox for the whole clip", "crf35", 250,
         scene="fractal", picture=[(0, LETTERBOX)]),
    clip("bars-portrait.mp4", "a portrait picture in a wide frame for the whole clip",
         "crf23fixedKeys", 250, scene="noisy", picture=[(0, PORTRAIT)]),
    clip("bars-black-frozen.mp4", "bars, black, frozen and silence in one clip", gop=250,
         seconds=36, black=[(6, 8), (22, 23)], frozen=[(12, 17), (26, 28)], silent=[(6, 8)],
         picture=[(0, LETTERBOX), (19, PILLARBOX)]),
    clip("bars-mpeg2.ts", "letterbox in the second half, MPEG-2", "mpeg2", 12, 20,
         picture=[(0, FULL), (10, LETTERBOX)], frozen=[(13, 16)]),

    # No event, but tempting
    clip("none-logo-on-black.mp4", "a bright logo moves on black: not black", scene="logoOnBlack",
         unclear=True),
    clip("none-caption-on-black.mp4", "a still logo and a slow caption on black",
         scene="captionOnBlack", unclear=True),
    clip("none-dark.mp4", "dark but moving", scene="dark"),
    clip("none-dark-noise-crf35.mp4", "dark, moving and noisy, strong compression", "crf35", 50,
         scene="darkNoisy"),
    clip("none-slide.mp4", "a still slide with a moving caption", scene="slide"),
    clip("none-slide-onekey-crf35.mp4", "a still slide with a moving caption, one keyframe",
         "oneKeyCrf35", ENDLESS_GOP, scene="slide"),
    clip("none-slow-zoom.mp4", "a zoom of three percent a second", scene="slowZoom"),
    clip("none-talking-head.mp4", "only a small part moves", scene="talkingHead"),
    clip("none-talking-head-vp9.webm", "only a small part moves, VP9", "vp9", 128, 20,
         scene="talkingHead"),
    clip("none-flashes.mp4", "black for 0.2 s every 2 s: too short to count", scene="flashes"),
    clip("none-quiet.mp4", "sound of -50 dBFS", gop=50, sound="quiet"),

    # Sound
    clip("silent-short.mp4", "silence of 0.5, 1, 2 and 5 s", gop=50, seconds=30,
         silent=[(4, 4.52), (8, 9), (13, 15), (20, 25)]),
    clip("silent-to-the-end.mp4", "silence of 15 s to the end", gop=50, seconds=30,
         silent=[(0, 2), (15, 30)]),
    clip("silent-mpeg4.avi", "silence in MP2", "mpeg4", 250, scene="soft",
         silent=[(3, 5), (10, 15)]),
    clip("silent-no-audio.mp4", "no audio stream at all", gop=50, seconds=20, sound="none",
         black=[(5, 7)]),
]


# --- Making --------------------------------------------------------------------------------------

def frame_at(seconds):
    frame = round(seconds * FRAMES_PER_SECOND)
    assert abs(frame / FRAMES_PER_SECOND - seconds) < 1e-6, f"{seconds} s is no whole frame"
    return frame


def milliseconds(seconds):
    return frame_at(seconds) * 1000 // FRAMES_PER_SECOND


def within(stretch, first_offset=0):
    """An expression for the frames of a stretch; counting frames leaves no doubt at the ends."""
    first, end = map(frame_at, stretch)
    return f"between(n,{first + first_offset},{end - 1})"


def pieces(clip):
    """(from, to, rectangle) for each piece of the clip with the same bars."""
    starts = [start for start, _ in clip["picture"]] + [clip["seconds"]]
    scale = clip["size"][0] // WIDTH or 1
    for index, (start, rectangle) in enumerate(clip["picture"]):
        scaled = tuple(scale * value for value in rectangle)
        yield start, starts[index + 1], (0, 0, *clip["size"]) if rectangle == FULL else scaled


def black_box(rectangle, stretch):
    x, y, width, height = rectangle
    return f"drawbox=x={x}:y={y}:w={width}:h={height}:c=black:t=fill:enable='{within(stretch)}'"


def picture_filters(clip):
    width, height = clip["size"]
    filters = [f"trim=end_frame={frame_at(clip['seconds'])}"]
    if clip["size"] != (WIDTH, HEIGHT):
        filters += ["transpose"] if height > width else []
        filters += [f"scale={width}:{height}"]
    if clip["frozen"]:
        # Dropping all but the first picture of a stretch and filling the gaps by repetition
        # makes true copies; tpad fills a gap at the end, where no later picture shows it to fps.
        repeated = "+".join(within(stretch, 1) for stretch in clip["frozen"])
        filters += [f"select='not({repeated})'", f"fps={FRAMES_PER_SECOND}",
                    "tpad=stop=-1:stop_mode=clone",
                    f"trim=end_frame={frame_at(clip['seconds'])}"]
    for start, end, (x, y, w, h) in pieces(clip):
        bars = [(0, 0, x, height), (x + w, 0, width - x - w, height),
                (0, 0, width, y), (0, y + h, width, height - y - h)]
        # drawbox takes a width or height of 0 for the whole picture.
        filters += [black_box(bar, (start, end)) for bar in bars if bar[2] and bar[3]]
    filters += [black_box((0, 0, width, height), stretch) for stretch in clip["black"]]
    return ",".join(filters)


def sound_filters(clip):
    # Filters are switched per audio frame: let these be as long as a picture.
    filters = [f"asetnsamples=n={SAMPLES_PER_SECOND // FRAMES_PER_SECOND}"]
    filters += [f"volume=0:enable='{within(stretch)}'" for stretch in clip["silent"]]
    return ",".join(filters)


def command(clip, path):
    _, encoder = ENCODERS[clip["encoder"]]
    sound = SOUNDS[clip["sound"]]
    graph = f"{SCENES[clip['scene']]},{picture_filters(clip)}[video]"
    source, audio = [], ["-an"]
    if sound:
        # An input of its own: out of one graph with the picture, AAC gets frames of a wrong size.
        source = ["-f", "lavfi", "-i", sound]
        audio = ["-map", "0:a", "-af", sound_filters(clip),
                 "-c:a", AUDIO_ENCODERS[path.suffix], "-b:a", "96k"]
    return ["ffmpeg", "-nostdin", "-v", "error", "-y", *source, "-filter_complex_threads", "1",
            "-filter_complex", graph, "-map", "[video]", *encoder, "-g", str(clip["gop"]),
            "-threads", "1", *audio, "-t", str(clip["seconds"])]


def make(clip, folder):
    path = folder / clip["name"]
    if path.exists():
        return
    unfinished = folder / f"unfinished-{clip['name']}"  # A run cut short must not leave half clips.
    subprocess.run([*command(clip, path), str(unfinished)], check=True)
    unfinished.rename(path)


def truth(clip):
    def stretches(kind):
        return [[milliseconds(start), milliseconds(end)] for start, end in clip[kind]]

    entry = {
        "what": clip["what"],
        "codec": ENCODERS[clip["encoder"]][0],
        "gop": clip["gop"],
        "durationMilliseconds": milliseconds(clip["seconds"]),
        "black": stretches("black"),
        "frozen": stretches("frozen"),
        "silent": stretches("silent"),
        "activePicture": [
            {"fromMilliseconds": milliseconds(start), "toMilliseconds": milliseconds(end),
             "x": x, "y": y, "width": width, "height": height}
            for start, end, (x, y, width, height) in pieces(clip)],
    }
    if clip["unclear"]:
        entry["activePictureIsUnclear"] = True
    return entry


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(FFMPEG_PROCESSES) as pool:
        list(pool.map(lambda clip: make(clip, folder), CLIPS))
    clips = {clip["name"]: truth(clip) for clip in CLIPS}
    (folder / "truth.json").write_text(json.dumps({"clips": clips}, indent=1) + "\n")


if __name__ == "__main__":
    main()
