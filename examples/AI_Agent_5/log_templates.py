"""Find the message templates behind a log, how well they separate, and the minute in which errors burst.

The log was made with a known number of templates and a planted burst (service-log.expected.json): a run
fails when it does not find them again.
"""
import argparse
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d\.\d{3} (INFO|WARN|ERROR) +(\S.*)")
ALIKE = 0.55  # share of words in common that makes two messages one template


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_log(path):
    """(minute, level, words) of each line. Raises ValueError that names the line that is none."""
    entries = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            match = LINE.match(line)
            if not match:
                raise ValueError(f"{path}, line {number} is not `time LEVEL message`: {line[:60].rstrip()!r}")
            minute, level, message = match.groups()
            entries.append((minute, level, message.split()))
    if not entries:
        raise ValueError(f"{path} is empty")
    return entries


def common(first, second):
    """Longest common subsequence of two word lists, as (positions in first, length)."""
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            table[i][j] = (table[i + 1][j + 1] + 1 if first[i] == second[j] != "*"
                           else max(table[i + 1][j], table[i][j + 1]))
    kept, i, j = set(), 0, 0
    while i < len(first) and j < len(second):
        if first[i] == second[j] != "*":
            kept.add(i)
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return kept


def similarity(first, second):
    return len(common(first, second)) / max(len(first), len(second))


def cluster(entries):
    """Sort the lines into templates, in which words that differ become `*`."""
    templates, labels = [], []
    for done, (_, level, words) in enumerate(entries, 1):
        likeness = [similarity(template, words) if kind == level else 0 for kind, template in templates]
        best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < ALIKE:
            best = len(templates)
            templates.append((level, words))
        kept = common(templates[best][1], words)
        templates[best] = (level, [word if i in kept else "*" for i, word in enumerate(templates[best][1])])
        labels.append(best)
        if done % 300 == 0:
            print(f"{done} lines, {len(templates)} templates", flush=True)
    return [f"{level} {' '.join(words)}" for level, words in templates], labels


def separation(entries, labels, sample):
    """Mean likeness within a template and between templates, over pairs of evenly chosen lines."""
    chosen = range(0, len(entries), max(1, len(entries) // sample))
    sums, counts = [0.0, 0.0], [0, 0]
    for i in chosen:
        for j in range(0, i, chosen.step):
            same = labels[i] == labels[j]
            sums[same] += similarity(entries[i][2], entries[j][2])
            counts[same] += 1
    return [total / max(1, count) for total, count in zip(sums, counts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--log", type=Path, default=HERE / "data" / "service-log.txt")
    parser.add_argument("--expected", type=Path, default=HERE / "data" / "service-log.expected.json")
    parser.add_argument("--sample", type=int, default=250, help="lines whose pairs measure the separation")
    options = parser.parse_args()
    if options.sample < 10:
        parser.error("--sample must be at least 10")
    try:
        entries = read_log(options.log)
        expected = json.loads(options.expected.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        parser.error(f"{error}. Use --log and --expected to name other files")

    templates, labels = cluster(entries)
    between, within = separation(entries, labels, options.sample)
    errors = Counter(minute for minute, level, _ in entries if level == "ERROR")
    burst, most = max(errors.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
    counts = Counter(labels)
    report = {"lines": len(entries), "templates": len(templates), "burst": burst, "errorsInBurst": most,
              "likenessWithin": round(within, 4), "likenessBetween": round(between, 4),
              "messages": {templates[label]: count for label, count in counts.most_common()}}
    (output_folder() / "log-templates.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for message, count in report["messages"].items():
        print(f"{count:5d}  {message}")
    print(f"errors burst at {burst} ({most} in a minute); "
          f"likeness {within:.2f} within, {between:.2f} between templates")

    wrong = [f"{name}: expected {expected[name]}, got {report[name]}" for name in ("lines", "templates", "burst")
             if report[name] != expected[name]]
    if not within > 2 * between:
        wrong.append(f"the templates do not separate ({within:.2f} against {between:.2f})")
    if wrong:
        sys.exit(f"{options.log} does not give what {options.expected} says: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
