"""Relations between initiatives."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative
from localisation import formats
from publishing.constraints import FieldCheck
from publishing.models import Row


class InitiativeRelation(Row):
    class Kind(models.TextChoices):
        CONTINUES = "continues", _("Continues")
        JOINS = "joins", _("Brings together")
        WORKS_WITH = "works-with", _("Works with")
        FAMILY_OF = "family-of", _("Belongs to the family of")

    INVERSE_LABELS = {
        Kind.CONTINUES: _("Continued by"),
        Kind.JOINS: _("Brought together in"),
        Kind.WORKS_WITH: _("Works with"),
        Kind.FAMILY_OF: _("Family"),
    }

    from_initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="relations",
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind.choices)
    to_initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("other initiative"),
        on_delete=models.CASCADE,
        related_name="inverse_relations",
    )

    class Meta(Row.Meta):
        verbose_name = _("related initiative")
        verbose_name_plural = _("related initiatives")
        constraints = [
            models.UniqueConstraint(
                fields=["from_initiative", "kind", "to_initiative"],
                name="initiatives_relation_is_stated_once",
            ),
            FieldCheck(
                field="to_initiative",
                condition=~Q(from_initiative=F("to_initiative")),
                name="initiatives_relation_is_to_another_initiative",
                violation_error_message=_("An initiative can't be related to itself."),
            ),
        ]

    def __str__(self):
        return formats.named(self.get_kind_display(), self.to_initiative)

    @property
    def inverse_label(self):
        """Label of the relation on the page of the other initiative."""
        return self.INVERSE_LABELS[self.kind]
