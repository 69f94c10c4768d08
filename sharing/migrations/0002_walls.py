"""Row-level security and composite keys."""

from django.db import migrations

from tenants.rowsecurity import IsolateTenant, SameTenant


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("vault", "0002_walls")]
    operations = [
        IsolateTenant("Link", "DownloadSession"),
        SameTenant("Link", "document"),
        SameTenant("Link", "version"),
        SameTenant("DownloadSession", "link"),
        SameTenant("DownloadSession", "version"),
    ]
