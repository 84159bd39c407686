"""Simulated lives: seeded random residents, helpers, desk, providers and mediators on the real core, over days and weeks.

``lines.toml`` holds what each of them says, ``life`` lets them live, ``watching`` looks at everything that is said meanwhile,
``recount`` counts once more what figures and lists tell. ``python -m tests.support.lives`` runs quarters of years.
"""
