//! Prints the force of each wind that is given in knots.

use std::process::ExitCode;

use example_beaufort::force_of;

const USAGE: &str = "usage: beaufort <knots>... | --version";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--version"] {
        println!("beaufort {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    match lines(&arguments) {
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

fn lines(speeds: &[String]) -> Option<String> {
    if speeds.is_empty() {
        return None;
    }
    let line = |speed: &String| {
        let force = speed.parse().ok().and_then(force_of)?;
        Some(format!(
            "{speed} kn: force {}, {}\n",
            force.number, force.name
        ))
    };
    speeds.iter().map(line).collect()
}
