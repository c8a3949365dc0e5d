from calls.questions.log import MAX_ON_PAGE, count_by_section, questions_of, set_question_dates

__all__ = [
    "count_by_section",
    "MAX_ON_PAGE",
    "questions_of",
    "set_question_dates",
]
