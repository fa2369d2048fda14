package io.triport.kv.remote;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is told of objects: in fields beside their bytes, and as JSON. */
final class ObjectAnswer {
    private static final String UNTYPED = "application/octet-stream";
    private static final Json HTTP = new Json.Text("httpMetadata");
    private static final Json CUSTOM = new Json.Text("customMetadata");

    /** RFC 9110 section 5.6.7. */
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ObjectAnswer() {}

    static String type(ObjectInfo info) {
        return info.http().get(HttpMetadata.Field.CONTENT_TYPE).orElse(UNTYPED);
    }

    /** All but type and length. */
    static Map<String, String> headers(ObjectInfo info) {
        var headers = new HashMap<>(KvError.HEADERS);
        info.http().fields().forEach((field, value) -> {
            if (field != HttpMetadata.Field.CONTENT_TYPE) {
                headers.put(field.header(), value);
            }
        });
        info.user().entries().forEach((name, value) -> headers.put(ObjectFields.META + name, value));
        headers.put("ETag", "\"" + info.etag().text() + "\"");
        headers.put("Last-Modified", FIELD.format(info.modified()));
        headers.put("Accept-Ranges", "bytes");
        if (!info.version().equals(VersionId.NULL)) {
            headers.put("Triport-Version", info.version().text());
        }
        var checksum = info.checksum();
        if (checksum != null) {
            headers.put(ObjectFields.CHECKSUM, text(checksum));
        }
        return headers;
    }

    static Bytes stored(ObjectInfo info) {
        var json = new JsonWriter().beginObject();
        about(json, info);
        return json.endObject().bytes();
    }

    /** @param include names of what entries shall have beside */
    static Bytes page(ObjectPage page, List<Json> include) {
        if (!List.of(HTTP, CUSTOM).containsAll(include)) {
            throw RemoteBody.wrong("include", "an array of httpMetadata and customMetadata");
        }
        var json = new JsonWriter().beginObject().name("objects").beginArray();
        for (var entry : page.entries()) {
            if (entry instanceof Listed.Item(var info, var latest)) {
                json.beginObject();
                about(json, info);
                if (include.contains(HTTP)) {
                    http(json, info);
                }
                if (include.contains(CUSTOM)) {
                    json.name("customMetadata").beginObject();
                    info.user()
                            .entries()
                            .forEach((name, value) -> json.name(name).text(value));
                    json.endObject();
                }
                json.endObject();
            }
        }
        json.endArray().name("prefixes").beginArray();
        for (var entry : page.entries()) {
            if (entry instanceof Listed.CommonPrefix(var prefix)) {
                json.text(prefix.toUtf8());
            }
        }
        json.endArray();
        switch (page) {
            case ObjectPage.More(var entries, var next) ->
                json.name("cursor").text(next).name("complete").truth(false);
            case ObjectPage.Last last -> json.name("complete").truth(true);
        }
        return json.endObject().bytes();
    }

    private static void about(JsonWriter json, ObjectInfo info) {
        json.name("key").text(info.key().text());
        if (!info.version().equals(VersionId.NULL)) {
            json.name("version").text(info.version().text());
        }
        json.name("etag").text(info.etag().text());
        json.name("size").number(info.size());
        json.name("uploaded").text(moment(info.modified()));
        var checksum = info.checksum();
        if (checksum != null) {
            json.name("checksum").text(text(checksum));
        }
    }

    private static void http(JsonWriter json, ObjectInfo info) {
        json.name("httpMetadata").beginObject();
        info.http().fields().forEach((field, value) -> json.name(field.header()).text(value));
        json.endObject();
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String text(Checksum checksum) {
        return ObjectFields.word(checksum.algorithm()) + "="
                + Base64.getEncoder().encodeToString(checksum.value().toByteArray());
    }
}
