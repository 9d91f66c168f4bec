"""What searches are tried on: texts that are hard to search, queries, and what they should find.

The oracle looks at the texts one by one, as the definition says it; no database is asked.
"""

from functools import cache
from random import Random

from db.search_terms import Phrase, Terms
from db.search_text import tokens

# A title, a description, and skills.
TEXTS = (
    ("Conversational Spanish before Madrid", "I speak with neighbours from day one", ("Spanish",)),
    ("Español para mí", "Quiero hablar con mi abuela en Sevilla", ("Spanish",)),
    ("ESPAÑOL PARA NIÑOS", "Canciones y juegos en casa", ("Spanish", "Songs")),
    ("C++ for games", "I know C and want templates, not C# at all", ("C++",)),
    ("C# and .NET at work", "Web services in C#, tests with NUnit", ("C#",)),
    ("Plain C on a microcontroller", "Interrupts, timers and a c.compiler", ("C",)),
    ("Node.js and TypeScript", "An API in node with e-mail, OAuth2 and SQL", ("JavaScript",)),
    ("100% of the exam", "I have 50% now; snake_case_names and % signs", ("Exams",)),
    ("O'Brien's fiddle tunes", "It's “quoted” music and 'single' quotes", ("Fiddle",)),
    ("日本語を勉強したい", "毎日漢字を書きます。東京に住んでいます", ("Japanese",)),
    ("日本料理", "味噌汁とおにぎり 本日", ("Cooking",)),
    ("中文口语练习", "我想和同事说中文", ("Chinese",)),
    ("한국어 회화", "서울에서 일하고 싶어요", ("Korean",)),
    ("עברית לעולים", "אני רוצה לדבר עם שכנים", ("Hebrew",)),
    ("تعلم العربية الفصحى", "أريد أن أقرأ كتابا كل شهر", ("Arabic",)),
    ("Русский язык для начинающих", "Хочу читать Чехова без словаря, ёлка", ("Russian",)),
    ("Ελληνικά για ταξίδι", "Θέλω να μιλάω στην ταβέρνα", ("Greek",)),
    ("हिन्दी बोलना", "मुझे परिवार से बात करनी है", ("Hindi",)),
    ("ภาษาไทยสำหรับเดินทาง", "อยากพูดกับแม่ค้า", ("Thai",)),
    ("🎸 Guitar around the campfire", "Three chords 🔥 and a song ❤️ for friends", ("Guitar",)),
    ("Guitar and bass guitar", "bass bass bass, then a solo on the guitar", ("Guitar", "Bass")),
    ("Jazz and zydeco", "Buzz, fizz, pizzazz and a zither", ("Jazz",)),
    ("AND OR NOT NEAR", "Boolean algebra: a AND b, NOT c, NEAR d", ("Logic",)),
    ("SELECT * FROM students", "SQL'; DROP TABLE x; -- comments", ("SQL",)),
    ("title: a column of facets", "text: rowid, facets, rank and match", ("Writing",)),
    ("Straße und Größe", "Ich wohne in der Straße mit Übung", ("German",)),
    ("Łódź ıstanbul İzmir", "Travel words for Đakovo, smørrebrød", ("Travel",)),
    ("ﬁne ﬂuent ﬁnancial talk", "Ligatures: ﬁre, ﬂow, ½ and ² and Ⅷ", ("English",)),
    ("Ｆｕｌｌ ｗｉｄｔｈ", "ＡＢＣ and ａｂｃ in one text", ("English",)),
    ("Pneumono" + "ultra" * 12, "A word that is longer than anybody types", ("Medicine",)),
    ("Python for data", "pandas, numpy; I know a little Python 3.11", ("Python", "Statistics")),
    ("Pythons and other snakes", "A snake at home: food, heat, light", ("Animals",)),
    ("Excel before Friday", "Pivot tables, VLOOKUP, two-way tables", ("Spreadsheets",)),
    ("first words", "last words", ("middle",)),
    ("a b c", "a b a b c d", ("b",)),
    ("repeat " + "again " * 12, "again and again " * 120 + "finally done", ("Patience",)),
    ("Write to me: name@mail.example", "https://mail.example/path?x=1&y=2#z", ("Writing",)),
    ("e\u0301cole primaire", "de\u0301ja\u0300 vu, nai\u0308f, cafe\u0301", ("French",)),
    ("école primaire", "déjà vu, naïf, café", ("French",)),
    ("tabs\tand newlines", "one\ntwo\r\nthree\u00a0four\u2003five", ("Typing",)),
)  # fmt: skip

TYPED = (
    "", " ", "spanish", "SPANISH", "Spánïsh", "span", "spani madrid", "madrid spani",
    "spanish madrid", "espanol", "español", "niños", "nino", "abuela sevilla", "hablar con",
    '"hablar con"', '"con hablar"', "c++", "C++", "c#", "C", "c", "c +", "c+", "c++ games",
    "-c++", "c -c++", "c# -net", ".net", "net", "node.js", "node js", '"node js"', "-node.js",
    "-js", "e-mail", "email", "mail", "e -mail", "oauth", "oauth2", "100", "100%", "%", "%%",
    "50%", "_", "snake", "snake_case", "snake_", "snake_case_names", "%signs", "signs%",
    "o'brien", "obrien", "brien", "brien's", "'single'", '"single quotes"', "it's", "its",
    "“quoted”", "“quoted music”", "„it’s quoted“", "«quoted music»", "quoted “music",
    '"quoted mus', '"it', '"', '""', '"" ""', "''", '" "', "-", "--", "- spanish", "--spanish",
    '-"', '-""', "-'", "+", "#", "日本語", "日本", "本日", "語", "日", "漢字", '"漢字を"',
    "を書き", "日語", "-日", "日本語 -漢字", "東京", "味噌", "中文", "文中", "我想", "かな",
    "한국어", "한국", "한", "서울에서", "일하고 싶", "עברית", "עבר", "שכנים לדבר", '"לדבר עם"',
    '"עם לדבר"', "العربية", "العرب", "أقرأ كتابا", "أريد -كتابا", "русский", "РУССКИЙ", "рус",
    "чехова", "елка", "ёлка", "читать без", "ελληνικα", "Ελληνικά", "ΤΑΒΕΡΝΑ", "μιλαω στην",
    "हिन्दी", "परिवार", "ภาษาไทย", "ภาษา", "อยาก", "🎸", "🎸 guitar", "guitar 🎸", "🔥", "❤️",
    "❤", "🎸🔥", "👍", "-🎸", "-🎸 guitar", "guitar", "bass guitar", '"bass guitar"',
    '"guitar bass"', '"bass bass bass"', '"bass bass bass bass"', "bass -bass", "-guitar",
    '-"bass guitar"', 'guitar -"bass guitar"', "z", "zz", "zy", "jazz", "jaz", "pizz", "pizzazz",
    "fizz buzz", "zither -jazz", "-jazz", "AND", "OR", "NOT", "NEAR", "and", "a AND b", "a OR b",
    "NOT c", "NEAR(a b)", "a NEAR/2 b", "a * b", "a*", "*", "^a", "a:b", "title:a",
    "title : column", "text:rowid", "{title}", "facets", "rank", "match", "rowid", "(a", "a)",
    "()", "a & b", "a | b", "!a", "a <-> b", "a:*", ":*", "\\", "\\x00", "'; DROP TABLE x; --",
    "select * from", "drop table", "--comments", "-- comments", "1=1", "strasse", "straße",
    "STRASSE", "größe", "grosse", "grö", "ubung", "lodz", "łódź", "istanbul", "İstanbul",
    "izmir", "dakovo", "smorrebrod", "fine", "ﬁne", "fi", "fluent fin", "½", "1", "2", "viii",
    "full width", "ｆｕｌｌ", "abc", "ＡＢＣ", "pneumono", "pneumono" + "ultra" * 12,
    "pneumono" + "ultra" * 40, "ultra", "python", "pythons", "pyth", "python 3.11", "3.11", "11",
    '"python 3"', "python -pythons", "python -data", "pandas numpy", "vlookup", "two-way",
    '"two way tables"', '"way two"', "first words", '"first words"', '"words last"',
    '"words middle"', '"middle last"', '"words middle last"', "words words", "a b", '"a b"',
    '"b a"', '"b c d"', '"a b c"', '"c b"', "a b c d", "-a", "-a -b", "-zzzz", "-a b", "b -a",
    '"a" "b"', "again", "again again", '"again again"', '"again and again again"', "finally",
    '"again finally"', '"finally done"', "name@mail.example", "mail.example",
    "https://mail.example/path", "x=1&y=2", "path y", "ecole", "école", "e\u0301cole", "ECOLE",
    "deja", "deja vu", '"déjà vu"', "naif", "cafe", "tabs and", '"and newlines"', '"one two"',
    '"three four five"', "two\tthree", "two\nthree", "two\u00a0three", "two\u3000three", "a\0b",
    "\0", "\x01\x02", "\ud800", "a\ud800b", "\u202e\u202dmadrid", "\u200bspanish",
    "spa\u00adnish", "…", "— madrid", "–madrid", "−madrid", "－madrid", "nothing-of-this",
    "qqqq", "spanish qqqq", "spanish -qqqq", "the", "x" * 41, "x" * 5000, "a " * 2500,
    '"' * 5000, "-" * 5000, "日" * 5000, "🎸" * 1250, "\0" * 5000, '"a b ' * 1000, "-a " * 1600,
    "a-b " * 1200, "z" * 5000, " ".join("abcdefghijklmnopqrstuvwxyz"),
    " ".join(f"-{one}" for one in "abcdefghijklmnopqrstuvwxyz"),
)  # fmt: skip


@cache
def generated(number: int = 120) -> tuple[str, ...]:
    """Queries made of what stands in the texts: whole and begun words, phrases, exclusions."""
    chance = Random(5)
    known = [word for text in TEXTS for word in tokens(f"{text[0]} {text[1]}")]
    texts = [tokens(part) for text in TEXTS for part in text[:2]]

    def piece() -> str:
        kind = chance.randrange(5)
        if kind == 0:
            words = chance.choice(texts)
            begin = chance.randrange(len(words))
            return f'"{" ".join(words[begin : begin + chance.randint(1, 3)])}"'
        word = chance.choice(known)
        return word[: chance.randint(1, len(word))] if kind == 1 else word

    def query() -> str:
        pieces = [("-" * (chance.random() < 0.25)) + piece() for _ in range(chance.randint(1, 3))]
        return " ".join(pieces)

    return tuple(query() for _ in range(number))


def is_found(terms: Terms, texts: tuple[str, ...]) -> bool:
    """Whether what has these texts, each for itself, has all that is wanted and nothing else."""
    every = [_kept(tokens(text)) for text in texts]
    wanted = all(any(_has(every, phrase) for phrase in one) for one in terms.wanted)
    return wanted and not any(_has(every, phrase) for phrase in terms.excluded)


def in_title_first(terms: Terms, library: dict[int, tuple[str, ...]]) -> list[int]:
    """All that is found, by relevance: those that have it in a title or skills, then the others.

    `library`: of each its title, its text, and its skills; the later ones came later.
    """
    found = [number for number, texts in library.items() if is_found(terms, texts)]

    def rank(number: int) -> tuple[bool, int]:
        title, _, *skills = library[number]
        return (bool(terms.wanted) and not is_found(terms, (title, *skills)), -number)

    return sorted(found, key=rank)


def _kept(words: list[str]) -> list[str]:
    # A word that is repeated without end has no place any more: it is found, and parts phrases.
    return [word if words[:place].count(word) < 200 else "" for place, word in enumerate(words)]


def _has(texts: list[list[str]], phrase: Phrase) -> bool:
    return any(
        _stands(words[begin : begin + len(phrase.words)], phrase)
        for words in texts
        for begin in range(len(words) - len(phrase.words) + 1)
    )


def _stands(words: list[str], phrase: Phrase) -> bool:
    *same, last = phrase.words
    begun = words[-1].startswith(last) if phrase.is_begun else words[-1] == last
    return words[:-1] == same and begun
