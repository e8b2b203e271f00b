"""Find the start below a limit with the longest Collatz sequence, a slice of the work per attempt.

An attempt that has used up its slice saves a checkpoint and exits with 75 ("try again later"), so that
retries finish the job; nothing computed is lost when an attempt is stopped between two slices.
"""
import argparse
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRY_AGAIN = 75
# Published record holders, to check the result: limit -> (start, steps).
RECORDS = {1000: (871, 178), 100000: (77031, 350), 300000: (230631, 442), 1000000: (837799, 524)}


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def steps_to_one(number):
    steps = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    return steps


def load_checkpoint(path, limit):
    if not path.exists():
        return {"limit": limit, "next": 1, "start": 1, "steps": 0, "attempts": 0}
    saved = json.loads(path.read_text(encoding="utf-8"))
    numbers = [saved[key] for key in ("limit", "next", "start", "steps", "attempts")]
    if not all(isinstance(number, int) for number in numbers) or saved["limit"] != limit:
        raise ValueError(f"it belongs to another job than limit {limit}")
    return saved


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=300000)
    parser.add_argument("--slice", type=int, default=100000, help="how many numbers one attempt may examine")
    parser.add_argument("--checkpoint", type=Path, default=HERE / "out" / "collatz-checkpoint.json")
    options = parser.parse_args()
    if options.limit < 2 or options.slice < 1:
        parser.error("--limit must be at least 2 and --slice at least 1")
    try:
        state = load_checkpoint(options.checkpoint, options.limit)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"cannot continue from {options.checkpoint}: {error!r}. Delete the file to start over")

    state["attempts"] += 1
    stop = min(options.limit, state["next"] + options.slice)
    print(f"attempt {state['attempts']}: {state['next']} to {stop - 1}", flush=True)
    for number in range(state["next"], stop):
        steps = steps_to_one(number)
        if steps > state["steps"]:
            state["start"], state["steps"] = number, steps
        if number % 20000 == 0:
            print(f"{number:7d}  longest so far: {state['start']} with {state['steps']} steps", flush=True)
    state["next"] = stop

    if stop < options.limit:
        options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        draft = options.checkpoint.with_name(options.checkpoint.name + ".new")
        draft.write_text(json.dumps(state) + "\n", encoding="utf-8")
        os.replace(draft, options.checkpoint)
        print(f"slice used up, {options.limit - stop} numbers left in {options.checkpoint.name}", file=sys.stderr)
        sys.exit(TRY_AGAIN)
    if options.checkpoint.exists():
        options.checkpoint.unlink()
    result = {key: state[key] for key in ("limit", "start", "steps")}
    (output_folder() / "collatz.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"longest below {options.limit}: {state['start']} with {state['steps']} steps")
    expected = RECORDS.get(options.limit, (state["start"], steps_to_one(state["start"])))
    if (state["start"], state["steps"]) != expected:
        sys.exit(f"Expected start {expected[0]} with {expected[1]} steps. "
                 "Delete the checkpoint and run again; if it stays so, steps_to_one is wrong.")


if __name__ == "__main__":
    main()
