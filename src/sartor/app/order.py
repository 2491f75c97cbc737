"""The order (case.toml): closed, typed, versioned. An unknown key is an error that names the nearest known one."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sartor.core import Constraint, Desirability, Evidence, Objective, OrderError, Reason
from sartor.personalize.rules import must_be_rules

SCHEMA = "sartor/design/1"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PatientFiles(_Closed):
    """Where the patient's files are. Every one may be left out; what is absent is written down, never assumed."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9._-]+$", description="a pseudonym; never a name")
    germline: str | None = None
    sample: str | None = Field(None, description="which sample of a multi-sample germline VCF")
    tumor: str | None = None
    tumor_sample: str | None = None
    cnv: str | None = Field(None, description="table of the tumour's copy numbers")
    fusions: str | None = Field(None, description="table of the tumour's fusions")
    expression: str | None = Field(None, description="table of the tumour's expression in TPM")
    min_vaf: float = Field(0.05, ge=0, le=1, description="tumour changes of a lower allele fraction are left out")
    min_depth: int = Field(20, ge=0, description="tumour changes covered by fewer reads are left out")
    min_copies: float = Field(6.0, gt=2, description="copies from which a gene counts as amplified")
    assembly: Literal["auto", "GRCh38", "GRCh37"] = Field(
        "GRCh38", description="checked against contig lengths and bases; auto takes what they say"
    )
    outside: str | None = None
    medicines: str | None = None
    record: str | None = None
    base: Path = Field(Path("."), exclude=True)

    def path(self, given: str | None) -> Path | None:
        """A path of the order, resolved from the order file's folder."""
        return None if given is None else (self.base / given)


class Disease(_Closed):
    """What to treat. Without ``target`` the house proposes one and says so."""

    name: str = Field(min_length=2)
    target: str | None = None


class Generate(_Closed):
    """Which proposers to use, by part name; ``settings`` holds each one's own, such as
    ``[generate.settings.language-model]`` with ``weights = "transformer"``. `sartor parts` lists what each takes."""

    use: tuple[str, ...] = ("language-model", "genetic")
    settings: dict[str, dict[str, Any]] = {}

    @model_validator(mode="after")
    def _settings_of_the_used(self) -> Generate:
        for name in self.settings:
            if name not in self.use:
                raise ValueError(f"settings are given for {name!r}, which is not used: {', '.join(self.use)}")
        return self


class BudgetOrder(_Closed):
    """Distinct molecules measured, and minutes; whichever comes first ends the search."""

    molecules: int = Field(5000, ge=1)
    minutes: float = Field(10.0, gt=0)


class Optimize(_Closed):
    """Which search, what it climbs and how much it may spend.

    ``goal`` "desirability" climbs the weighted mean of the objectives; "pareto" also rewards a molecule for widening
    the front of trade-offs. ``settings`` are the search's own (``sartor parts`` lists them).
    """

    use: str = "reinforcement"
    goal: Literal["desirability", "pareto"] = "desirability"
    budget: BudgetOrder = BudgetOrder()
    campaign: str | None = Field(None, description="folder of a campaign whose potency model the search uses")
    settings: dict[str, Any] = {}

    @field_validator("settings")
    @classmethod
    def _one_goal(cls, given: dict[str, Any]) -> dict[str, Any]:
        if "goal" in given:
            raise ValueError("the goal stands under [optimize] itself, not among its settings")
        return given


class DesirabilityOrder(_Closed):
    """Exactly one of: above = [0 at, 1 at], below = [0 at, 1 at], inside = [0, 1, 1, 0]."""

    above: tuple[float, float] | None = None
    below: tuple[float, float] | None = None
    inside: tuple[float, float, float, float] | None = None

    @model_validator(mode="after")
    def _one(self) -> DesirabilityOrder:
        given = [k for k in ("above", "below", "inside") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of above, below, inside; got {given or 'none'}")
        if self.above and not self.above[0] < self.above[1]:
            raise ValueError(f"above = [worth 0 at, worth 1 at] wants the first smaller, got {list(self.above)}")
        if self.below and not self.below[0] > self.below[1]:
            raise ValueError(f"below = [worth 0 at, worth 1 at] wants the first larger, got {list(self.below)}")
        return self

    def noun(self) -> Desirability:
        """As the core noun."""
        return Desirability(tuple(self.above or self.below or self.inside or ()))


class ObjectiveOrder(_Closed):
    """A soft wish of the person who orders; replaces a generic or personal one of the same name."""

    name: str
    use: str
    unit: str
    desirability: DesirabilityOrder
    weight: float = Field(1.0, gt=0)
    settings: dict[str, str] = {}


class ConstraintOrder(_Closed):
    """A hard limit of the person who orders: exactly one of below, above."""

    name: str
    use: str
    unit: str
    below: float | None = None
    above: float | None = None
    settings: dict[str, str] = {}

    @model_validator(mode="after")
    def _one(self) -> ConstraintOrder:
        if (self.below is None) == (self.above is None):
            raise ValueError("give exactly one of below, above")
        return self


class Shortlist(_Closed):
    """How many candidates, and how far apart (Tanimoto distance between any two)."""

    size: int = Field(20, ge=1, le=500)
    min_distance: float = Field(0.4, ge=0, lt=1)


class Report(_Closed):
    """Which files to write beside the JSON artefacts, which are always written."""

    formats: tuple[Literal["html", "json", "sdf", "csv"], ...] = ("html", "json", "sdf", "csv")


class Order(_Closed):
    """One design order. Relative paths start at the folder of the order file (``patient.base``)."""

    schema_: Literal["sartor/design/1"] = Field(alias="schema")
    seed: int = Field(20261, ge=0, lt=2**32)
    refuse: tuple[str, ...] = Field((), description="names of personal rules that are to ask nothing")
    patient: PatientFiles
    disease: Disease
    generate: Generate = Generate()
    optimize: Optimize = Optimize()
    objective: tuple[ObjectiveOrder, ...] = ()
    constraint: tuple[ConstraintOrder, ...] = ()
    shortlist: Shortlist = Shortlist()
    report: Report = Report()

    @field_validator("objective", "constraint")
    @classmethod
    def _unique(cls, items: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [i.name for i in items]
        double = sorted({n for n in names if names.count(n) > 1})
        if double:
            raise ValueError(f"the name {double[0]!r} is used twice")
        return items

    def campaign(self) -> Path | None:
        """The campaign's folder, resolved from the order file's folder; None where the order names none."""
        return self.patient.path(self.optimize.campaign)

    def objectives(self) -> tuple[Objective, ...]:
        """The person's own objectives as nouns."""
        return tuple(
            Objective(o.name, o.use, o.unit, o.desirability.noun(), o.weight, (_ordered(o.name),), dict(o.settings))
            for o in self.objective
        )

    def constraints(self) -> tuple[Constraint, ...]:
        """The person's own constraints as nouns."""
        made = []
        for c in self.constraint:
            bound: Literal["below", "above"] = "below" if c.below is not None else "above"
            limit = c.below if c.below is not None else c.above
            assert limit is not None  # _one saw to it
            made.append(Constraint(c.name, c.use, c.unit, bound, limit, (_ordered(c.name),), dict(c.settings)))
        return tuple(made)


def _ordered(name: str) -> Reason:
    claim = Evidence(f"{name!r} was asked for by the person who ordered", "assumed", "the order file")
    return Reason("the order asks for it", (claim,))


def read_order(path: str | Path) -> Order:
    """Read and check an order; OrderError says what came, what was expected, and on which line."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise OrderError(f"{path}: there is no such order file; write one like examples/lung-egfr/case.toml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OrderError(f"{path}: the order cannot be read as UTF-8 text ({error})") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OrderError(f"{path}: not valid TOML: {error}") from None
    if data.get("schema") != SCHEMA:
        raise OrderError(f'{path}: the first key must be schema = "{SCHEMA}", got {data.get("schema")!r}')
    if isinstance(data.get("patient"), dict) and "base" in data["patient"]:
        raise OrderError(f"{path}{_line(text, 'base')}: unknown key 'base'")
    try:
        order = Order.model_validate(data)
    except ValidationError as error:
        raise OrderError(_explain(path, text, error)) from None
    try:
        must_be_rules(order.refuse)
    except OrderError as error:
        raise OrderError(f"{path}{_line(text, 'refuse')}: {error}") from None
    return order.model_copy(update={"patient": order.patient.model_copy(update={"base": path.parent})})


def _line(text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.split("#")[0]
        if key in bare.replace("=", " ").replace("[", " ").replace("]", " ").split():
            return f", line {number}"
    return ""


def _explain(path: Path, text: str, error: ValidationError) -> str:
    lines = []
    for e in error.errors():
        where = [str(x) for x in e["loc"]]
        key = next((w for w in reversed(where) if not w.isdigit()), "")
        place = f"{path}{_line(text, key)}"
        if e["type"] == "extra_forbidden":
            near = difflib.get_close_matches(key, _known(where[:-1]), n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(_known(where[:-1]))}"
            lines.append(f"{place}: unknown key {'.'.join(where)!r}{hint}")
        else:
            got = "" if e["type"] == "missing" else f", got {e['input']!r}"
            lines.append(f"{place}: {'.'.join(where)}: {e['msg'].removeprefix('Value error, ')}{got}")
    return "\n".join(lines)


def _known(where: list[str]) -> list[str]:
    model: Any = Order
    for step in where:
        if step.isdigit():
            continue
        field = model.model_fields.get(step)
        if field is None:
            return []
        inner = [a for a in getattr(field.annotation, "__args__", (field.annotation,)) if isinstance(a, type)]
        model = next((a for a in inner if issubclass(a, BaseModel)), None)
        if model is None:
            return []
    return [f.alias or n for n, f in model.model_fields.items() if n != "base"]
