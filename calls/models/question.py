"""Questions of applicants about a call, and the funder's answers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from publishing.models import Row
from publishing.richtext import RichTextField


class Question(Row):
    """A question with its answer, tied to a section of the call's page."""

    class Section(models.TextChoices):
        AIM = "aim", _("Aim")
        ELIGIBILITY = "eligibility", _("Who can apply")
        DATES = "dates", _("Key dates")
        PLAN = "plan", _("Timeline")
        CONSORTIUM = "consortium", _("Consortium rules")
        FUNDERS = "funders", _("Funders")
        DOCUMENTS = "documents", _("Documents")
        OTHER = "other", _("Something else")

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="questions"
    )
    section = models.CharField(
        _("section"),
        max_length=16,
        choices=Section.choices,
        default=Section.OTHER,
        help_text=_("The part of the call's page that the question is about."),
    )
    question = models.CharField(
        _("question"),
        max_length=300,
        help_text=_("In general terms, without naming the person who asked or their project."),
    )
    answer = RichTextField(_("answer"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def __str__(self):
        return self.question

    @property
    def anchor(self):
        return f"question-{self.pk}"

    def get_absolute_url(self):
        return f"{reverse('calls:questions', args=[self.call.slug])}#{self.anchor}"
