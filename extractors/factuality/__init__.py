"""Truth: whether an event happened, as the article tells it: polarity and factuality."""

from extractors.factuality.judging import judge, judge_all

__all__ = ["judge", "judge_all"]
