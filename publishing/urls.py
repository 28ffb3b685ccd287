"""Addresses of the press itself."""

from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("shared/<str:token>/", views.shared, name="shared"),
    path("report/", views.report, name="report"),
    path("report/thanks/", views.thanks, name="thanks"),
]
