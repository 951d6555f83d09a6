"""Who signs a paper, by position: persons change, and papers outlive them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signers:
    """The positions that sign; empty where the organization has none."""

    maker: str = ""  # who keeps the plan
    checker: str = ""  # the permanent secretary
    approver: str = ""  # the head of the organization
