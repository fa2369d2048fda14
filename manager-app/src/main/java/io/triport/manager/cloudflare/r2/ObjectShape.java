package io.triport.manager.cloudflare.r2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HttpMetadata.Field;
import io.triport.domain.object.ObjectInfo;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Objects as clients see them. */
final class ObjectShape {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private static final Map<Field, String> NAMES = Map.of(
            Field.CACHE_CONTROL,
            "cacheControl",
            Field.CONTENT_DISPOSITION,
            "contentDisposition",
            Field.CONTENT_ENCODING,
            "contentEncoding",
            Field.CONTENT_LANGUAGE,
            "contentLanguage",
            Field.CONTENT_TYPE,
            "contentType",
            Field.EXPIRES,
            "cacheExpiry");

    private ObjectShape() {}

    static ObjectNode shown(ObjectInfo info) {
        var json = Json.object()
                .put("key", info.key().text())
                .put("etag", info.etag().text())
                .put("size", info.size())
                .put("last_modified", Moments.text(info.modified()))
                .put("storage_class", Bucket.name(info.storageClass()))
                .put("ssec", false);
        var http = json.putObject("http_metadata");
        info.http().fields().forEach((field, value) -> http.put(NAMES.get(field), value));
        var custom = json.putObject("custom_metadata");
        info.user().entries().forEach(custom::put);
        return json;
    }

    /** The size as a text, which is what the SDK reads here. */
    static ObjectNode written(ObjectInfo info) {
        return Json.object()
                .put("key", info.key().text())
                .put("etag", info.etag().text())
                .put("size", Long.toString(info.size()))
                .put("version", info.version().text())
                .put("uploaded", Moments.text(info.modified()))
                .put("storage_class", Bucket.name(info.storageClass()));
    }

    static String quoted(ObjectInfo info) {
        return "\"" + info.etag().text() + "\"";
    }

    /** The bytes. Whatever they are, a browser must run nothing of them where the console is. */
    static StreamReply reply(GetOutcome.Found found) {
        var info = found.info();
        var slice = found.slice();
        var whole = slice.length() == info.size();
        var reply = StreamReply.of(whole ? 200 : 206);
        for (var field : info.http().fields().entrySet()) {
            reply = reply.with(field.getKey().header(), field.getValue());
        }
        if (info.http().get(Field.CONTENT_TYPE).isEmpty()) {
            reply = reply.with("Content-Type", "application/octet-stream");
        }
        reply = reply.with("Content-Security-Policy", "sandbox")
                .with("X-Content-Type-Options", "nosniff")
                .with("Accept-Ranges", "bytes")
                .with("ETag", quoted(info))
                .with("Last-Modified", TIME.format(info.modified().atOffset(ZoneOffset.UTC)))
                .with(found.content())
                .ofLength(slice.length());
        return whole ? reply : reply.with("Content-Range", range(found));
    }

    private static String range(GetOutcome.Found found) {
        var slice = found.slice();
        return "bytes " + slice.offset() + "-" + (slice.offset() + slice.length() - 1) + "/"
                + found.info().size();
    }

    /** @throws io.triport.manager.answer.Refused where it may still be there */
    static void requireGone(DeleteOutcome outcome) {
        switch (outcome) {
            case DeleteOutcome.Deleted deleted -> {}
            case DeleteOutcome.Missing missing -> {}
            case DeleteOutcome.Denied denied -> throw Problem.FORBIDDEN.refused();
            case DeleteOutcome.PreconditionFailed failed -> throw Problem.PRECONDITION_FAILED.refused();
            case DeleteOutcome.Failed failed -> throw Problem.OUTCOME_UNKNOWN.refused();
        }
    }
}
