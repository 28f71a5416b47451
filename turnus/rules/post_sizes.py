"""Sizes of posts: nobody loses what they have, and open posts have an allowed size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.problem import Post, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.texts import N_


class PostSizes(Rule):
    """A named person has one post between present and wished size; open posts have allowed sizes."""

    id: ClassVar[str] = "post_sizes"
    title: ClassVar[str] = N_("Sizes of posts")
    sentence: ClassVar[str] = N_(
        "Named staff keep their size or get what they wish; open posts have an allowed size."
    )
    source: ClassVar[Source] = Source(
        "AML § 14-1 b and § 14-3", "https://arbeidstilsynet.no/regelverk/lover/arbeidsmiljoloven/14/14-1b/"
    )
    unit: ClassVar[str] = N_("posts")
    lowering: ClassVar[Literal["line", "posts", "rows", "structure"]] = "posts"
    always: ClassVar[bool] = True

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post of a wrong size, and each class with too many posts or, for a person, none."""
        for index, post in enumerate(rota.posts):
            if not _allowed(problem, post):
                yield Breach(self.id, index, None, 1, self.unit)
        number = Counter(post.class_index for post in rota.posts)
        for index, post_class in enumerate(problem.classes):
            least = 1 if post_class.named else 0
            wrong = max(number[index] - post_class.at_most, least - number[index], 0)
            if wrong:
                yield Breach(self.id, None, None, wrong, self.unit, times=wrong, about=post_class.id)
        opened = sum(not problem.classes[post.class_index].named for post in rota.posts)
        if problem.most_open_posts is not None and opened > problem.most_open_posts:
            wrong = opened - problem.most_open_posts
            yield Breach(self.id, None, None, wrong, self.unit, times=wrong)


def _allowed(problem: Problem, post: Post) -> bool:
    post_class = problem.classes[post.class_index]
    if post_class.named:
        low, high = sorted((post_class.size, post_class.wished))
        return low <= post.size <= high
    return post.size in post_class.sizes and post.size >= problem.smallest_size
