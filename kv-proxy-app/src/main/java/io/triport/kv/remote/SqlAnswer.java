package io.triport.kv.remote;

import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlValue;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import java.util.List;

/** What statements gave, as JSON. Numbers keep all their digits; blobs are arrays of 0..255. */
record SqlAnswer(Int64 int64) {
    /** How whole numbers are written that a double cannot hold. */
    enum Int64 {
        DIGITS,
        STRING
    }

    private static final long EXACT = 1L << 53;

    /** Rows by the names of their columns. */
    Bytes rows(SqlResult result) {
        var json = new JsonWriter();
        named(json, result);
        return json.bytes();
    }

    /** Rows in the order of the columns, two of one name both. */
    Bytes raw(SqlResult result) {
        var json = new JsonWriter().beginObject().name("success").truth(true);
        json.name("results").beginObject().name("columns").beginArray();
        result.columns().forEach(json::text);
        json.endArray().name("rows").beginArray();
        for (var row : result.rows()) {
            json.beginArray();
            row.forEach(value -> value(json, value));
            json.endArray();
        }
        json.endArray().endObject();
        meta(json, result.meta());
        return json.endObject().bytes();
    }

    Bytes all(List<SqlResult> results) {
        var json = new JsonWriter().beginArray();
        results.forEach(result -> named(json, result));
        return json.endArray().bytes();
    }

    Bytes done(SqlMeta meta) {
        var json = new JsonWriter().beginObject().name("success").truth(true);
        meta(json, meta);
        return json.endObject().bytes();
    }

    private void named(JsonWriter json, SqlResult result) {
        json.beginObject().name("success").truth(true).name("results").beginArray();
        for (var row : result.named()) {
            json.beginObject();
            row.forEach((column, value) -> {
                json.name(column);
                value(json, value);
            });
            json.endObject();
        }
        json.endArray();
        meta(json, result.meta());
        json.endObject();
    }

    private void value(JsonWriter json, SqlValue value) {
        switch (value) {
            case SqlValue.Null none -> json.none();
            case SqlValue.Whole(var number) -> {
                if (int64 == Int64.STRING && (number > EXACT || number < -EXACT)) {
                    json.text(Long.toString(number));
                } else {
                    json.number(number);
                }
            }
            // JSON has no infinity: the digits that every reader takes for one.
            case SqlValue.Real(var number) ->
                json.value(new Json.Numeral(
                        Double.isFinite(number) ? Double.toString(number) : number > 0 ? "9e999" : "-9e999"));
            case SqlValue.Text(var text) -> json.text(text);
            case SqlValue.Blob(var bytes) -> {
                json.beginArray();
                for (var i = 0; i < bytes.size(); i++) {
                    json.number(bytes.at(i) & 0xFF);
                }
                json.endArray();
            }
        }
    }

    private static void meta(JsonWriter json, SqlMeta meta) {
        var millis = Double.toString(meta.took().toNanos() / 1e6);
        json.name("meta").beginObject();
        json.name("duration").value(new Json.Numeral(millis));
        json.name("changes").number(meta.changes());
        json.name("last_row_id").number(meta.lastRowId());
        json.name("changed_db").truth(meta.changed());
        json.name("size_after").number(meta.sizeAfter().bytes());
        json.name("rows_written").number(meta.rowsWritten());
        json.endObject();
    }
}
