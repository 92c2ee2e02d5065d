"""What a parser of a form raises."""


class FormError(ValueError):
    """The text is not of the form. The message is half a sentence: what is wrong with it."""
