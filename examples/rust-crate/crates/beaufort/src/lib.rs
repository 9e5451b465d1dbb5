//! The force of the wind on the Beaufort scale.

/// A force of the scale: its number, from 0 to 12, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Force {
    pub number: u8,
    pub name: &'static str,
}

/// Names of the forces, each with the greatest whole number of knots that it reaches to.
const SCALE: [(u32, &str); 12] = [
    (0, "calm"),
    (3, "light air"),
    (6, "light breeze"),
    (10, "gentle breeze"),
    (16, "moderate breeze"),
    (21, "fresh breeze"),
    (27, "strong breeze"),
    (33, "near gale"),
    (40, "gale"),
    (47, "strong gale"),
    (55, "storm"),
    (63, "violent storm"),
];

/// Tells the force of a wind by its speed in knots; the scale knows whole knots, so others are rounded. `None` for what is no speed.
///
/// ```
/// let force = example_beaufort::force_of(17.5).unwrap();
/// assert_eq!((force.number, force.name), (5, "fresh breeze"));
/// ```
pub fn force_of(knots: f64) -> Option<Force> {
    if !knots.is_finite() || knots < 0.0 {
        return None;
    }
    let whole = knots.round();
    let found = (0..)
        .zip(SCALE)
        .find(|(_, (most, _))| whole <= f64::from(*most));
    Some(match found {
        Some((number, (_, name))) => Force { number, name },
        None => Force {
            number: 12,
            name: "hurricane",
        },
    })
}
