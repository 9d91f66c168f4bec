"""What a person would write into the form of each route that takes one, and have it accepted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.clock import now
from app.forms.versions import version_of

# `{question}` is the number of the question Sofia asks, `{proposal}` that of a proposal to the
# request; the rest is as it is typed.
FILLED: dict[str, dict[str, str]] = {
    "accounts.create": {
        "intent": "learn", "first_name": "Nia", "last_name": "Otieno",
        "email": "nia@skileez.example", "password": "four quiet green chairs", "adult": "on",
    },
    "accounts.switch_role": {"role": "coach"},
    "sign_ins.create": {
        "email": "sofia@skileez.example", "password": "not her password", "remember": "on",
        "next": "/messages",
    },
    "sign_ins.prove": {"password": "not her password", "next": "/messages"},
    "sign_ins.destroy": {},
    "sign_ins.end": {},
    "sign_ins.end_others": {},
    "settings.update": {
        "first_name": "Sofía", "last_name": "Mwangi", "locale": "es", "theme": "dark",
        "data_saver": "on",
    },
    "settings.set_time_zone": {"time_zone": "Europe/Madrid"},
    "notice_settings.update": {
        "mail_message": "bundled", "mail_proposal": "now", "mail_invitation": "off",
        "mail_request": "now", "mail_session": "now", "mail_contract": "bundled",
        "mail_review": "off", "quiet_from": "22:00", "quiet_to": "07:00",
    },
    "notice_settings.unsubscribe": {"List-Unsubscribe": "One-Click"},
    "outgoing_mail.send_again": {},
    "coach_approvals.claim": {},
    "coach_approvals.release": {},
    "coach_approvals.approve": {},
    "coach_approvals.request_changes": {"comment_headline": "Say whom you help, and how."},
    "coach_approvals.reject": {"reason": "Both links lead to the pages of another person."},
    "coach_approvals.looked": {},
    "report_decisions.warn": {"reason": "Talk about payment stays on Skileez."},
    "report_decisions.hide": {"number": "1", "reason": "Nobody here is called names."},
    "report_decisions.suspend": {"reason": "You asked three students to pay you elsewhere."},
    "report_decisions.dismiss": {},
    "report_decisions.restore": {"reason": "You have promised to let it be, and we believe you."},
    "learning_sessions.offer": {"starts": f"{now() + timedelta(days=30):%Y-%m-%d}T10:00"},
    "learning_sessions.agree": {"offer": "1"},
    "learning_sessions.decline": {"offer": "1"},
    "learning_sessions.take_back": {"offer": "1"},
    "learning_sessions.cancel": {"reason": "I have to be at the dentist's by then."},
    "learning_sessions.link": {"link": "https://meet.example.com/carla"},
    "session_outcomes.confirm": {},
    "session_outcomes.no_show": {"text": "I waited for twenty minutes."},
    "session_outcomes.problem": {"text": "The line was gone after ten minutes."},
    "session_outcomes.waive": {},
    "session_outcomes.decide": {
        "outcome": "resolved", "reason": "Both say that the line was gone.",
    },
    "session_outcomes.reverse": {"reason": "Both say that it was never held."},
    "reviews.create": {"stars": "5", "text": "She waited until I had found the word."},
    "reviews.reply": {"text": "Thank you. Write to me from Madrid."},
    "contracts.pause": {},
    "contracts.resume": {},
    "contracts.end": {"reason": "I move to Madrid sooner than I thought."},
    "payments.mark_paid": {},
    "payments.mark_received": {},
    "skill_merges.merge": {"skill": "English", "into": "Spanish"},
    "email_confirmations.confirm": {},
    "email_confirmations.send": {"email": "nia@skileez.example"},
    "email_restorations.restore": {},
    "emails.update": {"email": "sofia.mwangi@skileez.example"},
    "emails.cancel": {},
    "passwords.send": {"email": "sofia@skileez.example"},
    "passwords.reset": {"password": "four quiet green chairs"},
    "passwords.update": {"password": "four quiet green chairs"},
    "learning_requests.create": {
        "title": "Small talk in Portuguese", "skills": "Portuguese, small talk",
        "description": "My neighbours speak it, and I would like to say more than good morning.",
        "level": "beginner", "format": "ongoing", "language": "pt", "language_level": "basic",
        "budget_from": "15", "budget_to": "22.50", "currency": "EUR", "sessions": "8",
        "times": "mon_evening", "question_1": "Where did you learn it?", "action": "publish",
    },
    "learning_requests.update": {
        "title": "Tax words in Spanish", "skills": "Spanish", "level": "advanced",
        "description": "I must fill in a form at the tax office, and want to know what it asks.",
        "format": "few_sessions", "sessions": "3", "version": "1", "action": "save",
    },
    "learning_requests.close": {"reason": "not_needed"},
    "learning_requests.pause": {},
    "learning_requests.resume": {},
    "learning_requests.renew": {},
    "learning_requests.delete": {},
    "student_onboarding.update": {
        "country": "Spain", "time_zone": "Madrid, Spain", "language_1": "en", "level_1": "native",
        "skills": "Spanish, cooking", "goal": "Cook paella with my neighbours by next summer.",
        "action": "find_coach",
    },
    "student_profiles.update": {
        "skills": "Guitar, Spanish", "goal": "Play one song at the wedding of my sister in May.",
    },
    "student_profiles.look_at": {"reason": "They asked us why their bio shows twice."},
    "coach_onboarding.save": {"goal": "side_income", "action": "continue"},
    "coach_profiles.update": {"goal": "main_income", "action": "save"},
    "coach_languages.create": {"language": "pt", "level": "conversational"},
    "coach_languages.update": {
        "language": "fr", "level": "native",
        "version": version_of({"language": "fr", "level": "fluent"}),
    },
    "coach_languages.move_up": {},
    "coach_languages.move_down": {},
    "coach_languages.remove": {},
    "coach_languages.restore": {},
    "student_languages.create": {"language": "pt", "level": "basic"},
    "student_languages.update": {
        "language": "fr", "level": "basic",
        "version": version_of({"language": "fr", "level": "fluent"}),
    },
    "student_languages.move_up": {},
    "student_languages.move_down": {},
    "student_languages.remove": {},
    "student_languages.restore": {},
    "educations.create": {
        "institution": "University of Granada", "degree": "Master", "field": "Teaching Spanish",
        "started": "10/2012", "ended": "June 2014",
    },
    "educations.update": {
        "institution": "University of Seville, night school", "degree": "Bachelor",
        "field": "Linguistics", "started": "2006-09", "current": "yes",
        "version": version_of(
            {"institution": "University of Seville", "started": "2006-09", "ended": "2011-06"}
        ),
    },
    "educations.move_up": {},
    "educations.move_down": {},
    "educations.remove": {},
    "educations.restore": {},
    "experiences.create": {
        "title": "Spanish teacher", "company": "Escuela Sol",
        "started": "2019-09", "current": "yes",
        "description": "Evening groups of six, from the first word to the first interview.",
    },
    "experiences.update": {
        "title": "Head of Spanish", "company": "Casa de Lenguas", "started": "March 2015",
        "ended": "12/2018", "description": "Eight teachers, forty groups a year, one rule book.",
        "version": version_of({"title": "Spanish teacher", "started": "2015-03", "current": "yes"}),
    },
    "experiences.move_up": {},
    "experiences.move_down": {},
    "experiences.remove": {},
    "experiences.restore": {},
    "portfolio_items.create": {
        "category": "introduction", "title": "Hello from Madrid", "link_1": "https://youtu.be/hello",
        "description": "Two minutes in which I say who I am, how I teach, and what we would do.",
        "label_1": "My introduction", "skills": "Spanish, small talk",
    },
    "portfolio_items.update": {
        "category": "tutorial", "title": "Small talk on the train", "link_1": "https://carla.example/",
        "description": "Ten minutes that show how we would go on, with subtitles to read.",
        "version": version_of({
            "category": "tutorial", "title": "Small talk at the market",
            "description": "Ten minutes that show how we would begin, with subtitles.",
            "link_1": "https://carla.example/",
        }),
    },
    "portfolio_items.move_up": {},
    "portfolio_items.move_down": {},
    "portfolio_items.remove": {},
    "portfolio_items.restore": {},
    "bookmarks.create": {"place": "list"},
    "bookmarks.destroy": {"place": "list"},
    "bookmarks.note": {
        "note": "Ask first whether evenings suit them.", "version": version_of({"note": ""}),
    },
    "invitations.create": {"request": "{request}", "text": "You write that you like beginners."},
    "invitations.decline": {},
    "invitations.withdraw": {},
    "handles.update": {
        "handle": "carla-speaks", "hidden_from_search_engines": "yes",
        "version": version_of({"handle": "carla-ruiz"}),
    },
    "proposals.submit": {
        "message": "We would speak from the first minute, about markets and trains. " * 3,
        "sessions": "6", "minutes": "45", "price": "18.50", "earliest": "2099-01-31",
        "cancellation_hours": "24",
        "link_1": "https://dora.example/", "answer_{question}": "At home, in Seville.",
        "action": "send", "page": "a-page-of-theirs",
    },
    "proposals.draft": {
        "message": "We would begin with", "sessions": "6", "action": "save",
        "page": "a-page-of-theirs",
    },
    "proposals.delete": {},
    "proposals.update": {
        "message": "We would speak from the first minute, about markets and trains. " * 3,
        "sessions": "8", "minutes": "45", "price": "17", "earliest": "2099-01-31",
        "link_1": "https://carla.example/", "answer_{question}": "At home, in Seville.",
        "version": "1", "action": "save",
    },
    "proposals.accept": {"version": "1"},
    "proposals.decline": {"reason": "price"},
    "proposals.decline_several": {"proposal": "{proposal}", "reason": "price"},
    "proposals.shortlist": {},
    "proposals.unshortlist": {},
    "proposals.reopen": {},
    "proposals.withdraw": {},
    "calendars.make": {},
    "calendars.renew": {},
    "calendars.end": {},
    "threads.create": {"text": "Would Thursday suit you?"},
    "messages.create": {"text": "Thursday at six, then."},
    "reports.create": {"reason": "rude", "text": "She calls me names.", "block": "yes"},
    "blocks.create": {},
    "blocks.destroy": {},
}  # fmt: skip


def filled_in(name: str, question: Any, ids: Mapping[str, Any]) -> dict[str, str]:
    """The form of a route, with the numbers that things have in this test."""
    form = FILLED.get(name, {})
    return {key.format(question=question): one.format_map(ids) for key, one in form.items()}
