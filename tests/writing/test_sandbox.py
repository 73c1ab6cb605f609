"""A template reaches no Python, and ends."""

import time
from types import SimpleNamespace

import pytest

from crisis.model.errors import BadContent
from crisis.model.words import Language
from crisis.writing.budget import TooMuch
from crisis.writing.shelf import OUTPUT_LIMIT, Shelf
from crisis.writing.view import View

REACHES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ v|attr('__class__') }}",
    "{{ v.__init__.__globals__ }}",
    "{{ v.__dict__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ '{0.__class__}'.format(v) }}",
    "{{ '{0.__class__}'.format_map(v) }}",
    "{{ '%s'|format(v) }}",
    "{{ ('%c' % 95) }}",
    "{{ v|map(attribute='__class__')|list }}",
    "{{ v|safe }}",
    "{{ v() }}",
    "{{ v.text.upper() }}",
    "{{ [].append(1) }}",
    "{{ {}.update({'a': 1}) }}",
    "{% import 'os' as os %}{{ os.system('id') }}",
    "{% if ''.__class__ %}x{% endif %}",
    "{% for one in v.__class__.__mro__ %}x{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% autoescape false %}{{ v.text }}{% endautoescape %}",
    "{% about v.__class__ %}x{% endabout %}",
]

ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}" + "x" * 200 + "{% endfor %}",
    "{% for a in range(10**9) %}{% endfor %}",
    "{% for a in range(999999999) %}{% endfor %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% include 'x.txt' %}",
    "{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "{% set a %}xx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a }}",
    "{{ 'x' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 9 ** 99999999 }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ range(99999)|join('" + "x" * 99 + "') }}",
    "".join(
        f"{{% macro m{i}() %}}{{% set _ = m{i + 1}() ~ m{i + 1}() %}}{{% endmacro %}}"
        for i in range(40)
    )
    + "{% macro m40() %}{% endmacro %}{{ m0() }}",
]


def render(source: str) -> str:
    fields = {"lang": "vi", "v": SimpleNamespace(text="chữ")}
    return Shelf.from_bytes({"x.txt": source.encode()}).render("x.txt", fields)


@pytest.mark.parametrize("source", REACHES)
def test_a_template_that_reaches_for_python_is_refused(source: str) -> None:
    with pytest.raises(BadContent) as caught:
        render(source)
    assert caught.value.place.startswith("x.txt")


@pytest.mark.parametrize("source", ENDLESS, ids=range(len(ENDLESS)))
def test_a_template_that_never_ends_or_fills_the_memory_is_stopped(source: str) -> None:
    started = time.monotonic()
    with pytest.raises(BadContent):
        render(source)
    assert time.monotonic() - started < 10


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(TooMuch):
        render("x" * (OUTPUT_LIMIT + 1))


def test_what_templates_need_works() -> None:
    source = (
        "{% macro m(x) %}[{{ x|upper }}]{% endmacro %}"
        "{% for i in range(3) %}{{ loop.index + 1 }}{% if not loop.last %},{% endif %}{% endfor %}"
        "{{ m(v.text) }}{{ 'a' ~ 1 }}{{ 2 * 3 }}"
    )
    assert render(source) == "2,3,4[CHỮ]a16"


def test_data_with_methods_never_enters_a_template() -> None:
    with pytest.raises(TypeError):
        View(Language.VI).of(object())
    with pytest.raises(TypeError):
        View(Language.VI).of({"a": 1})


def test_characters_that_no_reader_sees_are_dropped_from_data() -> None:
    hidden = "an\u202etoàn\u200b\x00\x1b[31m\ue000x\ue001\r\ndòng hai\u2028"
    assert View(Language.VI).of(hidden) == "antoàn[31mx\ndòng hai"
    assert View(Language.VI).of("e\u0301") == "é"
