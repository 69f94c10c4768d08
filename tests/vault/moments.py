"""The clock that history is written by."""

from datetime import datetime

from django.db import connection


def now_in_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
        assert isinstance(moment, datetime)
        return moment
