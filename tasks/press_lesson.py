"""Learning from the office's labels, as a step of a run."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.office.press import learning as press_learning
from crisis.records.act import SYSTEM
from tasks.office import office, run_id


@task(name="learn from the labels", cache_policy=NO_CACHE, persist_result=False)
async def learn() -> str:
    """Learn from new labels, if there are any; a version counts only where it is not worse."""
    async with office().records.act(SYSTEM, run_id()) as act:
        kept = await press_learning.train_if_new(office(), act)
    if kept is None:
        return "no new label"
    return f"version {kept.number} from {kept.trained_on + kept.held} labels: {kept.state}"
