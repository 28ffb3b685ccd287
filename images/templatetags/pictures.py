"""Pictures of the library in templates of the admin."""

from django import template

from images.picker import small

register = template.Library()
register.filter("small", small)
