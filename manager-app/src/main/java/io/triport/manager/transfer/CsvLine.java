package io.triport.manager.transfer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a table as RFC 4180 has it, safe to be opened by a spreadsheet: a cell that it would take for a formula gets an
 * apostrophe before it.
 */
public record CsvLine(List<String> cells) {
    private static final String FORMULA = "=+-@\t\r";
    private static final String QUOTED = ",\"\r\n";

    public CsvLine {
        cells = List.copyOf(cells);
    }

    /** With its end. */
    public String text() {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        var guarded = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return guarded.chars().anyMatch(character -> QUOTED.indexOf(character) >= 0)
                ? '"' + guarded.replace("\"", "\"\"") + '"'
                : guarded;
    }
}
