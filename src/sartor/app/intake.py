"""From an order to a patient, and from a patient to a brief: the rooms ``read`` and ``personalize`` composed."""

from __future__ import annotations

from sartor.core import DesignBrief, Patient
from sartor.personalize.brief import write_brief as personalize
from sartor.personalize.target import choose_target
from sartor.personalize.unread import unused
from sartor.read.patient import read_patient as read
from sartor.read.sieve import Limits

from .order import Order, PatientFiles


def read_patient(files: PatientFiles) -> Patient:
    """Everything the files (``order.patient``) say of this person; IntakeError says what is wrong with one."""
    return read(
        id=files.id,
        germline=files.germline,
        tumor=files.tumor,
        assembly=files.assembly,
        outside=files.outside,
        medicines=files.medicines,
        record=files.record,
        sample=files.sample,
        tumor_sample=files.tumor_sample,
        cnv=files.cnv,
        fusions=files.fusions,
        expression=files.expression,
        limits=Limits(files.min_vaf, files.min_depth, files.min_copies),
        base=files.base,
    )


def not_used(patient: Patient) -> tuple[str, ...]:
    """What was read of this person and no rule uses, each with why (``personalize.unread``)."""
    return unused(patient)


def write_brief(order: Order, patient: Patient) -> DesignBrief:
    """The patient-specific target product profile; the order's own wishes override same-named ones."""
    target = choose_target(patient, order.disease.name, order.disease.target)
    return personalize(patient, order.disease.name, target, order.objectives(), order.constraints(), order.refuse)
