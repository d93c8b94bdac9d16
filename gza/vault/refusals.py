"""Why a file is not taken: one exception, one sentence and its remedy for each reason, in both languages."""

from gza.law.verdicts import Text

MEGABYTE = 1024 * 1024


class FileRefused(Exception):
    """A file that is not taken: a stable ``code``, the ``message`` why, the ``remedy`` a person has."""

    def __init__(self, code: str, message: Text, *remedy: Text) -> None:
        super().__init__(code)
        self.code, self.message, self.remedy = code, message, remedy


_CONVERT = Text(
    "შეინახეთ დოკუმენტი PDF, DOCX, JPEG, PNG ან WebP ფორმატში და ატვირთეთ თავიდან.",
    "Save the document as PDF, DOCX, JPEG, PNG or WebP and upload it again.",
)
_PRINT = Text(
    "დაბეჭდეთ დოკუმენტი ახალ PDF ფაილად ან დაასკანერეთ და ატვირთეთ მიღებული ფაილი.",
    "Print the document to a new PDF, or scan it, and upload the result.",
)
_AGAIN = Text(
    "გახსენით ფაილი თქვენს კომპიუტერში, შეინახეთ თავიდან და ატვირთეთ ახალი ასლი.",
    "Open the file on your computer, save it anew and upload the new copy.",
)
_SMALLER = Text(
    "დაასკანერეთ უფრო დაბალი გარჩევადობით ან დაყავით დოკუმენტი რამდენიმე ფაილად.",
    "Scan it at a lower resolution, or divide the document into several files.",
)


def too_large(limit: int) -> FileRefused:
    """The file has more than ``limit`` bytes."""
    size = max(1, limit // MEGABYTE)
    return FileRefused(
        "file.too_large",
        Text(
            f"ფაილი {size} მბ-ზე დიდია და ვერ მიიღება.",
            f"The file is larger than {size} MB and cannot be taken.",
        ),
        _SMALLER,
    )


def too_much(limit: int) -> FileRefused:
    """The files of one form have more than ``limit`` bytes together."""
    size = max(1, limit // MEGABYTE)
    return FileRefused(
        "file.too_much",
        Text(
            f"ერთად ატვირთული ფაილები {size} მბ-ს აღემატება.",
            f"The files uploaded together are larger than {size} MB.",
        ),
        Text("ატვირთეთ ფაილები ცალ-ცალკე.", "Upload the files one at a time."),
    )


def empty() -> FileRefused:
    """The file has no content."""
    return FileRefused("file.empty", Text("ფაილი ცარიელია.", "The file is empty."), _AGAIN)


def unknown() -> FileRefused:
    """Its content is none of the types we take."""
    return FileRefused(
        "file.unknown_type",
        Text("ამ ტიპის ფაილი არ მიიღება.", "Files of this type are not taken."),
        _CONVERT,
    )


def lies(named: str, found: str) -> FileRefused:
    """Its name says one type and its content another; both are our own words for types."""
    return FileRefused(
        "file.lies",
        Text(
            f"ფაილის სახელი მიუთითებს {named}‑ზე, შიგთავსი კი არის {found}.",
            f"The file's name says {named}, but its content is {found}.",
        ),
        _AGAIN,
    )


def broken() -> FileRefused:
    """It begins like its type but cannot be read to the end."""
    return FileRefused(
        "file.broken",
        Text("ფაილი დაზიანებულია და ბოლომდე არ იკითხება.", "The file is damaged and cannot be read to its end."),
        _AGAIN,
    )


def too_many_pixels(limit: int) -> FileRefused:
    """An image of more than ``limit`` pixels; said without decoding it."""
    millions = limit // 1_000_000
    return FileRefused(
        "file.too_many_pixels",
        Text(
            f"სურათი {millions} მილიონ პიქსელზე დიდია.",
            f"The picture has more than {millions} million pixels.",
        ),
        _SMALLER,
    )


def active(what: Text) -> FileRefused:
    """It holds something that acts by itself: a script, a macro, a link that loads."""
    return FileRefused(
        "file.active",
        Text(
            f"დოკუმენტი შეიცავს აქტიურ შიგთავსს ({what.ka}) და უსაფრთხოების მიზნით არ მიიღება.",
            f"The document holds active content ({what.en}) and is not taken, for safety.",
        ),
        _PRINT,
    )


def encrypted() -> FileRefused:
    """It is locked by a password of its own, so that nobody could check or later open it."""
    return FileRefused(
        "file.encrypted",
        Text("დოკუმენტი პაროლით არის დაცული.", "The document is protected by a password."),
        Text("მოხსენით პაროლი და ატვირთეთ თავიდან.", "Remove the password and upload it again."),
    )


def bomb() -> FileRefused:
    """Unpacked it would be far larger than any document."""
    return FileRefused(
        "file.bomb",
        Text(
            "ფაილი გახსნისას უჩვეულოდ დიდ მოცულობას იკავებს და არ მიიღება.",
            "Unpacked, the file would be far larger than any document, and it is not taken.",
        ),
        _PRINT,
    )


def infected() -> FileRefused:
    """The scanner found something in it; what, is for the administrator's log alone."""
    return FileRefused(
        "file.infected",
        Text("ანტივირუსმა ფაილში საფრთხე აღმოაჩინა.", "The virus scanner found a threat in the file."),
        Text(
            "ნუ გახსნით ამ ფაილს; აცნობეთ ადმინისტრატორს.",
            "Do not open this file; tell the administrator.",
        ),
    )


def scanner_silent() -> FileRefused:
    """A scanner is configured and does not answer: nothing passes unscanned by accident."""
    return FileRefused(
        "file.scanner_silent",
        Text(
            "ფაილის შემოწმება ახლა ვერ ხერხდება: ანტივირუსი არ პასუხობს.",
            "The file cannot be checked now: the virus scanner does not answer.",
        ),
        Text(
            "სცადეთ რამდენიმე წუთში; თუ გამეორდა, აცნობეთ ადმინისტრატორს.",
            "Try again in a few minutes; if it happens again, tell the administrator.",
        ),
    )
