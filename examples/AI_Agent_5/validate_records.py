"""Check the seal of every record in a JSON Lines file. Exits with 3 when a record was changed after sealing.

The shipped file holds one such record, so that the batch has a task which must fail, in a known way.
"""
import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHANGED = 3
ROUNDS = 20000  # makes forging a seal slow, and checking one a few milliseconds


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def seal_of(record):
    text = json.dumps({key: value for key, value in record.items() if key != "seal"},
                      sort_keys=True, separators=(",", ":"))
    return hashlib.pbkdf2_hmac("sha256", text.encode(), record["id"].encode(), ROUNDS, 16).hex()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path, default=HERE / "data" / "records.jsonl")
    options = parser.parse_args()
    try:
        lines = options.records.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        parser.error(f"cannot read {options.records}: {error}. Use --records to name another file")

    changed = []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if seal_of(record) != record["seal"]:
                changed.append({"line": number, "id": record["id"]})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            parser.error(f"{options.records}, line {number} is no sealed record: {error!r}. "
                         "Each line needs a JSON object with id and seal")
        if number % 20 == 0:
            print(f"{number}/{len(lines)} records checked, {len(changed)} changed", flush=True)
    report = {"records": len(lines), "changed": changed}
    (output_folder() / "records.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for found in changed:
        print(f"{options.records}, line {found['line']}: record {found['id']} was changed after it was sealed. "
              "Restore it from its source, or seal it anew.", file=sys.stderr)
    if changed:
        sys.exit(CHANGED)
    print(f"all {len(lines)} seals hold")


if __name__ == "__main__":
    main()
