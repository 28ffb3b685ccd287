from django.urls import path

from careers import views

app_name = "careers"
urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("roles/found.json", views.found, name="found"),
    path("roles/<slug:slug>/", views.role, name="role"),
]
