"""Addresses that name a thing of the open data for ever: they hold no name and no number that can change."""


def plan(base: str, plan_id: int) -> str:
    """Return the address that names a plan."""
    return f"{base}/public/id/plans/{plan_id}"


def indicator(base: str, plan_id: int, number: int) -> str:
    """Return the address that names an indicator within a plan."""
    return f"{plan(base, plan_id)}/indicators/{number}"


def measure(base: str, measure_id: int) -> str:
    """Return the address that names a measure, whatever number it has within its indicator."""
    return f"{base}/public/id/measures/{measure_id}"


def task(base: str, task_id: int) -> str:
    """Return the address that names a task."""
    return f"{base}/public/id/tasks/{task_id}"
