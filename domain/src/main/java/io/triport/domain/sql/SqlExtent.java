package io.triport.domain.sql;

import java.util.List;

/**
 * How much of a database an export has.
 *
 * @param part of what it has
 * @param tables by their names, in whichever case; with their indexes and triggers, and for a virtual table with its content. Empty
 *     for the whole database. A view counts as a table without rows
 */
public record SqlExtent(SqlExtent.Part part, List<String> tables) {
    public static final SqlExtent ALL = new SqlExtent(Part.ALL, List.of());

    /** What an export has of a table. */
    public enum Part {
        ALL,
        /** The statements that make it, and nothing that is in it. */
        SCHEMA,
        /** What is in it, for a database that has the table. The content of a virtual table takes the place of what is there. */
        ROWS
    }

    public SqlExtent {
        tables = List.copyOf(tables);
    }

    /** Whether a table is in it. */
    public boolean has(String table) {
        return tables.isEmpty() || tables.stream().anyMatch(table::equalsIgnoreCase);
    }
}
