"""Five hundred texts that want to be more than text: to run, to be asked, to be obeyed.

What they would run is ``pwned(1)``; a page that tests them knows that name.
"""

import json
from pathlib import Path

_FILE = Path(__file__).parents[2] / "data" / "payloads.json"
PAYLOADS: tuple[str, ...] = tuple(json.loads(_FILE.read_text()))
