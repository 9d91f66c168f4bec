"""Builds the application: settings → database → controllers → Litestar, inside the edge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from litestar import Litestar
from litestar.datastructures import State

from app import logs, security_log
from app.controllers.accounts import Accounts
from app.controllers.badges import Badges
from app.controllers.blocks import Blocks
from app.controllers.bookmarks import BookmarkList, Bookmarks
from app.controllers.calendars import CalendarFiles, CalendarSettings
from app.controllers.coach_approvals import CoachApprovals
from app.controllers.coach_onboarding import CoachOnboarding
from app.controllers.coach_profiles import CoachProfiles
from app.controllers.contracts import Contracts
from app.controllers.dashboards import Dashboards
from app.controllers.demo_mail import DemoMail
from app.controllers.earnings import Earnings
from app.controllers.educations import Educations
from app.controllers.email_confirmations import EmailConfirmations
from app.controllers.email_restorations import EmailRestorations
from app.controllers.emails import Emails
from app.controllers.experiences import Experiences
from app.controllers.handles import Handles
from app.controllers.health import Health
from app.controllers.invitations import Invitations, Inviting
from app.controllers.landing import Landing
from app.controllers.languages import CoachLanguages, StudentLanguages
from app.controllers.learning_requests import LearningRequests, RequestLists
from app.controllers.learning_sessions import LearningSessions
from app.controllers.matches import Matches
from app.controllers.messages import Messages
from app.controllers.notice_settings import NoticeSettings, WaysOut
from app.controllers.notices import Notices
from app.controllers.offline import Offline
from app.controllers.outgoing_mail import OutgoingMail
from app.controllers.parked_forms import ParkedForms
from app.controllers.passwords import ForgottenPasswords, Passwords
from app.controllers.payments import Payments
from app.controllers.pictures import Pictures
from app.controllers.places import Places
from app.controllers.portfolio_items import PortfolioItems
from app.controllers.profiles import Coaches
from app.controllers.proposal_choices import ProposalChoices
from app.controllers.proposal_comparisons import ProposalComparisons
from app.controllers.proposal_drafts import ProposalDrafts
from app.controllers.proposal_versions import ProposalVersions
from app.controllers.proposals import Proposals, RequestProposals
from app.controllers.report_decisions import ReportDecisions
from app.controllers.reports import Reporting, Reports
from app.controllers.request_forms import NewRequests, RequestForms
from app.controllers.request_states import RequestStates
from app.controllers.reviews import Replies, Reviewing
from app.controllers.session_outcomes import ReportedSessions, SessionOutcomes
from app.controllers.settings import SettingsPages
from app.controllers.sign_ins import SignInList, SignIns
from app.controllers.sitemaps import Sitemaps
from app.controllers.skill_merges import SkillMerges
from app.controllers.skills import Skills
from app.controllers.staff_home import StaffHome
from app.controllers.static import Static
from app.controllers.student_onboarding import StudentOnboarding
from app.controllers.student_profiles import StudentProfiles, Students
from app.controllers.thread_lines import ThreadLines
from app.controllers.threads import FirstMessages, Inbox
from app.jinja import assets, environment
from app.settings import Settings
from app.watching import Watch
from app.web.crowding import Crowding
from app.web.edge import LARGEST_BODY, Edge
from app.web.errors import HANDLERS
from app.web.idle_polls import IdlePolls
from app.web.limits import Limits
from app.web.pages import addresses
from app.web.request import Request
from app.web.restoring import deeds
from app.web.uploads import Uploads
from app.web.uploads import addresses as upload_addresses
from app.web.workers import Threads
from db.engine import OF_THE_SITE, Database

if TYPE_CHECKING:
    from app.metrics import Counts

CONTROLLERS: list[Any] = [
    Accounts,
    Badges,
    ThreadLines,
    Bookmarks,
    BookmarkList,
    CoachApprovals,
    Reports,
    Reviewing,
    Replies,
    ReportDecisions,
    Reporting,
    Coaches,
    CoachOnboarding,
    CoachProfiles,
    Contracts,
    Dashboards,
    DemoMail,
    Earnings,
    Educations,
    EmailConfirmations,
    EmailRestorations,
    Emails,
    Experiences,
    FirstMessages,
    ForgottenPasswords,
    Handles,
    Health,
    Invitations,
    Inviting,
    Landing,
    Matches,
    CoachLanguages,
    StudentLanguages,
    LearningRequests,
    LearningSessions,
    SessionOutcomes,
    ReportedSessions,
    RequestLists,
    NewRequests,
    RequestForms,
    RequestStates,
    Inbox,
    Messages,
    Blocks,
    Notices,
    NoticeSettings,
    WaysOut,
    CalendarFiles,
    CalendarSettings,
    Offline,
    OutgoingMail,
    ParkedForms,
    Passwords,
    Payments,
    Pictures,
    PortfolioItems,
    Proposals,
    RequestProposals,
    ProposalDrafts,
    ProposalVersions,
    ProposalChoices,
    ProposalComparisons,
    SettingsPages,
    SignIns,
    SignInList,
    Sitemaps,
    SkillMerges,
    Skills,
    StaffHome,
    Places,
    Static,
    StudentOnboarding,
    StudentProfiles,
    Students,
]


class UnguardedRoute(Exception):
    """A route without a permission: the site does not start."""


def create_app(
    settings: Settings, database: Database, controllers: Sequence[Any] = CONTROLLERS
) -> Edge:
    """The site as an ASGI application. Raises UnguardedRoute when a route names no permission."""
    return bound(routed(controllers), settings, database)


def routed(controllers: Sequence[Any] = CONTROLLERS) -> Litestar:
    """Every address of the site and who may open it, without a database behind them yet."""
    environment()
    assets()
    site = Litestar(
        route_handlers=controllers,
        request_class=Request,
        exception_handlers=HANDLERS,
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=LARGEST_BODY,
    )
    for route in site.routes:
        for handler in getattr(route, "route_handlers", ()):
            # Litestar answers OPTIONS by itself, with the methods an address has.
            if "allow" not in handler.opt and handler.http_methods != {"OPTIONS"}:
                raise UnguardedRoute(f"{route.path} names no permission")
    return site


def bound(
    site: Litestar, settings: Settings, database: Database, counts: "Counts | None" = None
) -> Edge:
    """The site with what it stands on; tests bind the same one again and again."""
    threads = Threads(
        database, size=settings.database_pool, workers=settings.workers, folder=settings.data_dir
    )
    limits = Limits(settings)
    site.state = State(
        {
            "settings": settings,
            "database": database,
            "threads": threads,
            "limits": limits,
            "uploads": Uploads(settings, threads),
            "deeds": deeds(site.routes),
            "pages": addresses(site.routes),
        }
    )
    site.on_shutdown = [threads.close, limits.counters.close, database.dispose]
    polls = IdlePolls(site.routes, database, threads)
    crowding = Crowding(site.routes)
    watch = Watch(settings, counts)
    return Edge(site, settings, watch, upload_addresses(site.routes), polls, crowding)


def from_environment(counts: "Counts | None" = None) -> Edge:
    """The site as this process's environment describes it; what each worker calls."""
    settings = Settings.from_env()
    logs.begin(settings.log_format)
    security_log.speak_for_itself()
    database = Database(
        settings.database_url, pool_size=settings.database_pool, timeouts=OF_THE_SITE
    )
    if counts is not None:
        counts.watch(database)
    return bound(routed(), settings, database, counts)
