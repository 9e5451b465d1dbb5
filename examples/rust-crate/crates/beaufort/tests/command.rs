use std::process::{Command, Output};

fn beaufort(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_beaufort"))
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(arguments: &[&str]) -> String {
    String::from_utf8(beaufort(arguments).stdout).unwrap()
}

#[test]
fn it_prints_a_line_for_each_wind() {
    assert_eq!(
        printed(&["3", "17.5"]),
        "3 kn: force 1, light air\n17.5 kn: force 5, fresh breeze\n"
    );
}

#[test]
fn it_prints_one_json_object_a_line() {
    assert_eq!(
        printed(&["--json", "70"]),
        "{\"knots\":70,\"force\":12,\"name\":\"hurricane\"}\n"
    );
}

#[test]
fn it_says_its_version() {
    assert_eq!(
        printed(&["--version"]),
        format!("beaufort {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn it_refuses_what_is_no_speed() {
    for arguments in [vec![], vec!["fast"], vec!["-3"]] {
        assert_eq!(beaufort(&arguments).status.code(), Some(2));
    }
}
