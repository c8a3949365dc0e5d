"""Declaration and parsing of environment variables and of the file `.env`."""

import io
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field

from environ import Env

DOTENV_LINE = re.compile(r"|#.*|(export )?[A-Za-z_][A-Za-z_0-9]*=.*")


class InvalidSetting(Exception):  # noqa: N818 - a message to the operator, not a failure
    """Error for a variable whose value the portal cannot start with.

    Its message is one sentence that names the variable and reveals no secret.
    """


@dataclass(frozen=True)
class Variable:
    """One environment variable.

    `default` is the text used if the variable is not set or empty. If it depends on other
    variables, `derive(environment)` computes the value, and `default` describes it for the
    documents.
    """

    name: str
    parse: Callable
    default: str
    doc: str
    derive: Callable | None = None
    secret: bool = False

    def read(self, variables, environment):
        text = variables.get(self.name, "").strip()
        try:
            if not text and self.derive:
                return self.derive(environment)
            text = text or self.default
            return self.parse(text) if text else ""
        except ValueError as expected:
            raise InvalidSetting(
                f"{self.name} {self._shown(text)}; expected {expected}."
            ) from None

    def _shown(self, text):
        if not text:
            return f"is not set and its default ({self.default}) cannot be used"
        if not self.secret:
            return f"is {textwrap.shorten(repr(text), 80)}"
        scheme = re.match(r"[a-z+]{1,20}://", text)
        return f"begins with {scheme[0]}" if scheme else f"has {len(text)} characters"


def variable(name, parse, default, doc, **options):
    """Declare a dataclass field that is read from an environment variable."""
    declared = Variable(name, parse, default, doc, **options)
    return field(repr=not declared.secret, metadata={"variable": declared})


def read_dotenv(path):
    """Return the variables in the file as a dict, which is empty if there is no file.

    Raises InvalidSetting if the file cannot be read or a line is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise InvalidSetting(f"{path} is not a readable text file.") from None
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines, start=1):
        if not DOTENV_LINE.fullmatch(line):
            raise InvalidSetting(f"Line {number} of {path} is not NAME=value or a # comment.")

    class File(Env):
        ENVIRON = {}  # instead of os.environ, which the process's children inherit

    File.read_env(io.StringIO("\n".join(lines)))
    return File.ENVIRON
