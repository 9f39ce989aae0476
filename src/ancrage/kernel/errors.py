"""Every error of Ancrage, as one tree.

```text
AncrageError
  + CodeError                 a code that is not what it claims (HS, NAF, SIRET, commune, country, place)
      - PlaceError            a place that is unknown or ambiguous; carries the choices
  + MoneyError                amounts that cannot be read, or currencies that cannot be mixed
  + UnitError                 units that cannot be mixed
  + CatalogueError            a file of the embedded catalogue is wrong
  + InputError                a file or a value given by a user
      - FileRefusedError           the file as a whole cannot be read safely
      - UsageError            a command asked for something that does not exist
  + SourceError               a public source: absent, cut, other schema, too few rows
      - DownloadError         it could not be fetched
  + VintageError              a vintage of the home that is absent, damaged or of another nature
  + ReproductionError         a dossier that cannot be written again to the same bytes
  + StoreError                the home or its database cannot be used
```

An error says what happened, on what, why it matters and what to do next. It carries a `Message`, never a sentence:
the doors word it in the reader's language. `str(error)` gives the code and its parameters, for logs.
"""

from __future__ import annotations

from ancrage.kernel.message import Message, Scalar


class AncrageError(Exception):
    """Root of the tree. `message` is what the user must be told."""

    def __init__(self, code: str, /, **parameters: Scalar | Message) -> None:
        self.message = Message(code, tuple(parameters.items()))
        super().__init__(self.message)

    def __str__(self) -> str:
        holes = ", ".join(f"{name}={value}" for name, value in self.message.parameters)
        return f"{self.message.code}({holes})"


class CodeError(AncrageError):
    """A code that is not what it claims."""


class PlaceError(CodeError):
    """A place that is unknown or ambiguous. `choices` are the typed codes that it could mean."""

    def __init__(self, code: str, /, *, choices: tuple[str, ...] = (), **parameters: Scalar | Message) -> None:
        super().__init__(code, **parameters, choices=", ".join(choices))
        self.choices = choices


class MoneyError(AncrageError):
    """An amount that cannot be read, or currencies that cannot be mixed."""


class UnitError(AncrageError):
    """Units that cannot be mixed."""


class CatalogueError(AncrageError):
    """A file of the embedded catalogue is wrong: which file, which entry, what."""


class InputError(AncrageError):
    """A file or a value given by a user."""


class FileRefusedError(InputError):
    """A file that cannot be read safely as a whole: nothing of it was imported."""


class UsageError(InputError):
    """A command that asked for something that does not exist."""


class SourceError(AncrageError):
    """A public source that is absent, cut, of another schema, or that lost too many rows."""


class DownloadError(SourceError):
    """A public source that could not be fetched."""


class VintageError(AncrageError):
    """A vintage of the home that is absent, damaged, or of another nature than asked."""


class ReproductionError(AncrageError):
    """A dossier that cannot be written again to the same bytes: says which input, vintage or version differs."""


class StoreError(AncrageError):
    """The home or its database cannot be used."""
