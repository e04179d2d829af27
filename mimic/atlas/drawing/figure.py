"""The skeleton of a person: poses as angles of the joints, and where that puts them.

One unit is the height of the person standing straight; the feet are at y = 0 and the person looks
to the right. In every pair the first is the near side (towards the viewer), the second the far one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from mimic.atlas.drawing.canvas import Point
from mimic.atlas.drawing.paint import along

Pair = tuple[float, float]
Points = tuple[Point, Point]
#: Lengths: thigh, shin, torso (hip to neck), upper arm, forearm.
THIGH, SHIN, TORSO, ARM, FOREARM = 0.238, 0.225, 0.315, 0.155, 0.15
SEAT = -0.36  # height of the hip when sitting


@dataclass(frozen=True)
class Pose:
    """Angles in degrees from straight down, forward (to the right) positive.

    Attributes:
        lean: of the torso from upright, forward positive.
        front: how much the chest is turned to the viewer, 0 (profile) to 1.
        lift: height of the lowest foot above the ground.
        feet: angle of the soles, toes down positive.
    """

    lean: float
    thighs: Pair
    shins: Pair
    arms: Pair
    forearms: Pair
    front: float = 0.6
    lift: float = 0.0
    feet: Pair = (0.0, 0.0)


POSES: dict[str, Pose] = {
    "run": Pose(14, (62, -22), (-18, -78), (-52, 48), (38, 128), 0.5, 0.02, (-6, 62)),
    "throw": Pose(-6, (32, -26), (10, -38), (-122, 78), (-196, 96), 0.75, 0.0, (-8, 18)),
    "jump": Pose(4, (34, -10), (-38, -62), (-164, 66), (-186, 112), 0.8, 0.1, (30, 45)),
    "swing": Pose(10, (34, -24), (2, -36), (-58, 62), (-112, 100), 0.7, 0.0, (0, 22)),
    "crouch": Pose(36, (64, 20), (-24, -46), (40, 18), (74, 62), 0.5, 0.0, (0, 20)),
    "stand": Pose(0, (-5, 6), (-3, 3), (-15, 15), (-4, 22), 1.0),
    "swim": Pose(10, (0, 0), (0, 0), (-138, 104), (-194, 84), 0.9),
    "sit": Pose(4, (82, 76), (10, 2), (-8, 14), (48, 58), 0.7),
    "ski": Pose(44, (66, 56), (-22, -24), (58, 46), (84, 78), 0.4),
}


@dataclass(frozen=True)
class Figure:
    """Where the joints of one person are."""

    name: str
    pose: Pose
    hip: Point
    neck: Point
    shoulders: Points
    elbows: Points
    hands: Points
    hips: Points
    knees: Points
    ankles: Points


#: With these in hand the arms go where the thing is: (arms, forearms) for each sport.
HOLDING: dict[str, tuple[Pair, Pair]] = {
    "ice-hockey": ((2, 34), (52, 42)),
    "curling": ((6, 40), (50, 40)),
    "tennis": ((-66, 58), (-140, 88)),
    "rugby-union": ((-18, 30), (78, 96)),
    "wheelchair-rugby": ((-24, 26), (40, 88)),
}


def figure(name: str, sport: str, soles: float, rng: np.random.Generator) -> Figure:
    """Bends the skeleton into a pose, with a little sway, and sets it on the ground.

    Args:
        sport: whose gear is held, "" for none.
        soles: height of what the person stands on (skates, skis).
    """
    pose, sway = POSES[name], rng.uniform(-6, 6, 6)
    if sport in HOLDING:
        pose = replace(pose, arms=HOLDING[sport][0], forearms=HOLDING[sport][1])
    neck = _reach((0, 0), 180 - pose.lean, TORSO)
    half, a = 0.04 + 0.052 * pose.front, math.radians(pose.lean)
    across, base = (half * math.cos(a), half * math.sin(a)), along((0, 0), neck, 0.83)
    shoulders = (
        (base[0] - across[0], base[1] - across[1]),
        (base[0] + across[0], base[1] + across[1]),
    )
    elbows = _ends(shoulders, pose.arms, ARM, sway[:2])
    hands = _ends(elbows, pose.forearms, FOREARM, sway[:2] * 1.6)
    spread = 0.025 + 0.02 * pose.front
    hips = ((-spread, 0.0), (spread, 0.0))
    knees = _ends(hips, pose.thighs, THIGH, sway[2:4] * 0.6)
    ankles = _ends(knees, pose.shins, SHIN, sway[4:])
    drop = -max(y for _, y in ankles) - 0.03 - pose.lift - soles
    if name == "sit":
        drop = SEAT
    elif name == "swim":
        drop = TORSO - 0.1  # the water reaches the chest
    placed = [
        ((near[0], near[1] + drop), (far[0], far[1] + drop))
        for near, far in (shoulders, elbows, hands, hips, knees, ankles)
    ]
    return Figure(name, pose, (0.0, drop), (neck[0], neck[1] + drop), *placed)


def _reach(start: Point, angle: float, length: float) -> Point:
    a = math.radians(angle)
    return start[0] + length * math.sin(a), start[1] + length * math.cos(a)


def _ends(starts: Points, angles: Pair, length: float, sway: np.ndarray) -> Points:
    return (
        _reach(starts[0], angles[0] + float(sway[0]), length),
        _reach(starts[1], angles[1] + float(sway[1]), length),
    )
