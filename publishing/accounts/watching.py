"""Hears what accounts do, whatever does it, and tells the audit log."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from publishing.audit import Act, changes, record, watch
from publishing.models import Redirect, User

SILENT = frozenset({"password", "last_login"})
"""Fields of an account of which the log has other entries."""

watch(Group)  # one that is deleted takes the rights of its members along


@receiver(user_logged_in, dispatch_uid="publishing.audit")
def on_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    """Record that somebody signed in."""
    record(Act.SIGN_IN, user, by=user)


@receiver(user_logged_out, dispatch_uid="publishing.audit")
def on_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    """Record that somebody signed out."""
    if user:
        record(Act.SIGN_OUT, user, by=user)


@receiver(user_login_failed, dispatch_uid="publishing.audit")
def on_failure(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record that a password did not fit. A name that no account has is not kept: it may be a password."""
    person = User.objects.filter(username__iexact=credentials.get("username") or "").first()
    record(Act.SIGN_IN_FAILED, person, detail="" if person else "no account has the name")


@receiver(authentication_failed, dispatch_uid="publishing.audit")
def on_wrong_code(sender: Any, user: User, **kwargs: Any) -> None:
    """Record that a code of the second factor did not fit."""
    record(Act.SIGN_IN_FAILED, user, detail="wrong code")


@receiver(post_save, sender=Authenticator, dispatch_uid="publishing.audit")
def on_factor(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:  # noqa: FBT001 Django calls it so
    """Record that somebody set up a second factor, or new recovery codes. (The signals of django-allauth come after
    the transaction.)"""
    if created:
        record(Act.FACTOR_ADDED, instance.user, detail=str(instance))


@receiver(post_delete, sender=Authenticator, dispatch_uid="publishing.audit")
def on_factor_removed(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    """Record that a second factor was removed, by its owner or by an administrator."""
    record(Act.FACTOR_REMOVED, instance.user, detail=str(instance))


@receiver(pre_save, sender=User, dispatch_uid="publishing.audit")
def before_save(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Remember the account as it was, for `after_save`."""
    instance._before = None
    if instance.pk and not (update_fields and set(update_fields) <= {"last_login"}):
        instance._before = User.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=User, dispatch_uid="publishing.audit")
def after_save(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:  # noqa: FBT001 Django calls it so
    """Record that an account was made, or which fields of it were changed."""
    if created:
        record(Act.ACCOUNT_MADE, instance)
        return
    before = instance._before
    if before is None:
        return
    changed = changes(before, instance, silent=SILENT)
    if changed:
        record(Act.ACCOUNT_CHANGED, instance, detail=changed)
    # A hash that is only brought up to date when somebody signs in is no new password.
    is_new = instance._password is not None or not instance.has_usable_password()
    if before.password != instance.password and is_new:
        record(Act.PASSWORD, instance)


@receiver(post_delete, sender=User, dispatch_uid="publishing.audit")
def after_delete(sender: Any, instance: User, **kwargs: Any) -> None:
    """Record that an account was deleted."""
    record(Act.ACCOUNT_DELETED, instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="publishing.audit.groups")
@receiver(m2m_changed, sender=User.user_permissions.through, dispatch_uid="publishing.audit.permissions")
@receiver(m2m_changed, sender=Group.permissions.through, dispatch_uid="publishing.audit.group")
def on_rights(sender: Any, instance: Any, action: str, model: Any, pk_set: Any, **kwargs: Any) -> None:
    """Record which groups or permissions were given or taken."""
    done = {"post_add": "given", "post_remove": "taken", "pre_clear": "taken"}.get(action)
    if done is None or (pk_set is not None and not pk_set):
        return
    members = model.objects.filter(pk__in=pk_set) if pk_set is not None else "everything"
    named = members if isinstance(members, str) else ", ".join(str(each) for each in members)
    act = Act.GROUP_CHANGED if isinstance(instance, Group) and model is Permission else Act.ACCOUNT_CHANGED
    record(act, instance, detail=f"{done}: {named}")


@receiver(post_save, sender=Redirect, dispatch_uid="publishing.audit")
def on_redirect(sender: Any, instance: Redirect, created: bool, **kwargs: Any) -> None:  # noqa: FBT001 Django calls it so
    """Record that a person made or changed a redirect."""
    if instance.is_manual:
        record(Act.REDIRECT, instance, detail=f"{'made' if created else 'changed'}: leads to {instance.document_id}")


@receiver(post_delete, sender=Redirect, dispatch_uid="publishing.audit")
def on_redirect_deleted(sender: Any, instance: Redirect, **kwargs: Any) -> None:
    """Record that a redirect was deleted."""
    if instance.is_manual:
        record(Act.REDIRECT, instance, detail="deleted")
