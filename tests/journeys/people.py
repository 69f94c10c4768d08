"""People with browsers of their own, and what those browsers complain of."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

from tenants.actor import Member
from tests.cast import signed_in
from tests.services.stack import Stack

# Runs before the page's own scripts; what it finds comes back as a line of the console.
WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Street:
    """Everybody's way to the stack, and to nowhere else."""

    browser: Browser
    stack: Stack
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def person(
        self,
        actor: Member | None = None,
        *,
        scripts: bool = True,
        width: int = 1280,
        scheme: Any = "light",
    ) -> Page:
        """A stranger in a private window; or a member, who has signed in already."""
        context = self.browser.new_context(
            base_url=self.stack.url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        context.set_default_timeout(30_000)
        context.route("**/*", self.let_through)
        context.add_init_script(WATCH)
        self.contexts.append(context)
        if actor is not None:
            self.sign_in(context, actor)
        page = context.new_page()
        page.on("console", self.listen)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def sign_in(self, context: BrowserContext, actor: Member) -> None:
        for name, morsel in signed_in(actor).cookies.items():
            context.add_cookies([{"name": name, "value": morsel.value, "url": self.stack.url}])

    def let_through(self, route: Route, request: Request) -> None:
        if request.url.startswith((f"{self.stack.url}/", "blob:", "data:")):
            route.continue_()
        else:
            self.complaints.append(f"foreign: {request.url}")
            route.abort()

    def listen(self, message: ConsoleMessage) -> None:
        """Errors and warnings. A page that answers 404 is one itself, not its style sheet."""
        where = str(message.location.get("url", ""))
        refused_page = message.text.startswith("Failed to load") and "/static/" not in where
        if message.type in ("error", "warning") and not refused_page:
            self.complaints.append(f"{where}: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
