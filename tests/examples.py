"""Which examples the property tests try: the same each time, unless somebody looks for new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") in ("ci", "nightly")
"""Whether what takes a minute is played whole: CI does, a newcomer's first run takes a part."""

CALM = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
# The same code gets the same answer, from CI as from a newcomer's first `./vieraugen test`.
for _name, _examples in (("fast", 15), ("dev", 40), ("ci", 300)):
    settings.register_profile(_name, CALM, max_examples=_examples, derandomize=True)
if os.environ.get("HYPOTHESIS_PROFILE") not in ("random", "nightly"):
    # It also tries the constants of whatever modules are loaded: other neighbours, other examples.
    providers._get_local_constants = lambda: providers._local_constants
# New examples are for who looks for them.
for _name, _examples in (("random", 500), ("nightly", 20_000)):
    settings.register_profile(_name, CALM, max_examples=_examples, print_blob=True)
settings.register_profile(
    "mutation",
    CALM,
    max_examples=25,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
