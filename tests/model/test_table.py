"""CSV columns: what is read, and what each fault says."""

import os

import pytest

from pipeline import InputError
from pipeline.model.table import read_columns


@pytest.fixture
def table(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_by_name_and_number(table, delimiter):
    path = table("a,b,c\n1,2,3\n\n4,5,6\n".replace(",", delimiter))
    for x, y in (("a", "c"), (0, 2), ("a", 2)):
        columns = read_columns(path, x, y)
        assert [column.tolist() for column in columns] == [[1, 4], [3, 6]]


def test_without_header_and_with_byte_order_mark(table):
    x, y = read_columns(table("\ufeff1,2\r\n3,4\r\n"), 1, 0, header=False)
    assert (x.tolist(), y.tolist()) == ([2, 4], [1, 3])


@pytest.mark.parametrize(
    ("text", "x", "y", "words"),
    [
        ("", "a", "b", "no row of data"),
        ("a,b\n", "a", "b", "no row of data"),
        ("a,b\n1,2\n", "a", "z", "`y` = z.*a, b"),
        ("a,b\n1,2\n", "a", 2, "`y` = 2.*0 to 1"),
        ("a,b\n1,2\n3,x\n", "a", "b", "row 3, column b: 'x' is not a number"),
        ("a,b\n1,2\n\nnan,4\n", "a", "b", "row 4, column a: 'nan' is not finite"),
        ("a,b\n1,inf\n", "a", "b", "row 2, column b: 'inf' is not finite"),
        ("a,b\n1,2\n3\n", "a", "b", "row 3, column b: the cell is missing"),
        ("a,b\n1,2\n3,\n", "a", "b", "row 3, column b: '' is not a number"),
        ('a,b\n1,"2\n', "a", "b", "row 2: .*quoting"),
        ("a,b\n1,5,2,5\n", "a", "b", "row 2: 4 cells, but the first row has 2"),
        ("a;b\n1,5;2\n", "a", "b", "row 2, column a: '1,5' is not a number; .*set `decimal_comma`=true"),
        ("a,b\n1_000,2\n", "a", "b", "'1_000' is not a number"),
        ("a,b,a\n1,2,3\n", "a", "b", "`x` = a: .* has 2 columns of this name; give a number, 0 or 2"),
        ('a,b\n"1\n",2\n3,x\n', "a", "b", "row 4, column b"),
    ],
)
def test_faults_name_file_row_and_cell(table, text, x, y, words):
    with pytest.raises(InputError, match=words) as fault:
        read_columns(table(text), x, y)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas_are_read_where_they_are_declared(table, delimiter):
    path = table("a;b\n1,5;-2\n,25;1,5e3\n".replace(";", delimiter))
    x, y = read_columns(path, "a", "b", decimal_comma=True)
    assert (x.tolist(), y.tolist()) == ([1.5, 0.25], [-2, 1500])
    with pytest.raises(InputError, match=r"'1\.000,5' is not a number; .* without points"):
        read_columns(table("a;b\n1.000,5;2\n"), "a", "b", decimal_comma=True)


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ('"a;b",c\n1,2\n3,4\n', "a;b", "c"),
        ('"a\tb";c\n1;2\n3;4\n', "a\tb", "c"),
        ("time, s;height, m\n1;2\n3;4\n", "time, s", "height, m"),
        ("speed; slow,y\n1,2\n3,4\n", "speed; slow", "y"),
        ('"a\nb",c\n1,2\n3,4\n', "a\nb", "c"),
        ("a\u2028b\x0bd,c\n1,2\n3,4\n", "a\u2028b\x0bd", "c"),
        ("a,c\r1,2\r3,4\r", "a", "c"),
        ("a,c,\n1,2,\n3,4,\n", "a", "c"),
    ],
)
def test_delimiters_and_line_ends_are_told_from_what_is_quoted_or_named(table, text, x, y):
    columns = read_columns(table(text), x, y)
    assert [column.tolist() for column in columns] == [[1, 3], [2, 4]]


def test_a_name_needs_a_header(table):
    with pytest.raises(InputError, match="without a header"):
        read_columns(table("1,2\n"), "a", 1, header=False)


def test_files_that_cannot_be_read(table, tmp_path):
    with pytest.raises(InputError, match=r"`path` = .*No such file"):
        read_columns(str(tmp_path / "none.csv"), 0, 1)
    with pytest.raises(InputError, match="Is a directory"):
        read_columns(str(tmp_path), 0, 1)
    with pytest.raises(InputError, match="UTF-8"):
        read_columns(table("a,b\n1,ü\n", "latin-1"), 0, 1)
    with pytest.raises(InputError, match=r"motorcycle\.csv, nile\.csv"):
        read_columns("shipped:none.csv", 0, 1)


def test_what_has_no_end_is_not_read(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in ("/dev/zero", str(pipe)):
        with pytest.raises(InputError, match="no plain file"):
            read_columns(path, 0, 1)


@pytest.mark.parametrize("text", ["0,1\n1,2\n", "0;1,5\n1;2\n"])
def test_a_header_of_numbers_is_refused_where_columns_are_given_by_number(table, text):
    comma = "," in text.split("\n")[0] and ";" in text
    with pytest.raises(InputError, match="set `header`=false"):
        read_columns(table(text), 0, 1, decimal_comma=comma)
    x, _ = read_columns(table(text), 0, 1, header=False, decimal_comma=comma)
    assert x.tolist() == [0, 1]
    x, _ = read_columns(table("1990,1991\n1,2\n3,4\n"), "1990", "1991")
    assert x.tolist() == [1, 3]


def test_control_characters_in_names_reach_no_message(table):
    with pytest.raises(InputError) as fault:
        read_columns(table('"a\x1b[31m\n\n```{python}",b\n1,2\n'), "z", "b")
    assert str(fault.value).isprintable()
