"""The settings of the search of the house."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """General settings; none is meant to be tuned per case."""

    model_config = ConfigDict(extra="forbid")
    goal: Literal["desirability", "pareto"] = Field(
        default="desirability", description="climb the weighted mean, or also earn by widening the Pareto front"
    )
    batch: int = Field(default=64, ge=4, description="fresh molecules judged a round")
    first: int = Field(default=32, ge=4, description="molecules judged from the untouched prior before learning")
    replays: int = Field(default=4, ge=0, description="learning steps on replay after each batch")
    replay_batch: int = Field(default=64, ge=1, description="molecules a replay step")
    memory: int = Field(default=512, ge=1, description="size of the replay memory")
    per_scaffold: int = Field(default=10, ge=1, description="molecules of one scaffold in the memory")
    allowance: int = Field(
        default=25, ge=1, description="good molecules of a scaffold (twice that of a series) before rewards fade"
    )
    elite: int = Field(
        default=512, ge=1, description="who finds one of so many best molecules earns credit as a proposer"
    )
    least_share: float = Field(default=0.15, ge=0, le=0.5, description="least share of a proposer")
    ligands: int = Field(default=300, ge=0, description="measured ligands to learn from after the prior's sample")
    plausible: float = Field(
        default=0.05,
        ge=0,
        le=0.5,
        description="quantile of the prior's own molecules below which one is turned away",
    )
    contrast: bool = Field(default=True, description="teach rewards relative to what the prior's molecules earn")
    surplus: float = Field(default=2.0, ge=1, le=20, description="proposals for each molecule that is measured")
    unscreened: float = Field(default=0.2, ge=0, le=1, description="share of the measured that chance picks")
    lag: int = Field(
        default=1, ge=0, le=20, description="rounds after which dear scorers' results are taken in; 0: asked in turn"
    )
    surrogate: Literal["process", "ensemble", "auto"] = Field(
        default="process",
        description='Gaussian process, bootstrap ensemble, or the second beyond "points" measurements',
    )
    points: int = Field(default=1200, ge=200, le=5000, description="measurements that the process holds")
    patience: int = Field(default=12, ge=1, description="rounds without a better best 20 before a fresh start")
    warm_after: int = Field(default=5, ge=0, description="such rounds before drawing grows bolder; 0: never")
    stagnation: int = Field(default=0, ge=0, description="such rounds, fresh starts included, that end it; 0: never")
    checkpoint: int = Field(default=5, ge=1, description="rounds between two states on disk")
