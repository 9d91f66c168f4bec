"""Pictures for tests, drawn on the spot: as cameras, phones and mischief make them."""

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The image as a file of this kind."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def drawn(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **how: Any) -> bytes:
    """A red picture."""
    return encoded(Image.new("RGB", size, RED), kind, **how)


def noise(width: int, height: int) -> Image.Image:
    """Nothing can be packed worse."""
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def from_a_phone(bytes_: int) -> bytes:
    """A photo held upright: stored lying on its side, with the place where it was taken.

    Seen upright it is red above and blue below.
    """
    image = Image.new("RGB", (600, 400), RED)
    image.paste(BLUE, (300, 0, 600, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    exif[0x010F] = "Camera of Sofia"
    exif.get_ifd(0x8825)[2] = (1.0, 17.0, 11.0)
    photo = encoded(image, "JPEG", exif=exif, comment=b"Camera of Sofia", quality=95)
    return photo + bytes(bytes_ - len(photo))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds a few bytes that unpack to as many zeros as go."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(20_000_000), 9)
    chunks = (b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def seen(content: bytes) -> Image.Image:
    """What came out, looked at."""
    image = Image.open(io.BytesIO(content))
    assert image.format == "WEBP"
    image.load()
    return image


def alike(one: Any, other: Any, by: int = 12) -> bool:
    """Whether two colours are the same to an eye."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))
