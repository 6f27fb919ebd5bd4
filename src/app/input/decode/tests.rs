use super::*;
use crate::ui::ambiguous::Ambiguous;
use proptest::prelude::*;

/// What a person would say was typed: keys by name, pastes in quotes.
fn said(inputs: &[Input]) -> String {
    let one = |input: &Input| match input {
        Input::Paste(text) => format!("{text:?}"),
        Input::Key(key) => {
            let mut name = String::new();
            for (held, letter) in [
                (KeyModifiers::CONTROL, "c-"),
                (KeyModifiers::ALT, "a-"),
                (KeyModifiers::SHIFT, "s-"),
            ] {
                if key.modifiers.contains(held) {
                    name.push_str(letter);
                }
            }
            match key.code {
                KeyCode::Char(c) => name + &c.to_string(),
                KeyCode::F(n) => name + &format!("F{n}"),
                other => name + &format!("{other:?}"),
            }
        }
        other => format!("{other:?}"),
    };
    inputs.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Bytes that arrive together, then a pause.
fn typed(bytes: &[u8]) -> String {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(bytes);
    inputs.extend(decoder.pause());
    said(&inputs)
}

#[test]
fn keys_are_read_as_terminals_send_them() {
    let table: &[(&str, &str)] = &[
        ("a王", "a 王"),
        ("A", "s-A"),
        ("\r", "Enter"),
        ("\n", "Enter"),
        ("\r\n", "Enter"),
        ("\n\r\n\n", "Enter Enter Enter"),
        ("\t\x1b[Z", "Tab s-BackTab"),
        ("\x7f\x08", "Backspace Backspace"),
        ("\x1b", "Esc"),
        ("\x1b\x1b", "Esc Esc"),
        ("\x1b\x1bx", "Esc a-x"),
        ("\x1b\x1b[A", "Esc Up"),
        ("\x1bx", "a-x"),
        ("\x0b\x0e", "c-k c-n"),
        ("\x1b[A\x1bOB\x1b[1;5D", "Up Down c-Left"),
        ("\x1bOP\x1b[15~\x1b[24~\x1b[15;2~", "F1 F5 F12 s-F5"),
        ("\x1b[5~\x1b[6~\x1b[3~", "PageUp PageDown Delete"),
        ("\x1b[200~王\r\n小\r明\x1b[201~x", "\"王\\n小\\n明\" x"),
        ("\x1b[200~\x1b[201~", ""),
        ("\x1b[200~a\x1b[31mb\x1b[201~", "\"a\\u{1b}[31mb\""),
        ("\x1b[201~x", "x"),            // the end of a paste that was given up
        ("\x1b[?64;1c\x1b[3;4Ry", "y"), // answers nobody asked for
    ];
    for (bytes, keys) in table {
        assert_eq!(typed(bytes.as_bytes()), *keys, "{bytes:?}");
    }
}

#[test]
fn it_does_not_matter_where_the_bytes_are_cut() {
    let bytes = "王x\x1b[A\x1b[200~王\r\n小\x1b[20明\x1b[201~\x1b[15~é\r\n".as_bytes();
    let whole = said(&Decoder::default().feed(bytes));
    for cut in 0..=bytes.len() {
        let (a, b) = bytes.split_at(cut);
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(a);
        inputs.extend(decoder.feed(b));
        assert_eq!(said(&inputs), whole, "cut at {cut}");
    }
}

#[test]
fn an_unfinished_paste_is_delivered_after_a_pause_and_goes_on() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed("\x1b[200~王小\r".as_bytes()), vec![]);
    assert_eq!(decoder.patience(Instant::now()), Some(PASTE_PAUSE));
    assert_eq!(said(&decoder.pause()), "\"王小\"");
    assert_eq!(decoder.feed(b"\nx\x1b[201"), vec![]);
    assert_eq!(said(&decoder.feed(b"~y")), "\"\\nx\" y");
}

#[test]
fn what_arrived_of_a_paste_is_had_at_the_end() {
    let mut decoder = Decoder::default();
    decoder.feed("a\x1b[200~half of ".as_bytes());
    assert_eq!(said(&decoder.finish()), "\"half of \"");
    assert_eq!(decoder.finish(), vec![]);
}

#[test]
fn a_paste_without_an_end_is_given_up() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~x");
    decoder.pause();
    assert_eq!(decoder.patience(Instant::now()), Some(PASTE_GIVEN_UP));
    decoder.pause();
    assert_eq!(said(&decoder.feed(b"\x1b[A")), "Up");
}

#[test]
fn an_unfinished_sequence_swallows_nothing_typed_after_a_pause() {
    for unfinished in ["\x1b[", "\x1b[1;", "\x1bO", "\x1b]", "\x1bP", "\x1b[<"] {
        let mut decoder = Decoder::default();
        decoder.feed(unfinished.as_bytes());
        assert_eq!(
            decoder.patience(Instant::now()),
            Some(ESCAPE_PAUSE),
            "{unfinished:?}"
        );
        decoder.pause();
        assert_eq!(decoder.patience(Instant::now()), None, "{unfinished:?}");
        assert_eq!(said(&decoder.feed(b"x")), "x", "{unfinished:?}");
    }
}

#[test]
fn a_character_split_by_a_slow_line_is_whole() {
    let mut decoder = Decoder::default();
    let (a, b) = "王".as_bytes().split_at(1);
    assert_eq!(decoder.feed(a), vec![]);
    assert_eq!(decoder.pause(), vec![]);
    assert_eq!(said(&decoder.feed(b)), "王");
}

#[test]
fn a_long_paste_comes_in_pieces_and_whole() {
    let text = "王小明\r\n".repeat(200_000);
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(PASTE_BEGINS);
    for chunk in text.as_bytes().chunks(4093) {
        inputs.extend(decoder.feed(chunk));
    }
    inputs.extend(decoder.feed(PASTE_ENDS));
    assert!(inputs.len() > 1);
    let whole: String = inputs
        .iter()
        .map(|i| match i {
            Input::Paste(text) => text.as_str(),
            _ => panic!("only pasted"),
        })
        .collect();
    assert_eq!(whole, text.replace("\r\n", "\n"));
}

/// What a terminal may answer to the question, and what it says.
const ANSWERS: [(&str, Answer); 6] = [
    ("\x1b[2;2R", Answer::Ambiguous(Ambiguous::Narrow)),
    ("\x1b[2;3R", Answer::Ambiguous(Ambiguous::Wide)),
    (
        "\x1b]11;rgb:ffff/ffff/dddd\x1b\\",
        Answer::Background(Background::Light),
    ),
    (
        "\x1b]11;rgb:0000/2b2b/3636\x07",
        Answer::Background(Background::Dark),
    ),
    (
        "\x1b]11;rgb:ff/ff/ff\x07",
        Answer::Background(Background::Light),
    ),
    (
        "\x1b]11;#000000\x1b\\",
        Answer::Background(Background::Dark),
    ),
];

/// What comes of pieces that the line brings so far apart.
fn torn(decoder: &mut Decoder, pieces: &[&[u8]], apart: Duration, asked: Instant) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut now = asked;
    for piece in pieces {
        inputs.extend(decoder.feed(piece));
        let mut left = apart;
        while let Some(patience) = decoder.patience(now).filter(|it| *it <= left) {
            inputs.extend(decoder.pause());
            (now, left) = (now + patience, left - patience);
        }
        now += left;
    }
    inputs
}

#[test]
fn an_answer_is_no_key_wherever_the_line_cuts_it() {
    let now = Instant::now();
    for (answer, told) in ANSWERS {
        let bytes = answer.as_bytes();
        for (cut, apart) in (0..=bytes.len()).flat_map(|cut| [0, 60, 400, 900].map(|ms| (cut, ms)))
        {
            let mut decoder = Decoder::default();
            decoder.expect_answer(now);
            let (one, other) = bytes.split_at(cut);
            let apart = Duration::from_millis(apart);
            let mut inputs = torn(&mut decoder, &[one, other], apart, now);
            inputs.extend(decoder.feed(b"x"));
            let key = Decoder::default().feed(b"x");
            let wanted = [vec![Input::Answer(told)], key].concat();
            assert_eq!(inputs, wanted, "{answer:?} cut at {cut}, {apart:?} apart");
        }
    }
}

#[test]
fn an_answer_that_comes_late_byte_by_byte_is_no_key() {
    let asked = Instant::now();
    for (answer, told) in ANSWERS {
        let mut decoder = Decoder::default();
        decoder.expect_answer(asked);
        let (escape, rest) = answer.as_bytes().split_at(2);
        let pieces: Vec<&[u8]> = [escape].into_iter().chain(rest.chunks(1)).collect();
        // Long after anybody waits for it.
        let late = asked + Duration::from_secs(30);
        let inputs = torn(&mut decoder, &pieces, Duration::from_secs(2), late);
        assert_eq!(inputs, [Input::Answer(told)], "{answer:?}");
    }
}

#[test]
fn keys_between_question_and_answer_are_keys() {
    let now = Instant::now();
    let table = [
        ("ab\x1b[2;2Rc", "a b narrow c"),
        ("\x1b\x1b[2;3R", "Esc wide"),
        ("\x1b[A\x1b[2;2R\x1b[B", "Up narrow Down"),
        ("\x1b[2~\x1b[20~\x1b[24~\x1b[2;2R", "Insert F9 F12 narrow"),
        // Only what was asked is answered, and once.
        ("\x1b[2;2R\x1b[2;3Rx", "narrow x"),
        ("\x1b[1;2R\x1b[24;80Rx", "x"),
        ("\x1b]11;rgba:00/00/00/ff\x07x", "x"),
        ("\x1b[200~a\x1b[2;2R\x1b[201~", "\"a\\u{1b}[2;2R\""),
    ];
    for (bytes, keys) in table {
        let mut decoder = Decoder::default();
        decoder.expect_answer(now);
        let inputs = decoder.feed(bytes.as_bytes());
        let told = said(&inputs)
            .replace("Answer(Ambiguous(Narrow))", "narrow")
            .replace("Answer(Ambiguous(Wide))", "wide");
        assert_eq!(told, keys, "{bytes:?}");
    }
}

/// In front of a terminal that never answers, Escape is late for a second after the question, and what
/// looks like the beginning of an answer swallows no key behind it.
#[test]
fn a_terminal_that_never_answers_takes_no_keys_away() {
    let asked = Instant::now();
    let after = |ms| asked + Duration::from_millis(ms);
    let mut decoder = Decoder::default();
    decoder.expect_answer(asked);
    decoder.feed(b"\x1b");
    for (ms, patience) in [(0, 1000), (300, 700), (990, 50), (60_000, 50)] {
        let patience = Duration::from_millis(patience);
        assert_eq!(decoder.patience(after(ms)), Some(patience), "{ms}");
    }
    assert_eq!(said(&decoder.pause()), "Esc");
    for begun in [
        "\x1b[",
        "\x1b[2",
        "\x1b[2;",
        "\x1b[2;3",
        "\x1b]",
        "\x1b]11;rgb:f",
    ] {
        for (key, name) in [("x", "x"), ("\x1b[A", "Up"), ("王", "王"), ("\r", "Enter")] {
            decoder.feed(begun.as_bytes());
            assert_eq!(
                decoder.patience(after(60_000)),
                Some(ANSWER_PAUSE),
                "{begun:?}"
            );
            assert_eq!(decoder.pause(), vec![], "{begun:?}");
            assert_eq!(
                said(&decoder.feed(key.as_bytes())),
                name,
                "{begun:?} {key:?}"
            );
            decoder.pause();
        }
        decoder.feed(begun.as_bytes());
        decoder.pause();
        assert_eq!(decoder.patience(after(60_000)), Some(ANSWER_GIVEN_UP));
        assert_eq!(decoder.pause(), vec![]);
        assert_eq!(decoder.patience(after(60_000)), None);
        assert_eq!(said(&decoder.feed(b"2")), "2", "{begun:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_taken(chunks in prop::collection::vec(prop::collection::vec(
        prop_oneof![Just(0x1b), Just(b'['), Just(b'<'), Just(b';'), Just(b'~'), Just(b'2'), Just(b'0'), any::<u8>()], 0..40), 0..20),
        pauses: u32) {
        let mut decoder = Decoder::default();
        for (n, chunk) in chunks.iter().enumerate() {
            decoder.feed(chunk);
            if pauses >> (n % 32) & 1 == 1 {
                decoder.pause();
            }
        }
        decoder.finish();
        prop_assert_eq!(said(&decoder.feed(b"x")), "x");
    }
}
