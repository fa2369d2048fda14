package io.triport.storage.redis;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.Storability;
import io.triport.domain.cache.StoredBody;
import io.triport.domain.cache.StoredResponse;
import io.triport.domain.cache.Vary;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response without its body, as a server keeps it: the name of its body first, then what it is of.
 *
 * @param response whose body is empty
 * @param sequence the newer, the greater
 */
record CacheEntry(Bytes body, CacheName cache, CacheUrl url, StoredResponse response, long sequence) {
    /** In what the server writes before all else, in decimal digits. */
    static final int SEQUENCE_DIGITS = 20;

    static final int BODY_NAME_BYTES = 16;
    private static final int FORMAT = 1;

    /** All but the sequence, which the server gives. */
    static byte[] written(Bytes body, CacheName cache, CacheUrl url, StoredResponse response) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(body.toByteArray());
            out.writeByte(FORMAT);
            text(out, cache.text());
            text(out, url.text());
            out.writeInt(response.status());
            out.writeBoolean(response.terms().audience() == Storability.Audience.EVERYBODY);
            out.writeLong(response.terms().age().toMillis());
            out.writeLong(response.terms().lifetime().toMillis());
            out.writeLong(response.storedAt().toEpochMilli());
            fields(out, response.terms().kept().fields());
            fields(out, response.vary().chosen());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Empty for what another version of this program wrote: a cache may always have nothing. */
    static Optional<CacheEntry> read(byte[] kept) {
        try (var in = new DataInputStream(new ByteArrayInputStream(kept))) {
            var sequence = Long.parseLong(new String(in.readNBytes(SEQUENCE_DIGITS), StandardCharsets.US_ASCII));
            var body = Bytes.copyOf(in.readNBytes(BODY_NAME_BYTES));
            if (in.readByte() != FORMAT) {
                return Optional.empty();
            }
            var cache = new CacheName(text(in));
            var url = new CacheUrl(text(in));
            var status = in.readInt();
            var audience = in.readBoolean() ? Storability.Audience.EVERYBODY : Storability.Audience.ITS_PRINCIPAL;
            var age = Duration.ofMillis(in.readLong());
            var lifetime = Duration.ofMillis(in.readLong());
            var storedAt = Instant.ofEpochMilli(in.readLong());
            var terms = new Storability.Storable(audience, new Headers(fields(in)), age, lifetime);
            var response =
                    new StoredResponse(status, terms, new Vary(fields(in)), StoredBody.of(Bytes.EMPTY), storedAt);
            return Optional.of(new CacheEntry(body, cache, url, response, sequence));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    StoredResponse with(byte[] found) {
        return new StoredResponse(
                response.status(),
                response.terms(),
                response.vary(),
                StoredBody.of(Bytes.copyOf(found)),
                response.storedAt());
    }

    /** What tells a variant of a URL from the others. */
    static byte[] variant(StoredResponse response) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            fields(out, response.vary().chosen());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void fields(DataOutputStream out, Map<String, List<String>> fields) throws IOException {
        out.writeInt(fields.size());
        for (var field : new TreeMap<>(fields).entrySet()) {
            text(out, field.getKey());
            out.writeInt(field.getValue().size());
            for (var value : field.getValue()) {
                text(out, value);
            }
        }
    }

    private static Map<String, List<String>> fields(DataInputStream in) throws IOException {
        var fields = new TreeMap<String, List<String>>();
        for (var left = in.readInt(); left > 0; left--) {
            var name = text(in);
            var values = new ArrayList<String>();
            for (var more = in.readInt(); more > 0; more--) {
                values.add(text(in));
            }
            fields.put(name, values);
        }
        return fields;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("length: " + length + " (expected: at most " + in.available() + ")");
        }
        return new String(Arrays.copyOf(in.readNBytes(length), length), StandardCharsets.UTF_8);
    }
}
