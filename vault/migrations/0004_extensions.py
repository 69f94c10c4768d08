"""What the index over names needs. Both extensions are trusted: the database's owner may add them."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_trash")]
    operations = [TrigramExtension(), BtreeGinExtension()]
