"""Pictures made anew: what becomes of photos, drawings, broken files and traps."""

import subprocess
import sys
import tempfile

import pytest
from PIL import Image, ImageCms

from app.pictures import LARGEST_FILE, NO_PICTURE, TOO_DETAILED, Upload, remade
from tests.drawings import (
    BLUE,
    RED,
    alike,
    drawn,
    encoded,
    from_a_phone,
    noise,
    png_of,
    seen,
)

GROUND = (233, 238, 235)


def made(content: bytes, shape: str = "profile") -> Upload:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return remade("me.jpg", file, shape)


def test_a_photo_of_8_mb_from_sofias_phone_stands_upright_and_tells_nothing_of_her():
    upload = made(from_a_phone(LARGEST_FILE))
    picture = seen(upload.content)
    assert picture.size == (256, 256)
    assert alike(picture.getpixel((128, 20)), RED)
    assert alike(picture.getpixel((128, 235)), BLUE)
    assert len(upload.content) <= 12_000
    assert not picture.getexif()
    assert b"Camera" not in upload.content
    for chunk in (b"EXIF", b"XMP ", b"ICCP"):
        assert chunk not in upload.content


@pytest.mark.parametrize("turned", range(1, 9))
def test_however_the_camera_was_held_the_thumbnail_is_as_the_photo_was_seen(turned):
    image = Image.new("RGB", (480, 320), RED)
    image.paste(BLUE, (0, 0, 240, 160))
    exif = Image.Exif()
    exif[0x0112] = turned
    picture = seen(made(encoded(image, "JPEG", exif=exif, quality=95), "thumbnail").content)
    left, top = {
        1: (1, 1), 2: (0, 1), 3: (0, 0), 4: (1, 0), 5: (1, 1), 6: (0, 1), 7: (0, 0), 8: (1, 0)
    }[turned]  # fmt: skip
    x = picture.width // 4 if left else 3 * picture.width // 4
    y = picture.height // 4 if top else 3 * picture.height // 4
    assert alike(picture.getpixel((x, y)), BLUE)
    assert alike(picture.getpixel((picture.width - x, picture.height - y)), RED)


def test_noise_fits_into_what_a_thin_line_can_carry():
    assert len(made(encoded(noise(480, 320), "PNG")).content) <= 12_000
    assert len(made(encoded(noise(480, 320), "PNG"), "thumbnail").content) <= 30_000


def test_a_thumbnail_is_the_middle_of_the_picture_480_pixels_wide():
    picture = seen(made(drawn("PNG", (2000, 500)), "thumbnail").content)
    assert picture.size == (480, 320)


@pytest.mark.parametrize("shape", ["profile", "thumbnail"])
@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1), (500, 400), (7, 3)])
def test_nothing_is_too_small_or_too_narrow_and_nothing_is_enlarged(shape, size):
    picture = seen(made(drawn("PNG", size), shape).content)
    assert alike(picture.getpixel((0, 0)), RED)
    assert picture.width <= max(size[0], 2)
    assert picture.height <= max(size[1], 2)


def test_colours_of_print_look_as_on_paper():
    cmyk = Image.new("RGB", (64, 64), RED).convert("CMYK")
    assert alike(seen(made(encoded(cmyk, "JPEG", quality=95)).content).getpixel((9, 9)), RED)


def test_colours_that_need_a_profile_are_brought_to_what_every_browser_shows():
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # In this one's colours, what is called red is blue.
    swapped = usual.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    upload = made(drawn(icc_profile=swapped, quality=95))
    assert alike(seen(upload.content).getpixel((9, 9)), BLUE)
    assert b"ICCP" not in upload.content
    broken = made(drawn(icc_profile=b"no profile"))
    assert alike(seen(broken.content).getpixel((9, 9)), RED)


@pytest.mark.parametrize(
    ("image", "how", "colour"),
    [
        (Image.new("I;16", (50, 50), 40_000), {}, (156, 156, 156)),
        (Image.new("L", (50, 50), 90), {}, (90, 90, 90)),
        (Image.new("1", (50, 50), 1), {}, (255, 255, 255)),
        (Image.new("LA", (50, 50), (90, 0)), {}, GROUND),
        (Image.new("RGBA", (50, 50), (*RED, 0)), {}, GROUND),
        (Image.new("RGBA", (50, 50), (*RED, 255)), {}, RED),
        (Image.new("RGBA", (50, 50), (*RED, 0)).quantize(4), {}, GROUND),
        (Image.new("L", (50, 50), 90), {"transparency": 90}, GROUND),
    ],
    ids=["16 bits", "grey", "black and white", "clear grey", "clear", "solid", "palette", "key"],
)
def test_every_kind_of_png_is_seen_and_what_is_clear_stands_on_a_calm_ground(image, how, colour):
    assert alike(seen(made(encoded(image, "PNG", **how)).content).getpixel((9, 9)), colour)


def test_of_a_picture_that_moves_the_first_moment_is_kept():
    frames = [Image.new("RGB", (90, 90), colour) for colour in (RED, BLUE)]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=50)
    picture = seen(made(moving).content)
    assert getattr(picture, "n_frames", 1) == 1
    assert alike(picture.getpixel((9, 9)), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_half_a_picture_is_none(kind, part):
    whole = encoded(noise(200, 200), kind)
    assert made(whole[: int(len(whole) * part)]) == Upload("me.jpg", problem=NO_PICTURE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        drawn("GIF"),
        drawn("TIFF"),
        drawn("BMP"),
        drawn("ICO"),
        b"RIFF\x10\x00\x00\x00WEBPVP8X",
        b"\xff\xd8\xff\xe0" + bytes(5000),
        b"\x89PNG\r\n\x1a\n" + bytes(5000),
    ],
    ids=["empty", "html", "svg", "pdf", "gif", "tiff", "bmp", "ico", "webp?", "jpeg?", "png?"],
)
def test_a_file_is_what_is_in_it_whatever_it_is_called(content):
    assert made(content) == Upload("me.jpg", problem=NO_PICTURE)


@pytest.mark.parametrize("size", [(50_000, 50_000), (40_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_more_than_40_megapixels_is_refused_by_its_header(size):
    assert made(png_of(*size)).problem == TOO_DETAILED


def test_a_webp_of_more_than_40_megapixels_is_refused_by_its_header():
    for kind, at in ((b"VP8X", 24), (b"VP8L", 21), (b"VP8 ", 26)):
        sides = {b"VP8X": b"\xfe\x3f\0" * 2, b"VP8L": b"\xff\xff\xff\x0f"}.get(
            kind, b"\xff\x3f" * 2
        )
        head = bytearray(b"RIFF\xff\0\0\0WEBP" + kind + bytes(40))
        head[at : at + len(sides)] = sides
        assert made(bytes(head)).problem == TOO_DETAILED, kind


def test_40_megapixels_are_read():
    assert alike(seen(made(drawn("PNG", (8000, 5000))).content).getpixel((9, 9)), RED)
    assert alike(seen(made(drawn("WEBP", (8000, 5000))).content).getpixel((9, 9)), RED)


def test_a_trap_that_would_unpack_to_gigabytes_takes_no_more_memory_than_a_dot():
    def memory_for(content: bytes) -> int:
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            told = subprocess.run(
                [sys.executable, "-c", WEIGHED], stdin=file, capture_output=True, check=True
            )
        return int(told.stdout)

    assert memory_for(png_of(50_000, 50_000)) < 1.3 * memory_for(drawn("PNG", (1, 1)))


WEIGHED = """
import resource, sys
from app.pictures import remade
remade("x", sys.stdin.buffer.raw, "profile")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
