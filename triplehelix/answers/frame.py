"""Data frames; the one door to pandas, which comes with the extra ``notebook``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph.question_header import Column
from triplehelix.answers.values import NUMBERS, RECORDS, WHOLE, Record, Row, join_values

if TYPE_CHECKING:
    import pandas as pd

MISSING = "pandas is not installed: pip install 'triplehelix[notebook]' (or: pip install pandas)"


def write_frame(columns: Sequence[Column], rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a data frame; see :meth:`triplehelix.Answer.df`.

    Raises:
        ModuleNotFoundError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        if error.name != "pandas":
            raise
        raise ModuleNotFoundError(MISSING, name="pandas") from error
    series: dict[str, Any] = {}
    for column in columns:
        values = [row[column.name] for row in rows]
        dtype = _dtype(column.type, values)
        series[column.name] = pd.array([_plain(value, dtype) for value in values], dtype=dtype)
        if column.type in RECORDS:
            ids = [_identify(value) for value in values]
            series[f"{column.name}_id"] = pd.array(ids, dtype="string")
    return pd.DataFrame(series)


def _dtype(type_: str, values: Sequence[Any]) -> str:
    if type_ == "boolean":
        return "boolean"
    if type_ not in NUMBERS:
        return "string"
    whole = all(value is None or value == int(value) for value in values)
    return "Int64" if type_ in WHOLE or (whole and type_ == "money") else "Float64"


def _plain(value: Any, dtype: str) -> Any:
    if isinstance(value, tuple):
        return join_values(value) or None
    if isinstance(value, Decimal):
        return int(value) if dtype == "Int64" else float(value)
    return value if value is None or dtype != "string" else str(value)


def _identify(value: Any) -> str | None:
    if isinstance(value, tuple):
        return "; ".join(record.id for record in value) or None
    return value.id if isinstance(value, Record) else None
