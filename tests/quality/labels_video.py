"""Films: what phones, recorders and editors make, what copying does to them, and the borders of each limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import segno

from tests.quality.labelled import ADVISE, EVERY, LOOKS_OF, PERSON, RETURN, Labelled
from tests.quality.labels_bytes import SHORT, damage, lengths, sizes
from tests.samples.materials import carded, clips, harms
from tests.samples.materials.clips import AAC, FAST, H264, HEVC, Clip

CARD = "opening"


def labels() -> Iterator[Labelled]:
    for part, full in PARTS:
        yield from (replace(one, full=_full(one, full)) for one in part())


def _full(one: Labelled, full: tuple[str, ...]) -> tuple[str, ...]:
    """The second turn for a few films whole; else what the part is about and what the label names."""
    return EVERY if one.id in THOROUGH else tuple({*full, *(kind for kind in one.says if kind in LOOKS_OF)})


def clip(
    id: str, says: Mapping[str, str], quick: bool = False, name: str = "微课视频.mp4", **changes: object
) -> Labelled:
    recipe = replace(Clip(), **changes)  # type: ignore[arg-type]
    return Labelled(id, copied(lambda: clips.base(recipe)), {**SHORT, **says}, name=name, quick=quick)


def copied(source: Callable[[], Path]) -> Callable[[Path], None]:
    return lambda path: harms.harmed(source(), lambda _: None, path)


def remuxed(
    id: str, says: Mapping[str, str], *options: str, name: str = "微课视频.mp4", quick: bool = False
) -> Labelled:
    return Labelled(id, lambda path: clips.remux(path, *options), {**SHORT, **says}, name=name, quick=quick)


def _clips() -> Iterator[Labelled]:
    yield clip("as an editor exports it", {}, quick=True)
    trial = Clip(words=clips.EXPERIMENT)
    asked = {"duration": ADVISE, "bitrate": ADVISE}
    yield Labelled("an experiment", copied(lambda: clips.base(trial)), asked, "实验教学视频.mp4", "experiment_video", "experiment")  # fmt: skip
    yield Labelled("special education", copied(clips.base), SHORT, category="special")
    yield Labelled("junior middle school", copied(clips.base), SHORT, stage="junior")
    noisy = Clip(kbps=8000, look="noise=alls=30:allf=t")
    yield Labelled("8 Mbps", copied(lambda: clips.base(noisy)), {"duration": RETURN})
    yield clip("H.264 baseline", {}, codec=("-c:v", "libx264", "-preset", "superfast", "-profile:v", "baseline"))
    yield clip("a phone: HEVC", {"codec": RETURN}, codec=HEVC, quick=True)
    yield clip("MPEG-4 of an old recorder", {"codec": RETURN}, codec=("-c:v", "mpeg4"))
    yield clip("Motion JPEG", {"codec": RETURN}, kbps=30_000, codec=("-c:v", "mjpeg"), mux=(), name="微课视频.mov")  # fmt: skip
    yield clip("VP9 in MP4", {"codec": RETURN}, codec=("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"))


def _cards() -> Iterator[Labelled]:
    """How long the card rests, what stands on it, and what else is written in the picture."""
    yield clip("a card of 3 s", {CARD: RETURN}, card=3, body=5)
    yield clip("no card", {CARD: RETURN}, card=0, body=8)
    yield clip("a card that fades in", {}, look="fade=in:0:15")
    yield clip("a picture at rest from the first to the last", {CARD: RETURN}, card=12, body=0.04)
    for id, words in (
        ("another teacher on the card", replace(clips.WORDS, teacher="教师乙丙")),
        ("another title on the card", replace(clips.WORDS, title="小数的初步认识")),
        ("the other volume on the card", replace(clips.WORDS, volume="下册")),
        ("another textbook on the card", replace(clips.WORDS, textbook="北师大版")),
    ):  # fmt: skip
        yield Labelled(id, copied(lambda words=words: carded.film(words)), {**SHORT, CARD: RETURN})
    for id, text, says in (
        ("a call to scan and follow", "扫码关注公众号", PERSON), ("a telephone number on a slide", "咨询 13800000000", PERSON),
        ("a plain slide", "想一想，再和同桌说一说", ""),
    ):  # fmt: skip
        label = {**SHORT, "film_words": says} if says else SHORT
        yield Labelled(id, copied(lambda text=text: carded.film(text=text)), label)


def _shown() -> Iterator[Labelled]:
    """What key frames show: a QR code on the slides, a room without light."""
    code = lambda path: _coded(path, "https://a.example.com/join")  # noqa: E731
    yield Labelled("a QR code on the slides", code, {**SHORT, "film_codes": PERSON})
    dark = lambda path: _filtered(path, "[0:v]eq=brightness=-0.75[v]")  # noqa: E731
    yield Labelled("a dark room", dark, {**SHORT, "light": ADVISE, CARD: PERSON})


def _coded(path: Path, text: str) -> None:
    picture = path.with_suffix(".png")
    segno.make(text).save(str(picture), scale=14, border=4)
    _filtered(path, "[0:v][1:v]overlay=1300:100:enable='gte(t,5)'[v]", "-i", str(picture))
    picture.unlink()


def _filtered(path: Path, graph: str, *more: str) -> None:
    clips.ffmpeg(
        "-i",
        str(clips.base()),
        *more,
        "-filter_complex",
        graph,
        "-map",
        "[v]",
        "-map",
        "0:a",
        *H264,
        "-c:a",
        "copy",
        *FAST,
        str(path),
    )


def _pictures() -> Iterator[Labelled]:
    for rate in ("24", "30", "30000/1001", "50", "15"):
        yield clip(f"{rate} frames", {"fps": RETURN}, fps=rate, quick=rate == "30")
    # One frame lost in 200 is a recorder's hiccup at most: 99.5 % of the intervals are right.
    yield clip("one frame lost", {}, look="select='not(eq(n,150))'", fps="", codec=(*H264, "-enc_time_base", "1:25"))
    yield clip("a phone's uneven frames", {"fps": RETURN}, look="select='not(eq(mod(n\\,4)\\,1))'", fps="", quick=True)
    screen = "select='not(lt(mod(n\\,30)\\,20)*gt(mod(n\\,5)\\,0))'"
    yield clip("a screen recording of variable rate", {"fps": RETURN}, look=screen, fps="")
    yield clip("1280×720", {"picture": RETURN}, width=1280, height=720, quick=True)
    yield clip("3840×2160", {"picture": RETURN}, width=3840, height=2160)
    yield clip("1440×1080 stretched to 16:9", {"picture": RETURN}, width=1440, sar="4/3")
    yield clip("4:3", {"picture": RETURN, "aspect": RETURN}, width=1440)
    yield clip("1920×1080 stretched to 21:9", {"aspect": RETURN}, sar="21/16")
    yield clip("pixels of 1.004", {}, sar="251/250")
    yield clip("a portrait film", {"picture": RETURN, "aspect": RETURN}, width=1080, height=1920)
    yield clip("interlaced", {}, codec=(*H264, "-flags", "+ilme+ildct", "-x264opts", "tff=1"))
    for degrees in (90, 270):
        yield Labelled(
            f"held upright, marked {degrees}", _turned(degrees), {**SHORT, "aspect": RETURN}, quick=degrees == 90
        )
    yield Labelled("upside down, marked 180", _turned(180), {**SHORT, "aspect": ADVISE})


def _turned(degrees: int) -> Callable[[Path], None]:
    return lambda path: clips.remux(path, "-c:a", "copy", "-metadata:s:v:0", f"rotate={degrees}")


def _sounds() -> Iterator[Labelled]:
    yield remuxed("no sound", {"audio": RETURN}, "-an", *FAST, quick=True)
    yield remuxed("MP3 in MP4", {"audio": RETURN}, "-c:a", "libmp3lame", "-b:a", "128k", *FAST, quick=True)
    yield remuxed("AC-3 in MP4", {"audio": RETURN}, "-c:a", "ac3", *FAST)
    yield remuxed("Opus in MP4", {"audio": RETURN}, "-c:a", "libopus", "-b:a", "128k", *FAST)
    yield remuxed("PCM in MOV", {"audio": RETURN}, "-c:a", "pcm_s16le", name="微课视频.mov")
    for rate, says in (("64k", {"audio": ADVISE}), ("320k", {"audio": ADVISE}), ("130k", {})):
        yield remuxed(f"AAC at {rate}", says, "-c:a", "aac", "-b:a", rate, *FAST)
    yield remuxed("AAC at 44.1 kHz", {}, *AAC, "-ar", "44100", *FAST)
    yield remuxed("AAC mono at 128k", {}, *AAC, "-ac", "1", *FAST)
    yield remuxed("two sound tracks", {}, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c:a", "copy", *FAST)
    for id, graph, says in (
        ("a dead microphone", "volume=0", ADVISE), ("far from the microphone", "volume=-26dB", ADVISE),
        ("turned up too far", "volume=24dB", ADVISE), ("a little louder", "volume=4dB", ""),
        ("a little quieter", "volume=-5dB", ""),
    ):  # fmt: skip
        label = {**SHORT, "sound": says} if says else SHORT
        label = {**label, "audio": ADVISE} if graph == "volume=0" else label  # silence takes 2 kbps
        yield Labelled(id, lambda path, graph=graph: clips.filtered_sound(path, graph), label)
    fan = "[0:a]aresample=48000[v];anoisesrc=c=brown:a=0.35:r=48000:d=8[n];[v][n]amix=inputs=2:normalize=0"
    noisy = lambda path: clips.remux(path, "-filter_complex", f"{fan}[a]", "-map", "0:v", "-map", "[a]", *AAC, *FAST)  # noqa: E731
    yield Labelled("a fan in the room", noisy, {**SHORT, "sound": ADVISE})


def _containers() -> Iterator[Labelled]:
    copy = ("-c:a", "copy")
    yield remuxed("the index at the end", {}, *copy)
    yield remuxed("fragmented MP4", {}, *copy, "-movflags", "frag_keyframe+empty_moov")
    yield Labelled("an edit list: begun in the middle", lambda path: clips.remux(path, *copy, *FAST, before=("-ss", "1.3")),
                   {**SHORT, CARD: PERSON})  # fmt: skip
    yield remuxed("MOV", {}, *copy, name="微课视频.mov")
    for muxer, ending in (("matroska", "mkv"), ("avi", "avi"), ("mpegts", "ts"), ("flv", "flv")):
        # These containers do not say how many bits the picture takes: no advice on it.
        for name, says in (("mp4", {"file_type": RETURN}), (ending, {})):
            label = {"duration": RETURN, **says, **({} if ending in ("mkv", "ts") else {"bitrate": ADVISE})}
            make = lambda path, muxer=muxer: clips.remux(path, *copy, "-f", muxer)  # noqa: E731
            yield Labelled(
                f"{ending} named {name}", make, label, f"微课视频.{name}", quick=(ending, name) == ("mkv", "mp4")
            )
    yield remuxed("a phone's 3gp", {}, *copy, "-f", "3gp", name="微课视频.3gp")
    yield remuxed("MP4 named mkv", {"file_type": RETURN}, *copy, "-f", "mp4", name="微课视频.mkv")
    yield Labelled("a picture named mp4", copied(clips.slide), {"file_type": RETURN})
    yield Labelled("text named mp4", lambda path: path.write_text("这不是视频。" * 99) and None, {"looked": PERSON})
    yield Labelled("sound only", lambda path: clips.ffmpeg("-i", str(clips.base()), "-vn", "-c:a", "copy", str(path)),
                   {"duration": RETURN, "codec": RETURN})  # fmt: skip


PARTS: tuple[tuple[Callable[[], Iterator[Labelled]], tuple[str, ...]], ...] = (
    (_clips, ()), (_cards, ("opening", "film_words")), (_shown, ()), (_pictures, ()), (_sounds, ("sound",)), (_containers, ("damage",)),
    (damage, ("damage",)), (sizes, ()), (lengths, ()),
)  # fmt: skip
THOROUGH = ("as an editor exports it", "an experiment", "special education", "8 Mbps")
