"""Template tags of the newsletter's forms."""

from django import template

from newsletter.consent import sign_up_wording

register = template.Library()
register.simple_tag(sign_up_wording)
