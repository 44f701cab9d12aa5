"""Numbers that a plan sets for itself: in prose, in chains over years and places, in tables.

A fact's words are the number with its bound and, where it stands there, the group that it counts. Numbers are written as Vietnamese plans write
them: "8,5", "1.200", "05", "2/3".
"""

from __future__ import annotations

from typing import Any

from tests.generator.piece import Piece, Words, fill, join, mark, small
from tests.generator.scene import Scene
from tests.generator.vocabulary import words

Row = dict[str, Any]
KINDS = {
    "rate": 8,
    "group": 8,
    "per": 4,
    "count": 3,
    "money": 1,
    "change": 3,
    "ratio": 1,
    "span": 2,
    "years": 3,
    "nested": 2,
    "places": 2,
    "from_to": 2,
    "about": 1,
    "pair": 2,
    "points": 1,
}


def target(scene: Scene) -> Piece:
    """One sentence with one target or several."""
    kind = scene.rng.choices(list(KINDS), list(KINDS.values()))[0]
    return _KINDS[kind](scene)


def figure(value: float) -> str:
    """A number as it is printed: "8,5", "1.200", "60"."""
    if value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:.1f}".replace(".", ",")


def values(comparator: str, low: float, high: float | None = None) -> dict[str, Any]:
    """The bounds of a comparator as gold has them."""
    if comparator == "range":
        return {"comparator": comparator, "low": low, "high": high}
    if comparator == "=":
        return {"comparator": comparator, "low": low, "high": low}
    return {"comparator": comparator, ("low" if comparator[0] == ">" else "high"): low}


def _number(scene: Scene, row: Row) -> float:
    """A number that the row allows."""
    value = scene.rng.uniform(row["low"], row["high"])
    return float(round(value)) if scene.chance(0.6) else round(value, 1)


def _set(words_: Words, comparator: str, low: float, unit: str | list[str], **more: Any) -> Piece:
    high = more.pop("high", None)
    return mark(words_, "targets", **values(comparator, low, high), unit=unit, **more)


def _bounded(scene: Scene, row: Row, value: float, unit: str) -> tuple[str, str]:
    """ "đạt từ 85% trở lên", with its comparator."""
    template, comparator = scene.pick(words("targets")["comparators"]["down" if row.get("down") else "up"])
    gap = " " if unit == "%" and scene.chance(0.08) else ""
    return template.format(n=figure(value) + gap + unit), comparator


def _timed(scene: Scene) -> tuple[str, str, Row]:
    """Words for a target's own time: before the sentence, behind the number, and the fields; mostly none."""
    share = scene.rng.random()
    year = scene.last_year
    fields = {"period_end": f"{year}-12-31"}
    if share < 0.2:
        return scene.pick(words("targets")["times"]["before"]).format(year=year), "", fields
    if share < 0.4:
        return "", scene.pick(words("targets")["times"]["behind"]).format(year=year), fields
    return "", "", {}


def _rate(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["rates"])
    return _measured(scene, row, "%", "%")


def _per(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["per"])
    return _measured(scene, row, row["unit"], row["units"])


def _measured(scene: Scene, row: Row, written: str, unit: str | list[str]) -> Piece:
    before, behind, timed = _timed(scene)
    value = _number(scene, row)
    said, comparator = _bounded(scene, row, value, written)
    name = row["name"] if not before else row["name"][0].lower() + row["name"][1:]
    found = _set(said + behind, comparator, value, unit, indicator=row["name"], **timed)
    colon = ": " if not before and said[0] in "≥≤<>" and scene.chance(0.5) else " "
    return join((before, name, colon, found, "."))


def _group(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["groups"])
    before, behind, timed = _timed(scene)
    template, comparator = scene.pick(words("targets")["comparators"]["before"])
    value = (
        100.0
        if comparator == "=" and scene.chance(0.6)
        else float(scene.rng.choice((20, 35, 50, 60, 75, 80, 85, 90, 95)))
    )
    indicator = f"{row['group']} {row['does']}"
    words_ = f"{template.format(n=figure(value) + '%')} {row['group']}"
    found = _set(words_, comparator, value, "%", indicator=indicator, **timed)
    return join((before, small(found) if before else found, f" {row['does']}{behind}."))


def _count(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["counts"])
    template, comparator = scene.pick(words("targets")["comparators"]["count"])
    value = scene.rng.randint(2, row["most"])
    shown = f"{value:02}" if value < 10 else figure(value)
    said = template.format(n=f"{shown} {row['noun']}")
    indicator = f"{row['lead']} {row['noun']} {row['does']}"
    found = _set(said, comparator, value, row["units"], indicator=indicator)
    return join((row["lead"], " ", found, f" {row['does']}."))


def _money(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["money"])
    template, comparator = scene.pick(words("targets")["comparators"]["grow"])
    value, scale, name = scene.pick(
        (
            (2.5, 1e9, "tỷ đồng"),
            (12, 1e9, "tỷ đồng"),
            (850, 1e6, "triệu đồng"),
            (1.5, 1e9, "tỷ đồng"),
            (320, 1e6, "triệu đồng"),
        )
    )
    said = template.format(n=f"{figure(value)} {name}")
    return fill(row["say"], n=_set(said, comparator, value * scale, "đồng", indicator=row["name"]))


def _change(scene: Scene) -> Piece:
    row = scene.pick(words("targets")["changes"])
    verb = "giảm" if row["change"] == "decrease" else scene.pick(("tăng", "tăng thêm"))
    template, comparator = scene.pick(words("targets")["comparators"]["grow"])
    value = float(scene.rng.choice((3, 5, 7.5, 10, 15, 20)))
    base = scene.pick(
        (f"năm {scene.year - 1}", f"cùng kỳ năm {scene.year - 1}", f"giai đoạn {scene.year - 5} - {scene.year - 1}")
    )
    said = f"{verb} {template.format(n=figure(value) + '%')} {row['what']} so với {base}"
    return join(
        (
            mark(
                said[0].upper() + said[1:],
                "targets",
                **values(comparator, value),
                unit="%",
                indicator=row["what"],
                change=row["change"],
            ),
            ".",
        )
    )


def _ratio(scene: Scene) -> Piece:
    template = scene.pick(words("targets")["ratios"]["say"])
    up, down = scene.pick(((2, 3), (3, 4), (1, 2), (4, 5)))
    head, tail = template.split("{n}")
    comparator = ">=" if "Ít nhất" in head else "="
    noun = " ".join(tail.split()[:2]).rstrip(".")
    found = _set(f"{head}{up}/{down} {noun}", comparator, round(up / down, 4), "ratio", indicator=tail.strip(" ."))
    return join((found, tail.removeprefix(f" {noun}")))


def _span(scene: Scene) -> Piece:
    row = scene.pick([r for r in words("targets")["rates"] if not r.get("down")])
    low = float(scene.rng.randint(row["low"], row["high"] - 2))
    high = low + scene.rng.choice((2, 5))
    high = min(high, 100.0)
    template = scene.pick(words("targets")["comparators"]["range"])
    first = figure(low) + ("%" if " đến " in template and scene.chance(0.5) else "")
    said = template.format(a=first, b=figure(high) + "%")
    return join((row["name"], " ", _set(said, "range", low, "%", high=high, indicator=row["name"]), "."))


def _years(scene: Scene) -> Piece:
    """One indicator over several years: "đạt 80% năm 2024, 85% năm 2025"."""
    row = scene.pick(words("targets")["rates"])
    down = row.get("down")
    first, last = scene.year, max(scene.last_year, scene.year + 1)
    value = float(round((row["low"] + row["high"]) / 2))
    parts: list[Words] = [row["name"], " "]
    lead, comparator = scene.pick(
        (("dưới ", "<"), ("không quá ", "<=")) if down else (("đạt ", "="), ("đạt trên ", ">"), ("đạt ít nhất ", ">="))
    )
    repeated = comparator != "=" or scene.chance(0.5)
    at = scene.pick((" năm ", " vào năm "))
    between = scene.pick((" và ", "; ", ", "))
    for n, year in enumerate((first, last)):
        said = f"{lead if not n or repeated else ''}{figure(value)}%{at}{year}"
        parts += [
            between if n else "",
            _set(said, comparator, value, "%", indicator=row["name"], period_end=f"{year}-12-31"),
        ]
        value += -1 if down else 2
    return join((*parts, "."))


def _nested(scene: Scene) -> Piece:
    row, other = scene.some(words("targets")["groups"], 2, 2)
    value, part = float(scene.pick((80, 90, 95, 100))), float(scene.pick((10, 15, 20, 30)))
    template, comparator = scene.pick((("Trên {n}", ">"), ("{n}", "="), ("Ít nhất {n}", ">=")))
    inner, inner_comparator = scene.pick((("{n}", "="), ("ít nhất {n}", ">="), ("trên {n}", ">")))
    whole = _set(
        f"{template.format(n=figure(value) + '%')} {row['group']}",
        comparator,
        value,
        "%",
        indicator=f"{row['group']} {row['does']}",
    )
    inside = _set(
        f"{inner.format(n=figure(part) + '%')} {row['group']}",
        inner_comparator,
        part,
        "%",
        indicator=f"{row['group']} {other['does']}",
    )
    return join((whole, f" {row['does']}, trong đó ", inside, f" {other['does']}."))


def _places(scene: Scene) -> Piece:
    """One indicator split by place: "đạt 95% ở thành thị và 90% ở nông thôn"."""
    row = scene.pick([r for r in words("targets")["rates"] if not r.get("down")])
    one, other = scene.pick(
        (("khu vực thành thị", "khu vực nông thôn"), ("tuyến tỉnh", "tuyến xã"), ("vùng thuận lợi", "vùng khó khăn"))
    )
    high = _number(scene, row)
    low = float(round(high)) - 4
    where = scene.pick(("ở", "tại", "đối với"))
    first = _set(f"đạt {figure(high)}% {where} {one}", "=", high, "%", indicator=f"{row['name']} {where} {one}")
    second = _set(f"{figure(low)}% {where} {other}", "=", low, "%", indicator=f"{row['name']} {where} {other}")
    return join((row["name"], " ", first, scene.pick((", ", " và ", "; ")), second, "."))


def _from_to(scene: Scene) -> Piece:
    """From what was reached to what is to be reached: only the latter is a target."""
    row = scene.pick(words("targets")["rates"])
    down = row.get("down")
    start = _number(scene, row)
    end = float(round(start)) + (-1 if down else 2)
    verb, to = ("Giảm", scene.pick(("xuống", "xuống còn"))) if down else ("Nâng", "lên")
    past = f" năm {scene.year - 1}" if scene.chance(0.7) else ""
    at = f" năm {scene.last_year}" if scene.chance(0.5) else ""
    name = row["name"][0].lower() + row["name"][1:]
    timed = {"period_end": f"{scene.last_year}-12-31"} if at else {}
    found = _set(
        f"từ {figure(start)}%{past} {to} {figure(end)}%{at}", "=", end, "%", indicator=row["name"], change="", **timed
    )
    return join((f"{verb} {name} ", found, "."))


def _about(scene: Scene) -> Piece:
    """A number that is only about so: "đạt khoảng 85%"."""
    row = scene.pick([r for r in words("targets")["rates"] if not r.get("down")])
    value = float(round(_number(scene, row)))
    said = scene.pick(words("targets")["comparators"]["about"]).format(n=figure(value) + "%")
    return join((row["name"], " ", _set(said, "=", value, "%", indicator=row["name"], approximate=True), "."))


def _pair(scene: Scene) -> Piece:
    """Two numbers under one bound: "không quá 05 tập thể và 10 cá nhân"."""
    template, comparator = scene.pick(words("targets")["pairs"]["bounds"])
    lead, tail = scene.pick(words("targets")["pairs"]["say"]).split("{n}")
    nouns = scene.pick(words("targets")["pairs"]["nouns"])
    one, other = scene.rng.randint(2, 9), scene.rng.randint(10, 40)
    first = _set(f"{template.format(n=f'{one:02}')} {nouns[0]}", comparator, one, nouns[0])
    second = _set(f"{other} {nouns[1]}", comparator, other, nouns[1])
    return join((lead, first, " và ", second, tail))


def _points(scene: Scene) -> Piece:
    """A change in points of per cent."""
    row = scene.pick(words("targets")["rates"])
    down = bool(row.get("down"))
    value = scene.pick((0.2, 0.5, 1.0, 1.5))
    name = row["name"][0].lower() + row["name"][1:]
    verb, change = ("Giảm", "decrease") if down else ("Tăng", "increase")
    said = f"{verb} {name} {figure(value)} điểm phần trăm so với năm {scene.year - 1}"
    unit = ["điểm phần trăm", "điểm %"]
    return join((_set(said, "=", value, unit, indicator=row["name"], change=change), "."))


def rows(scene: Scene) -> list[list[Words]]:
    """A table of targets: the head row and one row for each indicator, with last year's result in a column that is no target."""
    heads = [*scene.pick(words("targets")["table"]["heads"])]
    years = [scene.year] if scene.one_year else [scene.year, scene.last_year]
    past = scene.chance(0.5)
    if past:
        heads.append(scene.pick(words("targets")["table"]["past"]).format(year=scene.year - 1))
    head = scene.pick(words("targets")["table"]["year"])
    heads += [head.format(year=year) for year in years]
    out: list[list[Words]] = [list(heads)]
    for n, row in enumerate(scene.some(words("targets")["rates"], 3, 6), 1):
        down = row.get("down")
        value = float(round((row["low"] + row["high"]) / 2))
        sign, comparator = scene.pick(
            (("", "="), ("", "="), ("≤ ", "<="), ("<", "<"))
            if down
            else (("", "="), ("", "="), ("≥ ", ">="), (">", ">"))
        )
        cells: list[Words] = [str(n), row["name"], "%"]
        if past:
            cells.append(figure(value + (1.4 if down else -1.4)))
        for year in years:
            cell = f"{sign}{figure(value)}"
            cells.append(
                mark(
                    cell,
                    "targets",
                    **values(comparator, value),
                    unit="%",
                    indicator=row["name"],
                    period_end=f"{year}-12-31",
                )
            )
            value += -0.5 if down else 1.5
        out.append(cells)
    return out


_KINDS = {
    "rate": _rate,
    "group": _group,
    "per": _per,
    "count": _count,
    "money": _money,
    "change": _change,
    "ratio": _ratio,
    "span": _span,
    "years": _years,
    "nested": _nested,
    "places": _places,
    "from_to": _from_to,
    "about": _about,
    "pair": _pair,
    "points": _points,
}
