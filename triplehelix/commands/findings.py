"""``triplehelix findings``: where the documents contradict themselves or leave something out."""

from triplehelix.commands.options import STORE, FormatOption, LanguageOption, StoreOption
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language


def findings(
    store: StoreOption = STORE, lang: LanguageOption = None, form: FormatOption = None
) -> None:
    """Show where the documents contradict themselves or leave something out."""
    from graph.findings import read_findings
    from graph.store import open_store
    from triplehelix.terminal.listings import list_findings

    show(list_findings(read_findings(open_store(store)), chosen_language()), form)
