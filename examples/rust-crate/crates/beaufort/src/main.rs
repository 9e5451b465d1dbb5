//! Prints the force of each wind that is given in knots.

use std::process::ExitCode;

use example_beaufort::{force_of, Force};

const USAGE: &str = "usage: beaufort [--json] <knots>... | --version";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--version"] {
        println!("beaufort {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let speeds: Vec<&String> = arguments
        .iter()
        .filter(|argument| *argument != "--json")
        .collect();
    match lines(&speeds, json) {
        Some(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn lines(speeds: &[&String], json: bool) -> Option<String> {
    if speeds.is_empty() {
        return None;
    }
    let line = |speed: &&String| {
        speed
            .parse()
            .ok()
            .and_then(|knots| Some(describe(knots, force_of(knots)?, json)))
    };
    speeds.iter().map(line).collect()
}

fn describe(knots: f64, Force { number, name }: Force, json: bool) -> String {
    if json {
        format!("{{\"knots\":{knots},\"force\":{number},\"name\":\"{name}\"}}\n")
    } else {
        format!("{knots} kn: force {number}, {name}\n")
    }
}
