"""The image library as a Django app."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """Pictures that editors upload, and the renditions that readers see."""

    name = "images"
    verbose_name = "Image library"
