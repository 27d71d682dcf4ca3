"""`python -m appliance.probes.child LOOK PATH`: opens the file, fences itself in, looks, prints one JSON object.

A look that comes `after` others is given their answers, JSON on standard input. They too were made from a stranger's
file: the look checks what it takes from them.

Whatever a file makes a parser do ends here: an exit code, a signal, or an answer.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from pathlib import Path

from appliance.model import Turn
from appliance.probes.container import regular
from appliance.probes.fence import MOST_EARLIER, put_up
from appliance.probes.plan import BY_NAME

CANNOT_OPEN = 3


def main(argv: list[str]) -> int:
    name, path = argv
    module = importlib.import_module(BY_NAME[name].module)  # each child loads only the parser that it needs
    try:
        with regular(Path(path)) as (file, size):
            if BY_NAME[name].turn == Turn.FULL:
                _give_way()
            fence = put_up(BY_NAME[name].bounds)
            earlier = (json.loads(os.read(0, MOST_EARLIER)),) if BY_NAME[name].after else ()
            answer = module.look(file, size, *earlier)
    except OSError as error:
        print(error, file=sys.stderr)
        return CANNOT_OPEN
    except MemoryError:
        answer = {"undetermined": "检查用的内存超出限度，已经停下"}
        fence = {}
    answer["isolation"] = fence
    os.write(1, json.dumps(answer).encode())
    return 0


def _give_way() -> None:
    """A first answer, a page and a copy go before. A system-call filter may forbid it, and nothing depends on it."""
    with contextlib.suppress(PermissionError):
        os.nice(10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
