"""Citations of projects as a sentence, BibTeX and RIS."""

import re
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

#: Characters escaped for TeX. Braces become commands because BibTeX counts escaped ones too.
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
#: Language code -> `langid` of biblatex.
BABEL = {"en": "english", "fr": "french", "nl": "dutch"}
BIBTEX = "application/x-bibtex; charset=utf-8"
RIS = "application/x-research-info-systems; charset=utf-8"


class Citation:
    """Citation of a project in the active language.

    Expects prefetched participants with their organisations.
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
        """Years of the project, such as "2016–2020"; empty while the start isn't known."""
        project = self.project
        years = [str(on.year) for on in (project.starts_on, project.ends_on) if on]
        return "–".join(dict.fromkeys(years)) if project.starts_on else ""

    @property
    def grant(self):
        """Grant number and funding scheme, such as "Grant agreement 731366, ERA-NET Cofund"."""
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
        """Coordinators, years, title and grant as one or two sentences, without the URL."""
        authors = "; ".join(self.coordinators)
        years = f" ({self.years})" if self.years else ""
        parts = [authors and f"{authors}{years}", self.title + ("" if authors else years)]
        return ". ".join(part.rstrip(".") for part in [*parts, self.grant] if part) + "."

    @property
    def address(self):
        """URL of the DOI, or of the project's page where there is no DOI."""
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
    """Replace control characters by spaces: a line break would start a new RIS field."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", str(text)).split())
