//! The floors of `src/lib.rs`: a module uses only floors below it, and the pure floors do no I/O and
//! read no clock. Read from the source text, tests inside it left out.

use std::path::{Path, PathBuf};

/// Modules and their floors. Two on one floor may use each other only where they are listed in
/// [`TOGETHER`].
const FLOORS: [(&str, u8); 10] = [
    ("desk", 0),
    ("terms", 1),
    ("work", 2),
    ("flow", 3),
    ("ui", 4),
    ("store", 4),
    ("demo", 5),
    ("cli", 5),
    ("app", 5),
    ("terminal", 5),
];
const TOGETHER: [&str; 4] = ["cli", "app", "terminal", "demo"];
const PURE: [&str; 4] = ["desk", "terms", "work", "flow"];

/// What the pure floors may not touch.
const OUTSIDE: [&str; 13] = [
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "Utc::now",
    "Local::now",
    "rusqlite",
    "rustix",
    "ratatui",
];

/// What else a module may not touch.
const KEPT_APART: [(&str, &str); 4] = [
    ("ui", "rusqlite"),
    ("ui", "std::fs"),
    ("store", "ratatui"),
    ("store", "fluent_bundle"),
];

#[test]
fn every_module_uses_only_floors_below_it() {
    let mut wrong = Vec::new();
    let mut seen = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = modules(&file);
        let Some(top) = module.first().filter(|top| *top != "lib" && *top != "main") else {
            continue;
        };
        assert!(floor(top).is_some(), "{top} has no floor: see src/lib.rs");
        seen.push(top.clone());
        let text = std::fs::read_to_string(&file).unwrap();
        for path in trespasses(&module, &text) {
            wrong.push(format!("{}: {path}", file.display()));
        }
    }
    for (module, _) in FLOORS.into_iter().filter(|(module, _)| *module != "demo") {
        assert!(seen.iter().any(|seen| seen == module), "{module} is gone");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_trespass_is_found_however_it_is_written() {
    let table: &[(&[&str], &str, &[&str])] = &[
        (&["work", "case"], "use crate::desk::field::Field;", &[]),
        (&["work"], "use crate::flow::step;", &["crate::flow::step"]),
        (
            &["desk"],
            "use crate::{desk::id, terms::{Day, clause::ClauseId}};",
            &["crate::terms::Day", "crate::terms::clause::ClauseId"],
        ),
        (
            &["desk"],
            "fn f() { crate::ui::text::width(\"x\"); }",
            &["crate::ui::text::width"],
        ),
        (
            &["desk", "field"],
            "use super::super::work::row;",
            &["crate::work::row"],
        ),
        (
            &["ui", "board"],
            "use crate::store::Store;",
            &["crate::store::Store"],
        ),
        (&["app"], "use crate::cli::run; use crate::terminal;", &[]),
        (
            &["flow"],
            "let now = chrono::Utc::now();",
            &["chrono::Utc::now"],
        ),
        (
            &["terms"],
            "use std::{collections::BTreeMap, fs::{self, File}, time::Instant};",
            &["std::fs::self", "std::fs::File", "std::time::Instant"],
        ),
        (
            &["terms"],
            "// use crate::app;\n/* crate::ui */ let s = \"crate::ui\"; let r = r#\"crate::app\"#;",
            &[],
        ),
        (
            &["work"],
            "use crate::desk::id;\n#[cfg(test)]\nmod tests { use crate::ui::text; }",
            &[],
        ),
        (
            &["ui"],
            "use rusqlite::Connection;",
            &["rusqlite::Connection"],
        ),
        (
            &["desk"],
            "let c = '\"'; crate::app::run(); let d = '\"';",
            &["crate::app::run"],
        ),
    ];
    for (module, text, found) in table {
        let module: Vec<String> = module.iter().map(|part| (*part).to_string()).collect();
        assert_eq!(trespasses(&module, text), *found, "{text}");
    }
}

fn floor(module: &str) -> Option<u8> {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found.map(|(_, floor)| *floor)
}

/// The paths in a text that a module may not use.
fn trespasses(module: &[String], text: &str) -> Vec<String> {
    let top = module.first().unwrap().as_str();
    let tokens = tokens(without_tests(text));
    let paths = paths(&tokens).into_iter().map(|path| rooted(path, module));
    paths.filter(|path| !may(top, path)).collect()
}

fn may(top: &str, path: &str) -> bool {
    let holds = |name: &str| format!("::{path}::").contains(&format!("::{name}::"));
    if PURE.contains(&top) && OUTSIDE.iter().any(|name| holds(name)) {
        return false;
    }
    if KEPT_APART
        .iter()
        .any(|(module, name)| *module == top && holds(name))
    {
        return false;
    }
    let Some(used) = path
        .strip_prefix("crate::")
        .and_then(|rest| rest.split("::").next())
    else {
        return true;
    };
    match (floor(used), floor(top)) {
        (Some(below), Some(own)) => {
            let both_on_top = TOGETHER.contains(&used) && TOGETHER.contains(&top);
            used == top || below < own || both_on_top
        }
        _ => true,
    }
}

/// A path that climbs to the top with `super` begins with `crate` instead.
fn rooted(path: Vec<String>, module: &[String]) -> String {
    let climbed = path.iter().take_while(|part| *part == "super").count();
    if climbed > 0 && climbed >= module.len() {
        format!("crate::{}", path[climbed..].join("::"))
    } else {
        path.join("::")
    }
}

/// Every `*.rs` below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
    found
}

/// `src/a/b.rs` is `a`, `b`; `src/a/mod.rs` is `a`.
fn modules(file: &Path) -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = file.strip_prefix(src).unwrap().with_extension("");
    let mut parts: Vec<String> = inside
        .iter()
        .map(|part| part.to_str().unwrap().to_string())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The text up to the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Path,
    Open,
    Close,
    Comma,
    Other,
}

/// Words and what joins them; comments, strings and character literals left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if first == '"' {
            string(rest)
        } else if first == '\'' {
            character(rest)
        } else if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            found.push(Token::Word(rest[..length].to_string()));
            length
        } else {
            let (token, length) = match first {
                _ if rest.starts_with("::") => (Token::Path, 2),
                '{' => (Token::Open, 1),
                '}' => (Token::Close, 1),
                ',' => (Token::Comma, 1),
                _ => (Token::Other, first.len_utf8()),
            };
            if !first.is_whitespace() {
                found.push(token);
            }
            length
        };
        rest = &rest[length..];
    }
    found
}

fn raw_string(text: &str) -> Option<usize> {
    let marks = text.strip_prefix('r')?;
    let count = marks.bytes().take_while(|b| *b == b'#').count();
    marks[count..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(count));
    let begin = 2 + count;
    Some(
        text[begin..]
            .find(&end)
            .map_or(text.len(), |at| begin + at + end.len()),
    )
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// A character literal, or the mark of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].char_indices();
    match (inside.next(), inside.next()) {
        (Some((_, '\\')), _) => text[2..].find('\'').map_or(1, |at| at + 3),
        (Some(_), Some((at, '\''))) => at + 2,
        _ => 1,
    }
}

/// Every path of at least two parts, the groups of `use` taken apart.
fn paths(tokens: &[Token]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match (&tokens[at], tokens.get(at + 1)) {
            (Token::Word(_), Some(Token::Path)) => at = path(tokens, at, Vec::new(), &mut found),
            _ => at += 1,
        }
    }
    found
}

/// Reads one path that begins at `at` behind `before`; answers where it ends.
fn path(
    tokens: &[Token],
    mut at: usize,
    before: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut parts = before;
    while let Some(Token::Word(word)) = tokens.get(at) {
        parts.push(word.clone());
        at += 1;
        if tokens.get(at) != Some(&Token::Path) {
            break;
        }
        at += 1;
        if tokens.get(at) != Some(&Token::Open) {
            continue;
        }
        at += 1;
        while at < tokens.len() && tokens[at] != Token::Close {
            at = match &tokens[at] {
                Token::Word(_) => path(tokens, at, parts.clone(), found),
                _ => at + 1,
            };
        }
        return at + 1;
    }
    if parts.len() > 1 {
        found.push(parts);
    }
    at
}
