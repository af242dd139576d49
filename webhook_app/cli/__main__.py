"""`python -m webhook_app.cli` is the command `vieraugen`."""

import sys

from webhook_app.cli.main import main

sys.exit(main())
