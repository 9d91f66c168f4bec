"""Whether words hold contact details or speak of paying elsewhere: for a gentle warning, no more.

Wrong warnings teach people to ignore them. So a number alone, or the name of a messenger or of a
way to pay alone, is never enough: prices, dates and what people teach look like that too.
"""

import re
import unicodedata

CONTACT = (
    "This looks like contact details. You may send them, but until you have agreed on sessions"
    " here, Skileez can only help with what is said in this thread."
)
PAYMENT = (
    "This looks like paying outside Skileez. You may send it, but money that is paid elsewhere"
    " cannot be followed or given back here."
)

EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[^\W\d_]{2,}"
    r"|\b[\w.+-]{2,64} ?[(\[{<] ?(?:at|@|arroba) ?[)\]}>] ?[\w-]{2,}"
    r"|\b[\w.+-]{2,64} (?:at|arroba) [\w-]{2,63} (?:dot|punto) [a-z]{2,}\b"
)
MESSENGER = (
    r"(?:whats\s?app|telegram|signal|we\s?chat|weixin|viber|snapchat|insta(?:gram)?|facebook"
    r"|messenger|discord|skype|kik|zalo|kakao\s?talk|line)"
)
HANDLE = re.compile(
    # Telegram @carla · Skype: live:carla_1 · my telegram id is carla
    rf"\b{MESSENGER}(?: id| name| user ?name| handle)?(?: is)?[ :=–-]{{1,3}}"
    r"(?:@\w[\w.]{2,}|live:\w+|[a-z][\w.]{2,}#\d{4}|(?=[\w.]{0,40}[\d_])[a-z][\w.]{3,}(?=[\s.,;!?)]*$))"
    rf"|\b{MESSENGER} (?:id|user ?name|handle)(?: is|:) ?\w{{3,}}"
    rf"|@\w[\w.]{{2,40}} (?:on|at|in) {MESSENGER}\b",
    re.MULTILINE,
)
MESSENGER_LINK = re.compile(
    r"(?<![\w.@-])(?:www\.)?(?:(?:wa|t|m|telegram|signal|viber|line|zalo)\.me|(?:api|chat)\.whatsapp\.com"
    r"|discord\.gg|discord\.com/invite|join\.skype\.com|open\.kakao\.com|u\.wechat\.com"
    r"|messenger\.com|line\.me)/\w"
    r"|\b(?:whatsapp|tg|skype|viber|weixin)://?\w|\b(?:mailto|tel|sms):\+?\w"
)

# Numbers. What is none of a phone is taken out first: dates, times, decimals.
NO_PHONE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)|\d{4}([./-])\d{1,2}\2\d{1,2})(?![./-]?\d)"
    r"|(?<!\d)(?<!\d )\d{1,2} \d{1,2} (?:19|20)\d\d(?! ?\d)"
    r"|(?<![\d.])(?:[01]?\d|2[0-4])[.:h][0-5]\d(?![.\d])"
    r"|(?<![\d.])\d+\.\d+(?![.\d]| \d)"
)
DIGITS = re.compile(r"(?<![\w.,])(\+ ?|\+?\()?\d(?:[ .()/‑–-]{0,3}\d){6,24}(?![\d,])")
AMERICAN = re.compile(r"(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+")
YEARS = re.compile(r"(?:(?:19|20)\d\d[ /–-]*){2,}")
CALLED = re.compile(
    r"\b(?:call|phone|mobile|cell|whats ?app|viber|signal|sms|text me|tel|my number|ring me"
    r"|reach me|tel[eé]fono|m[oó]vil|celular|num[eé]ro|mein handy)\b[^.\n]{0,30}$"
)

WAY = (
    r"(?:pay ?pal|western union|money ?gram|venmo|cash ?app|zelle|revolut|payoneer|skrill|m-?pesa"
    r"|(?:bank|wire|bank wire) transfer|bitcoin|btc|usdt|ethereum"
    r"|crypto(?:currency)?|gift cards?|cash)"
)
END = (
    r"(?= ?(?:$|[.,;:!?)\n]|(?:and|or|only|instead|if|directly|outside|because|so|then|is|works"
    r"|would|for|before|after|when)\b))"
)
GIVES = (
    r"(?:pay|send|wire|transfer)"
    r" (?:me|you|it|this|them|the (?:money|fee|rest|price|deposit)|half|first)"
    r"|(?:you|i|we) (?:can|could|may|will|would|should|must)(?: also| just)? (?:pay|send the money)"
    r"|(?:can|could|may|shall) (?:i|you|we) (?:pay|send the money)"
    r"|you(?:'|’)?ll pay|i(?:'|’)?ll pay"
    r"|(?:the |my |your )?payment (?:is |goes )?"
)
ELSEWHERE = r"(?:outside|off)(?: of)?[ -](?:skileez|(?:the |this )?(?:platform|site|app|website))\b"
MONEY = r"(?:pay|paid|paying|payments?|money|fees?|cheaper|commission|discount)"
PAYING = re.compile(
    rf"\b(?:{GIVES})(?: ?[\w$€£.]+){{0,4}}?"
    rf" ?(?:by|via|with|through|using|over|in|on|per) (?:my |your |a |the )?{WAY}{END}"
    rf"|\bi (?:also |only )?(?:accept|prefer) (?:\w+ ){{0,3}}{WAY}{END}"
    r"|\b(?:pay ?pal|venmo|cash ?app|zelle|revolut) me\b"
    r"|(?<![\w.])(?:paypal\.me|revolut\.me|cash\.app|venmo\.com)/\w"
    rf"|\bmy (?:{WAY}|iban)"
    rf"(?: account| address| email| details| number| wallet| tag| till){{0,2}}(?: is\b| ?:)"
    r"|\bmy bank account(?: ?:| number is\b| number ?:)|\bmy bank details\b"
    r"|\b[a-z]{2}\d\d(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b(?<=\d)"
    r"|\bpay (?:me|you) (?:directly|privately)|\bdirectly (?:in)?to my (?:bank|account)"
    r"|\b(?:avoid|save|skip|without) (?:paying )?(?:the |their |skileez )?(?:fees?|commission)\b"
    rf"|\b{MONEY}\b[^.!?\n]{{0,60}}\b{ELSEWHERE}|\b{ELSEWHERE}[^.!?\n]{{0,60}}\b{MONEY}\b",
    re.MULTILINE,
)


_SPACES = re.compile(r"[^\S\n]+")


def why_wait(text: str) -> str:
    """The sentence to show the writer before this is sent; "" for ordinary talk."""
    plain = _plain(text)
    if PAYING.search(plain):
        return PAYMENT
    if any(found.search(plain) for found in (EMAIL, HANDLE, MESSENGER_LINK)) or _has_phone(plain):
        return CONTACT
    return ""


def _plain(text: str) -> str:
    """Small letters, ASCII digits whatever the script, single spaces, nothing invisible."""
    if text.isascii():
        return _SPACES.sub(" ", text.casefold())
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = (
        str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in folded
        if unicodedata.category(letter) != "Cf"
    )
    return _SPACES.sub(" ", "".join(letters))


def _has_phone(plain: str) -> bool:
    left = NO_PHONE.sub("|", plain)
    return any(
        _is_phone(found.group().strip(), CALLED.search(left, 0, found.start()) is not None)
        for found in DIGITS.finditer(left)
    )


def _is_phone(written: str, is_called: bool) -> bool:
    digits = "".join(filter(str.isdigit, written))
    if not 7 <= len(digits) <= 15 or set(digits) <= {"0", "1"}:
        return False
    if written.startswith(("+", "(+")) and not written.startswith("+ ") and len(digits) >= 8:
        return True
    if AMERICAN.fullmatch(written):
        return True
    if THOUSANDS.fullmatch(written) or YEARS.fullmatch(written):
        return is_called and not YEARS.fullmatch(written)
    groups = [group for group in re.split(r"\D+", written) if group]
    if len(digits) < 2 * len(groups):  # counting, a scale, a row of scores
        return is_called
    if digits.startswith("0") and len(digits) >= 9:
        return True
    return is_called or (len(groups) == 1 and len(digits) == 10 and digits[0] not in "01")
