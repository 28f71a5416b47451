"""Which neighbourhoods are chosen: lawful ones for any number of posts and weeks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.rota.small_tasks import task
from turnus.rota.choosing import Chooser
from turnus.rota.neighbourhood import Finding
from turnus.rota.standing import Standing


@pytest.mark.parametrize("weeks", [1, 6, 14])
@pytest.mark.parametrize("posts", [1, 2, 3])
def test_every_choice_has_posts_of_the_rota_and_some_days(posts: int, weeks: int) -> None:
    one, _ = task(1, weeks)
    few = replace(one, posts=one.posts[:posts], kinds=one.kinds[:posts])
    prices = np.zeros(one.cover.groups)
    columns = [one.pricer.column(post, prices) for post in range(posts)]
    standing = Standing(few, [column for column in columns if column is not None])
    assert len(standing.columns) == posts
    chooser = Chooser(few, np.random.default_rng(1))
    for _ in range(60):
        for choice in chooser.choices(standing, 2):
            assert choice.posts
            assert set(choice.posts) <= set(range(posts))
            assert choice.days.any()
            chooser.learn(choice, Finding(None, 0.0, exact=True, pivots=0))
