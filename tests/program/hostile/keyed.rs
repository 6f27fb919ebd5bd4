//! Any bytes at all from the keyboard, at any screen, with harmful text in the file: read, done, drawn.

use super::clean::TEXTS;
use super::drawn::{assert_drawn, desk};
use crate::memory::Desk;
use aftercare::app::input::{Decoder, Input};
use aftercare::desk::id::EntityId;
use aftercare::desk::language::Language;
use aftercare::flow::event::{Effect, Event};
use aftercare::ui::i18n::Words;
use aftercare::ui::keymap;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// What people press, so that the rest meets every screen, and what no terminal sends.
const PIECES: &[&[u8]] = &[
    b"\t",
    b"\r",
    b"\x1b",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[Z",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x0b",
    b"\x0e",
    b"\x15",
    b"\x7f",
    b"\x1bOP",
    b"\x1bOQ",
    b"\x1bOR",
    b"\x1bOS",
    b"\x1b[15~",
    b"\x1b[17~",
    b"\x1b[18~",
    b"\x1b[19~",
    b"\x1b[20~",
    b"\x1b[21~",
    b"\x1b[23~",
    b"\x1b[24~",
    b"1",
    b"2",
    b"80H2-7731",
    b"13800000000",
    b"2026-02-30",
    b"RMA26-00001\r",
    b"\xe7\x8e\x8b",
    b"\xc2\x9b31m",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8d",
    b"\xcc\x81",
    b"\xf0\x9f\x91\xa8",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b]52;c;eA==\x07",
    b"\xff",
    b"\x00",
];

fn cases() -> Config {
    let long = crate::support::is_long();
    Config {
        cases: if long { 10_000 } else { 60 },
        failure_persistence: None,
        ..Config::default()
    }
}

fn feed(desk: &mut Desk, words: &Words, inputs: Vec<Input>) {
    for input in inputs {
        let event = match input {
            Input::Key(key) => keymap::event(&desk.state, &key, words),
            Input::Paste(text) => Some(Event::Paste(text)),
            Input::Scan(text) => Some(Event::Scan(text)),
            _ => None,
        };
        if let Some(event) = event {
            desk.event(event);
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_bytes_do_no_harm_at_any_screen(
        text in prop::sample::select(TEXTS),
        on_case in any::<bool>(),
        reads in prop::collection::vec(
            (prop::collection::vec(prop_oneof![
                9 => prop::sample::select(PIECES).prop_map(<[u8]>::to_vec),
                1 => prop::collection::vec(any::<u8>(), 0..9),
            ], 0..6), any::<bool>()), 1..40),
        size in prop::sample::select(vec![(80u16, 24u16), (40, 12), (132, 43), (3, 2)]),
    ) {
        let words = Words::new(Language::English);
        let mut desk = desk(text.1, true);
        if on_case {
            for event in desk.answer(Effect::LoadCase(EntityId(11))) {
                desk.event(event);
            }
        }
        let mut decoder = Decoder::default();
        let mut drawn = 0;
        for (bytes, pause) in reads {
            let mut inputs = decoder.feed(&bytes.concat());
            if pause {
                inputs.extend(decoder.pause());
            }
            feed(&mut desk, &words, inputs);
            assert_drawn(text.0, &mut desk, size, &words);
            drawn += 1;
        }
        feed(&mut desk, &words, decoder.finish());
        assert_drawn(text.0, &mut desk, size, &words);
        prop_assert!(drawn > 0);
    }
}
