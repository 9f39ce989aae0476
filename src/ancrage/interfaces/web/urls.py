"""Addresses of the workbench."""

from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from ancrage.interfaces.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.study_list, name="study-list"),
    path("etudes/<uuid:public_id>/", views.study_detail, name="study"),
    path("etudes/<uuid:public_id>/<path:name>", views.study_file, name="study-file"),
    path("langue/", set_language, name="set-language"),
]
handler404 = "ancrage.interfaces.web.views.not_found"
handler500 = "ancrage.interfaces.web.views.broken"
