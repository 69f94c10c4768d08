from typing import Any

from django.core.management.base import BaseCommand

from settings.demo.people import PASSWORD
from settings.demo.scene import play


class Command(BaseCommand):
    help = "Make the demo organisations, once, and say how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        play()
        self.stdout.write(
            f"alice@acme.example (owner), bob@, carol@, dan@acme.example: {PASSWORD}"
        )
        self.stdout.write(f"mallory@rival.example, of another organisation: {PASSWORD}")
