"""What states, levels and reasons are called on the page: one table per enumeration."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from db.models.accounts import StaffRole
from db.models.invitations import InvitationStatus
from db.models.learning_requests import CloseReason, Format, RequestStatus
from db.models.ledger import PostingKind
from db.models.payments import PaymentStatus
from db.models.portfolio_items import Category
from db.models.profiles import CoachGoal, CoachStatus
from db.models.proposals import DeclineReason, ProposalStatus
from db.models.reports import ReportOutcome, ReportReason, ReportStatus
from db.models.skills import LanguageLevel, Level, SkillLevel
from db.queries.coach_searches import CoachSort
from db.queries.proposal_states import ProposalState
from db.queries.request_searches import RequestSort

LABELS: dict[type[StrEnum], Mapping[Any, str]] = {
    RequestStatus: {
        RequestStatus.DRAFT: "Draft",
        RequestStatus.OPEN: "Open",
        RequestStatus.PAUSED: "Paused",
        RequestStatus.FILLED: "Filled",
        RequestStatus.CLOSED: "Closed",
        RequestStatus.EXPIRED: "Expired",
        RequestStatus.REMOVED: "Removed",
    },
    ProposalStatus: {
        ProposalStatus.DRAFT: "Draft",
        ProposalStatus.SUBMITTED: "Sent",
        ProposalStatus.SHORTLISTED: "Shortlisted",
        ProposalStatus.ACCEPTED: "Accepted",
        ProposalStatus.DECLINED: "Declined",
        ProposalStatus.WITHDRAWN: "Withdrawn",
        ProposalStatus.NOT_SELECTED: "Not selected",
        ProposalStatus.EXPIRED: "No answer",
    },
    ProposalState: {
        ProposalState.DRAFT: "Draft",
        ProposalState.SUBMITTED: "Sent",
        ProposalState.VIEWED: "Viewed",
        ProposalState.SHORTLISTED: "Shortlisted",
        ProposalState.ACCEPTED: "Accepted",
        ProposalState.NOT_SELECTED: "Not selected",
        ProposalState.DECLINED: "Declined",
        ProposalState.WITHDRAWN: "Withdrawn",
        ProposalState.EXPIRED: "No answer",
    },
    InvitationStatus: {
        InvitationStatus.OPEN: "Open",
        InvitationStatus.ANSWERED: "Answered",
        InvitationStatus.DECLINED: "Declined",
        InvitationStatus.WITHDRAWN: "Withdrawn",
        InvitationStatus.EXPIRED: "Expired",
    },
    CoachStatus: {
        CoachStatus.DRAFT: "Not sent yet",
        CoachStatus.SUBMITTED: "Waiting for approval",
        CoachStatus.APPROVED: "Approved",
        CoachStatus.CHANGES_REQUESTED: "Changes requested",
        CoachStatus.REJECTED: "Not approved",
        CoachStatus.SUSPENDED: "Suspended",
    },
    CoachGoal: {
        CoachGoal.MAIN_INCOME: "My main income",
        CoachGoal.SIDE_INCOME: "A side income",
        CoachGoal.NO_SPECIFIC_GOAL: "No specific goal",
    },
    Level: {
        Level.BEGINNER: "Beginner",
        Level.INTERMEDIATE: "Intermediate",
        Level.ADVANCED: "Advanced",
    },
    SkillLevel: {
        SkillLevel.BEGINNER: "Beginner",
        SkillLevel.INTERMEDIATE: "Intermediate",
        SkillLevel.ADVANCED: "Advanced",
        SkillLevel.ANY: "Any level",
    },
    LanguageLevel: {
        LanguageLevel.BASIC: "Basic",
        LanguageLevel.CONVERSATIONAL: "Conversational",
        LanguageLevel.FLUENT: "Fluent",
        LanguageLevel.NATIVE: "Native",
    },
    Format: {
        Format.FEW_SESSIONS: "A few sessions",
        Format.ONGOING: "Ongoing",
    },
    CloseReason: {
        CloseReason.FOUND_ELSEWHERE: "I found help elsewhere",
        CloseReason.NOT_NEEDED: "I no longer need it",
        CloseReason.TOO_EXPENSIVE: "It was too expensive",
        CloseReason.NO_GOOD_MATCH: "No coach was a good match",
        CloseReason.OTHER: "Something else",
    },
    DeclineReason: {
        DeclineReason.PRICE: "The price",
        DeclineReason.SCHEDULE: "The schedule",
        DeclineReason.EXPERIENCE: "The experience",
        DeclineReason.LANGUAGE: "The language",
        DeclineReason.CHOSE_SOMEONE_ELSE: "I chose someone else",
        DeclineReason.REQUEST_CHANGED: "My request changed",
        DeclineReason.OTHER: "Something else",
    },
    Category: {
        Category.CASE_STUDY: "Case study",
        Category.WORK_SAMPLE: "Work sample",
        Category.INTRODUCTION: "Introduction",
        Category.TUTORIAL: "Tutorial",
        Category.TESTIMONIAL: "Testimonial",
        Category.OTHER: "Something else",
    },
    RequestSort: {
        RequestSort.RELEVANCE: "Relevance",
        RequestSort.MATCH: "Best match",
        RequestSort.NEWEST: "Newest",
        RequestSort.BUDGET: "Budget",
        RequestSort.ENDS_SOON: "Ends soon",
    },
    CoachSort: {
        CoachSort.RELEVANCE: "Relevance",
        CoachSort.MATCH: "Best match",
        CoachSort.RATING: "Rating",
        CoachSort.PRICE_UP: "Lowest price",
        CoachSort.PRICE_DOWN: "Highest price",
        CoachSort.NEWEST: "Newest",
    },
    ReportReason: {
        ReportReason.SPAM: "Advertising, or the same words to many people",
        ReportReason.PAYMENT_OUTSIDE: "They want to be paid outside Skileez",
        ReportReason.RUDE: "They are rude, or they threaten me",
        ReportReason.NOT_WHO_THEY_SAY: "They are not who they say they are",
        ReportReason.SOMETHING_ELSE: "Something else",
    },
    ReportStatus: {
        ReportStatus.OPEN: "Open",
        ReportStatus.CLOSED: "Closed",
    },
    ReportOutcome: {
        ReportOutcome.NOTHING: "Nothing was done",
        ReportOutcome.WARNED: "Warned",
        ReportOutcome.HIDDEN: "Messages hidden",
        ReportOutcome.SUSPENDED: "Suspended",
    },
    PaymentStatus: {
        PaymentStatus.DUE: "To be paid",
        PaymentStatus.PAID: "Marked as paid",
        PaymentStatus.RECEIVED: "Received",
        PaymentStatus.VOID: "Not owed",
    },
    PostingKind: {
        PostingKind.SESSION_COMPLETED: "Session completed",
        PostingKind.SESSION_CANCELLED_LATE: "Session cancelled late",
        PostingKind.REVERSAL: "Taken back",
    },
    StaffRole: {
        StaffRole.MODERATOR: "Moderator",
        StaffRole.ADMINISTRATOR: "Administrator",
    },
}


# What a choice means, in the words of the person who makes it.
EXPLAINED: dict[type[StrEnum], Mapping[Any, str]] = {
    LanguageLevel: {
        LanguageLevel.BASIC: "I can manage greetings and simple words.",
        LanguageLevel.CONVERSATIONAL: "I can talk about everyday things.",
        LanguageLevel.FLUENT: "I can say nearly everything I want to say.",
        LanguageLevel.NATIVE: "I have spoken it since I was a child.",
    },
}


def explained(kind: type[StrEnum]) -> list[tuple[str, str, str]]:
    """(value, words, a sentence) for a field that shows what each choice means."""
    return [(value, words, EXPLAINED[kind][value]) for value, words in choices(kind)]


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """(value, words) for a field that offers every member, in the table's order."""
    return [(str(value), words) for value, words in LABELS[kind].items()]
