"""Small facts printed on a label: sun protection, tax category code, price for 100 ml or g."""

import re
import unicodedata


def narrow(text):
    """Return text with full-width letters, digits and signs made half-width and without spaces.

    >>> narrow(" ＰＡ＋＋＋ ")
    'PA+++'
    >>> narrow(None), narrow(1070223010000000000)
    ('', '1070223010000000000')
    """
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", str(text or "")))


def normalize_spf(text):
    """Return the number behind SPF.

    >>> normalize_spf("SPF 50＋"), normalize_spf("30"), normalize_spf(30), normalize_spf(30.0)
    ('50+', '30', '30', '30')
    """
    if isinstance(text, float) and text.is_integer():
        text = int(text)  # spreadsheets hand over whole numbers as 30.0
    return narrow(str(text or "")).upper().removeprefix("SPF")


def is_spf(text):
    """Tell whether text is a sun protection factor a label may show: 2 to 50, above that only "50+".

    >>> [is_spf(value) for value in ("15", "50", "50+", "60", "1", "30+", "high")]
    [True, True, True, False, False, False, False]
    """
    return text == "50+" or bool(re.fullmatch(r"[1-9]\d?", text) and 2 <= int(text) <= 50)


def normalize_pa(text):
    """Return the UVA grade with its letters.

    >>> normalize_pa("pa＋＋＋"), normalize_pa("++"), normalize_pa("")
    ('PA+++', 'PA++', '')
    """
    grade = narrow(text).upper()
    return f"PA{grade}" if grade and set(grade) == {"+"} else grade


def is_pa(text):
    """Tell whether text is a UVA grade.

    >>> is_pa("PA+"), is_pa("PA++++"), is_pa("PA+++++"), is_pa("PA")
    (True, True, False, False)
    """
    return bool(re.fullmatch(r"PA\+{1,4}", text))


def is_tax_category_code(text):
    """Tell whether text is a code of the tax bureau's list of goods and services: 19 digits.

    >>> is_tax_category_code("1070223010000000000"), is_tax_category_code("107022301")
    (True, False)
    """
    return bool(re.fullmatch(r"[0-9]{19}", text))


def price_per_100(price, net_content, uom):
    """Return the price of 100 ml or 100 g, or 0.0 where the content is not measured so.

    >>> price_per_100(299.0, 50, "ml")
    598.0
    >>> price_per_100(99.0, 5, "piece"), price_per_100(99.0, 0, "ml")
    (0.0, 0.0)
    """
    if uom not in ("ml", "g") or not net_content or net_content <= 0:
        return 0.0
    return round(price * 100.0 / net_content, 2)
