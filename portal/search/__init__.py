from portal.search.page import SearchForm, SearchView, suggestions

__all__ = [
    "SearchForm",
    "SearchView",
    "suggestions",
]
