"""What a partner pastes into their page: a token in, HTML out, in every form a site can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

#: The widget is drawn for places up to this wide; a frame that nobody measures is this high.
FRAME_WIDTH = 900
FRAME_HEIGHT = 760


@dataclass(frozen=True, slots=True)
class Loader:
    """The script's address, and the hash of its bytes where a page insists on this version."""

    src: str
    integrity: str = ""

    @property
    def attributes(self) -> str:
        """For a script tag. A browser checks a hash only of what it fetched with CORS."""
        src = f'src="{escape(self.src)}"'
        if not self.integrity:
            return src
        return f'{src} integrity="{escape(self.integrity)}" crossorigin="anonymous"'

    @property
    def tag(self) -> str:
        """The script tag."""
        return f"<script async {self.attributes}></script>"


@dataclass(frozen=True, slots=True)
class Options:
    """What a partner may choose; what is empty is as the page, or the campaign, has it."""

    lang: str = ""
    theme: str = ""
    accent: str = ""
    height: str = ""
    label: str = ""
    source: str = ""

    def attributes(self, prefix: str = "") -> str:
        """For a tag, each with a space before it; ``data-`` where the tag is not ours."""
        return "".join(f' {prefix}{name}="{escape(value)}"' for name, value in self._said())

    def query(self, *names: str) -> str:
        """Those of these names that were chosen, as more of a query that has begun."""
        said = {name: value for name, value in self._said() if name in names}
        return f"&{urlencode(said)}" if said else ""

    def _said(self) -> Iterator[tuple[str, str]]:
        values = ((name, getattr(self, name)) for name in self.__slots__)
        return ((name, value) for name, value in values if value)


@dataclass(frozen=True, slots=True)
class Embedding:
    """One campaign on one partner's page; ``call`` is the campaign's own, in the page's language.

    Each form has the link in it, which is all that a visitor gets where anything fails; it says
    the call in these ``words``.
    """

    public_url: str
    token: str
    campaign: str
    call: str
    words: str = "Take action: {}"
    options: Options = Options()

    @property
    def loader(self) -> Loader:
        """The script whose bytes follow the service."""
        return Loader(f"{self.public_url}/embed.js")

    @property
    def task(self) -> str:
        """What the link says, and what the frame is called."""
        return self.words.format(self.call)

    @property
    def link(self) -> str:
        """The campaign's own page, which counts for the same partner."""
        query = f"t={self.token}{self.options.query('lang', 'source')}"
        address = escape(f"{self.public_url}/c/{self.campaign}?{query}")
        words = escape(self.task, quote=False)
        return f'<a href="{address}" target="_blank" rel="noopener">{words}</a>'

    def element(self, loader: Loader | None = None) -> str:
        """The custom element around the link, and the loader."""
        tag = (loader or self.loader).tag
        attributes = f'token="{escape(self.token)}"{self.options.attributes()}'
        return f"<three-steps {attributes}>{self.link}</three-steps>\n{tag}"

    def div(self) -> str:
        """The same for content systems that strip tags they do not know."""
        attributes = f'data-three-steps="{escape(self.token)}"{self.options.attributes("data-")}'
        return f"<div {attributes}>{self.link}</div>\n{self.loader.tag}"

    def one_tag(self) -> str:
        """A script that shows the widget where it stands, behind the link for want of scripts.

        Browsers with scripts hide the link, so the tag itself takes it out if nothing loads.
        """
        rescue = "this.outerHTML=this.previousElementSibling.textContent"
        token = f'data-token="{escape(self.token)}"{self.options.attributes("data-")}'
        script = f'<script async {self.loader.attributes} {token} onerror="{rescue}"></script>'
        return f"<noscript>{self.link}</noscript>\n{script}"

    def plain(self) -> str:
        """A frame where no script is allowed; the link below, for no page can tell if it failed."""
        return f"{self.frame()}\n<p>{self.link}</p>"

    def frame(
        self, *, width: int = FRAME_WIDTH, height: int = FRAME_HEIGHT, language: str = ""
    ) -> str:
        """The frame alone, which cannot grow with its content.

        Nobody tells it the page's theme, so it is light unless one was chosen.
        """
        chosen = self.options
        theme = chosen.theme if chosen.theme in {"light", "dark"} else "light"
        lang = f"&lang={language}" if language else chosen.query("lang")
        query = f"theme={theme}{lang}{chosen.query('accent', 'source')}"
        src = escape(f"{self.public_url}/w/{self.token}?{query}")
        title = escape(chosen.label or self.task)
        return (
            f'<iframe src="{src}" title="{title}" width="{width}" '
            f'height="{escape(chosen.height or str(height))}" '
            f'style="border:0;width:100%;max-width:{width}px" loading="lazy" '
            'allow="clipboard-write; web-share"></iframe>'
        )


def snippet(public_url: str, token: str, campaign_slug: str, call: str) -> str:
    """The form for most sites: the custom element around the link, and the loader."""
    return Embedding(public_url, token, campaign_slug, call).element()
