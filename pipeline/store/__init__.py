"""The database: plans in, answers out. `open_store` opens one, `Store` saves and finds, `queries` answers."""

from pipeline.store.database import DEFAULT_DATABASE
from pipeline.store.finding import PlanRef
from pipeline.store.store import Store, open_store
from pipeline.store.writing import SaveOutcome

__all__ = ["DEFAULT_DATABASE", "PlanRef", "SaveOutcome", "Store", "open_store"]
