"""What stands for a document in lists and on its page."""

from typing import get_args

import pytest

from settings.signs import EXPOSURES, file_icon, file_kind
from vault.rights.exposure import Level

OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("media_type", "words", "icon"),
    [
        ("application/pdf", "PDF document", "file-text"),
        ("image/png", "Image", "file-image"),
        (f"{OFFICE}.spreadsheetml.sheet", "Spreadsheet", "file-spreadsheet"),
        ("application/vnd.ms-excel", "Spreadsheet", "file-spreadsheet"),
        ("text/csv", "Spreadsheet", "file-spreadsheet"),
        (f"{OFFICE}.wordprocessingml.document", "Text document", "file-text"),
        ("application/vnd.oasis.opendocument.text", "Text document", "file-text"),
        (f"{OFFICE}.presentationml.presentation", "Presentation", "file"),
        ("application/vnd.oasis.opendocument.presentation", "Presentation", "file"),
        ("application/zip", "Archive", "file-archive"),
        ("application/rtf", "Text document", "file-text"),
        ("text/plain", "Plain text", "file-text"),
        ("application/json", "Plain text", "file-text"),
        ("application/octet-stream", "File", "file"),
    ],
)
def test_a_kind_of_file_has_a_word_and_a_picture(media_type: str, words: str, icon: str) -> None:
    assert file_kind(media_type=media_type) == words
    assert f'#{icon}"' in file_icon(kind="document", media_type=media_type)


def test_a_folder_shows_its_wall() -> None:
    assert '#folder"' in file_icon(kind="folder")
    assert '#folder-lock"' in file_icon(kind="folder", restricted=True)


def test_every_level_has_its_badge() -> None:
    assert EXPOSURES.keys() == {*get_args(Level.__value__)}
