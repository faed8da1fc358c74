"""The palette keeps its promises: told apart by colour-blind readers, readable on both grounds."""

import itertools

import numpy as np
import pytest

from analysis.book.palette import BY_NAME, COLOURS, GROUPS, LIGHT_TO_DARK, colour, css_variables

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

# Least CIEDE2000 between two colours of a group; 2.3 is a just noticeable difference side by
# side.  Verdicts also have a shape and a word, trackers a label at the line.
LEAST = {"forces": 15.0, "trackers": 10.0, "verdicts": 7.0}


def linear(hex_value: str) -> np.ndarray:
    c = np.array([int(hex_value[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    x = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, two: np.ndarray) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * np.cos(np.radians(hm - 30))
        + 0.24 * np.cos(np.radians(2 * hm))
        + 0.32 * np.cos(np.radians(3 * hm + 6))
        - 0.20 * np.cos(np.radians(4 * hm - 63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    spread = 2 * np.sqrt(cm**7 / (cm**7 + 25**7))
    rt = -spread * np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    dl, dc = (l2 - l1) / sl, (c2 - c1) / sc
    return float(np.sqrt(dl**2 + dc**2 + (dh / sh) ** 2 + rt * dc * dh / sh))


def contrast(one: str, two: str) -> float:
    y = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, two))
    return (y[1] + 0.05) / (y[0] + 0.05)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_distance_is_the_published_one(one, two, expected):
    """Sharma, Wu and Dalal (2005), table 1, pairs 1, 4, 20 and 34."""
    assert ciede2000(np.array(one), np.array(two)) == pytest.approx(expected, abs=5e-5)


def test_black_on_white_has_the_contrast_of_the_standard():
    """WCAG 2.2 defines the greatest contrast as 21:1, that of black on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("group", GROUPS)
def test_colours_that_meet_are_told_apart(group, ground, sight):
    """The bound of each group is stated above, for full and for three kinds of other sight."""
    values = {
        name: lab(SIGHT[sight] @ linear(getattr(BY_NAME[name], ground))) for name in GROUPS[group]
    }
    near = {
        pair: distance
        for pair in itertools.combinations(values, 2)
        if (distance := ciede2000(values[pair[0]], values[pair[1]])) < LEAST[group]
    }
    assert near == {}


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize(("role", "least"), [("text", 4.5), ("mark", 3.0)])
def test_text_and_marks_stand_out(role, least, ground):
    """WCAG 2.2: 4.5:1 for text (1.4.3), 3:1 for parts of a graphic (1.4.11)."""
    page = getattr(BY_NAME["ground"], ground)
    pale = {
        c.name: round(ratio, 2)
        for c in COLOURS
        if c.role == role and (ratio := contrast(getattr(c, ground), page)) < least
    }
    assert pale == {}


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_map_steps_run_one_way(ground):
    """A scale is read by lightness, so lightness must move away from the ground at each step."""
    page = getattr(BY_NAME["ground"], ground)
    ratios = [contrast(getattr(BY_NAME[f"scale-{n}"], ground), page) for n in range(1, 7)]
    assert ratios == sorted(ratios)


def test_a_light_value_names_one_colour():
    """Drawings are translated by value; two names for one value could not both be right."""
    assert len(LIGHT_TO_DARK) == len(COLOURS)
    assert len(BY_NAME) == len(COLOURS)


def test_style_sheet_and_python_agree():
    """One table feeds both: each value stands in the style sheet under its name."""
    css = css_variables()
    assert all(css.count(f"--pos-{c.name}:{c.dark};") >= 1 for c in COLOURS)
    assert all(css.count(f"--pos-{c.name}:{c.light};") == 2 for c in COLOURS)  # screen, print


def test_an_unknown_colour_is_refused():
    """A misspelt name must not fall back to some colour."""
    with pytest.raises(KeyError, match="no colour 'blue'"):
        colour("blue")
