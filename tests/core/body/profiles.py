"""How hard the property tests try here; tests/conftest.py says which profiles are random."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
for _name, _examples in (("dev", 60), ("ci", 500), ("random", 500), ("nightly", 20_000)):
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        suppress_health_check=_CALM,
        phases=_PHASES,
        derandomize=_name in ("dev", "ci"),
        print_blob=_name in ("random", "nightly"),
    )
settings.register_profile(
    "mutation",
    max_examples=25,
    deadline=None,
    suppress_health_check=_CALM,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
