"""The one exception that stands for a user's mistake."""

#: Characters of a message; what a visitor sent may be quoted in it, and may be megabytes.
MOST = 800


class InputError(ValueError):
    """Bad input: a file, field or limit that the user can put right.

    The message names what is wrong and what to do. The command line prints it as one line and
    exits with code 2; the page shows it as a notice. Anything else that is raised is a bug.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message if len(message) <= MOST else message[:MOST] + "\N{HORIZONTAL ELLIPSIS}"
        )


def check_text(text: str, what: str) -> None:
    """Refuses a text that no file can hold: JSON and a shell can name half of a surrogate pair.

    Raises:
        InputError: says `what` it is.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InputError(f"{what} holds half of a character (a lone surrogate): give it in UTF-8")


def reason_of(error: Exception) -> str:
    """Why something failed, in a few words; not every error of the system says it by a number."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
