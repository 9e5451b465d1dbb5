use example_beaufort::force_of;

fn number(knots: f64) -> Option<u8> {
    force_of(knots).map(|force| force.number)
}

#[test]
fn each_force_begins_where_the_one_before_it_ends() {
    let bounds = [0.0, 1.0, 3.0, 4.0, 6.0, 7.0, 63.0, 64.0, 200.0];
    assert_eq!(bounds.map(number), [0, 1, 1, 2, 2, 3, 11, 12, 12].map(Some));
}

#[test]
fn what_is_no_speed_has_no_force() {
    assert_eq!(
        [-1.0, f64::NAN, f64::INFINITY].map(number),
        [None, None, None]
    );
}
