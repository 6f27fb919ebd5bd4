//! The contrast of the theme in the palettes that terminals come with.
//!
//! Sources of the sixteen colours, and of what they are written on:
//! - xterm: xterm, `charproc.c` and `XTerm-col.ad`: its built-in colours
//! - Windows Terminal, Campbell: <https://learn.microsoft.com/windows/terminal/customize-settings/color-schemes>
//! - Windows Terminal, One Half Light: the same page
//! - PuTTY: PuTTY, `settings.c`: the defaults of its colour panel
//! - macOS Terminal: <https://en.wikipedia.org/wiki/ANSI_escape_code#3-bit_and_4-bit>, column Terminal.app
//! - Solarized: <https://ethanschoonover.com/solarized>
//!
//! The colours from 16 on are those of the cube and the greys as xterm computes them (`256colres.pl`);
//! every terminal in the table takes the same.

use super::*;

struct Palette {
    name: &'static str,
    colours: [u32; 16],
    /// Backgrounds the palette is used on, each with the colour of ordinary text there.
    dark: Option<(u32, u32)>,
    light: Option<(u32, u32)>,
}

const PALETTES: [Palette; 6] = [
    Palette {
        name: "xterm",
        colours: [
            0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
            0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
        ],
        dark: Some((0x000000, 0xffffff)),
        light: Some((0xffffff, 0x000000)),
    },
    Palette {
        name: "Windows Terminal, Campbell",
        colours: [
            0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
            0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
        ],
        dark: Some((0x0c0c0c, 0xcccccc)),
        light: Some((0xffffff, 0x000000)),
    },
    Palette {
        name: "Windows Terminal, One Half Light",
        colours: [
            0x383a42, 0xe45649, 0x50a14f, 0xc18301, 0x0184bc, 0xa626a4, 0x0997b3, 0xfafafa,
            0x4f525d, 0xdf6c75, 0x98c379, 0xe4c07a, 0x61afef, 0xc577dd, 0x56b5c1, 0xffffff,
        ],
        dark: None,
        light: Some((0xfafafa, 0x383a42)),
    },
    Palette {
        name: "PuTTY",
        colours: [
            0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb,
            0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
        ],
        dark: Some((0x000000, 0xbbbbbb)),
        light: Some((0xffffff, 0x000000)),
    },
    Palette {
        name: "macOS Terminal",
        colours: [
            0x000000, 0xc23621, 0x25bc24, 0xadad27, 0x492ee1, 0xd338d3, 0x33bbc8, 0xcbcccd,
            0x818383, 0xfc391f, 0x31e722, 0xeaec23, 0x5833ff, 0xf935f8, 0x14f0f0, 0xe9ebeb,
        ],
        dark: Some((0x000000, 0xf2f2f2)),
        light: Some((0xffffff, 0x000000)),
    },
    Palette {
        name: "Solarized",
        colours: [
            0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5,
            0x002b36, 0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
        ],
        dark: Some((0x002b36, 0x839496)),
        light: Some((0xfdf6e3, 0x657b83)),
    },
];

/// At least so much between text and what it is written on (WCAG 2.1, 1.4.3, level AA).
const LEAST: f64 = 4.5;

fn rgb(colour: u32) -> [u8; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What the terminal may make of a role's colour: where text is bold, many take the brighter one of
/// the sixteen. Nothing for the colour of ordinary text.
fn shown(style: Style, palette: &Palette) -> Vec<[u8; 3]> {
    let number = match style.fg {
        None => return Vec::new(),
        Some(Color::Indexed(number @ 16..=231)) => {
            let step = |part: u8| match part % 6 {
                0 => 0,
                part => 55 + 40 * part,
            };
            let cube = number - 16;
            return vec![[step(cube / 36), step(cube / 6), step(cube)]];
        }
        Some(colour) => number(colour),
    };
    let bright = style.add_modifier.contains(Modifier::BOLD).then_some(8);
    let numbers = [Some(0), bright].into_iter().flatten();
    numbers
        .map(|more| rgb(palette.colours[number + more]))
        .collect()
}

fn number(colour: Color) -> usize {
    match colour {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        other => panic!("{other:?} is not among those the theme may use"),
    }
}

/// Each palette on each of its backgrounds, with the theme that is drawn there.
fn pairs() -> Vec<(&'static Palette, Theme, u32, u32)> {
    let on = |palette: &'static Palette| {
        let dark = palette.dark.map(|(bg, fg)| (Background::Dark, bg, fg));
        let light = palette.light.map(|(bg, fg)| (Background::Light, bg, fg));
        let both = dark.into_iter().chain(light);
        both.flat_map(move |(background, bg, fg)| {
            let theme = Theme::COLOURED.on(background);
            let few = Theme {
                cube: false,
                ..theme
            };
            [(palette, theme, bg, fg), (palette, few, bg, fg)]
        })
    };
    PALETTES.iter().flat_map(on).collect()
}

#[test]
fn every_colour_of_the_theme_can_be_read_in_every_palette() {
    for (palette, theme, bg, _) in pairs() {
        for role in Role::ALL {
            for colour in shown(theme.style(role), palette) {
                let contrast = contrast(colour, rgb(bg));
                let name = palette.name;
                assert!(
                    contrast >= LEAST,
                    "{role:?} in {name} on {bg:06x}: {contrast:.2}"
                );
            }
        }
    }
}

/// No colour has 4.5 on black and on white at once with room to spare: so much is the most there is.
#[test]
fn where_the_background_is_not_known_a_colour_can_be_made_out_on_each() {
    for (palette, theme, bg, _) in pairs() {
        let unknown = Theme {
            background: None,
            ..theme
        };
        for role in Role::ALL {
            for colour in shown(unknown.style(role), palette) {
                let contrast = contrast(colour, rgb(bg));
                assert!(contrast >= 3.5, "{role:?} on {bg:06x}: {contrast:.2}");
            }
        }
    }
}

/// What has no colour of its own is written as the person's own text, with at least its contrast:
/// Solarized light itself stays below, at 4.13, and nothing of ours may lower it.
#[test]
fn ordinary_text_can_be_read_as_the_palette_means_it() {
    for (palette, theme, bg, fg) in pairs() {
        let contrast = contrast(rgb(fg), rgb(bg));
        let least = if bg == 0xfdf6e3 { 4.1 } else { LEAST };
        assert!(
            contrast >= least,
            "{} on {bg:06x}: {contrast:.2}",
            palette.name
        );
        for role in [Role::Plain, Role::Heading, Role::Muted] {
            let style = theme.style(role);
            assert_eq!(style.fg, None, "{role:?}");
            assert!(
                !style
                    .add_modifier
                    .intersects(Modifier::DIM | Modifier::HIDDEN)
            );
        }
    }
}

#[test]
fn the_background_of_every_palette_is_told_apart() {
    for (palette, theme, bg, _) in pairs() {
        let told = Background::of_colour(rgb(bg));
        assert_eq!(Some(told), theme.background, "{}", palette.name);
    }
}

/// The table is worth something: what was used before is found wanting on white.
#[test]
fn the_colours_of_a_dark_background_cannot_be_read_on_white() {
    let on_white = |colour| {
        let palette = &PALETTES[0];
        contrast(shown(Style::new().fg(colour), palette)[0], [255; 3])
    };
    assert!(on_white(Color::Cyan) < 2.1 && on_white(Color::Yellow) < 2.1);
}
