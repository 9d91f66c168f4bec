"""Makes one picture anew: a program of its own, run by app/pictures.py and imported by nobody.

A file on stdin becomes a small WebP on stdout. Whatever a file does to its decoder, it does here:
without secrets, within so much memory and time, and with nothing to write to.
"""

import contextlib
import io
import os
import resource
import sys
from typing import Any, NoReturn

UNREADABLE, TOO_MANY_PIXELS = 3, 4  # what this program ends with, when it makes no picture

MEMORY = 1 << 30
SECONDS = 20
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
GROUND = (233, 238, 235)  # what shows through, as --color-sunken
ORIENTATION = 0x0112
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # orientation → PIL.Image.Transpose
QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26, 18, 10, 2)
# Width, height and bytes at most.
SHAPES = {"profile": (256, 256, 12_000), "thumbnail": (480, 320, 30_000)}


def confine() -> None:
    """Take away from this process what a picture cannot need."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of addresses
            resource.setrlimit(what, (most, most))
    os.nice(10)  # behind the pages people wait for


def size_of_webp(head: bytes) -> tuple[int, int]:
    """Width and height, before a decoder takes memory for them; (0, 0) for anything else."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return 0, 0
    if head[12:16] == b"VP8X":
        sides = head[24:27], head[27:30]
        return int.from_bytes(sides[0], "little") + 1, int.from_bytes(sides[1], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    words = head[26:28], head[28:30]
    return int.from_bytes(words[0], "little") & 0x3FFF, int.from_bytes(words[1], "little") & 0x3FFF


def opened(file: Any) -> Any:
    """The picture, its header read and nothing decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # asked below, for an answer of its own
    _refuse_too_large(*size_of_webp(file.read(30)))
    file.seek(0)
    image = Image.open(file, formats=FORMATS)
    _refuse_too_large(*image.size)
    return image


def _refuse_too_large(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        leave(TOO_MANY_PIXELS)


def made_anew(image: Any, width: int, height: int) -> Any:
    """The middle of it in these proportions, upright, never enlarged, in plain colours."""
    from PIL import Image

    image.draft(None, (2 * max(width, height),) * 2)  # JPEG: decoded at a fraction of its size
    image.load()
    profile, turned = image.info.get("icc_profile"), orientation_of(image)
    image = in_eight_bits(image)
    wanted = (height, width) if turned in (5, 6, 7, 8) else (width, height)
    scale = min(image.width / wanted[0], image.height / wanted[1])
    kept = wanted[0] * scale, wanted[1] * scale
    left, top = max(0, image.width - kept[0]) / 2, max(0, image.height - kept[1]) / 2
    small = image.resize(
        (min(wanted[0], max(1, round(kept[0]))), min(wanted[1], max(1, round(kept[1])))),
        Image.Resampling.LANCZOS,
        box=(left, top, min(left + kept[0], image.width), min(top + kept[1], image.height)),
        reducing_gap=2.0,
    )
    small = in_plain_colours(small, profile)
    return small.transpose(TURNS[turned]) if turned in TURNS else small


def orientation_of(image: Any) -> int:
    """How the camera was held; 1 is upright."""
    with contextlib.suppress(Exception):  # broken metadata is no reason to refuse a picture
        return int(image.getexif().get(ORIENTATION, 1))
    return 1


def in_eight_bits(image: Any) -> Any:
    """In a mode that can be made smaller: no palette, no 16 bits, nothing but colours and alpha."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA", "1") or "transparency" in image.info:
        clear = image.mode in ("PA", "LA") or "transparency" in image.info
        return image.convert("RGBA" if clear else "RGB")
    return image.copy()  # and what the decoder held is free


def in_plain_colours(image: Any, profile: bytes | None) -> Any:
    """As browsers show colours that say nothing of themselves, on a calm ground, and bare."""
    from PIL import Image, ImageCms

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    image = image.convert("RGB") if alpha else image
    if profile:
        with contextlib.suppress(Exception):  # a broken profile: the colours as they are
            image = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
    bare = Image.new("RGB", image.size, GROUND)
    bare.paste(image.convert("RGB"), mask=alpha)
    return bare


def packed(image: Any, most: int) -> bytes:
    """As good as it can be in so many bytes. Noise gets coarser until it fits."""
    while True:
        for quality in QUALITIES:
            body = io.BytesIO()
            image.save(body, "WEBP", quality=quality, method=5)
            if body.tell() <= most:
                return body.getvalue()
        size = image.size
        image = image.reduce(2).resize(size)


def leave(status: int) -> NoReturn:
    """End at once: what a decoder has broken is not tidied up."""
    sys.stdout.flush()
    os._exit(status)


def main() -> None:
    """The picture of the shape that is named."""
    confine()
    try:
        width, height, most = SHAPES[sys.argv[1]]
        image = made_anew(opened(sys.stdin.buffer), width, height)
        sys.stdout.buffer.write(packed(image, most))
    except BaseException:
        leave(UNREADABLE)
    leave(0)


if __name__ == "__main__":
    main()
