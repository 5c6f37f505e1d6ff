"""`python -m guitu` is the `guitu` command."""

import sys

from guitu.cli.main import main

sys.exit(main())
