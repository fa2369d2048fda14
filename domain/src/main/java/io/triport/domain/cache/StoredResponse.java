package io.triport.domain.cache;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A response as a cache keeps it, which knows for which requests it is the answer, until when, and what the answer is. The length of
 * its body and its age are said anew each time.
 *
 * @param storedAt when it came
 */
public record StoredResponse(int status, Storability.Storable terms, Vary vary, StoredBody body, Instant storedAt) {
    private static final int OK = 200;
    /** Fields of the response itself, whose weight nobody counts exactly. */
    private static final int FIELD_BYTES = 32;

    /** One whose body is in memory. */
    public StoredResponse(CacheRequest request, int status, Storability.Storable terms, Bytes body, Instant storedAt) {
        this(status, terms, Vary.of(terms.kept(), request.headers()), StoredBody.of(body), storedAt);
    }

    /** Whether it is what the request would be answered with. */
    public boolean suits(CacheRequest request) {
        return vary.suits(request.headers());
    }

    /** Whether the two are the same variant, so that the newer takes the place of the older. */
    public boolean replaces(StoredResponse other) {
        return vary.equals(other.vary);
    }

    public boolean isFresh(Instant now) {
        return age(now).compareTo(terms.lifetime()) < 0;
    }

    /**
     * The answer to a request that it suits; a miss where its body is gone. The conditions and the range of a request count for a 200
     * alone.
     */
    public CacheMatch answer(CacheRequest request, Instant now) {
        var headers = headers(now);
        if (status == OK) {
            if (Preconditions.isUnchanged(request.headers(), terms.kept())) {
                return new CacheMatch.NotModified(notModified(headers));
            }
            if (RequestedRange.isFor(request.headers(), terms.kept())) {
                return switch (RequestedRange.of(request.headers(), body.length())) {
                    case RequestedRange.Part part -> partial(headers, part);
                    case RequestedRange.Nothing nothing -> new CacheMatch.RangeRefused(body.length());
                    case RequestedRange.Whole whole -> hit(headers);
                };
            }
        }
        return hit(headers);
    }

    /** The bytes of memory that it takes, about. */
    public int weight() {
        return body.weight()
                + terms.kept().fields().entrySet().stream()
                        .mapToInt(field -> field.getKey().length()
                                + FIELD_BYTES
                                + field.getValue().stream()
                                        .mapToInt(String::length)
                                        .sum())
                        .sum();
    }

    /** What it can be purged by. */
    public Set<CacheTag> tags() {
        return CacheTag.of(terms.kept());
    }

    private Duration age(Instant now) {
        var here = Duration.between(storedAt, now);
        return terms.age().plus(here.isNegative() ? Duration.ZERO : here);
    }

    private Headers headers(Instant now) {
        return with(terms.kept(), "age", Long.toString(age(now).toSeconds()), "cf-cache-status", "HIT");
    }

    private CacheMatch hit(Headers headers) {
        var fields = with(headers, "content-length", Integer.toString(body.length()));
        return body.open(0, body.length())
                .<CacheMatch>map(content -> new CacheMatch.Hit(new CachedResponse(status, fields, content)))
                .orElseGet(CacheMatch.Miss::new);
    }

    private CacheMatch partial(Headers headers, RequestedRange.Part part) {
        var fields = with(
                headers,
                "content-range",
                "bytes " + part.from() + "-" + (part.to() - 1) + "/" + body.length(),
                "content-length",
                Integer.toString(part.to() - part.from()));
        return body.open(part.from(), part.to())
                .<CacheMatch>map(content -> new CacheMatch.Partial(new CachedResponse(206, fields, content)))
                .orElseGet(CacheMatch.Miss::new);
    }

    /** What describes a body that is not sent stays away, but for where it lies. */
    private static Headers notModified(Headers headers) {
        var fields = new TreeMap<>(headers.fields());
        fields.keySet().removeIf(name -> name.startsWith("content-") && !name.equals("content-location"));
        return new Headers(fields);
    }

    private static Headers with(Headers headers, String... namesAndValues) {
        var fields = new TreeMap<>(headers.fields());
        for (var at = 0; at < namesAndValues.length; at += 2) {
            fields.put(namesAndValues[at], List.of(namesAndValues[at + 1]));
        }
        return new Headers(fields);
    }
}
