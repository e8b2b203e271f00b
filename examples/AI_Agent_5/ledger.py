"""Book sealed entries for one account into a ledger file that other accounts share.

Every booking reads the whole file, changes it and writes it back, the way many scripts keep a JSON file.
Two of them at once lose each other's bookings unless something keeps them apart: in the batch both claim
the file. Each run checks that all it wrote is still there.
"""
import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOST = 4


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read(path):
    if not path.exists():
        return {"total": 0, "accounts": {}}
    ledger = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(ledger["total"], int) or not isinstance(ledger["accounts"], dict):
        raise ValueError("`total` or `accounts` is damaged")
    return ledger


def write(path, ledger):
    ledger["total"] = sum(entry["cents"] for entries in ledger["accounts"].values() for entry in entries)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(ledger, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(draft, path)


def seal(account, number, cents, previous, difficulty):
    """A nonce that makes the entry's hash start with zeros: cheap to check, work to make."""
    text, nonce = f"{account}/{number}/{cents}/{previous}/".encode(), 0
    while True:
        digest = hashlib.sha256(text + b"%d" % nonce).hexdigest()
        if digest.startswith("0" * difficulty):
            return {"number": number, "cents": cents, "nonce": nonce, "seal": digest}
        nonce += 1


def demand_all_there(path, account, mine):
    ledger = read(path)
    if ledger["accounts"].get(account) != mine:
        print(f"{path}: an entry of {account} is gone, somebody wrote over it. "
              "Run one at a time, or let both tasks claim the file.", file=sys.stderr)
        sys.exit(LOST)
    if ledger["total"] != sum(entry["cents"] for entries in ledger["accounts"].values() for entry in entries):
        print(f"{path}: the total does not fit the entries. Delete the file, it is made anew.", file=sys.stderr)
        sys.exit(LOST)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("account", help="whose entries to book; entries of an earlier run are replaced")
    parser.add_argument("--ledger", type=Path, default=HERE / "out" / "ledger.json")
    parser.add_argument("--entries", type=int, default=24)
    parser.add_argument("--difficulty", type=int, default=4,
                        help="leading zeros of a seal; each one is 16 times the work")
    options = parser.parse_args()
    if options.entries < 1 or not 1 <= options.difficulty <= 6:
        parser.error("--entries must be at least 1 and --difficulty between 1 and 6")
    options.ledger.parent.mkdir(parents=True, exist_ok=True)
    account, mine, previous = options.account, [], "-"
    try:
        ledger = read(options.ledger)
        ledger["accounts"][account] = []
        write(options.ledger, ledger)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"cannot use {options.ledger}: {error!r}. Delete the file, it is made anew")

    for number in range(1, options.entries + 1):
        ledger = read(options.ledger)
        cents = int(hashlib.sha256(f"{account} {number}".encode()).hexdigest()[:4], 16)
        entry = seal(account, number, cents, previous, options.difficulty)
        demand_all_there(options.ledger, account, mine)
        mine, previous = mine + [entry], entry["seal"]
        ledger["accounts"][account] = mine
        write(options.ledger, ledger)
        print(f"{account}: entry {number}/{options.entries}, {cents / 100:.2f}, seal {entry['seal'][:12]}", flush=True)

    demand_all_there(options.ledger, account, mine)
    receipt = {"account": account, "entries": len(mine), "cents": sum(entry["cents"] for entry in mine)}
    (output_folder() / f"receipt-{account}.json").write_text(json.dumps(receipt, indent=2) + "\n", encoding="utf-8")
    print(f"{account}: {len(mine)} entries, {receipt['cents'] / 100:.2f}, all still in {options.ledger.name}")


if __name__ == "__main__":
    main()
