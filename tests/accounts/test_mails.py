from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.mail import newest_mails


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.MAIL_DIR = tmp_path
    return tmp_path


def write(folder: Path, *subjects: str, body: str = "Hello") -> None:
    backend = EmailBackend(file_path=folder, alias="default")
    backend.send_messages(
        [EmailMessage(subject, body, "us@example.org", ["a@example.org"]) for subject in subjects]
    )


def test_it_lists_the_newest_first(folder: Path) -> None:
    write(folder, "first", "second")
    write(folder, "third")
    assert [mail.subject for mail in newest_mails(folder)] == ["third", "second", "first"]


def test_it_lists_no_more_than_asked(folder: Path) -> None:
    write(folder, *"abcdef")
    assert len(newest_mails(folder, at_most=4)) == 4


def test_it_is_empty_without_a_folder(folder: Path) -> None:
    assert newest_mails(folder / "none") == []


@pytest.mark.django_db
def test_the_page_shows_links_that_can_be_clicked(client: Client, folder: Path) -> None:
    write(folder, "Grüße", body="Open http://localhost/account/confirm-email/a:b-c/ <b>now</b>")
    page = client.get(reverse("accounts:mails")).content.decode()
    assert 'href="http://localhost/account/confirm-email/a:b-c/"' in page
    assert "Grüße" in page
    assert "<b>now</b>" not in page


@pytest.mark.django_db
def test_the_page_is_for_reading(client: Client) -> None:
    assert client.post(reverse("accounts:mails")).status_code == 405
