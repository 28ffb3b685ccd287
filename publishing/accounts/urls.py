"""The pages about one's own account: of django-allauth's, those that the desk has."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("", include("allauth.mfa.urls")),
]
