"""A run's account of itself: its name, its tags, what it did, and the state it ends in."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from prefect import runtime
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.office import link_of


def naming(form: str) -> dict[str, Any]:
    """Options of a flow that keep its parameters out of its name but for codes and ids.

    `form` is filled from the parameters: "{code}" gives runs named by their incident.
    """
    return {"flow_run_name": form, "persist_result": False, "log_prints": False}


@dataclass(kw_only=True)
class Account:
    """What one run did, line by line, for the auditor who reads its artifact."""

    code: str
    because: str
    lines: list[str] = field(default_factory=list)

    @property
    def run(self) -> str:
        """The id of this run."""
        return str(runtime.flow_run.id)

    def tell(self, line: str) -> None:
        """Add what a step did."""
        self.lines.append(line)

    async def tell_each(
        self, step: Callable[[str, str], Awaitable[str]], subjects: Sequence[str]
    ) -> None:
        """Take `step` for each subject; none waits for good because another fails.

        Raises what failed once all were tried: the failure, or a group of several.
        """
        failed: list[Exception] = []
        for subject in subjects:
            try:
                self.tell(await step(self.code, subject))
            except Exception as error:
                failed.append(error)
        if failed:
            several = ExceptionGroup("; ".join(map(str, failed)), failed)
            raise several if failed[1:] else failed[0]

    async def ends(self, state: str) -> State[None]:
        """The final state, named after what the incident waits for, and the artifact with it."""
        did = "\n".join(f"- {line}" for line in self.lines) or "- nothing was ripe"
        await acreate_markdown_artifact(
            key=f"incident-{self.code.lower()}",
            markdown=f"## {self.code}\n\nBecause: {self.because or 'asked'}\n\n{did}\n\n"
            f"**{state}**\n\n{link_of(self.code)}\n",
            description=f"What this run did for {self.code}",
        )
        return Completed(name=state, message="; ".join(self.lines) or "nothing was ripe")
