"""The sections of a plan, in the numbering habit that its scene has, with what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.generator import targets, tasks
from tests.generator.dates import iso, last_day
from tests.generator.piece import Piece, Words, add, fill, join, mark
from tests.generator.references import Shelf
from tests.generator.scene import Scene
from tests.generator.vocabulary import words

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = "ABCDEGH"
POINTS = "abcdđeghiklm"
PARTS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")


@dataclass
class Body:
    """Writes one plan's sections. `lines` are its paragraphs; `path` numbers the section that is open, by level."""

    scene: Scene
    shelf: Shelf
    lines: list[Piece] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    colon: str = ""
    capitals: bool = True
    bullet: str = "-"
    markdown: bool = False

    def __post_init__(self) -> None:
        self.colon = self.scene.pick(("", "", "", ":"))
        self.capitals = self.scene.chance(0.75) or self.scene.habit == "none"
        self.markdown = self.scene.markdown
        self.bullet = self.scene.pick(("-", "-", "-", "-", "+", "*", "•", "–"))

    # --- headings

    def heading(self, kind: str, level: int, **slots: str) -> None:
        """A heading in the words of a kind of section."""
        entry = words("sections")[kind]
        say = self.scene.pick(entry["yearly" if "year" in slots else "say"]).format(past=self.scene.year - 1, **slots)
        self.head(say, level, entry["roles"])

    def head(self, say: Words, level: int, roles: list[str] | str) -> None:
        """A heading with these words at a level from 0."""
        self.counts = [*self.counts[: level + 1], *[0] * (level + 1 - len(self.counts))]
        self.counts[level] += 1
        said = say if isinstance(say, Piece) else Piece(say)
        if level == 0 and self.capitals:
            said = Piece(said.text.upper(), said.facts)
        known = {"roles": roles} | ({"path": self.path(level)} if self.path(level) else {})
        marker, between = self.marker(level)
        named = mark(join((marker, between, said, self.colon)), "sections", **known)
        if self.markdown:
            hashes = "#" * (level + 2) + " " if self.scene.chance(0.4) and "\n" not in named.text else ""
            self.lines.append(join((hashes, "**", named, "**")) if "\n" not in named.text else named)
        else:
            self.lines.append(named)

    def label(self, kind: str, level: int, sentence: Piece) -> None:
        """A heading that its sentence follows on the same line: "1. Mục tiêu chung: Nâng cao ..."."""
        colon, markdown = self.colon, self.markdown
        self.colon, self.markdown = ":", False
        self.heading(kind, level)
        self.colon, self.markdown = colon, markdown
        self.lines[-1] = join((self.lines[-1], " ", sentence))

    def marker(self, level: int) -> tuple[str, str]:
        """A heading's marker and what stands between it and the words."""
        number = self.counts[level]
        habit = self.scene.habit
        if habit == "none":
            return "", ""
        if habit == "parts":
            if level == 0:
                return f"Phần thứ {PARTS[number - 1]}", "\n"
            return (f"{ROMANS[number - 1]}.", " ") if level == 1 else (f"{number}.", " ")
        if habit == "letters":
            return (f"{(LETTERS, ROMANS)[level][number - 1]}.", " ") if level < 2 else (f"{number}.", " ")
        if habit == "decimal":
            return ".".join(map(str, self.counts[: level + 1])) + ".", " "
        if level == 0:
            return f"{ROMANS[number - 1]}{'-' if habit == 'dashed' else '.'}", " "
        if level == 1:
            return f"{number}{'-' if habit == 'dashed' else '.'}", " "
        return (f"{self.counts[1]}.{number}.", " ") if habit == "roman_decimal" else (f"{POINTS[number - 1]})", " ")

    def path(self, level: int) -> str | list[str] | None:
        """The path by the contract; of a "Phần" both ways of writing it."""
        counts, habit = self.counts, self.scene.habit
        if habit == "none":
            return None
        if habit == "decimal":
            return ".".join(map(str, counts[: level + 1]))
        if habit == "parts":
            rest = [ROMANS[counts[1] - 1], *map(str, counts[2 : level + 1])][:level] if level else []
            firsts = (ROMANS[counts[0] - 1], f"Phần thứ {PARTS[counts[0] - 1]}")
            return [".".join((first, *rest)) for first in firsts]
        if habit == "letters":
            parts = [LETTERS[counts[0] - 1], *(ROMANS[n - 1] for n in counts[1:2]), *map(str, counts[2:])]
        elif habit == "roman_decimal":
            parts = [ROMANS[counts[0] - 1], *map(str, counts[1:])]
        else:
            parts = [ROMANS[counts[0] - 1], *(str(n) for n in counts[1:2]), *(POINTS[n - 1] for n in counts[2:])]
        return ".".join(parts[: level + 1])

    @property
    def deep(self) -> bool:
        """Whether sections may have sections below them."""
        return self.scene.habit != "none"

    # --- what stands below them

    def items(self, pieces: list[Piece], style: str | None = None) -> None:
        """Sentences as bullets, as lettered or bracketed items, or as paragraphs."""
        style = style or self.scene.rng.choices(("bullet", "point", "bracket", "bare"), (7, 2, 1, 2))[0]
        for n, piece in enumerate(pieces):
            if style == "bullet":
                marker = f"{self.bullet} "
            elif style == "point" and len(pieces) > 1:
                marker = f"{POINTS[n]}) "
            elif style == "bracket" and len(pieces) > 1:
                marker = f"({n + 1}) "
            else:
                marker = ""
            self.lines.append(join((marker, piece)))

    def table(self, rows: list[list[Words]]) -> None:
        """A table: pipes in Markdown, tabs in plain text."""
        if self.scene.markdown:
            head, *rest = rows
            lines = [join(("| ", join(head, " | "), " |")), Piece("|" + "---|" * len(head))]
            lines += [join(("| ", join(row, " | "), " |")) for row in rest]
        else:
            lines = [join(row, "\t") for row in rows]
        self.lines.append(join(lines, "\n"))

    # --- the sections

    def purpose(self) -> None:
        scene = self.scene
        if scene.chance(0.4):
            self.heading("purpose", 0)
            self.items(tasks.prose(scene, "purpose", 1, 3))
            self.heading("requirements", 0)
            self.items(tasks.prose(scene, "requirements", 1, 3))
            return
        self.heading("purpose_requirements", 0)
        if not self.deep:
            self.items(tasks.prose(scene, "purpose", 2, 4))
            return
        labels = scene.chance(0.2)
        for kind in ("purpose", "requirements"):
            if labels:
                self.label(kind, 1, tasks.prose(scene, kind, 1, 1)[0])
                continue
            self.heading(kind, 1)
            self.items(tasks.prose(scene, kind, 1, 3))

    def targets(self) -> None:
        scene = self.scene
        year = {}
        if scene.one_year and scene.chance(0.3):
            year = {"year": str(scene.year)}
        self.heading("targets" if year or scene.chance(0.9) else "targets_requirements", 0, **year)
        nested = self.deep and not year and scene.chance(0.5)
        if nested:
            if scene.chance(0.3):
                self.label("general_targets", 1, tasks.prose(scene, "purpose", 1, 1)[0])
            else:
                self.heading("general_targets", 1)
                self.items(tasks.prose(scene, "purpose", 1, 2), "bare")
            self.heading("special_targets", 1)
        found = [targets.target(scene) for _ in range(scene.rng.randint(4, 10))]
        if year:
            found = [add(piece, "targets", period_end=f"{scene.year}-12-31") for piece in found]
        self.items(found, scene.rng.choices(("bullet", "point", "bare"), (8, 2, 1))[0])
        if scene.chance(0.25):
            if nested:
                self.heading("special_targets", 1)
            self.table(targets.rows(scene))

    def work(self, kind: str) -> None:
        """Tasks or content, with or without headings below."""
        scene = self.scene
        self.heading(kind, 0)
        roles = words("sections")[kind]["roles"]
        if self.deep and scene.chance(0.75):
            for say in scene.some(words("sections")["children"]["say"], 2, 5):
                self.head(say, 1, roles)
                self.items(self.mixed(scene.rng.randint(1, 4)))
        elif scene.chance(0.4):
            self.table(tasks.rows(scene))
        else:
            self.items(self.mixed(scene.rng.randint(3, 7)))

    def mixed(self, count: int, unit: str | None = None) -> list[Piece]:
        """Sentences of a section of work: with times, with papers, plain ones."""
        scene = self.scene
        out = []
        for _ in range(count):
            kind = scene.rng.random()
            if kind < 0.55:
                out.append(tasks.task(scene, unit))
            elif kind < 0.75:
                out.append(self.shelf.sentence())
            elif kind < 0.9 or unit:
                out.append(tasks.plain(scene, unit))
            else:
                out += tasks.prose(scene, "content", 1, 1)
        return out

    def timeline(self) -> None:
        scene = self.scene
        self.heading("timeline", 0)
        if scene.one_year and self.deep and scene.chance(0.5):
            for n in range(4):
                said = f"Quý {ROMANS[n]}" + scene.pick(("", f"/{scene.year}", f" năm {scene.year}"))
                time = {
                    "start_date": iso(date(scene.year, n * 3 + 1, 1)),
                    "end_date": iso(last_day(scene.year, n * 3 + 3)),
                }
                self.head(mark(said, "deadlines", kind="interval", **time), 1, ["timeline"])
                self.items([tasks.plain(scene) for _ in range(scene.rng.randint(1, 2))], "bullet")
            return
        self.items([tasks.task(scene, times=("within", "bare", "due")) for _ in range(scene.rng.randint(1, 4))])

    def simple(self, kind: str) -> None:
        """A section of prose, in whose heading the plan's time may be named too."""
        with_time = f"{kind}_timeline" if kind == "participants" else f"timeline_{kind}"
        self.heading(with_time if with_time in words("sections") and self.scene.chance(0.2) else kind, 0)
        self.items(tasks.prose(self.scene, kind, 1, 3))

    def reporting(self) -> None:
        scene = self.scene
        self.heading("reporting", 0)
        found = [tasks.task(scene, times=("again", "due")) for _ in range(scene.rng.randint(1, 3))]
        self.items([*found, *tasks.prose(scene, "reporting", 0, 1)])

    def implementation(self) -> None:
        scene = self.scene
        self.heading("implementation", 0)
        units = scene.some(scene.units, 2, 5)
        if self.deep and scene.chance(0.7):
            for unit in units:
                self.head(unit, 1, ["implementation"])
                found = self.mixed(scene.rng.randint(1, 3), unit)
                self.items(found, "bullet" if len(found) > 1 else None)
        else:
            for n, unit in enumerate(units, 1):
                work = fill("{unit}: {task}", unit=unit, task=tasks.task(scene, unit))
                self.lines.append(join((f"{n}. " if scene.habit == "roman" else f"{self.bullet} ", work)))

    def appendix(self, number: int, attached: Piece) -> None:
        """An appendix: its heading, its title, the paper it belongs to, and a table."""
        scene = self.scene
        head = mark(
            scene.pick((f"PHỤ LỤC {number:02}", f"PHỤ LỤC {ROMANS[number - 1]}", f"Phụ lục {number}")),
            "sections",
            roles=["appendix"],
        )
        title = scene.pick(words("letterhead")["appendices"])
        self.lines.append(join((head, title, attached), "\n"))
        self.table(tasks.rows(scene) if title != words("letterhead")["appendices"][2] else targets.rows(scene))

    def write(self) -> None:
        """The sections of a plan, in an order that plans have."""
        scene = self.scene
        roomy = scene.habit != "letters"  # "I." after "H." would look like a Roman number
        if roomy and scene.chance(0.2):
            self.simple("other")
        if scene.chance(0.85):
            self.purpose()
        if roomy and scene.chance(0.25):
            self.simple("participants")
        if scene.chance(0.9):
            self.targets()
        kinds = scene.pick((["tasks"], ["content"], ["content", "tasks"], ["tasks"], ["content_tasks"]))
        for kind in kinds:
            self.work(kind)
        rest = scene.some(["timeline", "budget", "reporting", "commendation"], 1, 3 if roomy else 1)
        for kind in rest:
            if kind in ("timeline", "reporting"):
                getattr(self, kind)()
            else:
                self.simple(kind)
        self.implementation()
