"""Every setting, once: its name, its default and what it does. Each is read from the environment (`ANCRAGE_...`)."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ancrage.interfaces.wording import Language


class Settings(BaseSettings):
    """The settings of one installation."""

    model_config = SettingsConfigDict(env_prefix="ANCRAGE_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("ancrage"),
        description="Folder of vintages, files and the database; created with mode 0700.",
    )
    language: Language = Field(default="fr", description="Language of pages, reports and messages: fr or en.")
    host: str = Field(default="127.0.0.1", description="Address the workbench listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port the workbench listens on.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost", "[::1]"), description="Host names the workbench answers to (JSON list)."
    )
    secret_key: SecretStr | None = Field(
        default=None, description="Key that signs sessions; made once and kept in the home (mode 0600) when not given."
    )
    debug: bool = Field(default=False, description="Show technical details of errors on pages. Never in production.")
    max_upload_bytes: int = Field(default=25_000_000, ge=1, description="Largest file a person may send.")


def current_settings() -> Settings:
    """The settings of the environment, read now."""
    return Settings()
