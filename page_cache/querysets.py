"""Base classes of models and querysets that note what a page is made from."""

from django.db import models

from page_cache.dependencies import depend_on_item, depend_on_list, single_item


class NotedModel(models.Model):
    """Model whose instances make the page being rendered depend on them when they are read."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        depend_on_item(instance)
        return instance


class NotedQuerySet(models.QuerySet):
    """Queryset whose results make the page being rendered depend on the list of its model.

    Sets of a related instance are left out: whatever adds an item to them changes that
    instance too. So are single items found by key: they note themselves.
    """

    def get(self, *args, **kwargs):
        with single_item():
            return super().get(*args, **kwargs)

    def count(self):
        self._note()
        return super().count()

    def exists(self):
        self._note()
        return super().exists()

    def aggregate(self, *args, **kwargs):
        self._note()
        return super().aggregate(*args, **kwargs)

    def iterator(self, *args, **kwargs):
        self._note()
        return super().iterator(*args, **kwargs)

    def _fetch_all(self):
        if self._result_cache is None:
            self._note()
        super()._fetch_all()

    def _note(self):
        if not isinstance(self._hints.get("instance"), NotedModel):
            depend_on_list(self.model)
