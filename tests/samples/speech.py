"""The lesson's voice: sentences spoken by espeak-ng in Mandarin, as AAC-LC 128 kbps, 48 kHz, stereo.

One minute is spoken and encoded once. AAC frames stand alone, so a track of any length is a quiet lead-in
(under the title card) and then the spoken frames again and again: no second encoding.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from tests.samples.cache import built

FRAME_SAMPLES = 1024
RATE = 48_000
LEAD_IN_S = 5

SENTENCES = {
    "fractions": (
        "同学们好，今天我们一起认识分数。",
        "把一个月饼平均分成两份，每一份是整个月饼的一半，也就是它的二分之一。",
        "请注意，平均分的意思是每一份都一样多。如果分得不一样多，就不能用这个分数来表示。",
        "现在请你拿出一张长方形的纸，折一折，涂出它的四分之一。",
        "谁来说一说，你是怎样折的？还有不同的折法吗？",
        "我们再比一比，同样大的圆，分的份数越多，每一份就越小。",
        "下课以后，请找一找家里的物品，看看哪些可以用分数来表示。",
    ),
    "functions": (
        "同学们好，这节课我们研究两个变化的量之间的关系。",
        "汽车匀速行驶，时间每增加一小时，路程就增加六十千米。",
        "时间取定一个值，路程就有唯一的值和它对应，我们说路程是时间的函数。",
        "请在坐标纸上描出这几个点，再用直尺把它们连起来，你发现了什么？",
        "这些点在同一条直线上，这样的函数叫做一次函数。",
        "请同学们写出弹簧长度和所挂质量的关系式，并和同桌交流。",
    ),
    "pendulum": (
        "同学们好，今天我们用实验来研究摆的快慢。",
        "请各组检查器材：铁架台、细线、摆锤、秒表和记录单。",
        "你认为摆的快慢和什么有关？请先写下自己的猜想。",
        "实验时只改变一个条件，其他条件保持不变，每组测三次，取平均值。",
        "请记录员认真记录数据，有特殊的数据不要涂改，在旁边说明原因。",
        "各组的数据都说明，摆线越长，摆动越慢，摆锤的轻重没有明显影响。",
        "最后请整理器材，想一想怎样做一个每分钟正好摆六十次的摆。",
    ),
}


def track(style: str, seconds: float, path: Path, *, lead_in: bool = True) -> None:
    """Write ADTS of just `seconds` (to one frame, 21 ms): quiet first when there is a title card."""
    spoken = built(f"speech-{style}.aac", lambda out: _speak(SENTENCES[style], out), media=True)
    frames = list(_adts_frames(spoken.read_bytes()))
    quiet = LEAD_IN_S * RATE // FRAME_SAMPLES
    wanted = int(seconds * RATE / FRAME_SAMPLES)
    start = frames[:quiet] if lead_in else []
    with path.open("wb") as out:
        out.writelines(islice((*start, *islice(cycle(frames[quiet:]), wanted)), wanted))


def _speak(sentences: tuple[str, ...], out: Path) -> None:
    wav = out.with_suffix(".wav")
    # A pause of a paragraph lies between the sentences, as in a class that thinks.
    subprocess.run(["espeak-ng", "-v", "cmn", "-s", "150", "-w", str(wav), "\n\n".join(sentences)], check=True)
    # Real rooms are never digitally silent; the faint noise also keeps the encoder near its rate.
    room = f"anoisesrc=color=pink:amplitude=0.004:sample_rate={RATE}"
    mix = (
        f"[0:a]aresample={RATE},volume=0.8,adelay={LEAD_IN_S * 1000},apad=pad_dur=1[voice];"
        "[voice][1:a]amix=inputs=2:duration=first:normalize=0,aformat=channel_layouts=stereo[out]"
    )
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-i",
            str(wav),
            "-f",
            "lavfi",
            "-i",
            room,
            "-filter_complex",
            mix,
            "-map",
            "[out]",
            "-c:a",
            "aac",
            "-b:a",
            "128k",
            "-f",
            "adts",
            str(out),
        ],
        check=True,
    )


def _adts_frames(data: bytes) -> Iterator[bytes]:
    """Split by the 13-bit frame length of each ADTS header (ISO/IEC 13818-7)."""
    at = 0
    while at < len(data):
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        yield data[at : at + length]
        at += length
