package io.triport.manager.database;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlValue;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.LongJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writes what statements gave, in the words of D1: a row at a time, while it is sent. */
record ResultWriter(Int64 int64) {
    /** How whole numbers are written that a double cannot hold: with all their digits, or as texts for those who read doubles. */
    enum Int64 {
        DIGITS,
        STRING
    }

    private static final long MOST_EXACT = 1L << 53;

    /** A number that every reader takes for infinite, which JSON has no word for. */
    private static final String INFINITE = "9e999";

    private static final double MILLISECOND = 1e6;

    /** Characters of a byte, with its comma. */
    private static final int OCTET = 4;

    private static final int NUMBER = 20;

    /** About how many bytes of JSON they become. */
    static long length(List<SqlResult> results) {
        return results.stream().mapToLong(ResultWriter::length).sum();
    }

    private static long length(SqlResult result) {
        var length = 0L;
        for (var row : result.rows()) {
            for (var value : row) {
                length += switch (value) {
                    case SqlValue.Text(var text) -> text.length();
                    case SqlValue.Blob(var bytes) -> (long) OCTET * bytes.size();
                    case SqlValue other -> NUMBER;
                };
            }
        }
        return length;
    }

    /** Of two columns with one name the last is kept, where the first stands. */
    LongJson named(LongJson json, List<SqlResult> results) {
        return all(json, results, result -> {
            var columns = new LinkedHashMap<String, Integer>();
            for (var i = 0; i < result.columns().size(); i++) {
                columns.put(result.columns().get(i), i);
            }
            rows(json, result, (row, generator) -> {
                generator.writeStartObject();
                for (var column : columns.entrySet()) {
                    generator.writeFieldName(column.getKey());
                    value(generator, row.get(column.getValue()));
                }
                generator.writeEndObject();
            });
        });
    }

    LongJson raw(LongJson json, List<SqlResult> results) {
        return all(json, results, result -> {
            var columns = Json.array();
            result.columns().forEach(columns::add);
            json.plain("{\"columns\":" + columns + ",\"rows\":");
            rows(json, result, (row, generator) -> {
                generator.writeStartArray();
                for (var value : row) {
                    value(generator, value);
                }
                generator.writeEndArray();
            });
            json.plain("}");
        });
    }

    private static LongJson all(LongJson json, List<SqlResult> results, Consumer<SqlResult> writer) {
        var before = "[{";
        for (var result : results) {
            json.plain(before + "\"results\":");
            writer.accept(result);
            json.plain(",\"success\":true,\"meta\":" + meta(result.meta()) + "}");
            before = ",{";
        }
        return json.plain("]");
    }

    /** Writes a row as one value. */
    private interface Row {
        void write(List<SqlValue> row, JsonGenerator json) throws IOException;
    }

    private static void rows(LongJson json, SqlResult result, Row each) {
        var rows = result.rows();
        json.plain("[")
                .made(
                        IntStream.range(0, rows.size())
                                .mapToObj(number -> row(rows.get(number), number, each))
                                .iterator(),
                        length(result))
                .plain("]");
    }

    private static Bytes row(List<SqlValue> row, int number, Row each) {
        var written = new ByteArrayOutputStream();
        if (number > 0) {
            written.write(',');
        }
        try (var json = Json.FACTORY.createGenerator(written)) {
            each.write(row, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(written.toByteArray());
    }

    /** What a driver cannot count, {@code rows_read}, is not there. */
    static ObjectNode meta(SqlMeta meta) {
        var millis = meta.took().toNanos() / MILLISECOND;
        var node = Json.object()
                .put("served_by", "triport")
                .put("served_by_primary", true)
                .put("duration", millis);
        node.putObject("timings").put("sql_duration_ms", millis);
        return node.put("changes", meta.changes())
                .put("last_row_id", meta.lastRowId())
                .put("changed_db", meta.changed())
                .put("size_after", meta.sizeAfter().bytes())
                .put("rows_written", meta.rowsWritten());
    }

    private void value(JsonGenerator json, SqlValue value) throws IOException {
        switch (value) {
            case SqlValue.Null none -> json.writeNull();
            case SqlValue.Whole(var number) -> whole(json, number);
            case SqlValue.Real(var number) -> real(json, number);
            case SqlValue.Text(var text) -> json.writeString(text);
            case SqlValue.Blob(var bytes) -> octets(json, bytes);
        }
    }

    private void whole(JsonGenerator json, long number) throws IOException {
        if (int64 == Int64.STRING && (number > MOST_EXACT || number < -MOST_EXACT)) {
            json.writeString(Long.toString(number));
        } else {
            json.writeNumber(number);
        }
    }

    private static void real(JsonGenerator json, double number) throws IOException {
        if (Double.isInfinite(number)) {
            json.writeNumber(number > 0 ? INFINITE : "-" + INFINITE);
        } else {
            json.writeNumber(number);
        }
    }

    private static void octets(JsonGenerator json, Bytes bytes) throws IOException {
        json.writeStartArray();
        for (var i = 0; i < bytes.size(); i++) {
            json.writeNumber(bytes.at(i) & 0xFF);
        }
        json.writeEndArray();
    }
}
