from django.urls import path

from tenants.views import home, view_as

app_name = "tenants"
urlpatterns = [
    path("", home.home, name="home"),
    path("o/<slug:org>/view-as/", view_as.begin, name="view-as"),
    path("o/<slug:org>/view-as/end/", view_as.end, name="end-viewing"),
]
