package io.triport.storage.postgresql;

import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.VectorLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of one index: its name, which is made of digits of ours, and the statements about it. */
record PgvectorTable(String name, IndexShape shape) {
    /*
     * Columns
     *
     * The values are a vector of the extension, of which there is a graph of neighbours; or, where single precision cannot reckon
     * with them (PgvectorValues), bytes that every search looks at one by one. The columns of properties have an index each, of
     * the values that there are.
     */
    private static final String ROW = "id, namespace, metadata, coalesce(apart, substring(vector_send(near) from 5))";

    static PgvectorTable of(IndexId id, IndexShape shape) {
        return new PgvectorTable("vectors_" + id.text(), shape);
    }

    List<String> create() {
        var all = new ArrayList<String>();
        all.add("create table " + name + " (id bytea primary key, namespace bytea not null, metadata bytea not null,"
                + " near vector(" + shape.dimensions() + "), apart bytea, " + columns(" bytea")
                + ", check ((near is null) <> (apart is null)))");
        all.add("create index on " + name + " using hnsw (near " + operators() + ")");
        all.add("create index on " + name + " (namespace)");
        all.add("create index on " + name + " (id) where apart is not null");
        for (var slot = 0; slot < VectorLimits.METADATA_FIELDS; slot++) {
            var column = PgvectorField.column(slot);
            all.add("create index on " + name + " (" + column + ") where " + column + " is not null");
        }
        return all;
    }

    String drop() {
        return "drop table if exists " + name;
    }

    String put() {
        return "insert into " + name + " (id, namespace, metadata, near, apart, " + columns("")
                + ") values (?, ?, ?, ?::real[]::vector, ?" + ", ?".repeat(VectorLimits.METADATA_FIELDS) + ")"
                + " on conflict (id) do update set namespace = excluded.namespace, metadata = excluded.metadata,"
                + " near = excluded.near, apart = excluded.apart, " + columns(" = excluded.");
    }

    String present() {
        return "select id from " + name + " where id = any(?)";
    }

    String delete() {
        return "delete from " + name + " where id = any(?)";
    }

    String get() {
        return "select " + ROW + " from " + name + " where id = any(?) order by id";
    }

    String ids() {
        return "select id from " + name + " where id > ? order by id limit ?";
    }

    /** What properties are made of, and what they are. */
    String properties() {
        return "select id, metadata, " + columns("") + " from " + name + " where id > ? order by id limit ?";
    }

    String setProperties() {
        return "update " + name + " set " + columns(" = ?") + " where id = ?";
    }

    /** How many there are, up to so many. */
    String count(PgvectorFilter filter) {
        return "select count(*) from (select from " + name + " where " + filter.sql() + " limit ?) few";
    }

    /** By the graph where the server thinks that it is worth it: some may be missed. */
    String nearest(PgvectorFilter filter) {
        return nearest(filter, "near " + operator() + " ?::real[]::vector");
    }

    /** Without the graph, which is of another expression. */
    String exact(PgvectorFilter filter) {
        return nearest(filter, "(near " + operator() + " ?::real[]::vector) + 0");
    }

    /** Of those that are kept apart the ones behind an id. */
    String apart(PgvectorFilter filter) {
        return behind(filter, "apart is not null and ");
    }

    /** Of all the ones behind an id. */
    String all(PgvectorFilter filter) {
        return behind(filter, "");
    }

    private String nearest(PgvectorFilter filter, String distance) {
        return "select " + ROW + " from " + name + " where near is not null and " + filter.sql() + " order by "
                + distance + ", id limit ?";
    }

    private String behind(PgvectorFilter filter, String which) {
        return "select " + ROW + " from " + name + " where " + which + filter.sql() + " and id > ? order by id limit ?";
    }

    private String operator() {
        return switch (shape.metric()) {
            case COSINE -> "<=>";
            case DOT_PRODUCT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
    }

    private String operators() {
        return switch (shape.metric()) {
            case COSINE -> "vector_cosine_ops";
            case DOT_PRODUCT -> "vector_ip_ops";
            case EUCLIDEAN -> "vector_l2_ops";
        };
    }

    /** @param more behind the name of each; what ends with a dot gets the name once more */
    private static String columns(String more) {
        return IntStream.range(0, VectorLimits.METADATA_FIELDS)
                .mapToObj(PgvectorField::column)
                .map(column -> column + more + (more.endsWith(".") ? column : ""))
                .collect(Collectors.joining(", "));
    }
}
