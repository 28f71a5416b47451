"""Sizes of posts: nobody loses what they have, and open posts have an allowed size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.problem import FULL_TIME, Post, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.texts import N_, _, ngettext, percent


class PostSizes(Rule):
    """A named person has one post between present and wished size; open posts have allowed sizes."""

    id: ClassVar[str] = "post_sizes"
    title: ClassVar[str] = N_("Sizes of posts")
    sentence: ClassVar[str] = N_(
        "Named staff keep their size or get what they wish; open posts have an allowed size."
    )
    example: ClassVar[str] = N_("An open post of 35 % where the smallest size is 50 %.")
    source: ClassVar[Source] = Source(
        "AML § 14-1 b and § 14-3",
        "https://arbeidstilsynet.no/regelverk/lover/arbeidsmiljoloven/14/14-1b/",
        verified=False,  # they ask for full-time and a preference; which sizes a unit has is its own choice
    )
    unit: ClassVar[str] = N_("posts")
    lowering: ClassVar[Literal["line", "posts", "rows", "structure"]] = "posts"
    always: ClassVar[bool] = True

    def told(self, problem: Problem, rota: Rota, breach: Breach) -> str:
        """Return the size that a post has and those it may have, or whose line is missing or too many."""
        if breach.post is not None:
            post = rota.posts[breach.post]
            return _("has {size}, expected {allowed}").format(
                size=_size(post.size), allowed=_sizes(problem, problem.classes[post.class_index])
            )
        owner = next((one for one in problem.classes if one.id == breach.about), None)
        if owner is None:
            most = problem.most_open_posts
            text = ngettext(
                "{n} open post more than the {most} that are allowed",
                "{n} open posts more than the {most} that are allowed",
                breach.amount,
            )
            return text.format(n=breach.amount, most=most)
        lines = sum(problem.classes[post.class_index] is owner for post in rota.posts)
        if not owner.named:
            name = problem.competence_names[owner.competence]
            text = ngettext(
                "{n} open post for {competence}, at most {most}",
                "{n} open posts for {competence}, at most {most}",
                lines,
            )
            return text.format(n=lines, competence=name, most=owner.at_most)
        if not lines:
            return _("{who} has no line in the rota").format(who=owner.person)
        return _("{who} has {n} lines in the rota").format(who=owner.person, n=lines)

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


def _size(size: int) -> str:
    return percent(100 * size / FULL_TIME, 2)


def _sizes(problem: Problem, post_class: PostClass) -> str:
    """Return which sizes a post of a class may have."""
    if post_class.named:
        low, high = sorted((post_class.size, post_class.wished))
        if low == high:
            return _size(low)
        return _("{least} to {most}").format(least=_size(low), most=_size(high))
    sizes = [_size(size) for size in post_class.sizes if size >= problem.smallest_size]
    return _("one of {sizes}").format(sizes=", ".join(sizes))


def _allowed(problem: Problem, post: Post) -> bool:
    post_class = problem.classes[post.class_index]
    if post_class.named:
        low, high = sorted((post_class.size, post_class.wished))
        return low <= post.size <= high
    return post.size in post_class.sizes and post.size >= problem.smallest_size
