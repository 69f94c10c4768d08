"""The API answers as its description says: every operation, asked with whatever it allows.

Schemathesis writes the requests, good ones and bad ones. Ids in addresses are mostly those of rows
that exist, so that most requests come past the door; what one of them changed is undone before
the next.
"""

from itertools import count
from typing import Any, Final

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from settings.api import described
from tests.house.doors import Scene
from tests.tenants.scene import token_of

SCHEMA: Final = schemathesis.openapi.from_dict(described())
OPERATIONS: Final = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CHECKS: Final[list[Any]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
A_MADE_UP_ID_IN: Final = 5
MODES: Final = {"good": GenerationMode.POSITIVE, "bad": GenerationMode.NEGATIVE}


def quietly(examples: int) -> settings:
    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def ask_and_judge(scene: Scene, operation: Any, mode: GenerationMode, examples: int) -> None:
    people = [scene.acme.alice, scene.acme.bob, scene.acme.carol, scene.acme.dan, None]
    keys = [f"Bearer {token_of(who)}" if who else "Bearer none" for who in people]
    ids = {name: str(value) for name, value in scene.ids().items()}
    number, application = count(), get_wsgi_application()

    @given(case=operation.as_strategy(generation_mode=mode))
    @quietly(examples)
    def ask(case: Any) -> None:
        turn = next(number)
        if turn % A_MADE_UP_ID_IN:
            known = {name: ids[name] for name in case.path_parameters if name in ids}
            case.path_parameters = {**case.path_parameters, **known}
        with transaction.atomic():
            key = keys[turn % len(keys) if turn % 3 == 0 else 0]
            case.headers = {**(case.headers or {}), "Authorization": key}
            answer = case.call(app=application, base_url="http://testserver")
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    ask()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_an_operation_answers_as_it_is_described(scene: Scene, label: str, mode: str) -> None:
    ask_and_judge(scene, OPERATIONS[label], MODES[mode], examples=10)


@pytest.mark.proof
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_an_operation_answers_so_a_thousand_times(scene: Scene, label: str, mode: str) -> None:
    ask_and_judge(scene, OPERATIONS[label], MODES[mode], examples=1_000)
