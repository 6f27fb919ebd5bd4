//! Case numbers: `RMA26-00042`, given once and never again.

use super::scan::fold;

/// The number of a case authorised in `year`, the `count`th of that year.
pub fn case_number(year: i32, count: u32) -> String {
    format!("RMA{:02}-{count:05}", year.rem_euclid(100))
}

/// The year (two digits) and count of a case number as people type or scan it.
pub fn parse_case_number(text: &str) -> Option<(u32, u32)> {
    let folded = fold(text).trim().to_ascii_uppercase();
    let rest = folded.strip_prefix("RMA")?;
    let (year, rest) = rest.split_at_checked(2)?;
    let count = rest.strip_prefix('-').unwrap_or(rest);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if count.len() < 5 || !all_digits(year) || !all_digits(count) {
        return None;
    }
    Some((year.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_is_read_back_however_it_is_typed() {
        let number = case_number(2026, 42);
        assert_eq!(number, "RMA26-00042");
        for typed in ["RMA26-00042", "rma2600042", " ＲＭＡ２６－０００４２ "] {
            assert_eq!(parse_case_number(typed), Some((26, 42)), "{typed}");
        }
        for other in ["RMA26-42", "RMA2", "80H2-7731", "RMAxx-00042", ""] {
            assert_eq!(parse_case_number(other), None, "{other}");
        }
    }
}
