# SPDX-License-Identifier: BSL-1.0
"""Every test leaves no handle behind."""
import gc
from datetime import datetime, timedelta, timezone

import pytest

import quytrinh

HANOI = timezone(timedelta(hours=7))
START = datetime(2023, 12, 11, 8, tzinfo=HANOI)
ME = "ĐVYC/nv01"


@pytest.fixture(autouse=True)
def nothing_left():
    before = quytrinh.live_handles()
    yield
    gc.collect()
    assert quytrinh.live_handles() == before


@pytest.fixture
def office():
    with quytrinh.Office(clock=START, seed=7) as one:
        yield one
