from tenants.models import audit as _audit  # registered with Django, exported to nobody
from tenants.models.membership import Mails, Membership, MembershipPeriod, MembershipRole
from tenants.models.notification import Notification
from tenants.models.organisation import Organisation, TenantOwned
from tenants.models.period import Period
from tenants.models.policy import Policy
from tenants.models.team import Team, TeamMember, TeamMemberPeriod, TeamPeriod
from tenants.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Mails",
    "Membership",
    "MembershipPeriod",
    "MembershipRole",
    "Notification",
    "Organisation",
    "Period",
    "Policy",
    "Team",
    "TeamMember",
    "TeamMemberPeriod",
    "TeamPeriod",
    "TenantOwned",
]
del _audit
