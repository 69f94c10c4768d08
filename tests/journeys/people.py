"""People with browsers of their own, and what those browsers complain of."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from accounts.models import User
from tests.services.stack import Stack

# Runs before the page's own scripts; what it finds comes back as a line of the console. Of what
# axe tries out on the page, nothing is told.
WATCH = """
addEventListener("securitypolicyviolation", (event) => window.axe ||
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
TOLD_BY_WATCH = "violates the following Content Security Policy"
REDIRECTS = (301, 302, 303, 304)


@dataclass
class Street:
    """Everybody's way to the stack, and to nowhere else."""

    browser: Browser
    stack: Stack
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def person(
        self,
        user_id: UUID | None = None,
        *,
        scripts: bool = True,
        locale: str = "en-GB",
        **options: Any,
    ) -> Page:
        """A stranger in a private window; or a member, who has signed in already."""
        context = self.browser.new_context(
            base_url=self.stack.url,
            java_script_enabled=scripts,
            viewport={"width": 1280, "height": 800},
            reduced_motion="reduce",
            locale=locale,
            timezone_id="Europe/Berlin",
            **options,
        )
        context.set_default_timeout(30_000)
        context.on("request", self.look_at)
        context.on("response", self.look_into)
        context.add_init_script(WATCH)
        self.contexts.append(context)
        if user_id is not None:
            self.sign_in(context, User.objects.get(pk=user_id))
        page = context.new_page()
        page.on("console", lambda message: self.listen(message, scripts=scripts))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def sign_in(self, context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        for name, morsel in client.cookies.items():
            context.add_cookies([{"name": name, "value": morsel.value, "url": self.stack.url}])

    def look_at(self, request: Request) -> None:
        if not request.url.startswith((f"{self.stack.url}/", "blob:", "data:")):
            self.complaints.append(f"foreign: {request.url}")

    def look_into(self, answer: Response) -> None:
        """Every page says what it may load, and allows nothing that it did not bring itself."""
        policy = answer.headers.get("content-security-policy", "")
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if (
            is_page
            and answer.status not in REDIRECTS
            and ("'none'" not in policy or "unsafe" in policy)
        ):
            self.complaints.append(f"policy of {answer.url}: {policy}")

    def listen(self, message: ConsoleMessage, *, scripts: bool) -> None:
        """Errors and warnings. A page that answers 404 is one itself, not its style sheet."""
        where = str(message.location.get("url", ""))
        refused_page = message.text.startswith("Failed to load") and "/static/" not in where
        told_already = scripts and TOLD_BY_WATCH in message.text
        if message.type in ("error", "warning") and not (refused_page or told_already):
            self.complaints.append(f"{where}: {message.text}")

    def heard(self) -> list[str]:
        """The complaints since the last time."""
        heard, self.complaints = self.complaints, []
        return heard

    def close(self) -> None:
        for context in self.contexts:
            context.close()
