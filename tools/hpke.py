"""Make the part of hpke-js that browsers get: ``python -m tools.hpke`` writes it.

What is committed in ``widget_js/vendor/`` is the packages' own text, joined into one script and
without what sealing never calls. A contract test makes it again and compares.
"""

import subprocess

from widget_server.assets import folder

from . import npm

CORE, COMMON, BUNDLER = "1.9.0", "1.10.0", "0.27.0"
TARGET = folder("widget_js") / "vendor" / "hpke.js"

_NOTICE = f"""\
/**
 * HPKE (RFC 9180) from @hpke/core {CORE} and @hpke/common {COMMON}, https://github.com/dajiaji/hpke-js
 * MIT License, Copyright (c) 2023-2024 Ajitomi Daisuke: see hpke.LICENSE. Not edited by hand:
 * `python -m tools.hpke` makes it.
 */
"""
_WANTED = 'export { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";'


def bundle() -> str:
    """The script, which gives browsers one object, ``hpke``."""
    bundler = npm.package("esbuild", BUNDLER) / "bin" / "esbuild"
    options = (
        "--bundle",
        "--format=iife",
        "--global-name=hpke",
        "--minify-syntax",
        "--minify-identifiers",
        "--external:crypto",
        "--target=es2022",
        f"--alias:@hpke/core={npm.package('@hpke/core', CORE)}",
        f"--alias:@hpke/common={npm.package('@hpke/common', COMMON)}",
    )
    command = [str(bundler), *options]
    made = subprocess.run(
        command, input=_WANTED, cwd=npm.FOLDER, stdout=subprocess.PIPE, text=True, check=True
    )
    return _NOTICE + made.stdout


if __name__ == "__main__":
    TARGET.write_text(bundle(), encoding="utf-8")
