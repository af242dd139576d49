"""How hard the property tests try: HYPOTHESIS_PROFILE is dev (default), ci, nightly or mutation."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("dev", max_examples=60, deadline=None, suppress_health_check=_CALM)
settings.register_profile(
    "ci", max_examples=1000, deadline=None, suppress_health_check=_CALM, print_blob=True
)
settings.register_profile(
    "nightly", max_examples=20_000, deadline=None, suppress_health_check=_CALM, print_blob=True
)
settings.register_profile(
    "mutation",
    max_examples=40,
    deadline=None,
    suppress_health_check=_CALM,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
