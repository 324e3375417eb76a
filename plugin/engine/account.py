"""What a threshold means for a run: its ledger, what is expected to change, what is still to be computed."""

from __future__ import annotations

from functools import cached_property

from .ledger import Ledger, ledger
from .outlook import expected_change, macs_ahead
from .store import RunFolder
from .table import UnitTable


class Account:
    """Each part is computed once, when it is first asked for.

    Args:
        table: must not change as long as somebody asks. threshold: nats.
    """

    def __init__(self, run: RunFolder, table: UnitTable, threshold: float):
        self._run, self._table, self.threshold = run, table, threshold

    @cached_property
    def ledger(self) -> Ledger:
        """Exits and MACs."""
        return ledger(self._run.manifest, self._run.grid, self._table, self.threshold)

    @cached_property
    def change(self) -> float:
        """Share of pixels, 0 to 1, that full depth is expected to have otherwise."""
        return expected_change(self._run.manifest, self._table, self.threshold)

    @cached_property
    def macs_ahead(self) -> float:
        """Multiply-accumulates until every unit has the exit that the threshold asks for."""
        return macs_ahead(self._run.manifest, self._run.grid, self._table, self.threshold)

    def work_out(self) -> Account:
        """Compute all parts now: in another thread, so that asking costs nothing later."""
        self.ledger, self.change, self.macs_ahead  # noqa: B018 (asking is computing)
        return self
