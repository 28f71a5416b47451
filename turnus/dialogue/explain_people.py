"""For how few people a change would do: what is for everybody, made smaller to the fewest that are enough.

People who are alike in all that bounds read are interchangeable, so that one choice of so many of each kind
stands for all: with every choice of one fewer refuted, fewer are proven not to be enough, whoever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from turnus.case import Case
from turnus.dialogue.explain_changes import Change, change_by
from turnus.dialogue.explain_elements import whole_case
from turnus.dialogue.explain_proof import Judge
from turnus.dialogue.lever import pull
from turnus.dialogue.lever_people import ForSome, Names
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.problem import PostClass

MOST_CHOICES = 40  # of who the people are, tried to prove that so few are not enough
Kinds = Sequence[Names]


def for_fewest(variant: Variant, change: Change, judge: Judge, tell: Callable[[str], None]) -> Change:
    """Return the change for the fewest of the staff that are enough; the change itself where all are needed.

    The first to be asked are those with the largest posts.
    """
    lever = change.chosen
    if not isinstance(lever, ForSome):
        return change
    asked = tuple(lever.asked(variant))
    search = _Search(variant, lever, judge)
    tell(change.name)
    if len(asked) < 2 or not search.enough(asked):
        return change
    people = search.first_of(asked)
    people, fewest = search.fewer(people, alike(whole_case(variant), asked))
    if len(people) == len(asked) or (judge.stop is not None and judge.stop()):
        return change
    only = lever.only_for(people)
    changed = pull(only, variant)
    verdict, how = judge.judge(changed)
    made = change_by(
        variant, only, changed, steps=change.steps, smallest=change.smallest, verdict=verdict, how=how
    )
    return replace(made, people=people, fewest=fewest)


@dataclass(frozen=True)
class _Search:
    variant: Variant
    lever: ForSome
    judge: Judge

    def enough(self, people: Names) -> bool:
        """Whether it is not refuted that the change does for these people alone."""
        try:
            changed = pull(self.lever.only_for(people), self.variant)
        except InputError:  # beyond what the file may say
            return False
        return not self.judge.refutes(changed)

    def first_of(self, asked: Names) -> Names:
        """Return as few of the first as are enough, by bisection; all of them are."""
        low, high = 0, len(asked)  # not enough, enough
        while high - low > 1:
            middle = (low + high) // 2
            if self.enough(asked[:middle]):
                high = middle
            else:
                low = middle
        return asked[:high]

    def fewer(self, people: Names, kinds: Kinds) -> tuple[Names, bool]:
        """Return fewer people where another choice of them is enough, and whether still fewer are refuted."""
        while len(people) > 1:
            n = len(people) - 1
            if choices(kinds, n) > MOST_CHOICES:
                return people, False
            other = next((chosen for chosen in each_choice(kinds, n) if self.enough(chosen)), None)
            if other is None:
                return people, True
            people = other
        return people, True


def alike(case: Case, names: Sequence[str]) -> list[Names]:
    """Return names in groups of people whom bounds cannot tell apart."""
    posts = {post.person: post for post in case.problem.classes if post.named}
    groups: dict[object, list[str]] = {}
    for name in names:
        groups.setdefault(_kind(case, posts[name]), []).append(name)
    return [tuple(group) for group in groups.values()]


def _kind(case: Case, post: PostClass) -> object:
    """Return all that a bound reads of a post.

    A rule that names the person, other than as one whom it is for, sets them apart.
    """
    applying = tuple(at for at, rule in enumerate(case.rules) if rule.applies_to(post))
    whom = {"people", "except_for"}
    told = "".join(rule.model_dump_json(exclude=whom) for rule in case.rules)
    apart = post.person if any(f'"{word}"' in told for word in (post.person, *post.tags)) else ""
    own = replace(post, id="", person="", tags=frozenset(), wishes=(), present_rota=())
    return repr(own), applying, apart


def choices(kinds: Kinds, n: int) -> int:
    """Return in how many ways `n` people can be chosen, those of a kind being alike."""
    ways = [1] + [0] * n
    for kind in kinds:
        ways = [sum(ways[m - own] for own in range(min(m, len(kind)) + 1)) for m in range(n + 1)]
    return ways[n]


def each_choice(kinds: Kinds, n: int) -> Iterator[Names]:
    """Yield `n` people in every way, the first ones of each kind."""
    if not kinds:
        if n == 0:
            yield ()
        return
    first, *others = kinds
    left = sum(map(len, others))
    for own in range(min(n, len(first)), max(0, n - left) - 1, -1):
        for rest in each_choice(others, n - own):
            yield (*first[:own], *rest)
