"""How the O*NET Database is credited where its words, or words made of them, are shown."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

DATABASE = "https://www.onetcenter.org/database.html"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def attribution(period: str) -> SafeString:
    """Return, as HTML without a block around it, the credit for information of a release ("29.3") that this site may
    have edited, in the words that its licence asks for (https://www.onetcenter.org/license_db.html).

    It is not translated, and stands on one line: scripts look for it in texts.
    """
    return format_html(
        'This page includes information from the <a href="{}">O*NET {} Database</a> by the U.S. Department of Labor, '
        'Employment and Training Administration (USDOL/ETA). Used under the <a href="{}">CC BY 4.0</a> license. O*NET® '
        "is a trademark of USDOL/ETA. {} has modified all or some of this information. USDOL/ETA has not approved, "
        "endorsed, or tested these modifications.",
        DATABASE,
        period,
        LICENCE,
        settings.SITE_NAME,
    )
