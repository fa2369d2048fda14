package io.triport.manager.cloudflare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.KeyExpiry;
import io.triport.manager.key.KeyText;
import io.triport.manager.key.ValueObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the pairs of a bulk write as they arrive, one at a time, and refuses what is wrong with one. Not safe for many threads. */
final class PairReader implements AutoCloseable {
    private final JsonParser parser;
    private final Instant now;
    private int count;
    private boolean begun;

    PairReader(InputStream body, Instant now) {
        this.now = now;
        try {
            this.parser = ValueObject.FACTORY.createParser(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next pair; null behind the last. @throws io.triport.manager.answer.Refused */
    @Nullable
    SpooledPair next() {
        try {
            if (!begun) {
                begun = true;
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw Fields.invalid("The body", "a list of pairs");
                }
            }
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                return pair();
            }
            if (parser.nextToken() != null) {
                throw Problem.INVALID_JSON.refused();
            }
            return null;
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpooledPair pair() throws IOException {
        if (count == KvLimits.BULK_ENTRIES) {
            throw Problem.PAYLOAD_TOO_LARGE.refused("At most 10,000 pairs can be written at once");
        }
        count++;
        var read = ValueObject.read(parser);
        var fields = read.rest();
        var key = KeyText.key(fields.required("key"));
        var text = read.value();
        var value = fields.flag("base64") ? text.base64() : text.utf8();
        var expiry = KeyExpiry.of(fields.whole("expiration_ttl"), fields.whole("expiration"), now);
        var metadata = fields.any("metadata").map(KeyText::metadata).orElse(KvMetadata.NONE);
        var pair = new SpooledPair(key, metadata, expiry, value);
        if (pair.valueBytes() > KvLimits.VALUE_BYTES) {
            throw Problem.VALUE_TOO_LARGE.refused();
        }
        return pair;
    }
}
