"""The headers that every page carries."""

from collections.abc import Sequence

from ..assets import digest

PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), payment=(), usb=()"
)


def page_headers(
    *,
    styles: Sequence[str],
    script: str = "",
    form_action: Sequence[str] = ("'self'",),
    frame_ancestors: Sequence[str] = (),
    indexed: bool = False,
    frames: bool = False,
) -> dict[str, str]:
    """The headers of an HTML page that runs exactly these inline styles and this inline script.

    ``frame_ancestors`` are the origins that may frame it; none keeps it out of every frame.
    ``frames`` says that it frames pages of ours itself.
    """
    directives = {
        "default-src": "'none'",
        "style-src": " ".join(f"'{digest(style)}'" for style in styles),
        "script-src": f"'{digest(script)}'" if script else "'none'",
        "connect-src": "'self'",
        **({"frame-src": "'self'"} if frames else {}),
        "form-action": " ".join(form_action),
        "base-uri": "'self'",
        "frame-ancestors": " ".join(frame_ancestors) or "'none'",
    }
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(
            f"{name} {value}" for name, value in directives.items()
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return headers if indexed else {**headers, "X-Robots-Tag": "noindex"}
