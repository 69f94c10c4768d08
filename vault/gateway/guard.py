"""nginx serves what `X-Accel-Redirect` names, even of a 403: so only the gateway may set it."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse


class GatewayGuard:
    """Strips the header from every answer that is not the gateway's own 200 to a GET or HEAD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        genuine = (
            getattr(response, "came_through_the_gateway", False)
            and response.status_code == HTTPStatus.OK
            and request.method in ("GET", "HEAD")
        )
        if genuine:
            response.cookies.clear()  # nginx would pass them on with the file
        else:
            for header in [
                name for name in response.headers if name.lower().startswith("x-accel")
            ]:
                del response[header]
        return response
