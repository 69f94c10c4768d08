"""Every page that there is, and how one gets there: a new page belongs into this table."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, Route

from tests.factories import pdf
from tests.journeys.scene import Scene

type Act = Callable[[Page], None]


def nothing(_page: Page) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where `who` comes by `path`, perhaps does something, fills in a form, presses a button."""

    who: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    press: str = ""
    act: Act = nothing

    def visit(self, page: Page, scene: Scene) -> None:
        page.goto(self.path.format(**scene.slots))
        self.act(page)
        for label, value in self.fields:
            page.get_by_label(label, exact=True).fill(value)
        if self.press:
            with page.expect_navigation():
                page.get_by_role("button", name=self.press, exact=True).click()


def choose_files(page: Page) -> None:
    """One that is taken and one that is not; and no script that would send them at once."""
    page.route("**/dist/upload*.js", leave_out)
    page.reload()
    page.unroute_all()
    files = [
        ("Lease.pdf", "application/pdf", pdf()),
        ("Setup.exe", "application/x-dosexec", b"MZ"),
    ]
    chosen = [FilePayload(name=name, mimeType=kind, buffer=body) for name, kind, body in files]
    page.locator("#files").set_input_files(chosen)


def leave_out(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body="")


def lose_zone(page: Page) -> None:
    page.get_by_label("Time zone").evaluate("(field) => field.options[0].value = 'Mars/Base'")
    page.get_by_label("Time zone").select_option(index=0)


def open_a_call(page: Page) -> None:
    page.locator("#post-folders > summary").click()


def wait_for_the_preview(page: Page) -> None:
    """Drawn or put there by script; without, the page offers the download."""
    page.locator("pre:not([hidden]), [data-drawn], .preview .button").first.wait_for()


def lose_cookies(page: Page) -> None:
    page.context.clear_cookies()


ORG, FOLDER, DOCUMENT = "/o/{org}/", "/o/{org}/files/{folder}/", "/o/{org}/d/{document}/"
WRONG = (("Email address", "nobody@nobody.example"), ("Password", "wrong horse battery"))
WEAK = (("Email", "erin@acme.example"), ("Password", "password"))
PLACES = {
    "sign in": Place("stranger", "/account/login/"),
    "sign in, wrong password": Place("stranger", "/account/login/", WRONG, "Sign in"),
    "sign in, form too old": Place("stranger", "/account/login/", WRONG, "Sign in", lose_cookies),
    "sign up": Place("stranger", "/account/signup/"),
    "sign up, weak password": Place("stranger", "/account/signup/", WEAK, "Create account"),
    "look into your mail": Place("stranger", "/account/confirm-email/"),
    "confirm, ended": Place("stranger", "/account/confirm-email/none/"),
    "forgotten password": Place("stranger", "/account/password/reset/"),
    "mail on its way": Place("stranger", "/account/password/reset/done/"),
    "new password": Place("stranger", "{reset}"),
    "new password, ended": Place("stranger", "/account/password/reset/key/1-none/"),
    "new password, set": Place("stranger", "/account/password/reset/key/done/"),
    "closed account": Place("stranger", "/account/inactive/"),
    "mails of development": Place("stranger", "/account/dev/mails/"),
    "link": Place("stranger", "{open}"),
    "link, turned off": Place("stranger", "{revoked}"),
    "link, ended": Place("stranger", "{ended}"),
    "link, unknown": Place("stranger", "/s/none/"),
    "nothing, to strangers": Place("stranger", "/none/"),
    "no organisation": Place("erin", "/"),
    "several organisations": Place("alice", "/"),
    "documents": Place("alice", f"{ORG}files/"),
    "documents, as a reader": Place("carol", f"{ORG}files/"),
    "folder": Place("alice", FOLDER),
    "folder, as a reader": Place("carol", FOLDER),
    "folder, empty": Place("alice", "/o/{org}/files/{empty}/"),
    "folder, restricted": Place("alice", "/o/{org}/files/{walled}/"),
    "new folder": Place("alice", f"{FOLDER}new-folder/"),
    "new folder, name taken": Place(
        "alice", f"{FOLDER}new-folder/", (("Name", "Leases"),), "Create folder"
    ),
    "upload": Place("alice", f"{FOLDER}upload/"),
    "upload, judged": Place("alice", f"{FOLDER}upload/", (), "Upload", choose_files),
    "access to a folder": Place("alice", f"{FOLDER}access/"),
    "access to a restricted folder": Place("alice", "/o/{org}/files/{walled}/access/"),
    "document": Place("alice", DOCUMENT, act=wait_for_the_preview),
    "document, as a reader": Place("carol", DOCUMENT, act=wait_for_the_preview),
    "document, as a guest": Place("dan", DOCUMENT, act=wait_for_the_preview),
    "document, an image": Place("alice", "/o/{org}/d/{image}/"),
    "document, a text": Place("alice", "/o/{org}/d/{text}/", act=wait_for_the_preview),
    "access to a document": Place("alice", f"{DOCUMENT}access/"),
    "access, already over": Place(
        "alice",
        f"{DOCUMENT}access/",
        (("Until the end of optional", "2020-01-01"),),
        "See what it changes",
    ),
    "access, long ago": Place("alice", f"{DOCUMENT}access/?on=2020-01-01"),
    "give access to a document": Place("alice", f"{DOCUMENT}access/change/"),
    "give access to a folder": Place("alice", f"{FOLDER}access/change/"),
    "give access, foreseen": Place(
        "alice", f"{FOLDER}access/change/?principal=user:{{gina}}&role=edit"
    ),
    "restrict a document": Place("alice", f"{DOCUMENT}wall/?restricted=on"),
    "restrict a folder": Place("alice", f"{FOLDER}wall/?restricted=on"),
    "links": Place("alice", f"{DOCUMENT}share/"),
    "links, made": Place("alice", f"{DOCUMENT}share/", (), "Create link"),
    "rename a document": Place("alice", f"{DOCUMENT}rename/"),
    "rename a folder": Place("alice", f"{FOLDER}rename/"),
    "rename, name taken": Place(
        "alice", f"{DOCUMENT}rename/", (("Name", "Grundriss.png"),), "Rename"
    ),
    "move a document": Place("alice", f"{DOCUMENT}move/"),
    "move a folder": Place("alice", "/o/{org}/files/{walled}/move/"),
    "move, into an empty folder": Place("alice", f"{DOCUMENT}move/?to={{empty}}"),
    "versions": Place("alice", f"{DOCUMENT}versions/"),
    "versions, as a reader": Place("carol", f"{DOCUMENT}versions/"),
    "search": Place("alice", f"{ORG}search/"),
    "search, found": Place("alice", f"{ORG}search/?q=protokoll"),
    "search, nothing found": Place("alice", f"{ORG}search/?q=zzzz"),
    "search, one type": Place("alice", f"{ORG}search/?q=&type=pdf&days=30"),
    "move many": Place("alice", f"{ORG}bulk/move/?node=document:{{document}}"),
    "move many, all of a folder": Place(
        "alice", f"{ORG}bulk/move/?matching=folder:{{folder}}&to={{folder}}"
    ),
    "give many": Place("alice", f"{ORG}bulk/grant/?node=document:{{document}}"),
    "give many, already over": Place(
        "alice",
        f"{ORG}bulk/grant/?node=document:{{document}}",
        (("Until the end of optional", "2020-01-01"),),
        "See what it changes",
    ),
    "jobs": Place("alice", f"{ORG}jobs/"),
    "jobs, none": Place("gina", f"{ORG}jobs/"),
    "job": Place("alice", f"{ORG}jobs/{{job}}/"),
    "job, under way": Place("alice", f"{ORG}jobs/{{running}}/"),
    "trash": Place("alice", f"{ORG}trash/"),
    "trash, empty": Place("dan", f"{ORG}trash/"),
    "search in a folder": Place("alice", f"{ORG}search/?q=e&folder={{folder}}&type=pdf"),
    "all": Place("alice", f"{ORG}documents/"),
    "all, by name": Place("alice", f"{ORG}documents/?sort=name"),
    "all, nothing": Place("gina", f"{ORG}documents/"),
    "recent": Place("alice", f"{ORG}recent/"),
    "recent, nothing": Place("gina", f"{ORG}recent/"),
    "starred": Place("alice", f"{ORG}starred/"),
    "starred, nothing": Place("gina", f"{ORG}starred/"),
    "shared": Place("dan", f"{ORG}shared/"),
    "shared, nothing": Place("gina", f"{ORG}shared/"),
    "requests": Place("alice", f"{ORG}requests/"),
    "requests, one's own": Place("henry", f"{ORG}requests/"),
    "requests, none": Place("gina", f"{ORG}requests/"),
    "ask for a folder": Place("alice", f"{FOLDER}ask/"),
    "ask for a document": Place("alice", f"{DOCUMENT}ask/"),
    "news": Place("dan", f"{ORG}news/"),
    "news, nothing": Place("gina", f"{ORG}news/"),
    "mails off": Place("stranger", "{leave}"),
    "members": Place("alice", f"{ORG}members/"),
    "members, nobody found": Place("alice", f"{ORG}members/?q=zzzz"),
    "all that a member reaches": Place("alice", f"{ORG}members/{{carol}}/access/"),
    "all that a member reaches, an admin": Place("alice", f"{ORG}members/{{alice}}/access/"),
    "all that you reach": Place("dan", f"{ORG}members/me/access/"),
    "all that you reach, nothing": Place("gina", f"{ORG}members/me/access/"),
    "teams": Place("alice", f"{ORG}teams/"),
    "new team": Place("alice", f"{ORG}teams/new/"),
    "new team, name taken": Place(
        "alice", f"{ORG}teams/new/", (("Name", "everyone"),), "Create team"
    ),
    "team": Place("alice", f"{ORG}teams/{{team}}/"),
    "team, everyone": Place("alice", f"{ORG}teams/{{everyone}}/"),
    "team, nobody found": Place("alice", f"{ORG}teams/{{team}}/?q=zzzz"),
    "rename a team": Place("alice", f"{ORG}teams/{{team}}/rename/"),
    "add to a team": Place("alice", f"{ORG}teams/{{team}}/add/"),
    "add to a team, chosen": Place("alice", f"{ORG}teams/{{team}}/add/?member={{carol}}"),
    "add to a team, nobody chosen": Place("alice", f"{ORG}teams/{{team}}/add/?chosen=yes"),
    "take out of a team": Place("alice", f"{ORG}teams/{{team}}/people/{{dan}}/remove/"),
    "delete a team": Place("alice", f"{ORG}teams/{{team}}/delete/"),
    "trail": Place("alice", f"{ORG}admin/audit/"),
    "trail, nothing found": Place("alice", f"{ORG}admin/audit/?kind=upkeep&until=2020-01-01"),
    "trail, a filter that can't be read": Place("alice", f"{ORG}admin/audit/?kind=soon"),
    "view as": Place("alice", f"{ORG}view-as/"),
    "activity of a document": Place("alice", f"{DOCUMENT}activity/"),
    "describe": Place("alice", f"{DOCUMENT}description/"),
    "copy a document": Place("alice", f"{DOCUMENT}copy/"),
    "copy a folder": Place("alice", "/o/{org}/files/{walled}/copy/"),
    "profile": Place("alice", "/account/"),
    "profile, without a zone": Place("erin", "/account/", (), "Keep these choices", lose_zone),
    "the API": Place("stranger", "/api/docs/"),
    "the API, an operation opened": Place("stranger", "/api/docs/", (), "", open_a_call),
    "not allowed": Place("carol", f"{FOLDER}access/"),
    "nothing": Place("alice", "/o/{org}/files/{none}/"),
    "another organisation": Place("alice", "/o/{rival}/files/"),
    "addresses": Place("alice", "/account/email/"),
    "password": Place("alice", "/account/password/change/"),
    "sign out": Place("alice", "/account/logout/"),
    "is it you": Place("alice", "/account/reauthenticate/"),
    "unsent, nothing": Place("alice", "/account/unsent/"),
}
# After a mistake, for another person, and the like: `page, what differs`.
VARIANTS = {name for name in PLACES if "," in name}
