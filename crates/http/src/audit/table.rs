//! Tables as CSV (RFC 4180) that a spreadsheet takes for text and nothing else.

/// What a spreadsheet takes as a sign that a formula begins (OWASP, CSV injection).
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '\0'];

/// Adds a row. A cell that would begin a formula gets an apostrophe in front, which spreadsheets do not show.
pub(super) fn add_row<'a>(table: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            table.push(',');
        }
        let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
        if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') {
            table.push('"');
            table.push_str(guard);
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(guard);
            table.push_str(cell);
        }
    }
    table.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut table = String::new();
        add_row(&mut table, cells.iter().copied());
        table
    }

    // ASVS 5.0 V1.2.10
    #[test]
    fn no_cell_begins_a_formula() {
        assert_eq!(row(&["=1+1", "+49", "-1", "@a", "\tx"]), "'=1+1,'+49,'-1,'@a,'\tx\r\n");
        assert_eq!(row(&["=cmd|' /C calc'!A0,\"x\""]), "\"'=cmd|' /C calc'!A0,\"\"x\"\"\"\r\n");
        assert_eq!(row(&["\r=1", "\n=1"]), "\"'\r=1\",\"'\n=1\"\r\n");
        assert_eq!(row(&["a=1", "1-2", "ä"]), "a=1,1-2,ä\r\n", "elsewhere these signs are only text");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(row(&["a", "b,c", "d \"e\"", "f\ng", "", " h"]), "a,\"b,c\",\"d \"\"e\"\"\",\"f\ng\",,\" h\"\r\n");
    }
}
