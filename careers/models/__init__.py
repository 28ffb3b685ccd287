"""Role profiles with their stated figures, and what is published about occupations: wages, employment, skills."""

from careers.models.closeness import Closeness, ClosenessQuerySet
from careers.models.figures import Figure
from careers.models.occupations import Area, Occupation, OnetOccupation, Release, Wage
from careers.models.roles import Education, Fit, Role, RoleEdition, RoleEditionTag, RoleTag, RoleTitle, name_from

__all__ = [
    "Area",
    "Closeness",
    "ClosenessQuerySet",
    "Education",
    "Fit",
    "Figure",
    "Occupation",
    "OnetOccupation",
    "Release",
    "Role",
    "RoleEdition",
    "RoleEditionTag",
    "RoleTag",
    "RoleTitle",
    "Wage",
    "name_from",
]
