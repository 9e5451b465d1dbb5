//! The force of the wind on the Beaufort scale.

/// A force of the scale: its number, from 0 to 12, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Force {
    pub number: u8,
    pub name: &'static str,
}

/// Names of the forces, each with the least and the greatest number of knots that it spans.
const SCALE: [(f64, f64, &str); 12] = [
    (0.0, 0.0, "calm"),
    (1.0, 3.0, "light air"),
    (4.0, 6.0, "light breeze"),
    (7.0, 10.0, "gentle breeze"),
    (11.0, 16.0, "moderate breeze"),
    (17.0, 21.0, "fresh breeze"),
    (22.0, 27.0, "strong breeze"),
    (28.0, 33.0, "near gale"),
    (34.0, 40.0, "gale"),
    (41.0, 47.0, "strong gale"),
    (48.0, 55.0, "storm"),
    (56.0, 63.0, "violent storm"),
];

/// Tells the force of a wind by its speed in knots. `None` for what is no speed of the scale.
pub fn force_of(knots: f64) -> Option<Force> {
    if knots >= 64.0 && knots.is_finite() {
        return Some(Force {
            number: 12,
            name: "hurricane",
        });
    }
    let found = (0..)
        .zip(SCALE)
        .find(|(_, (least, most, _))| (*least..=*most).contains(&knots));
    found.map(|(number, (_, _, name))| Force { number, name })
}
