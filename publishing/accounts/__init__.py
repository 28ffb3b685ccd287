"""Signing in at the desk, by django-allauth: the second factor, sessions, and what of it the audit log hears."""
