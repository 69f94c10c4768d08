"""The part that stands in front: nginx, with its configuration rendered for this installation."""

from settings.stack import nginx
from settings.stack.installation import Installation, this_installation
from settings.stack.nginxbinary import find_nginx
from settings.stack.places import StackError


def command() -> list[str]:
    program = find_nginx()
    if program is None:
        raise StackError("nginx was not found. Install it, or name it with NGINX_PROGRAM.")
    ours = this_installation()
    return nginx.command(program, nginx.render(site(ours), into=ours.var / "nginx"))


def site(ours: Installation) -> nginx.Site:
    return nginx.Site(
        listen=ours.listen,
        upstream=ours.web,
        files_root=ours.folder("FILES_ROOT", "files"),
        static_root=ours.folder("STATIC_ROOT", "static"),
        run=ours.var / "nginx",
        logs=ours.logs,
        public_url=ours.public_url,
        server_names=ours.server_names,
        trusted_proxies=ours.trusted_proxies,
    )
