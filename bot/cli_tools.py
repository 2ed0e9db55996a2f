"""What the commands share: settings, and content that is checked before it is used."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

import click

from bot import logs
from bot.config import Settings, load_settings
from bot.errors import DialogInvalidError, SettingsError

Loaded = TypeVar("Loaded")


def usable_settings() -> Settings:
    """Return the settings and set up logging; a message and exit 1 where they are wrong."""
    try:
        settings = load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    logs.configure(format=settings.log_format)
    # What residents wrote is for this account alone: the database, its folder, unpacked models.
    os.umask(0o077)
    return settings


def checked(load: Callable[[], Loaded]) -> Loaded:
    """Return what `load` gives; list every problem of the files and exit 1 where they are wrong."""
    try:
        return load()
    except DialogInvalidError as error:
        click.echo("The dialogs or catalogs cannot be used:", err=True)
        for problem in error.problems:
            click.echo(f"- {problem}", err=True)
        sys.exit(1)
