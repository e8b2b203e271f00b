"""How a model's service failed, from the types, statuses and headers of its errors; never from what they say."""

from __future__ import annotations

import re
import time
from datetime import timezone
from email.utils import parsedate_to_datetime
from typing import Any, Dict, Iterator, Mapping, Optional

_FILTERED = {"content_filter", "content_policy_violation"}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}


def evidence_of(error: BaseException) -> Dict[str, Any]:
    """The evidence that `AgentEvidence` in the extension stands for. Clients of OpenAI and Anthropic name their errors alike."""
    for each in _chain(error):
        found = _service_error(each)
        if found is not None:
            return found
    return {"type": "crashed", "message": f"{type(error).__name__}: {error}"}


def _service_error(error: BaseException) -> Optional[Dict[str, Any]]:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    status = getattr(error, "status_code", None)
    if "ContentFilterFinishReasonError" in kinds or getattr(error, "code", None) in _FILTERED:
        return {"type": "refused", "why": "the service's content filter"}
    if isinstance(status, int):
        return _by_status(status, error)
    # Time-outs are a kind of these.
    if "APIConnectionError" in kinds:
        return {"type": "unreachable"}
    return None


def _by_status(status: int, error: BaseException) -> Dict[str, Any]:
    if status == 401:
        return {"type": "notLoggedIn"}
    if status == 429:
        headers = getattr(getattr(error, "response", None), "headers", {})
        return {"type": "rateLimited", "until": free_again(headers, time.time())}
    if status >= 500 or status == 408:
        return {"type": "overloaded", "status": status}
    return {"type": "failed", "message": f"HTTP {status}: {getattr(error, 'message', error)}"}


def free_again(headers: Mapping[str, str], now: float) -> Optional[int]:
    """When the service takes requests again, in milliseconds since the epoch; `now` is in seconds.

    `retry-after-ms`; `retry-after` in seconds or as a date (RFC 9110); else the latest reset of what is used up, as OpenAI tells
    it (`x-ratelimit-remaining-tokens: 0`, `x-ratelimit-reset-tokens: 6m0s`).
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1)):
        try:
            return round((now + float(headers[name]) * unit) * 1000)
        except (KeyError, ValueError):
            pass
    try:
        date = parsedate_to_datetime(headers["retry-after"])
        return round((date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp() * 1000)
    except (KeyError, TypeError, ValueError):
        pass
    spans = [_seconds(headers.get(f"x-ratelimit-reset-{what}", "")) for what in ("requests", "tokens") if headers.get(f"x-ratelimit-remaining-{what}") == "0"]
    return round((now + max(spans)) * 1000) if spans else None


def _seconds(text: str) -> float:
    return sum(float(amount) * _SECONDS[unit] for amount, unit in _SPAN.findall(text))


def _chain(error: Optional[BaseException]) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
