"""One address for each route, and somebody who may open or send it: the door to every inspection.

`{request}` is Sofia's open request, to which Carla and Cole have proposed; `{proposal}` is Carla's;
`{thread}` is Sofia's and Carla's; `{draft}` is a request Sofia has not posted; `{coach}` is Carla's
readable name and `{student}` Sofia's number; `{sign_in}` is another browser of Sofia's; `{mail}`
was set aside, `{secret}` is what a link in a mail ends with, and `{demo_mail}` is the name of a
mail in the demo's folder. `{experience}` is an entry of Carla's list of that kind. None is a guest.
"""

SAMPLES: dict[str, tuple[str, str | None]] = {
    "landing.show": ("/", None),
    "health.alive": ("/healthz", None),
    "health.ready": ("/readyz", None),
    "static.show": ("{stylesheet}", None),
    # Accounts.
    "accounts.new": ("/sign-up", None),
    "accounts.create": ("/sign-up", None),
    "accounts.switch_role": ("/role", "dora"),
    "sign_ins.new": ("/sign-in", None),
    "sign_ins.create": ("/sign-in", None),
    "sign_ins.prove_form": ("/sign-in/again", "sofia"),
    "sign_ins.prove": ("/sign-in/again", "sofia"),
    "sign_ins.destroy": ("/sign-out", "sofia"),
    "sign_ins.index": ("/settings/sign-ins", "sofia"),
    "sign_ins.end": ("/settings/sign-ins/{sign_in}/end", "sofia"),
    "sign_ins.end_others": ("/settings/sign-ins/end-others", "sofia"),
    "email_confirmations.show": ("/confirm-email", None),
    "email_confirmations.open": ("/confirm-email/{secret}", None),
    "email_confirmations.confirm": ("/confirm-email", None),
    "email_confirmations.send": ("/confirm-email/send", None),
    "email_restorations.show": ("/restore-email", None),
    "email_restorations.open": ("/restore-email/{secret}", None),
    "email_restorations.restore": ("/restore-email", None),
    "passwords.forgotten": ("/forgot-password", None),
    "passwords.send": ("/forgot-password", None),
    "passwords.reset_form": ("/reset-password", None),
    "passwords.open": ("/reset-password/{secret}", None),
    "passwords.reset": ("/reset-password", None),
    "passwords.edit": ("/settings/password", "sofia"),
    "passwords.update": ("/settings/password", "sofia"),
    "emails.edit": ("/settings/email", "sofia"),
    "emails.update": ("/settings/email", "sofia"),
    "emails.cancel": ("/settings/email/cancel", "sofia"),
    "settings.edit": ("/settings", "sofia"),
    "settings.update": ("/settings", "sofia"),
    "settings.time_zone": ("/settings/time-zone", "sofia"),
    "settings.set_time_zone": ("/settings/time-zone", "sofia"),
    "dashboards.show": ("/dashboard", "sofia"),
    "parked_forms.show": ("/parked-form", "sofia"),
    # Mail.
    "outgoing_mail.index": ("/admin/mail", "mina"),
    "outgoing_mail.send_again": ("/admin/mail/{mail}/send-again", "mina"),
    "demo_mail.index": ("/dev/mail", None),
    "demo_mail.show": ("/dev/mail/{demo_mail}", None),
    # Profiles.
    "profiles.coaches": ("/coaches", None),
    "profiles.coach": ("/coaches/{coach}", None),
    "student_profiles.show": ("/students/{student}", "sofia"),
    "student_profiles.look_at": ("/students/{student}/look", "mina"),
    # The lists of a profile.
    "experiences.index": ("/profile/experience", "carla"),
    "experiences.create": ("/profile/experience", "carla"),
    "experiences.edit": ("/profile/experience/{experience}", "carla"),
    "experiences.update": ("/profile/experience/{experience}", "carla"),
    "experiences.move_up": ("/profile/experience/{experience}/up", "carla"),
    "experiences.move_down": ("/profile/experience/{experience}/down", "carla"),
    "experiences.remove": ("/profile/experience/{experience}/remove", "carla"),
    "experiences.restore": ("/profile/experience/{experience}/restore", "carla"),
    # Learning requests.
    "learning_requests.index": ("/requests", "carla"),
    "learning_requests.mine": ("/requests/mine", "sofia"),
    "learning_requests.new": ("/requests/new", "sofia"),
    "learning_requests.create": ("/requests", "sofia"),
    "learning_requests.show": ("/requests/{request}", "sofia"),
    "learning_requests.edit": ("/requests/{draft}/edit", "sofia"),
    "learning_requests.update": ("/requests/{draft}/edit", "sofia"),
    "learning_requests.close": ("/requests/{request}/close", "sofia"),
    # Skills.
    "skills.suggest": ("/skills?q=sp", "sofia"),
    # Bookmarks.
    "bookmarks.index": ("/bookmarks", "carla"),
    "bookmarks.create": ("/requests/{request}/bookmark", "carla"),
    "bookmarks.destroy": ("/requests/{request}/unbookmark", "carla"),
    # Proposals.
    "proposals.index": ("/requests/{request}/proposals", "sofia"),
    "proposals.submit": ("/requests/{request}/proposals", "dora"),
    "proposals.total": ("/requests/{request}/proposals/total", "dora"),
    "proposals.mine": ("/proposals", "carla"),
    "proposals.show": ("/proposals/{proposal}", "carla"),
    # Places.
    "places.suggest": ("/places?country=ken", "sofia"),
    "proposals.accept": ("/proposals/{proposal}/accept", "sofia"),
    "proposals.decline": ("/proposals/{proposal}/decline", "sofia"),
    "proposals.withdraw": ("/proposals/{proposal}/withdraw", "carla"),
    # Messages.
    "threads.index": ("/messages", "sofia"),
    "threads.new": ("/coaches/{coach}/message", "sam"),
    "threads.create": ("/coaches/{coach}/message", "sam"),
    "threads.show": ("/messages/{thread}", "sofia"),
    "messages.create": ("/messages/{thread}", "sofia"),
    "messages.new": ("/messages/{thread}/new", "sofia"),
}
