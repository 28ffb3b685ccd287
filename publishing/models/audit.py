"""Who did what, and when: a log that the site adds to, and never changes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act: of whom, on what, from which address.

    The database refuses to change it, and to delete it within a year (publishing.guards); after that `manage.py prune`
    deletes it when RETENTION_DAYS says so, and nothing else does. It names the account and the thing as they were
    called then, and points to neither: what it says outlives both.
    """

    class Act(models.TextChoices):
        """What was done."""

        SIGN_IN = "sign_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
        SIGN_OUT = "sign_out", _("signed out")
        FACTOR_ADDED = "factor_added", _("set up a second factor")
        FACTOR_REMOVED = "factor_removed", _("removed a second factor")
        PASSWORD = "password", _("changed a password")
        SESSIONS_ENDED = "sessions_ended", _("ended sessions")
        ACCOUNT_MADE = "account_made", _("made an account")
        ACCOUNT_CHANGED = "account_changed", _("changed an account")
        ACCOUNT_DELETED = "account_deleted", _("deleted an account")
        GROUP_CHANGED = "group_changed", _("changed what a group may do")
        PUBLISH = "publish", _("published")
        SCHEDULE = "schedule", _("scheduled")
        WITHDRAW = "withdraw", _("took down")
        CANCEL = "cancel", _("cancelled what was scheduled")
        PUT_AWAY = "put_away", _("deleted a document")
        BRING_BACK = "bring_back", _("brought a document back")
        MERGE = "merge", _("merged")
        APPROVE = "approve", _("approved a submission")
        ASK_FOR_CHANGES = "ask_for_changes", _("asked for changes")
        IMPORT = "import", _("imported")
        CHANGE = "change", _("changed")
        DELETE = "delete", _("deleted")
        SETTLE = "settle", _("settled a report")
        PRUNE = "prune", _("deleted old entries of the log")
        RESTORE = "restore", _("restored a backup")
        REDIRECT = "redirect", _("changed a redirect")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    who = models.CharField(_("who"), max_length=150, blank=True, db_index=True)
    act = models.CharField(_("act"), max_length=20, choices=Act)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    number = models.PositiveBigIntegerField(_("number"), null=True)
    about = models.CharField(_("of what"), max_length=250, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    address = models.CharField(_("from"), max_length=100)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        indexes = [models.Index(fields=["act", "-id"], name="audit_by_act")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who}: {self.get_act_display()} {self.about}".strip()
