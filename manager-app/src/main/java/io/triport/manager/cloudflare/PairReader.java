package io.triport.manager.cloudflare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.KeyExpiry;
import io.triport.manager.key.KeyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads the pairs of a bulk write as they arrive, and refuses all of them for one that is wrong. */
final class PairReader {
    private static final ObjectMapper NODES = new ObjectMapper(Json.FACTORY);

    private final Instant now;
    private final LongConsumer holding;

    /** @param holding told how many bytes each pair keeps */
    PairReader(Instant now, LongConsumer holding) {
        this.now = now;
        this.holding = holding;
    }

    /** @throws io.triport.manager.answer.Refused for the first thing that is wrong */
    List<KvPair> read(InputStream body) {
        try (var parser = Json.FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw Fields.invalid("The body", "a list of pairs");
            }
            var pairs = pairs(parser);
            if (parser.nextToken() != null) {
                throw Problem.INVALID_JSON.refused();
            }
            return pairs;
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<KvPair> pairs(JsonParser parser) throws IOException {
        var pairs = new ArrayList<KvPair>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (pairs.size() == KvLimits.BULK_ENTRIES) {
                throw Problem.PAYLOAD_TOO_LARGE.refused("At most 10,000 pairs can be written at once");
            }
            var pair = pair(new Fields(NODES.<JsonNode>readTree(parser)));
            holding.accept(pair.size());
            pairs.add(pair);
        }
        return pairs;
    }

    private KvPair pair(Fields fields) {
        var key = KeyText.key(fields.required("key"));
        var text = fields.required("value");
        Bytes value = fields.flag("base64") ? KeyText.base64(text) : KeyText.text(text);
        var entry = KeyText.entry(value)
                .expiring(KeyExpiry.of(fields.whole("expiration_ttl"), fields.whole("expiration"), now));
        return new KvPair(
                key,
                fields.any("metadata")
                        .map(json -> entry.with(KeyText.metadata(json)))
                        .orElse(entry));
    }
}
