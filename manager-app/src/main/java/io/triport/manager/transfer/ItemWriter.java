package io.triport.manager.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Writes the items of a file to memory, from which the caller takes them as often as it likes. Not safe for many threads. */
public final class ItemWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ExportFormat format;
    private final Clock clock;
    private long written;

    /** @param written items that stand in the file already; 0 at its beginning */
    public ItemWriter(ExportFormat format, Clock clock, long written) {
        this.format = format;
        this.clock = clock;
        this.written = written;
    }

    /** @throws InvalidInput for metadata that is not JSON; nothing of the item is written then */
    public void write(TransferItem item) {
        try {
            var metadata = json("metadata", item.metadata().json());
            var custom = json("custom_metadata", Bytes.utf8(item.custom().text()));
            if (format == ExportFormat.JSON) {
                ascii(written == 0 ? "[\n" : ",\n");
            }
            try (var json = Tokens.FACTORY.createGenerator(out)) {
                json.writeStartObject();
                json.writeStringField("name", item.key().text());
                value(json, item.value());
                expiry(json, item.expiry());
                raw(json, "metadata", metadata);
                raw(json, "custom_metadata", custom);
                tags(json, item);
                json.writeEndObject();
            }
            if (format == ExportFormat.NDJSON) {
                out.write('\n');
            }
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what ends the file. */
    public void end() {
        if (format == ExportFormat.JSON) {
            ascii(written == 0 ? "[]\n" : "\n]\n");
        }
    }

    /** How many items stand in the file. */
    public long written() {
        return written;
    }

    /** Bytes that were written and not taken. */
    public int size() {
        return out.size();
    }

    /** Hands over what was written since the last call. */
    public Bytes take() {
        var bytes = Bytes.copyOf(out.toByteArray());
        out.reset();
        return bytes;
    }

    private static void value(JsonGenerator json, Bytes value) throws IOException {
        try {
            json.writeStringField("value", value.toUtf8());
        } catch (InvalidInput e) {
            json.writeBinaryField("value", value.toByteArray());
            json.writeStringField("encoding", "base64");
        }
    }

    /** The lifetime beside the moment is for readers that know nothing else. */
    private void expiry(JsonGenerator json, Expiry expiry) throws IOException {
        var now = clock.instant();
        if (expiry.settled(now) instanceof Expiry.At at) {
            json.writeNumberField("expiration", at.moment().getEpochSecond());
            json.writeNumberField("ttl", at.moment().getEpochSecond() - now.getEpochSecond());
        }
    }

    private static void tags(JsonGenerator json, TransferItem item) throws IOException {
        if (!item.tags().isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (var tag : item.tags()) {
                json.writeString(tag.text());
            }
            json.writeEndArray();
        }
    }

    private static void raw(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeFieldName(name);
            json.writeRawValue(value);
        }
    }

    /** On one line, whoever stored it. */
    private static String json(String field, Bytes stored) {
        if (stored.isEmpty()) {
            return "";
        }
        try (var parser = Tokens.FACTORY.createParser(stored.toUtf8())) {
            if (parser.nextToken() != null) {
                var compact = Tokens.compact(parser, Integer.MAX_VALUE);
                if (compact != null && parser.nextToken() == null) {
                    return compact.toUtf8();
                }
            }
        } catch (IOException e) {
            throw new InvalidInput(field, "JSON");
        }
        throw new InvalidInput(field, "one value of JSON");
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
