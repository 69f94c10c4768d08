"""What people type, before a flow takes it."""

from vault.forms.fields import DayField, NameField, start_of
from vault.forms.lists import MailsForm, PastForm, PeopleForm, SearchForm, TrailForm
from vault.forms.naming import DescriptionForm, NameForm, TeamForm, UploadForm
from vault.forms.rights import ApproveForm, AskForm, DeclineForm, GrantForm, principal
from vault.forms.selection import SelectionForm

__all__ = [
    "ApproveForm",
    "AskForm",
    "DayField",
    "DeclineForm",
    "DescriptionForm",
    "GrantForm",
    "MailsForm",
    "NameField",
    "NameForm",
    "PastForm",
    "PeopleForm",
    "SearchForm",
    "SelectionForm",
    "TeamForm",
    "TrailForm",
    "UploadForm",
    "principal",
    "start_of",
]
