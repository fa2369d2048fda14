package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.sql.SqlExtent;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a database as statements, in the transaction of a connection. Used by one thread, once. */
final class SqlDump {
    /*
     * Tables come first and what depends on them last, so that no trigger fires for what is inserted. Of a virtual table the statement
     * makes its shadow tables too, which then get their rows in place of those they begin with: what the table has is what is in
     * them. Rows keep their number where a table has one that is no column, since an index of full texts may go by it.
     */
    private static final String OBJECTS =
            "select name, tbl_name, sql from sqlite_schema where sql is not null and type ";
    private static final String TABLES =
            "select l.name, l.type, l.wr, coalesce(s.sql like '%autoincrement%', 0) from pragma_table_list l"
                    + " left join sqlite_schema s on s.type = 'table' and s.name = l.name"
                    + " where l.schema = 'main' and l.name not like 'sqlite$_%' escape '$' order by l.name";
    private static final String SEQUENCES = "sqlite_sequence";
    private static final String COUNTED = "select count(*) from sqlite_schema where name = ";
    private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

    private final SqlConnection connection;
    private final SqlDeadline deadline;
    private final SqlExtent extent;
    private final Writer to;

    SqlDump(SqlConnection connection, SqlDeadline deadline, SqlExtent extent, Writer to) {
        this.connection = connection;
        this.deadline = deadline;
        this.extent = extent;
        this.to = to;
    }

    /**
     * What can be a table, by the word that SQLite has for it.
     *
     * @param numbered whether its rows have numbers
     * @param counting whether it may be one whose numbers are given once only
     */
    private record Table(String name, Kind kind, boolean numbered, boolean counting) {}

    private enum Kind {
        TABLE,
        VIRTUAL,
        SHADOW,
        VIEW
    }

    private record Column(String name, boolean stored, boolean number) {}

    void write() throws SQLException, IOException {
        var all = connection.all(TABLES, SqlDump::table);
        requireThere(all);
        line("PRAGMA defer_foreign_keys=TRUE");
        if (extent.part() != SqlExtent.Part.ROWS) {
            tables(all);
        }
        if (extent.part() != SqlExtent.Part.SCHEMA) {
            for (var table : all) {
                if (extent.has(owner(table, all))) {
                    rowsOf(table);
                }
            }
        }
        if (extent.part() != SqlExtent.Part.ROWS) {
            for (var object : connection.all(OBJECTS + "<> 'table' order by rowid", SqlDump::named)) {
                if (extent.has(object.table())) {
                    line(object.sql());
                }
            }
        }
    }

    private void requireThere(List<Table> all) {
        for (var name : extent.tables()) {
            if (all.stream()
                    .noneMatch(
                            table -> table.kind() != Kind.SHADOW && table.name().equalsIgnoreCase(name))) {
                throw SqlErrors.refused(FailureCode.BAD_REQUEST, "SQLITE_ERROR", "no such table: " + name);
            }
        }
    }

    private void tables(List<Table> all) throws SQLException, IOException {
        var shadows = all.stream()
                .filter(table -> table.kind() == Kind.SHADOW)
                .map(Table::name)
                .toList();
        for (var object : connection.all(OBJECTS + "= 'table' order by rowid", SqlDump::named)) {
            if (!shadows.contains(object.name()) && !object.name().startsWith("sqlite_") && extent.has(object.name())) {
                line(object.sql());
            }
        }
    }

    /** Of a shadow the name of its virtual table, which its own begins with; of any other its own. */
    private static String owner(Table table, List<Table> all) {
        if (table.kind() != Kind.SHADOW) {
            return table.name();
        }
        return all.stream()
                .filter(other -> other.kind() == Kind.VIRTUAL)
                .map(Table::name)
                .filter(name -> table.name().startsWith(name + "_"))
                .max(Comparator.comparingInt(String::length))
                .orElse(table.name());
    }

    /** @param table that it belongs to, which of a table and a view is its name */
    private record Named(String name, String table, String sql) {}

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString(1), row.getString(2), row.getString(3));
    }

    private static Table table(ResultSet row) throws SQLException {
        var kind = switch (row.getString(2)) {
            case "virtual" -> Kind.VIRTUAL;
            case "shadow" -> Kind.SHADOW;
            case "view" -> Kind.VIEW;
            default -> Kind.TABLE;
        };
        return new Table(row.getString(1), kind, row.getInt(3) == 0, row.getBoolean(4));
    }

    private void rowsOf(Table table) throws SQLException, IOException {
        switch (table.kind()) {
            case VIRTUAL, VIEW -> {}
            case SHADOW -> {
                line("DELETE FROM " + quoted(table.name()));
                rows(table.name(), columns(table), "");
            }
            case TABLE -> {
                rows(table.name(), columns(table), "");
                if (table.counting() && connection.number(COUNTED + literal(SEQUENCES)) > 0) {
                    var own = " WHERE name = " + literal(table.name());
                    line("DELETE FROM " + quoted(SEQUENCES) + own);
                    rows(SEQUENCES, List.of("name", "seq"), own);
                }
            }
        }
    }

    /** Those whose values are to be inserted. */
    private List<String> columns(Table table) throws SQLException {
        var all = connection.all(
                "select name, hidden, pk > 0 and upper(type) = 'INTEGER' from pragma_table_xinfo("
                        + literal(table.name()) + ")",
                row -> new Column(row.getString(1), row.getInt(2) == 0, row.getBoolean(3)));
        var stored = new ArrayList<String>();
        if (table.numbered() && all.stream().noneMatch(Column::number)) {
            ROW_NUMBERS.stream()
                    .filter(name ->
                            all.stream().noneMatch(column -> column.name().equalsIgnoreCase(name)))
                    .findFirst()
                    .ifPresent(stored::add);
        }
        all.stream().filter(Column::stored).map(Column::name).forEach(stored::add);
        return stored;
    }

    private void rows(String table, List<String> columns, String which) throws SQLException, IOException {
        var names = columns.stream().map(SqlDump::quoted).collect(Collectors.joining(","));
        var insert = "INSERT INTO " + quoted(table) + "(" + names + ") VALUES(";
        connection.each("select " + names + " from " + quoted(table) + which, row -> {
            if (deadline.over()) {
                throw SqlErrors.left();
            }
            to.write(insert);
            for (var i = 1; i <= columns.size(); i++) {
                to.write(i == 1 ? "" : ",");
                to.write(literal(row, i));
            }
            to.write(");\n");
        });
    }

    private void line(String statement) throws IOException {
        to.write(statement);
        // It may end with a comment.
        to.write(statement.contains("--") ? "\n;\n" : ";\n");
    }

    private static String literal(ResultSet row, int column) throws SQLException {
        return switch (row.getObject(column)) {
            case null -> "NULL";
            case Double number -> literal(number);
            case byte[] bytes -> blob(bytes);
            case String any -> text(row.getBytes(column));
            case Object whole -> whole.toString();
        };
    }

    /** Double.toString has as many digits as SQLite needs to read the same number. */
    private static String literal(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "9e999" : "-9e999";
        }
        return Double.toString(number);
    }

    private static String blob(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }

    /** What is no UTF-8, or would end a statement, goes by its bytes. */
    private static String text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? literal(text) : "CAST(" + blob(bytes) + " AS TEXT)";
        } catch (CharacterCodingException e) {
            return "CAST(" + blob(bytes) + " AS TEXT)";
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
