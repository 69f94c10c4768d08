"""Paper as a phone or an office scanner sees it: not quite straight, not quite even, not clean."""

import io
from datetime import date
from pathlib import Path
from random import Random
from typing import Final, Literal

import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from settings.demo.papers.paper import Paper

FONTS: Final = Path(reportlab.__file__).parent / "fonts"
INK: Final = "#2c2925"
type Weight = Literal["Vera", "VeraBd", "VeraIt"]


def font(size: int, weight: Weight = "Vera") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{weight}.ttf", size)


def photographed(name: str, day: date, paper: Image.Image) -> Paper:
    """Lying on a desk, in the light of a window; a JPEG."""
    chance = Random(name)  # noqa: S311  a drawing, not a secret
    desk = Image.new("RGB", (paper.width + 260, paper.height + 240), chance.choice(DESKS))
    tilt = chance.choice((-1, 1)) * chance.uniform(1.2, 3.1)
    sheet = paper.convert("RGBA").rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    at = ((desk.width - sheet.width) // 2, (desk.height - sheet.height) // 2)
    shadow = Image.new("L", desk.size)
    shadow.paste(sheet.getchannel("A").point(lambda a: a * 0.6), (at[0] + 10, at[1] + 16))
    desk.paste("#17130f", mask=shadow.filter(ImageFilter.GaussianBlur(14)))
    desk.paste(sheet, at, sheet)
    seen = grained(lit(desk), chance, strength=0.07).filter(ImageFilter.GaussianBlur(0.7))
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=80, dpi=(150, 150))
    return Paper(name, out.getvalue(), day)


def scanned(name: str, day: date, paper: Image.Image) -> Paper:
    """Flat on the glass: hardly turned, grey at one edge, a speck here and there; a PNG."""
    chance = Random(name)  # noqa: S311  a drawing, not a secret
    draw = ImageDraw.Draw(paper)
    for _ in range(40):
        x, y, r = chance.randrange(paper.width), chance.randrange(paper.height), chance.random()
        draw.ellipse((x, y, x + 2 * r, y + 2 * r), fill="#8d887f")
    turned = paper.rotate(-0.5, Image.Resampling.BICUBIC, fillcolor="#efece4")
    edge = ImageOps.invert(Image.linear_gradient("L").rotate(90).resize(paper.size))
    shade = edge.point(lambda v: 255 if v < 243 else 255 - (v - 243) * 6)
    seen = ImageChops.multiply(turned, Image.merge("RGB", (shade,) * 3))
    seen = seen.filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    # As many tones as a scanner's driver keeps of a letter.
    seen.quantize(48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(150, 150))
    return Paper(name, out.getvalue(), day)


DESKS: Final = ("#6b5440", "#4d4a46", "#77604a", "#3f4a4d")


def lit(picture: Image.Image) -> Image.Image:
    """Brighter towards the window. Light has no edges, so it is drawn small."""
    light = Image.linear_gradient("L").rotate(125, fillcolor=150)
    light = light.filter(ImageFilter.GaussianBlur(18)).point(lambda v: 205 + v * 50 // 255)
    light = light.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(picture, Image.merge("RGB", (light,) * 3))


def grained(picture: Image.Image, chance: Random, *, strength: float) -> Image.Image:
    """Noise that is the same every time, which Pillow's own is not."""
    half = (picture.width // 2, picture.height // 2)
    grain = Image.frombytes("L", half, chance.randbytes(half[0] * half[1]))
    grain = grain.resize(picture.size, Image.Resampling.BILINEAR)
    return Image.blend(picture, Image.merge("RGB", (grain,) * 3), strength)
