"""``python -m widget_server`` is ``threesteps``."""

from .cli import main

if __name__ == "__main__":
    main()
