"""A picture is looked into, never decoded: its header must be whole and its size bounded."""

import warnings
from pathlib import Path
from typing import Final

from PIL import Image

from vault.errors import PictureBroken, PictureTooLarge

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")


def check_picture(path: Path, *, most_pixels: int) -> None:
    """Raises `PictureTooLarge`, `PictureBroken`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                width, height = image.size
                if width * height > most_pixels:
                    raise PictureTooLarge(pixels=width * height)
                image.verify()
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureBroken from error
