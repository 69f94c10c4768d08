from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.flows.personalise import personalise
from accounts.forms import ProfileForm
from accounts.models import User
from accounts.words import in_the_words_of


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Says what was done in the language that was just chosen."""
    person = request.user
    assert isinstance(person, User), "a login is required"
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        personalise(person, form.cleaned_data)
        with in_the_words_of(person):
            messages.success(request, _("Your choices are kept."))
        return redirect("accounts:profile")
    status = 422 if form.errors else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)
