"""How to cite a project: as a sentence, as BibTeX and as RIS."""

import re
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

#: What TeX would not print as it stands. Braces get names: BibTeX counts even escaped ones.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
#: What biblatex calls the portal's languages.
BABEL = {"en": "english", "fr": "french", "nl": "dutch"}
BIBTEX = "application/x-bibtex; charset=utf-8"
RIS = "application/x-research-info-systems; charset=utf-8"


class Citation:
    """The parts of a project's citation, in the active language, and its formats.

    Made for a project with its participants and their organisations.
    """

    def __init__(self, project):
        self.project = project
        self.title = _one_line(project)
        self.coordinators = [
            _one_line(part.organisation.name)
            for part in project.participants.all()
            if part.is_coordinator
        ]

    @property
    def years(self):
        """ "2016–2020", or as much of it as is known."""
        project = self.project
        years = [str(on.year) for on in (project.starts_on, project.ends_on) if on]
        return "–".join(dict.fromkeys(years)) if project.starts_on else ""

    @property
    def grant(self):
        """ "Grant agreement 731366", with the funding scheme where there is one."""
        project = self.project
        number = project.grant_number
        parts = [_("Grant agreement %(number)s") % {"number": number} if number else ""]
        return _one_line(", ".join(filter(None, [*parts, project.funding_scheme])))

    @property
    def url(self):
        return f"{settings.PORTAL_URL}{self.project.get_absolute_url()}"

    @property
    def doi_url(self):
        doi = quote(self.project.doi, safe="/:;()-._")
        return f"https://doi.org/{doi}" if doi else ""

    @property
    def sentence(self):
        """Everything but the address, as a sentence or two."""
        authors = "; ".join(self.coordinators)
        years = f" ({self.years})" if self.years else ""
        parts = [authors and f"{authors}{years}", self.title + ("" if authors else years)]
        return ". ".join(part.rstrip(".") for part in [*parts, self.grant] if part) + "."

    @property
    def address(self):
        """The DOI's address, or else the page's."""
        return self.doi_url or self.url

    def bibtex(self):
        fields = {
            "title": f"{{{self.title.translate(TEX)}}}",
            "author": " and ".join(f"{{{name.translate(TEX)}}}" for name in self.coordinators),
            "year": str(self.project.starts_on.year) if self.project.starts_on else "",
            "note": self.grant.translate(TEX),
            "doi": quote(self.project.doi, safe="/:;()-._"),
            "url": self.url,
            "langid": BABEL.get(self.project.language, ""),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.project.slug},\n" + ",\n".join(lines) + "\n}\n"

    def ris(self):
        project = self.project
        pairs = [
            ("TY", "GEN"),
            ("ID", project.slug),
            ("TI", self.title),
            *(("AU", f"{name},") for name in self.coordinators),
            ("PY", str(project.starts_on.year) if project.starts_on else ""),
            ("M1", self.grant),
            *(("KW", _one_line(word)) for word in project.keyword_list),
            ("DO", _one_line(project.doi)),
            ("UR", self.url),
            ("LA", project.language),
        ]
        lines = [f"{tag}  - {value}" for tag, value in pairs if value]
        return "\r\n".join([*lines, "ER  - ", ""])


def _one_line(text):
    """Without line breaks and other control characters, which would begin a field of RIS."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", str(text)).split())
