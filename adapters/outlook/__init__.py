"""Microsoft 365: Outlook's calendar and To Do of one account."""

from adapters.outlook.settings import (
    AppCertificate,
    AppSecret,
    Consent,
    Credentials,
    OutlookSettings,
)

__all__ = ["AppCertificate", "AppSecret", "Consent", "Credentials", "OutlookSettings"]
