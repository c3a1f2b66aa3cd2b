"""The process that takes over a part of the outputs starts safely from any process."""

import subprocess
import sys
from pathlib import Path

AFTER_A_STORE = """
import sys
from pathlib import Path
from graph.store import write_store
from triplehelix.outputs import other_process

folder = Path(sys.argv[1])
write_store({}, folder / "here")
with other_process() as pool:
    pool.submit(write_store, {}, folder / "there").result()
"""


def test_it_does_not_wait_for_threads_of_a_store_that_was_open(tmp_path: Path) -> None:
    command = [sys.executable, "-c", AFTER_A_STORE, str(tmp_path)]
    subprocess.run(command, check=True, timeout=120)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "there"]
