"""Notes between processes, kept where cursors are: who runs the engine does the pass."""

from core.model.series import ConnectionId

ENGINE = ConnectionId("engine")
ASKED, DONE = "sync asked", "sync done"
