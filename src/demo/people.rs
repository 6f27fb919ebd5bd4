//! Invented callers and products. The numbers lie in ranges that nobody uses: 154 is not given out
//! in China, 07700 900xxx and 555-01xx are kept for stories in Britain and America.

/// A caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The postal address.
    pub address: String,
    /// The e-mail address, where one is known.
    pub email: Option<String>,
    /// Whether the person is abroad.
    pub is_abroad: bool,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The model.
    pub model: &'static str,
    /// The serial number.
    pub serial: String,
}

/// Numbers that are the same for the same seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Dice that begin at a seed.
    pub fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll().checked_rem(end).unwrap_or(0)
    }

    /// One of these; the list is not empty.
    pub fn one<T: Copy>(&mut self, of: &[T], otherwise: T) -> T {
        let at = self.below(of.len() as u64) as usize;
        of.get(at).copied().unwrap_or(otherwise)
    }
}

const FAMILY: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "欧阳", "司马", "上官", "诸葛",
];
const GIVEN: [&str; 24] = [
    "小明", "伟", "芳", "秀英", "敏", "静", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "超",
    "雨桐", "子涵", "浩然", "思远", "佳怡", "志强", "建国", "晓燕", "一诺",
];
const CITIES: [&str; 10] = [
    "南昌市",
    "深圳市",
    "杭州市",
    "成都市",
    "武汉市",
    "长沙市",
    "西安市",
    "青岛市",
    "厦门市",
    "昆明市",
];
const STREETS: [&str; 8] = [
    "示例路",
    "样板街",
    "范例大道",
    "虚构巷",
    "演示路",
    "测试街",
    "无名路",
    "样例里",
];
const ABROAD: [(&str, &str); 8] = [
    ("Anna Example", "+44 7700 900"),
    ("Tom Sample", "+44 7700 900"),
    ("Maria Placeholder", "+1 202 555 01"),
    ("John Specimen", "+1 202 555 01"),
    ("Zoë Mustermann", "+44 7700 900"),
    ("Bjørn Eksempel", "+44 7700 900"),
    ("Chloé Exemple", "+1 202 555 01"),
    ("Łukasz Przykład", "+44 7700 900"),
];

/// Models, with the letters their serial numbers begin with.
pub const MODELS: [(&str, &str); 8] = [
    ("CK-80 HV", "80H2"),
    ("CK-60 V2", "60V2"),
    ("CK-40 Pro", "40P1"),
    ("CK-120 Heavy", "12H1"),
    ("FC-7 flight controller", "FC07"),
    ("PB-4 power board", "PB04"),
    ("RX-2 receiver", "RX02"),
    ("BEC-12", "BE12"),
];

/// An invented caller; one in twelve is abroad.
pub fn person(dice: &mut Dice) -> Person {
    if dice.below(12) == 0 {
        return foreigner(dice);
    }
    let name = format!("{}{}", dice.one(&FAMILY, "王"), dice.one(&GIVEN, "小明"));
    let line = dice.below(100_000_000);
    let house = dice.below(400) + 1;
    let (city, street) = (dice.one(&CITIES, "南昌市"), dice.one(&STREETS, "示例路"));
    Person {
        name,
        phone: format!("154{line:08}"),
        address: format!("{city}{street}{house}号"),
        email: (dice.below(4) == 0).then(|| format!("user{line}@example.cn")),
        is_abroad: false,
    }
}

/// An invented caller abroad.
pub fn foreigner(dice: &mut Dice) -> Person {
    let (name, range) = dice.one(&ABROAD, ("Anna Example", "+44 7700 900"));
    let line = match range {
        "+44 7700 900" => format!("{range}{:03}", dice.below(1000)),
        _ => format!("{range}{:02}", dice.below(100)),
    };
    let house = dice.below(90) + 1;
    let key = name.split(' ').next().unwrap_or("user").to_lowercase();
    Person {
        name: name.to_string(),
        phone: line,
        address: format!("{house} Example Street, Exampletown"),
        email: Some(format!("{key}.{house}@example.org")),
        is_abroad: true,
    }
}

/// An invented product.
pub fn product(dice: &mut Dice) -> Product {
    let (model, letters) = dice.one(&MODELS, ("CK-80 HV", "80H2"));
    let number = dice.below(9_000_000) + 1_000_000;
    Product {
        model,
        serial: format!("{letters}-{number}"),
    }
}
