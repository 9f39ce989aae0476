"""The workbench as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files of the workbench."""

    name = "ancrage.interfaces.web"
    label = "web"
