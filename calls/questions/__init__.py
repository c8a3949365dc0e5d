from calls.questions.log import ON_THE_PAGE, count_by_section, date_questions, questions_of

__all__ = [
    "count_by_section",
    "date_questions",
    "ON_THE_PAGE",
    "questions_of",
]
