package io.triport.manager.transfer;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The items of a file in their order: of one array, of objects behind each other, or of a single object. Holds one item at a time.
 * Every method throws {@link ImportInvalid} where the file is no JSON of these forms. Not safe for many threads.
 */
public final class ImportReader implements AutoCloseable {
    private final JsonParser parser;
    private final Clock clock;
    private long index;
    private Shape shape = Shape.UNKNOWN;
    private boolean wrangler;
    private boolean ended;

    /** @param body UTF-8; closed with the reader @param clock against which moments in the past are told */
    public ImportReader(InputStream body, Clock clock) {
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            this.parser = Tokens.FACTORY.createParser(new BoundedStrings(new InputStreamReader(body, utf8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.clock = clock;
    }

    /** The next item; null behind the last. */
    public @Nullable ImportRow next() {
        if (ended) {
            return null;
        }
        try {
            return read();
        } catch (JsonProcessingException e) {
            throw invalid(e.getOriginalMessage(), e.getLocation());
        } catch (CharacterCodingException e) {
            throw invalid("not UTF-8", parser.currentLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the file is set; what it comes to when all of it was read. */
    public String format() {
        return switch (shape) {
            case UNKNOWN -> "unknown";
            case ARRAY -> wrangler ? "wrangler" : "json";
            case OBJECTS -> index == 1 ? "object" : "ndjson";
        };
    }

    /** Items that were read. */
    public long count() {
        return index;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable ImportRow read() throws IOException {
        var token = parser.nextToken();
        if (shape == Shape.UNKNOWN) {
            shape = begin(token);
            token = shape == Shape.ARRAY ? parser.nextToken() : token;
        }
        if (shape == Shape.ARRAY && token == JsonToken.END_ARRAY) {
            if (parser.nextToken() != null) {
                throw invalid("more behind the array (expected: its end)", parser.currentTokenLocation());
            }
            token = null;
        }
        if (token == null) {
            ended = true;
            return null;
        }
        return row(token);
    }

    private Shape begin(@Nullable JsonToken first) {
        if (first == JsonToken.START_ARRAY) {
            return Shape.ARRAY;
        }
        if (first == JsonToken.START_OBJECT) {
            return Shape.OBJECTS;
        }
        throw invalid(
                (first == null ? "nothing" : "neither") + " (expected: an array, or objects)",
                first == null ? parser.currentLocation() : parser.currentTokenLocation());
    }

    private ImportRow row(JsonToken token) throws IOException {
        var line = parser.currentTokenLocation().getLineNr();
        var at = index++;
        if (token != JsonToken.START_OBJECT) {
            if (shape == Shape.OBJECTS) {
                throw invalid("no object (expected: objects only)", parser.currentTokenLocation());
            }
            parser.skipChildren();
            return new ImportRow.Invalid(at, line, "", ItemFault.INVALID_ARGUMENT, "item: not an object");
        }
        var draft = new ItemDraft(at, line);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            draft.take(field, parser);
        }
        wrangler |= draft.wrangler();
        return draft.row(clock.instant());
    }

    private static ImportInvalid invalid(String reason, @Nullable JsonLocation place) {
        return place == null
                ? new ImportInvalid(reason, 1, 1)
                : new ImportInvalid(reason, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }

    private enum Shape {
        UNKNOWN,
        ARRAY,
        OBJECTS
    }
}
