//! A parcel, read from its record: a waybill, and goods for one case, several or none known yet.

use chrono::NaiveDate;

use super::field::Field;
use super::id::{EntityId, ItemId};
use super::record::Record;
use super::serial::Serial;
use super::value::Value;

/// Goods in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    /// The item they are stored as.
    pub item: ItemId,
    /// The case they belong to, where it is known.
    pub case: Option<EntityId>,
    /// The model.
    pub model: Option<String>,
    /// The serial number, where it can be read.
    pub serial: Option<Serial>,
    /// The label on their bag.
    pub label: Option<String>,
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The entity.
    pub id: EntityId,
    /// Whether it came in; otherwise it went out.
    pub is_incoming: bool,
    /// The waybill.
    pub waybill: Option<String>,
    /// The courier.
    pub courier: Option<String>,
    /// The day it came in or went out.
    pub day: Option<NaiveDate>,
    /// Whether freight was to be paid on delivery.
    pub is_collect: bool,
    /// What lies in it.
    pub goods: Vec<Goods>,
}

impl Parcel {
    /// The parcel of a record.
    pub fn of(record: &Record) -> Parcel {
        let text = |field| record.text(field).map(str::to_string);
        let mut items: Vec<ItemId> = Vec::new();
        for field in [
            Field::GoodsCase,
            Field::GoodsSerial,
            Field::GoodsLabel,
            Field::GoodsModel,
        ] {
            for item in record.items_with(field) {
                if !items.contains(&item) {
                    items.push(item);
                }
            }
        }
        Parcel {
            id: record.id(),
            is_incoming: record.choice(Field::Direction) != Some("outgoing"),
            waybill: text(Field::Waybill),
            courier: text(Field::Courier),
            day: record.day(Field::ParcelDay),
            is_collect: record.choice(Field::ParcelFreight) == Some("collect"),
            goods: items.into_iter().map(|item| goods(record, item)).collect(),
        }
    }
}

fn goods(record: &Record, item: ItemId) -> Goods {
    Goods {
        item,
        case: match record.value_of(item, Field::GoodsCase) {
            Some(Value::Link(case)) => Some(*case),
            _ => None,
        },
        model: record.text_of(item, Field::GoodsModel).map(str::to_string),
        serial: match record.value_of(item, Field::GoodsSerial) {
            Some(Value::Serial(serial)) => Some(serial.clone()),
            _ => None,
        },
        label: record.text_of(item, Field::GoodsLabel).map(str::to_string),
    }
}
