"""Looking at watched addresses: handed over at a tick, done in a lane of its own, each look kept at once."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta

from tracker import clock
from tracker.documents.reading.rows import Tell
from tracker.domain.link_judging import judge
from tracker.domain.link_line import is_in_vain, is_reached
from tracker.domain.links import Observation
from tracker.domain.works import OUTWARD
from tracker.extensions import begin_reading, db
from tracker.jobs.link_rounds import STOPPING, Answer, Manner, Round, Target
from tracker.models import Work
from tracker.queries import links as queries
from tracker.queries import reminders, works
from tracker.services import links

log = logging.getLogger(__name__)

BATCH = 40  # addresses that are leased together
MANY = 3  # looks in vain, and none that was answered: it may be our own line


@dataclass
class Run:
    """What is known while an organization's addresses are looked at."""

    organization_id: int
    round: Round
    is_offline: bool  # at first as the run before left it
    is_up: bool = False  # somebody outside has answered
    in_doubt: list[tuple[Target, Observation]] = field(default_factory=list)  # in vain, perhaps by our own line
    done: int = 0


def run() -> None:
    """Hand over what is due to whoever does the work: a tick never waits for somebody else's server."""
    begin_reading()
    due = [one.id for one in reminders.organizations() if _due(one.id, limit=1)]
    db.session.rollback()
    for organization_id in due:
        links.hand_over(organization_id=organization_id, now=clock.now())
        db.session.commit()


def forget() -> None:
    """Delete looks that are older than what is kept."""
    links.forget_old(now=clock.now())
    db.session.commit()


def check_all(work: Work, tell: Tell, manner: Manner | None = None) -> None:
    """Look at every watched address of an organization that is due."""
    _check(work.subject_id, tell, manner or Manner())


def check_one(work: Work, tell: Tell, manner: Manner | None = None) -> None:
    """Look at one address, if it is still watched and due: another process may just have looked."""
    _check(work.organization_id, tell, manner or Manner(), only=work.subject_id)


def _check(organization_id: int, tell: Tell, manner: Manner, only: int | None = None) -> None:
    begin_reading()
    rules = queries.rules(organization_id)
    due = 1 if only else queries.count_due(organization_id, today=clock.today(), now=clock.now())
    run = Run(organization_id, Round(manner, tuple(rules.intranet_names)), rules.offline_since is not None)
    db.session.rollback()
    if run.is_offline and not _hear_the_line(run):
        return
    while not STOPPING.is_set():
        begin_reading()
        ids = _due(organization_id, limit=BATCH, only=only)
        db.session.rollback()
        if not ids or not _look_at(run, ids, lambda: tell(run.done, max(due, run.done))):
            break
        if only is None and _gives_way(organization_id):
            break


def _gives_way(organization_id: int) -> bool:
    """Let the rest wait behind what others asked for meanwhile: nobody's thousand slow sites hold up everybody."""
    begin_reading()
    is_awaited = works.is_any_free(machine_now=clock.machine_now(), kinds=OUTWARD)
    db.session.rollback()
    if is_awaited:
        links.line_up(organization_id=organization_id, now=clock.now())
        db.session.commit()
    return is_awaited


def _due(organization_id: int, *, limit: int, only: int | None = None) -> Sequence[int]:
    now, machine_now = clock.now(), clock.machine_now()
    return queries.due(organization_id, today=clock.today(), now=now, machine_now=machine_now, limit=limit, only=only)


def _look_at(run: Run, ids: Sequence[int], tell: Callable[[], None]) -> bool:
    """Look at some addresses and return whether it makes sense to go on."""
    leased = links.lease(ids, now=clock.now(), machine_now=clock.machine_now())
    targets = [Target(link.id, link.url) for link in leased]
    db.session.commit()
    left = {target.link_id for target in targets}
    with closing(run.round.looks(targets)) as answers:
        for answer in answers:
            if answer is not None:
                left.discard(answer.target.link_id)
                _take(run, answer)
            tell()
            if len(run.in_doubt) >= MANY and not _hear_the_line(run):
                break
    if run.in_doubt:
        _hear_the_line(run)
    if left:
        links.give_back(left)
        db.session.commit()
    return bool(targets) and not run.is_offline


def _take(run: Run, answer: Answer) -> None:
    target, observation = answer.target, answer.observation
    run.done += 1
    if observation is None:
        not_before = clock.now() + timedelta(seconds=answer.quiet) if answer.quiet else None
        links.give_back([target.link_id], not_before=not_before)
        db.session.commit()
    elif target.host in run.round.hosts_of_the_office:  # tells nothing of the line
        _keep(target, observation)
    elif is_in_vain(observation) and not run.is_up:
        run.in_doubt.append((target, observation))
    else:
        if is_reached(observation):
            _line_is_up(run)
        _keep(target, observation)


def _hear_the_line(run: Run) -> bool:
    """Find out whether the office itself is offline, as nobody answered; then nothing is kept and nobody is blamed."""
    if run.round.is_line_up():
        _line_is_up(run)
        return True
    log.warning("nothing outside can be reached: %s looks are not kept", len(run.in_doubt))
    ids = [target.link_id for target, _ in run.in_doubt]
    links.note_line(organization_id=run.organization_id, link_ids=ids, is_up=False, now=clock.now())
    db.session.commit()
    run.in_doubt.clear()
    run.is_offline = True
    return False


def _line_is_up(run: Run) -> None:
    """Note that somebody outside answered: what was looked at in vain is the address's own fault."""
    run.is_up = True
    if run.is_offline:
        links.note_line(organization_id=run.organization_id, link_ids=(), is_up=True, now=clock.now())
        db.session.commit()
        run.is_offline = False
    for target, observation in run.in_doubt:
        _keep(target, observation)
    run.in_doubt.clear()


def _keep(target: Target, observation: Observation) -> None:
    """Keep a look at once, so that whatever ends this process loses nothing of it."""
    judgement = judge(observation, today=clock.today())
    links.record(link_id=target.link_id, observation=observation, judgement=judgement, now=clock.now())
    db.session.commit()
