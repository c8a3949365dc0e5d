from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Staff")

    def ready(self):
        pre_migrate.connect(self.remember_types, sender=self)
        post_migrate.connect(self.grant_new_types, sender=self)

    def remember_types(self, using, **kwargs):
        """Remember which models the roles of an existing installation know."""
        from django.contrib.contenttypes.models import ContentType
        from django.db import connections

        table = ContentType._meta.db_table
        table_exists = table in connections[using].introspection.table_names()
        pairs = ContentType.objects.using(using).values_list("app_label", "model")
        self.known = set(pairs) if table_exists else set()

    def grant_new_types(self, using, **kwargs):
        """Grant the roles their permissions for types that an upgrade has added."""
        from accounts.roles import grant
        from publishing.registry import declarations

        labels = {
            each.model: tuple(each.model._meta.label_lower.split("."))
            for each in declarations()
        }
        new = [model for model, label in labels.items() if label not in self.known]
        if new:
            grant(new, using)
        self.known |= {*labels.values()}
