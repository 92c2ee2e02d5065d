"""Immutable values behave as frozen data classes do."""

import copy
import pickle
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from termsheet.immutable import fields, immutable, is_immutable, replace


@immutable
class Point:
    """A point."""

    x: int
    y: int = 2
    names: Mapping[str, str] = {}


@immutable
class Named(Point):
    name: str = ""


@immutable
class Empty:
    pass


@immutable
class Same:
    x: int

    __eq__ = object.__eq__


@dataclass(frozen=True)
class Other:
    x: int
    y: int = 2


def test_made_by_order_and_by_name():
    assert (Point(1).x, Point(1).y, Point(y=3, x=1).y) == (1, 2, 3)
    assert Named(1, name="a").name == "a"
    assert (fields(Point), fields(Named), fields(Empty)) == (("x", "y", "names"), ("x", "y", "names", "name"), ())
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=2)


def test_equal_by_class_and_fields():
    assert Point(1) == Point(1, 2) != Point(1, 3)
    assert Point(1) != Named(1)
    assert Empty() == Empty()
    assert Empty()
    assert hash(Empty()) == hash(Empty())
    one = Same(1)
    assert one == one != Same(1)
    assert len({one, Same(1)}) == 2


def test_cannot_be_changed():
    for value in (Point(1), Named(1)):
        with pytest.raises(AttributeError, match="`x` cannot be set"):
            value.x = 2
        with pytest.raises(AttributeError, match="`z` cannot be set"):
            value.z = 2
        with pytest.raises(AttributeError, match="`x` cannot be set or deleted"):
            del value.x


def test_replaced():
    value = Named(1, name="a")
    other = replace(value, y=5)
    assert (type(other), other.x, other.y, other.name, value.y) == (Named, 1, 5, "a", 2)
    with pytest.raises(TypeError, match="Named has no field z"):
        replace(value, z=1)


def test_told_as_a_data_class_is():
    assert repr(Other(1)) == "Other(x=1, y=2)"
    assert repr(Point(1)) == "Point(x=1, y=2, names={})"


def test_copied_and_sent_to_another_process():
    value = Named(1, name="a")
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value


def test_told_apart_from_other_classes():
    assert is_immutable(Point)
    assert is_immutable(Named)
    assert not is_immutable(Other)
    assert not is_immutable(str)
    assert not is_immutable(int | str)


def test_the_first_values_and_the_many_that_follow_are_alike():
    @immutable
    class Pair:
        x: int
        y: int = 2

    made = [Pair(1) for _ in range(9)] + [Pair(x=1, y=2) for _ in range(9)]
    assert set(made) == {Pair(1, 2)}
    assert [vars(value) for value in made] == [{"x": 1, "y": 2}] * 18
