"""Two tables: what a person is warned of before it is sent, and ordinary talk, which never is."""

import pytest

from app.contact_details import CONTACT, PAYMENT, why_wait

CONTACTS = [
    "Write to me: sofia@skileez.example",
    "SOFIA.Mwangi+es@Gmail.com",
    "my mail is sofia (at) gmail.com",
    "sofia [at] gmail [dot] com",
    "sofia at gmail dot com",
    "carla arroba correo punto es",
    "ｓｏｆｉａ@ｇｍａｉｌ.ｃｏｍ",
    "sofia\u200b@gmail.com",
    "+254 722 123 456",
    "+254722123456",
    "My number: +34 612 34 56 78",
    "+1 (555) 123-4567",
    "(555) 123-4567",
    "555-123-4567",
    "555.123.4567",
    "0722 123 456",
    "0722123456",
    "00 49 170 1234567",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "0171/1234567",
    "(+44) 7911 123456",
    "+٢٥٤ ٧٢٢ ١٢٣ ٤٥٦",
    "०९८७६५४३२१०",
    "call me on 9876543210",
    "9876543210",
    "Text me: 722 123 456",
    "WhatsApp 254 722 123 456",
    "my phone is 0 7 2 2 1 2 3 4 5 6",
    "mi teléfono es 612 345 678",
    "Telegram @carla_ruiz",
    "I am @carla.ruiz on Instagram",
    "Skype: live:carla",
    "telegram: carla_ruiz",
    "my discord is carla99",
    "Discord: carla#1234 or carla_1",
    "my wechat id is carlaruiz",
    "LINE ID: carla",
    "https://wa.me/254722123456",
    "t.me/carlaruiz",
    "Join https://chat.whatsapp.com/AbCdEf",
    "https://discord.gg/abc",
    "m.me/carla.ruiz",
    "mailto:carla@x.example",
]
PAYMENTS = [
    "You can pay me via PayPal.",
    "Can I pay by bank transfer?",
    "Pay me with Western Union and I start tomorrow",
    "send the money through MoneyGram",
    "I can pay you in crypto",
    "I accept Bitcoin.",
    "I prefer PayPal",
    "We could pay in cash",
    "just Venmo me",
    "paypal.me/carla",
    "my paypal is carla",
    "My IBAN: see below",
    "ES91 2100 0418 4502 0005 1332",
    "my M-Pesa number is easy",
    "Pay me directly, it is cheaper",
    "It is cheaper outside Skileez",
    "We can avoid the fees",
    "Let us arrange payment off the platform",
    "You could pay the first two by wire transfer, then we see",
]
ORDINARY = [
    "",
    "Hello Carla",
    "Would Thursday suit you? At five?",
    "3 x 60 minutes for $18 each, $54 in all",
    "6 × 60 minutes at €18.50 is €111.00",
    "My budget is 1,500,000 UGX, or 10 000 000 IDR",
    "10.000.000 Rp + 500.000 Rp",
    "+ 10 000 000",
    "27.11.2026, 27/11/2026, 2026-11-27 or 11-27-26",
    "01.02.2026 at 09.00, 01/02/2026 and 01-02-2026",
    "From 01.09.2026 to 30.06.2027",
    "08.00 - 09.30 - 11.00 - 12.30 suit me",
    "18:00-19:30, 19:30-21:00 or 07h30",
    "1990-2020, 2024/2025, 1998 2001 2004 2007 2010",
    "2025 2026 2027",
    "call me in 2026, not in 2025",
    "You could call at 18:00 on 27 11 2026",
    "Call me Sofia. I am 27, I have 15 years of practice and 1200 students",
    "phone: a Nokia 3310 from 2000",
    "Version 3.11.12 on 192.168.100.200",
    "pi is 3.14159265358979",
    "0.000000001 seconds",
    "0101010101 is 341",
    "0 1 1 2 3 5 8 13 21 34 55",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "1700000000 is a time in seconds",
    "ISBN 9780141439518 and 978-0-14-143951-8",
    "page 100-120, lessons 1-12, A1-B2, 50%-60%",
    "GMT+3, UTC+05:30, +1 for Tuesday",
    "IELTS 7.5 in 2024, TOEFL 105/120, 8/10",
    "room 0042",
    "C major: 1 3 5, 1 4 6, 2 5 7",
    "I teach how to build a Telegram bot",
    "Discord: python bots, 3 sessions",
    "We plan Instagram marketing: reels, stories, 30 posts",
    "Facebook ads and WhatsApp Business for a small shop",
    "Digital signal processing, line by line",
    "My Instagram is private, so no pictures there",
    "Do you use Discord or Skype for sessions?",
    "signal 2 of 3",
    "@Carla thank you",
    "Let us meet @ 5",
    "@app.get in Litestar, then a @property",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ and https://docs.python.org/3.11/",
    "https://www.instagram.com/p/1234567890/ is a dance of mine",
    "https://zoom.us/j/81234567890",
    "look at outlook, I work at Yahoo",
    "I want to learn how Bitcoin works and why people pay for it",
    "Can you show me how to integrate PayPal payments in Django?",
    "I take crypto courses",
    "Payment by PayPal in a web shop is what I want to build",
    "I accept your proposal",
    "I would pay more for a native speaker",
    "How do I pay? Is it safe here?",
    "I paid for a course in accounting: cash flow, bank transfers, fees",
    "I prefer cash flow statements",
    "Have you taught outside Skileez?",
    "I hardly practise outside the app",
    "I can pay $18 for each session in total",
    "My bank account is free",
    "My bank is hard to explain to in Spanish",
    "سعر الجلسة ١٨٫٥٠ في ٢٧/١١/٢٠٢٦ الساعة ١٨:٠٠",
    "१८ दिसम्बर २०२६, ३ x ६० मिनट",
    "价格 180 元，2026年11月27日 18:30",
    "cost: 120 000 000 – 150 000 000 VND",
    "100.000 - 200.000 IDR",
    "From 1 000 000 to 2 000 000",
]


@pytest.mark.parametrize("text", CONTACTS)
def test_contact_details_are_seen(text):
    assert why_wait(text) == CONTACT
    assert why_wait(f"Hello!\n{text}\nSofia") == CONTACT


@pytest.mark.parametrize("text", PAYMENTS)
def test_payment_elsewhere_is_seen(text):
    assert why_wait(text) == PAYMENT
    assert why_wait(f"Hello\n{text}\nSofia") == PAYMENT


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_is_never_warned_of(text):
    assert why_wait(text) == ""
    assert why_wait(f"Hello Carla,\n{text}\nSofia") == ""


@pytest.mark.parametrize(
    "part",
    ["a", "1", "1 ", "a.", "@", "a@", "+1", "pay ", "pay me ", "x ", "my ", "12-", "(", "9."],
)
def test_the_longest_words_come_to_an_end(part):
    text = (part * 4000)[:4000]
    assert isinstance(why_wait(text), str)  # a pattern that tries everything would not come back
