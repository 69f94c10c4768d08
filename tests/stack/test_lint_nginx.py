import pytest

from settings.stack import lint_nginx


def test_gixy_and_nginx_find_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_nginx.main() == 0, capsys.readouterr().out
