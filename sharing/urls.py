from django.urls import include, path

from sharing.views import members, public

app_name = "sharing"
organisation = [
    path("d/<uuid:document_id>/share/", members.links, name="links"),
    path("links/<uuid:link_id>/revoke/", members.revoke, name="revoke-link"),
]
urlpatterns = [
    path("o/<slug:org>/", include(organisation)),
    path("s/<str:token>/", public.recipient, name="recipient"),
    path("s/<str:token>/download", public.download, name="download"),
    path("s/<str:ticket>/content", public.content, name="content"),
]
