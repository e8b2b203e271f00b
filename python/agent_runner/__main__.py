"""Started by the extension as `python .../agent_runner`; speaks lines of JSON on its standard input and output.

Told on the input:
    {"type": "start", ...}                         the prompt, once; see `Start`
    {"type": "tool_result", "id", "text", "is_error"}
    {"type": "cancel"}
Told on the output:
    {"type": "ready", "flavour", "version", "model"}
    {"type": "text", "text"}                       of the model, as it comes
    {"type": "tool_call", "id", "name", "input"}   answered by a `tool_result`
    {"type": "turn", "turns", "input_tokens", "output_tokens"}
    {"type": "session"}                            the conversation is kept and can be gone on with
    {"type": "event", "event"}                     raw, for the log
    {"type": "end", "evidence", "answer"}          last
The end of the input ends the program.
"""

import sys
from pathlib import Path

if not __package__:
    # Modules of this package must not stand in for others of the same name.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from agent_runner.turn import main

if __name__ == "__main__":
    sys.exit(main())
