//! A workbook of Excel: one sheet, a frozen line of names with filters, and typed cells. Rows go to a
//! temporary file as they come, so that memory stays flat however many there are.

use std::fs::File;
use std::io::{self, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{COLUMNS, Cell, Fault};
use crate::ui::text::visible;

/// The rows of a sheet below its line of names.
const MOST: u32 = 1_048_575;

/// The width of the columns, in characters.
const WIDTHS: [f64; COLUMNS.len()] = [
    13.0, 17.0, 16.0, 11.0, 12.0, 14.0, 16.0, 14.0, 18.0, 22.0, 16.0, 20.0, 12.0, 11.0, 34.0, 11.0,
    11.0, 11.0,
];

/// A workbook that is being written.
pub(super) struct Book {
    book: Workbook,
    day: Format,
    moment: Format,
    money: Format,
    text: Format,
    /// The rows so far, the line of names included.
    rows: u32,
}

impl Book {
    /// A sheet with its line of names.
    pub fn begin() -> io::Result<Book> {
        let mut it = Book {
            book: Workbook::new(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            money: Format::new().set_num_format("0.00"),
            // As text also when somebody edits the cell later.
            text: Format::new().set_num_format("@"),
            rows: 1,
        };
        it.head().map_err(io_error)?;
        Ok(it)
    }

    fn head(&mut self) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name("cases")?.set_freeze_panes(1, 0)?;
        for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
            sheet.write_with_format(0, column, name, &bold)?;
        }
        Ok(())
    }

    /// One more row.
    pub fn add(&mut self, cells: &[Cell; COLUMNS.len()]) -> Result<(), Fault> {
        if self.rows > MOST {
            return Err(Fault::TooMany { most: MOST });
        }
        let written = self.write(cells).map_err(io_error);
        self.rows += 1;
        written.map_err(Fault::Output)
    }

    fn write(&mut self, cells: &[Cell; COLUMNS.len()]) -> Result<(), XlsxError> {
        let row = self.rows;
        let (text, day, moment, money) = (&self.text, &self.day, &self.moment, &self.money);
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::None => {}
                Cell::Day(it) => drop_sheet(sheet.write_with_format(row, column, it, day))?,
                Cell::Moment(it) => {
                    let it = it.naive_local();
                    drop_sheet(sheet.write_with_format(row, column, &it, moment))?;
                }
                Cell::Money(it) => {
                    // Exact up to ninety million million yuan.
                    let yuan = it.0 as f64 / 100.0;
                    drop_sheet(sheet.write_with_format(row, column, yuan, money))?;
                }
                Cell::Word(_) | Cell::Identifier(_) | Cell::Text(_) | Cell::List(_) => {
                    let plain = cell.plain();
                    let plain = visible(&plain);
                    drop_sheet(sheet.write_with_format(row, column, &*plain, text))?;
                }
            }
        }
        Ok(())
    }

    /// Writes the whole of it to a file.
    pub fn save(mut self, file: &File) -> io::Result<()> {
        self.filter()?;
        self.book.save_to_writer(file).map_err(io_error)
    }

    /// Writes the whole of it to what cannot be written otherwise than from its beginning to its end.
    pub fn print(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.filter()?;
        let bytes = self.book.save_to_buffer().map_err(io_error)?;
        out.write_all(&bytes)
    }

    /// A filter over each column.
    fn filter(&mut self) -> io::Result<()> {
        let last_column = u16::try_from(COLUMNS.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let last_row = self.rows.saturating_sub(1);
        let sheet = self.book.worksheet_from_index(0).map_err(io_error)?;
        drop_sheet(sheet.autofilter(0, 0, last_row, last_column)).map_err(io_error)
    }
}

fn drop_sheet(done: Result<&mut Worksheet, XlsxError>) -> Result<(), XlsxError> {
    done.map(|_| ())
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
