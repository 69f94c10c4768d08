"""Public tokens: whatever was not made by this installation, for this purpose, is forged."""

import base64
import hashlib
import hmac
from string import ascii_letters, digits
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from tenants.keys import FORMAT, LAYOUT, ForgedToken, PublicToken, decode, encode, unseal

LETTERS = ascii_letters + digits + "-_"
PURPOSES = ("link", "ticket", "invitation")
OLD, NEW = b"\x11" * 32, b"\x22" * 32
quick = examples(deadline=None, database=None, max_examples=200)
tokens = st.builds(
    PublicToken,
    st.sampled_from(PURPOSES),
    st.uuids(),
    st.uuids(),
    st.integers(min_value=0, max_value=2**32 - 1),
)


def is_forged(text: str, purpose: str = "link") -> bool:
    try:
        unseal(text, purpose=purpose)
    except ForgedToken:
        return True
    return False


@quick
@given(tokens)
def test_a_token_says_what_was_sealed(token: PublicToken) -> None:
    assert unseal(token.seal(), purpose=token.purpose) == token


@quick
@given(tokens, tokens)
def test_two_tokens_are_the_same_only_if_they_say_the_same(
    one: PublicToken, other: PublicToken
) -> None:
    assert (one.seal() == other.seal()) == (one == other)


@quick
@given(tokens)
def test_a_token_fits_into_a_path(token: PublicToken) -> None:
    assert set(token.seal()) <= set(LETTERS)
    assert len(token.seal()) == 94


@quick
@given(tokens)
def test_a_token_has_one_spelling(token: PublicToken) -> None:
    """Its last letter has bits to spare: most decoders take sixteen letters for the same."""
    text = token.seal()
    spellings = [text[:-1] + letter for letter in LETTERS]
    assert [other for other in spellings if not is_forged(other, token.purpose)] == [text]


@quick
@given(tokens, st.data())
def test_any_flipped_bit_is_noticed(token: PublicToken, data: st.DataObject) -> None:
    raw = bytearray(decode(token.seal()))
    bit = data.draw(st.integers(min_value=0, max_value=len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    assert is_forged(encode(bytes(raw)), token.purpose)


@quick
@given(tokens, st.data())
def test_any_changed_letter_is_noticed(token: PublicToken, data: st.DataObject) -> None:
    """Also one that base64 would read as the same bytes: there is one spelling."""
    text = token.seal()
    at = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    letter = data.draw(st.characters().filter(lambda other: other != text[at]))
    assert is_forged(text[:at] + letter + text[at + 1 :], token.purpose)


@quick
@given(tokens, st.data())
def test_any_truncation_is_noticed(token: PublicToken, data: st.DataObject) -> None:
    text = token.seal()
    assert is_forged(text[: data.draw(st.integers(max_value=len(text) - 1, min_value=0))])


@quick
@given(tokens, st.text(min_size=1, max_size=8))
def test_nothing_may_follow_or_precede(token: PublicToken, more: str) -> None:
    assert is_forged(token.seal() + more, token.purpose)
    assert is_forged(more + token.seal(), token.purpose)


@quick
@given(tokens, st.sampled_from(PURPOSES))
def test_a_token_is_for_one_purpose(token: PublicToken, purpose: str) -> None:
    assert is_forged(token.seal(), purpose) == (purpose != token.purpose)


@quick
@given(tokens, st.uuids())
def test_a_token_names_no_other_tenant_or_thing(token: PublicToken, other: UUID) -> None:
    raw = decode(token.seal())
    for start in (2, 18):
        changed = raw[:start] + other.bytes + raw[start + 16 :]
        assert is_forged(encode(changed), token.purpose) == (changed != raw)


@quick
@given(st.text(max_size=120))
def test_no_text_is_anything_but_forged(text: str) -> None:
    assert is_forged(text)


@quick
@given(st.binary(max_size=90))
def test_no_bytes_are_anything_but_forged(raw: bytes) -> None:
    assert is_forged(encode(raw))


@quick
@given(st.binary(max_size=90))
def test_one_text_stands_for_one_thing(raw: bytes) -> None:
    text = encode(raw)
    assert decode(text) == raw
    for spelling in (text + "=", text + "==", text + "\n", " " + text, text + "A" * 4):
        if spelling != text:
            assert is_forged(spelling)


# One token, as it was on the first day: links in mailboxes must open for as long as they last.
PINNED = PublicToken(
    "link",
    UUID("018f5d0e-0000-7000-8000-000000000001"),
    UUID("018f5d0e-0000-7000-8000-000000000002"),
    3,
)
PINNED_TEXT = (
    "AQIBj10OAABwAIAAAAAAAAABAY9dDgAAcACAAAAAAAAAAgAAAAP1HhuoNMi9"
    "g-Kgf_LS0_iZPcxGj_aFwKRHlpSW8_oj1A"
)


def by_hand(key_number: int, key: bytes, *, form: int = FORMAT) -> str:
    body = bytes([form, key_number]) + PINNED.tenant_id.bytes + PINNED.object_id.bytes
    body += (3).to_bytes(4)
    mac = hmac.new(key, b"\x04link" + body, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(body + mac).rstrip(b"=").decode()


@pytest.fixture
def keys(settings: Settings) -> dict[int, bytes]:
    keys = {1: OLD, 2: NEW}
    settings.TOKEN_KEYS = keys
    return keys


def test_the_format_does_not_change(keys: dict[int, bytes]) -> None:
    assert LAYOUT.size + 32 == 70
    assert PINNED.seal() == PINNED_TEXT == by_hand(2, NEW)
    assert unseal(PINNED_TEXT, purpose="link") == PINNED


def test_the_newest_key_signs(keys: dict[int, bytes]) -> None:
    assert decode(PINNED.seal())[1] == 2


def test_an_older_key_still_opens(keys: dict[int, bytes]) -> None:
    assert unseal(by_hand(1, OLD), purpose="link") == PINNED


def test_a_key_that_was_taken_away_opens_nothing(keys: dict[int, bytes]) -> None:
    text = by_hand(1, OLD)
    del keys[1]
    assert is_forged(text)


@pytest.mark.parametrize("number", [0, 3, 255])
def test_a_key_number_that_nobody_knows_is_forged(keys: dict[int, bytes], number: int) -> None:
    assert is_forged(by_hand(number, NEW))


def test_one_key_does_not_sign_for_another(keys: dict[int, bytes]) -> None:
    assert is_forged(by_hand(1, NEW))
    assert is_forged(by_hand(2, OLD))


@pytest.mark.parametrize("form", [0, 2, 255])
def test_another_format_is_forged_even_with_a_good_mac(keys: dict[int, bytes], form: int) -> None:
    assert is_forged(by_hand(2, NEW, form=form))
