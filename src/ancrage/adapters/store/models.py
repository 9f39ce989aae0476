"""The rows that users write. Private to the store: doors use `queries` and `actions`."""

from __future__ import annotations

import uuid

from django.db import models


class Vintage(models.Model):
    """A vintage of the home, named here once it is whole. One vintage of each source is in use."""

    source = models.CharField(max_length=100)
    on = models.DateField()
    sha256 = models.CharField(max_length=64)
    invented = models.BooleanField(default=False)
    rows = models.BigIntegerField()
    detail = models.JSONField(default=dict)
    published_at = models.DateTimeField(auto_now_add=True)
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "sha256"], name="vintage_once"),
            models.UniqueConstraint(fields=["source"], condition=models.Q(in_use=True), name="vintage_one_in_use"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.on} {self.sha256[:12]}"


class Upload(models.Model):
    """A file that a user gave, kept in the home by its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Study(models.Model):
    """A study of a bill of materials: its question, and the four files of its dossier, kept by their hash."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="studies")
    title = models.CharField(max_length=255)
    question = models.JSONField()
    on = models.DateField()
    language = models.CharField(max_length=2)
    invented = models.BooleanField()
    summary = models.JSONField(default=dict)
    files = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.title


class HeadingMemory(models.Model):
    """What a company's headings mean, once confirmed: proposed again for its next files."""

    company = models.CharField(max_length=14)
    heading = models.CharField(max_length=255)
    field = models.CharField(max_length=50)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "heading"], name="heading_once"),)

    def __str__(self) -> str:
        return f"{self.heading} = {self.field}"
