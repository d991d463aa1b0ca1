"""A chapter as a document in our fonts and colours, and the lines that a search looks through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextTable,
)

from dispatch_console import resources
from dispatch_console.services.guide import Chapter, slug
from dispatch_console.ui.help import caps
from dispatch_console.ui.help.finding import Line
from dispatch_console.ui.theme import look

#: Width of the column of text; pictures are as wide at most.
COLUMN = 760
_SIZES = {0: 14, 1: 22, 2: 16, 3: 14}
#: Heading level → margins above and below.
_GAPS = {0: (0, 9), 1: (0, 12), 2: (22, 8), 3: (14, 6)}
#: Heights of lines by heading level: keys between words must not push lines apart.
_LINES = {0: 22, 1: 30, 2: 24, 3: 22}
#: Headings of this level and above stand in the contents, and links lead to them.
_DEEPEST = 2
OBJECT = "￼"

#: What is in backticks and no key is typed somewhere, such as a command.
KEYS = re.compile(r"((Ctrl|Alt|Shift)\+)*([A-Z0-9/,→←↑↓↵>#@]|F\d\d?|[A-Z][a-z]+|Page (Up|Down)|PgUp|PgDown)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")

#: A key sequence → its caps.
Caps = Callable[[str], list[str]]


class Paper(NamedTuple):
    """`sections`: slug of a heading → number of its block. `pictures`: names, as the document asks for them."""

    chapter: Chapter
    document: QTextDocument
    lines: tuple[Line, ...]
    sections: dict[str, int]
    pictures: tuple[str, ...]
    drawn: caps.Drawn

    def position(self, line: Line, at: int) -> int:
        """Where a place in the text of a line is in the document."""
        block = self.document.findBlockByNumber(line.block)
        return block.position() + list(_characters(block))[at][1] if at < len(line.text) else _end(block)


def make(chapter: Chapter, after: Chapter | None, keys: Caps, parent: QObject) -> Paper:
    """The document of a chapter, with a link to the one `after` it. Only what ships with the program comes here."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(_font(0))
    drawn = caps.Drawn(document)
    document.documentLayout().registerHandler(caps.KIND, drawn)
    text = chapter.text
    if after is not None:
        text += f"\n\n---\n\nNext: [{after.title}]({after.id}.md)\n"
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    _dress(document, keys)
    lines = tuple(_lines(chapter.id, document))
    sections = {slug(line.text): line.block for line in lines if 0 < _level(document, line) <= _DEEPEST}
    return Paper(chapter, document, lines, sections, tuple(_PICTURE.findall(chapter.text)), drawn)


def _font(level: int) -> QFont:
    font = QFont(look.font("data"))
    font.setPixelSize(_SIZES.get(level, 14))
    if level:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _dress(document: QTextDocument, keys: Caps) -> None:
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _dress_block(block, keys)
        block = block.next()
    for table in (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)):
        _dress_table(table)
    cursor.endEditBlock()
    frame = document.rootFrame().frameFormat()
    frame.setMargin(24)
    document.rootFrame().setFrameFormat(frame)


def _dress_block(block: QTextBlock, keys: Caps) -> None:
    form, level = block.blockFormat(), block.blockFormat().headingLevel()
    above, below = _GAPS.get(level, _GAPS[3])
    in_table = bool(QTextCursor(block).currentTable())
    form.setTopMargin(3 if in_table else above)
    form.setBottomMargin(3 if in_table else 5 if bool(block.textList()) else below)
    if not _has_picture(block):
        form.setLineHeight(_LINES.get(level, 22), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    QTextCursor(block).setBlockFormat(form)
    pieces = [(p.position(), p.length(), p.text(), p.charFormat()) for p in _fragments(block)]
    for start, length, text, before in reversed(pieces):
        _dress_piece(QTextCursor(block), start, length, text, before, level, keys)


def _dress_piece(
    cursor: QTextCursor, start: int, length: int, text: str, before: QTextCharFormat, level: int, keys: Caps
) -> None:
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    if before.isImageFormat():
        picture = before.toImageFormat()
        picture.setWidth(min(COLUMN - 1, shown(picture.name()).width()))
        cursor.setCharFormat(picture)
        return
    if before.fontFixedPitch() and KEYS.fullmatch(text):
        cursor.insertText(OBJECT, caps.char(text, keys(text)))
        return
    form = QTextCharFormat()
    if before.fontFixedPitch():
        form.setBackground(look.colour("raise"))
    font = _font(level)
    if before.fontWeight() > QFont.Weight.Normal:
        font.setWeight(QFont.Weight.DemiBold)
    form.setFont(font)
    form.setForeground(look.colour("acc" if before.isAnchor() else "tx"))
    if before.isAnchor():
        form.setAnchor(True)
        form.setAnchorHref(before.anchorHref())
    cursor.setCharFormat(form)


def _dress_table(table: QTextTable) -> None:
    form = table.format()
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(look.colour("line"))
    form.setBorderCollapse(True)
    form.setCellPadding(4)
    form.setTopMargin(6)
    form.setBottomMargin(14)
    table.setFormat(form)


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1


def _has_picture(block: QTextBlock) -> bool:
    return any(piece.charFormat().isImageFormat() for piece in _fragments(block))


def _characters(block: QTextBlock) -> Iterator[tuple[str, int]]:
    """What is read of a block, with where it stands; all of a key's words stand at its one character."""
    for piece in _fragments(block):
        start = piece.position() - block.position()
        told = caps.words(piece.charFormat())
        for n, letter in enumerate(piece.text()):
            if told:
                yield from ((one, start + n) for one in told)
            elif letter != OBJECT:
                yield letter, start + n


def _level(document: QTextDocument, line: Line) -> int:
    return document.findBlockByNumber(line.block).blockFormat().headingLevel()


def _end(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def _lines(chapter: str, document: QTextDocument) -> Iterator[Line]:
    under, block = "", document.begin()
    while block.isValid():
        text = "".join(letter for letter, _ in _characters(block))
        heading = block.blockFormat().headingLevel() > 0
        if heading:
            under = text
        if text.strip():
            yield Line(chapter, block.blockNumber(), text, under, heading)
        block = block.next()


def shown(name: str, ratio: float = 1.0) -> QImage:
    """A picture of the guide in the colours that are on the screen, framed, as wide as the column at most on a
    screen of this pixel ratio. Nothing else is ever opened.
    """
    stem = name.rpartition("/")[2].removesuffix(".png")
    file = resources.path("guide", "pictures", f"{stem}-{'dark' if look.is_dark() else 'light'}.png")
    image = QImage(str(file))
    most = round((COLUMN - 1) * ratio)
    if image.width() > most:
        image = image.scaledToWidth(most, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(look.colour("line"))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return image


def target(link: QUrl) -> tuple[str, str] | None:
    """Chapter and section that a link leads to; None: not into the guide."""
    if link.scheme() or link.host() or not link.path().endswith(".md"):
        return None
    return link.path().removesuffix(".md"), link.fragment()
