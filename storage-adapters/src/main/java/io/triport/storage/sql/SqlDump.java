package io.triport.storage.sql;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private static final String OBJECTS = "select type, name, sql from sqlite_schema where sql is not null and type ";
    private static final String TABLES =
            "select name, type, wr from pragma_table_list where schema = 'main' and name not like 'sqlite$_%' escape"
                    + " '$' order by name";
    private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

    private final SqlConnection connection;
    private final SqlDeadline deadline;
    private final Writer to;

    SqlDump(SqlConnection connection, SqlDeadline deadline, Writer to) {
        this.connection = connection;
        this.deadline = deadline;
        this.to = to;
    }

    /** What can be a table, by the word that SQLite has for it. @param numbered whether its rows have numbers */
    private record Table(String name, Kind kind, boolean numbered) {}

    private enum Kind {
        TABLE,
        VIRTUAL,
        SHADOW,
        VIEW
    }

    private record Column(String name, boolean stored, boolean number) {}

    void write() throws SQLException, IOException {
        line("PRAGMA defer_foreign_keys=TRUE");
        var tables = connection.all(TABLES, SqlDump::table);
        var shadows = tables.stream()
                .filter(table -> table.kind() == Kind.SHADOW)
                .map(Table::name)
                .toList();
        for (var object : connection.all(OBJECTS + "= 'table' order by rowid", SqlDump::named)) {
            if (!shadows.contains(object.name()) && !object.name().startsWith("sqlite_")) {
                line(object.sql());
            }
        }
        for (var table : tables) {
            rowsOf(table);
        }
        if (connection.number("select count(*) from sqlite_schema where name = 'sqlite_sequence'") > 0) {
            line("DELETE FROM \"sqlite_sequence\"");
            rows("sqlite_sequence", List.of("name", "seq"));
        }
        for (var object : connection.all(OBJECTS + "<> 'table' order by rowid", SqlDump::named)) {
            line(object.sql());
        }
    }

    private record Named(String name, String sql) {}

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString(2), row.getString(3));
    }

    private static Table table(ResultSet row) throws SQLException {
        var kind = switch (row.getString(2)) {
            case "virtual" -> Kind.VIRTUAL;
            case "shadow" -> Kind.SHADOW;
            case "view" -> Kind.VIEW;
            default -> Kind.TABLE;
        };
        return new Table(row.getString(1), kind, row.getInt(3) == 0);
    }

    private void rowsOf(Table table) throws SQLException, IOException {
        switch (table.kind()) {
            case VIRTUAL, VIEW -> {}
            case SHADOW -> {
                line("DELETE FROM " + quoted(table.name()));
                rows(table.name(), columns(table));
            }
            case TABLE -> rows(table.name(), columns(table));
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

    private void rows(String table, List<String> columns) throws SQLException, IOException {
        var names = columns.stream().map(SqlDump::quoted).collect(Collectors.joining(","));
        var insert = "INSERT INTO " + quoted(table) + "(" + names + ") VALUES(";
        connection.each("select " + names + " from " + quoted(table), row -> {
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
