"""Makes load.csv.gz and expected.json: the replay of docs/scaling.md, written down once more, apart from the product.

    python3 replay.py
"""

import gzip
import json
import math
import random

CAPACITY = 24.63
MINUTES = 1440


def load():
    """Three days with an evening match on each of the last two; some noise, some gaps in what is history."""
    draw = random.Random(4)
    values = []
    for minute in range(3 * 1440):
        day, of_day = divmod(minute, 1440)
        value = 220 + 150 * math.sin(2 * math.pi * (of_day - 500) / 1440)
        kick_off = of_day - 1125
        if day > 0 and 0 <= kick_off < 65 and kick_off % 30 < 4:
            value += 120 + 40 * day
        values.append(round(value * math.exp(0.03 * draw.gauss(0, 1)), 4))
    return values


def clamp(replicas):
    return max(1, min(1000, replicas))


def hpa_70(values, first):
    """Billed, serving and wanted replicas of each minute from the first one on."""
    ready = clamp(math.ceil(values[first - 1] / (0.7 * CAPACITY)))
    batches = []  # (minute in which it serves, replicas), the oldest first
    recommended = []
    for minute in range(first, len(values)):
        ready += sum(count for serves, count in batches if serves == minute)
        batches = [(serves, count) for serves, count in batches if serves > minute]
        billed = ready + sum(count for _, count in batches)
        ratio = values[minute] / (0.7 * CAPACITY * billed)
        recommendation = billed if abs(ratio - 1) <= 0.1 else clamp(math.ceil(values[minute] / (0.7 * CAPACITY)))
        recommended = (recommended + [recommendation])[-5:]
        wanted = recommendation if recommendation >= billed else min(billed, max(recommended))
        yield billed, ready, wanted
        if wanted > billed:
            batches.append((minute + 3, wanted - billed))
        fewer = billed - wanted
        while fewer > 0 and batches:
            serves, count = batches.pop()
            if count > fewer:
                batches.append((serves, count - fewer))
            fewer -= min(count, fewer)
        ready -= max(0, fewer)


def known(values, first, replicas):
    for index, count in enumerate(replicas):
        yield count, count, replicas[min(index + 1, len(replicas) - 1)]


def result(values, first, minutes):
    short = billed_minutes = changes = 0
    lost = total = 0.0
    for value, (billed, ready, wanted) in zip(values[first:], minutes):
        short += value > ready * CAPACITY
        lost += max(0.0, value - ready * CAPACITY)
        total += value
        billed_minutes += billed
        changes += wanted != billed
    return {
        "under_min": short,
        "under_pct": round(100 * short / (len(values) - first), 4),
        "lost_load_pct": round(100 * lost / total, 5),
        "replica_hours": round(billed_minutes / 60, 3),
        "changes": changes,
    }


def main():
    values = load()
    first = len(values) - MINUTES
    needs = [clamp(math.ceil(value / CAPACITY)) for value in values[first:]]
    expected = {
        "static_peak": result(values, first, known(values, first, [max(needs)] * len(needs))),
        "hpa_70": result(values, first, hpa_70(values, first)),
        "oracle": result(values, first, known(values, first, [max(needs[t : t + 3]) for t in range(len(needs))])),
    }
    with gzip.GzipFile("load.csv.gz", "wb", mtime=0) as file:
        lines = ["minute,load"]
        lines += [
            f"{minute},{'' if minute in (700, 701) else value}" for minute, value in enumerate(values) if minute != 702
        ]
        file.write(("\n".join(lines) + "\n").encode())
    with open("expected.json", "w") as file:
        json.dump(expected, file, indent=2)
        file.write("\n")


main()
