"""Texts that try to be something else: code, a picture, an address, a formula, a command. The list grows; each
place where text of an order file is shown is tried with all of it.

What runs sets `window.hacked`, what loads knocks at a port that hears it, or shows `PICTURE`.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QColor, QImage

#: A colour that nothing of ours has.
COLOUR = QColor(255, 0, 254)


class Ear:
    """Listens on a port of this machine; `heard` is true once anybody has come."""

    def __init__(self, listening: socket.socket) -> None:
        self._socket = listening
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"

    @property
    def heard(self) -> bool:
        """The system takes calls whether or not anybody answers them."""
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def ear() -> Iterator[Ear]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield Ear(listening)


def picture(folder: Path) -> Path:
    """A file all of `COLOUR`, to be named in a text."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(COLOUR)
    file = folder / "seen.png"
    assert image.save(str(file))
    return file


def shows_picture(image: QImage) -> bool:
    """Whether anywhere in `image` stands what `picture` made: more of it than a blended edge."""
    seen = image.convertToFormat(QImage.Format.Format_RGB32)
    wanted = COLOUR.rgb().to_bytes(4, "little")
    return bytes(seen.constBits()).count(wanted * 8) > 0


def texts(url: str, file: Path) -> list[str]:
    """All of them. `url` is where an `Ear` listens, `file` what `picture` made."""
    return [*markup(url, file), *scripts(url), *styles(url, file), *FORMS, *SIGNS, *STATEMENTS, *FORMULAS, *PATHS]


def _run(url: str) -> str:
    bridge = "new QWebChannel(qt.webChannelTransport,c=>c.objects.map.clear())"
    return f"window.hacked=1;try{{{bridge}}}catch(e){{}};fetch('{url}/ran')"


def markup(url: str, file: Path) -> list[str]:
    """Tags, their attributes, and what browsers make of broken ones."""
    run = _run(url)
    return [
        f"<script>{run}</script>",
        f"</script><script>{run}</script>",
        f"</title></style></textarea><script>{run}</script>",
        f"--><script>{run}</script><!--",
        f"]]><script>{run}</script><![CDATA[",
        f"<script src='{url}/a.js'></script>",
        f'<img src=x onerror="{run}">',
        f"<img src='{url}/a.png'>",
        f"<img src='{file.as_uri()}'>",
        f"<img src='{file}'>",
        f"<b>bold</b><br><img src='{file.as_uri()}' width=64 height=64>",
        f"<table background='{file.as_uri()}'><tr><td>cell</td></tr></table>",
        f"<body background='{file.as_uri()}'>",
        f"<?xml version='1.0'?><img src='{file.as_uri()}'>",
        f"<!DOCTYPE html><img src='{file.as_uri()}'>",
        f"&lt;img src='{url}/b.png'&gt;",
        f"&#60;img src='{url}/c.png'&#62;",
        f"&#x3c;script&#x3e;{run}&#x3c;/script&#x3e;",
        f"\\u003cscript>{run}</script>",
        f"'\"><svg onload=\"{run}\"><image href='{url}/d.png'/></svg>",
        f"<svg><script href='{url}/b.js'/></svg>",
        f'<svg><style><img src=x onerror="{run}"></style></svg>',
        f'<math><mtext><table><mglyph><style><img src=x onerror="{run}">',
        f"<iframe src='{url}/frame'></iframe>",
        f'<iframe srcdoc="<script>{run}</script>"></iframe>',
        f"<object data='{url}/o'></object><embed src='{url}/e'>",
        f"<link rel=stylesheet href='{url}/a.css'>",
        f"<meta http-equiv=refresh content='0;url={url}/meta'>",
        f"<base href='{url}/'>",
        f"<form action='{url}/form'><input autofocus onfocus=\"{run}\"></form>",
        f'<details open ontoggle="{run}">x</details>',
        f'<video><source onerror="{run}"></video>',
        f'" onmouseover="{run}" x="',
        f"' onmouseover='{run}' x='",
        f'<a href="javascript:{run}">see here</a>',
        "<b><i><u><font color=red size=7>",
    ]


def scripts(url: str) -> list[str]:
    """What a script's own quotes, templates and addresses make of it."""
    run = _run(url)
    return [
        f"${{{run}}}",
        f"${{`${{{run}}}`}}",
        f"`;{run};`",
        f"`+({run})+`",
        f'";{run}//',
        f"';{run}//",
        f"\\';{run}//",
        f"\u2028{run}//",
        f"\u2029{run}//",
        f"*/{run}/*",
        f"javascript:{run}",
        f"JaVaScRiPt\t:{run}",
        f"data:text/html,<script>{run}</script>",
        "__proto__",
        "constructor",
        "toString",
    ]


def styles(url: str, file: Path) -> list[str]:
    """What a style sheet makes of it."""
    return [
        f"red;background:url({url}/s.png)",
        f'";}} * {{background:url({url}/t.png)}} /*',
        f"\\22;}} body{{background:url({file.as_uri()})}} /*",
        f"<style>@import '{url}/u.css';*{{background:url({url}/v.png)}}</style>",
        f"</style><style>*{{background:url('{file.as_uri()}')}}</style>",
        f"qproperty-text: x; image: url({file})",
    ]


#: Of templates of HTML, and of texts with gaps in them.
FORMS = [
    "{{ 7*7 }}",
    "{% for c in ().__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "{# nothing",
    "{0.__class__.__init__.__globals__}",
    "{driver} {n} {at}",
    "{",
    "}",
    "{}",
    "%s %n %d %(driver)s %",
    "$tx ${tx}",
    "&Alt &&Alt",
    "\t\x9c\x1c",
]

#: That change how a line is read, or how long it is.
SIGNS = [
    "\u202egnp.exe\u202c",
    "\u2066\u202e<\u202d>\u2069",
    "\u200b\u200d\ufeff",
    "e" + "\u0301" * 300,
    "\U0001f69a\U000e0001\U0010ffff",
    "\x85\u2028\u2029 ",
    "long " * 2_000,
]

STATEMENTS = [
    "'; DROP TABLE orders; --",
    "'); DELETE FROM days; --",
    "\" OR ''='",
    "' UNION SELECT * FROM settings --",
    "\\'; TRUNCATE audit; --",
    ":name ?1 %(x)s $1 @p",
    "%' OR 1=1 --",
    "_%_*?[a]",
    "$$; DROP SCHEMA public CASCADE; $$",
]

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/","see")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\uff1d1+1",
]

PATHS = [
    "../../../../etc/passwd",
    "..\\..\\..\\Windows\\win.ini",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "\\\\127.0.0.1\\share\\seen.png",
    "file:///etc/passwd",
    "CON",
    "nul.txt",
    "LPT1",
    "a/b:c*d?e<f>g|h",
    "trailing. . .",
    "~/.ssh",
    "%2e%2e%2f",
    "$HOME %USERPROFILE%",
]

#: Stands for a picture where nothing would be drawn.
NOWHERE = Path(__file__).with_name("seen.png")
