"""Letters of the scripts in which names reach the office, each with its readings in one canonical alphabet.

The canonical alphabet is ``a b d e g i k l m n o p r s t u v z`` with ``č š ž ʒ ǰ ċ χ`` (ჩ შ ჟ ძ ჯ ც
ხ). It merges what no transliteration keeps apart: თ and ტ; ქ, კ and ყ; ც and წ; ჩ and ჭ; გ and ღ; ხ and
ჰ; ფ and პ. A letter that is still ambiguous has several readings, the likeliest first; within one part
of a name it is read one way throughout.

Sources: the national system of romanisation of Georgia (2002), ISO 9984, the passport romanisations of
Russian, Uzbek (1995) and Azerbaijani (1992), ISO 9985 for Armenian, and spellings people use without
any system.
"""

Readings = dict[str, tuple[str, ...]]


def _row(*lines: str) -> Readings:
    """``"ц=ċ г=g/h"`` as a table; ``-`` is a letter that is not read."""
    pairs = (entry.split("=") for line in lines for entry in line.split())
    return {letter: tuple(heard.replace("-", "") for heard in several.split("/")) for letter, several in pairs}


GEORGIAN = _row(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=ž რ=r",
    "ს=s ტ=t უ=u ფ=p ქ=k ღ=g ყ=k შ=š ჩ=č ც=ċ ძ=ʒ წ=ċ ჭ=č ხ=χ ჯ=ǰ ჰ=χ",
    "ჱ=e ჲ=i ჳ=vi ჴ=χ ჵ=o ჶ=p ჷ=i ჸ=- ჹ=g ჺ=-",
)
# Cyrillic г is also h: Гасанов is Hasanov. ё is often written е; ю after a consonant may be a plain u.
CYRILLIC = _row(
    "а=a б=b в=v г=g/χ д=d е=e ё=e/io/o ж=ž з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r",
    "с=s т=t у=u ф=p х=χ ц=ċ ч=č ш=š щ=š ъ=- ы=i ь=- э=e ю=iu/u я=ia",
    "і=i ї=i є=e ґ=g ў=u/o қ=k/g ғ=g ҳ=χ ҷ=ǰ ӣ=i ӯ=u/o ә=a/e ө=o ү=u ұ=u ң=n һ=χ",
    "ҹ=ǰ ҝ=g ј=i ђ=ǰ ћ=č љ=l њ=n џ=ǰ ѕ=ʒ ӏ=-",
)
ARMENIAN = _row(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=i թ=t ժ=ž ի=i լ=l խ=χ ծ=ċ կ=k հ=χ ձ=ʒ ղ=g ճ=č մ=m յ=i ն=n",
    "շ=š ո=o/vo չ=č պ=p ջ=ǰ ռ=r ս=s վ=v տ=t ր=r ց=ċ ւ=v փ=p ք=k օ=o ֆ=p և=ev",
)
GREEK = _row(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=t ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=p χ=χ ψ=ps ω=o",
)
# c: ც as Georgians type it, the English k, the Turkish ჯ. q: ყ, and the Azerbaijani g. x: ხ, or ks.
# w: v, or წ as typed on a Georgian keyboard. j: ჯ, the glide of Jelena, ჟ.
LATIN = _row(
    "a=a b=b c=ċ/k/ǰ d=d e=e f=p g=g h=χ i=i j=ǰ/i/ž k=k l=l m=m n=n o=o p=p q=k/g r=r s=s t=t u=u v=v",
    "w=v/ċ x=χ/ks y=i z=z ı=i ə=a/e ö=o/io ü=u/iu ç=č ş=š ğ=g č=č š=š ž=ž ʒ=ʒ ǰ=ǰ ċ=ċ",
    "ß=s æ=a ø=o đ=d ł=l þ=t ð=d",
)
# Several letters that stand for one; looked up longest first, before the single letters.
CLUSTERS = _row(
    "shch=š tsch=č dzh=ǰ sch=š tch=č kh=χ gh=g sh=š ch=č zh=ž dj=ǰ ph=p th=t ck=k g'=g o'=o/u",
    "ու=u дж=ǰ дз=ʒ",
)
# What two canonical letters beside each other become, whichever script they came from.
MERGES = (
    ("ts", "ċ"),
    ("tz", "ċ"),
    ("tċ", "ċ"),
    ("tč", "č"),
    ("dz", "ʒ"),
    ("dʒ", "ʒ"),
    ("dž", "ǰ"),
    ("dǰ", "ǰ"),
    ("ie", "e"),
)
LETTERS: Readings = {**GREEK, **ARMENIAN, **CYRILLIC, **LATIN, **GEORGIAN}
APOSTROPHES = "'ʻʼ’‘`´ʹ՚"
VOWELS = frozenset("aeiou")
# In the skeleton: sounds that are mistaken for each other, voicing at the end of a word, coarse vowels.
SOUNDS = str.maketrans("čšžʒǰ", "ċszzz")
LAST = str.maketrans("dbgz", "tpks")
DULL = str.maketrans("iu", "eo")
# Words for son and daughter between the names of neighbours; no part of a name, in their first reading.
PARTICLES = frozenset({"oglu", "ogli", "ugli", "uglu", "kizi", "gizi", "kiz", "giz"})
