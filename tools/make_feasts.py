"""Write the table of movable feasts that `temoin.grounding.time` reads.

    pip install "hijridate>=2.6" "convertdate>=2.5"
    python tools/make_feasts.py > src/temoin/grounding/time/data/feasts.tsv

Islamic days follow the Umm al-Qura calendar (hijridate); countries that wait for the
moon to be seen may keep them a day later. Persian and Jewish days are convertdate's.
Neither library is needed to run Témoin.
"""

from __future__ import annotations

import datetime as dt
import sys

from convertdate import hebrew, persian
from hijridate import Hijri

FIRST, LAST = 1980, 2050
DAY = dt.timedelta(days=1)
ISLAMIC = {
    "ashura": (1, 10),
    "arafat": (12, 9),
    "eid_al_adha": (12, 10),
    "eid_al_fitr": (10, 1),
    "islamic_new_year": (1, 1),
    "mawlid": (3, 12),
}
JEWISH = {"passover": (1, 15), "rosh_hashanah": (7, 1), "yom_kippur": (7, 10)}


def feasts() -> list[tuple[str, dt.date, dt.date]]:
    """Every feast with its first and last day."""
    found = []
    for year in range(1399, 1475):
        for name, (month, day) in ISLAMIC.items():
            when = dt.date(*Hijri(year, month, day).to_gregorian().datetuple())
            found.append((name, when, when))
        start = dt.date(*Hijri(year, 9, 1).to_gregorian().datetuple())
        end = dt.date(*Hijri(year, 10, 1).to_gregorian().datetuple()) - DAY
        found.append(("ramadan", start, end))
    for year in range(FIRST, LAST + 1):
        when = dt.date(*persian.to_gregorian(year - 621, 1, 1))
        found.append(("nowruz", when, when))
        for name, (month, day) in JEWISH.items():
            when = dt.date(*hebrew.to_gregorian(year + (3761 if month > 6 else 3760), month, day))
            found.append((name, when, when))
    return sorted(row for row in found if FIRST <= row[1].year <= LAST)


def main() -> None:
    """Print the table."""
    sys.stdout.write("# Written by tools/make_feasts.py: name, first day, last day.\n")
    for name, start, end in feasts():
        sys.stdout.write(f"{name}\t{start}\t{end}\n")


if __name__ == "__main__":
    sys.exit(main())
