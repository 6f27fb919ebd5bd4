//! The languages the desk speaks. The words themselves are in `assets/i18n`.

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language, in the order in which the switch goes round.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// The BCP 47 tag, which is also the folder under `assets/i18n`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }

    /// The language a locale such as `zh_CN.UTF-8` or a tag such as `zh` asks for.
    pub fn from_locale(locale: &str) -> Option<Language> {
        let start = locale.get(..2)?.to_ascii_lowercase();
        match start.as_str() {
            "en" => Some(Language::English),
            "zh" => Some(Language::Chinese),
            _ => None,
        }
    }

    /// The next language of the switch.
    pub fn next(self) -> Language {
        match self {
            Language::English => Language::Chinese,
            Language::Chinese => Language::English,
        }
    }
}
