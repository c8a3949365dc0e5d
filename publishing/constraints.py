"""Database constraints with form-level messages."""

from django.core.exceptions import ValidationError
from django.db import models


class FieldCheck(models.CheckConstraint):
    """Check constraint whose error is shown at one form field."""

    def __init__(self, *, field, **kwargs):
        super().__init__(**kwargs)
        self.field = field

    def validate(self, *args, **kwargs):
        try:
            super().validate(*args, **kwargs)
        except ValidationError as error:
            raise ValidationError({self.field: error}) from error

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}
