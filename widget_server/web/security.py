"""The headers that every answer carries: a page's own, and what all others get."""

from collections.abc import Sequence

from ..assets import digest

RawHeader = tuple[bytes, bytes]

#: All that Chromium 156 lets a page ask for, but ``clipboard-write`` and ``web-share``, which the
#: widget uses, and the client hints (``ch-``), which only a server can ask for.
DENIED = """
    accelerometer aria-notify autoplay browsing-topics camera captured-surface-control
    clipboard-read compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal
    digital-credentials-create digital-credentials-get display-capture encrypted-media fullscreen
    gamepad geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort
    keyboard-map language-detector language-model local-fonts local-network local-network-access
    loopback-network magnetometer media-playback-while-not-visible microphone midi
    on-device-speech-recognition otp-credentials payment picture-in-picture
    private-state-token-issuance private-state-token-redemption publickey-credentials-create
    publickey-credentials-get screen-wake-lock serial speaker-selection storage-access summarizer
    sync-xhr translator unload usb window-management xr-spatial-tracking
"""
PERMISSIONS = ",".join(f"{feature}=()" for feature in DENIED.split())

#: For what is no page: nobody else's page reads it, and a browser that opens it runs nothing.
NO_PAGE: tuple[RawHeader, ...] = (
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
)


def guarded(headers: list[RawHeader]) -> list[RawHeader]:
    """The headers as they are if they say who may read the answer, else those of what is no page.

    Names are in lower case. What says it says it first, so that this is one look for most.
    """
    for name, _ in headers:
        if name == b"cross-origin-resource-policy":
            return headers
    named = {name for name, _ in headers}
    return [*(each for each in NO_PAGE if each[0] not in named), *headers]


def page_headers(
    *,
    styles: Sequence[str],
    script: str = "",
    form_action: Sequence[str] = ("'self'",),
    frame_ancestors: Sequence[str] = (),
    indexed: bool = False,
    frames: bool = False,
    loader: str = "",
    later: str = "",
) -> dict[str, str]:
    """The headers of an HTML page that runs exactly these inline styles and this inline script.

    ``frame_ancestors`` are the origins that may frame it; none keeps it out of every frame.
    ``frames`` says that it frames pages of ours itself, ``loader`` is where the loader of its
    widget comes from, if it has one, ``later`` the scripts that the inline one may ask for.
    """
    directives = {
        "default-src": "'none'",
        "style-src": " ".join(f"'{digest(style)}'" for style in styles),
        "script-src": f"'{digest(script)}' {later}".strip() if script else loader or "'none'",
        "connect-src": "'self'",
        **({"frame-src": loader or "'self'"} if frames or loader else {}),
        **({"img-src": "data:"} if loader else {}),
        "form-action": " ".join(form_action),
        "base-uri": "'self'",
        "frame-ancestors": " ".join(frame_ancestors) or "'none'",
    }
    headers = {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(
            f"{name} {value}" for name, value in directives.items()
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    return headers if indexed else {**headers, "X-Robots-Tag": "noindex"}
