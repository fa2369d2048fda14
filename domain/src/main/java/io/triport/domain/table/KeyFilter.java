package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.List;

/**
 * Which keys, beyond their area: all that all of it holds for.
 *
 * @param texts each must be found
 * @param sizes bytes of the value
 * @param expires {@link Span#ALWAYS} lets keys through that never expire; another span does not
 */
public record KeyFilter(
        List<TextMatch> texts,
        TagMatch tags,
        List<FieldMatch> fields,
        KeyFilter.Sizes sizes,
        Span created,
        Span updated,
        Span expires,
        KeyFilter.Lifetime lifetime) {
    public static final KeyFilter EVERY = new KeyFilter(
            List.of(), TagMatch.EVERY, List.of(), Sizes.ANY, Span.ALWAYS, Span.ALWAYS, Span.ALWAYS, Lifetime.ANY);

    /** Whether a key has an expiry. */
    public enum Lifetime {
        ANY,
        EXPIRING,
        LASTING
    }

    /** From the one to the other, both included. */
    public record Sizes(long least, long most) {
        public static final Sizes ANY = new Sizes(0, Long.MAX_VALUE);

        /** @throws InvalidInput for a span of no sizes */
        public Sizes {
            if (least < 0 || most < least) {
                throw new InvalidInput("size", "0 <= size_min <= size_max");
            }
        }
    }

    /** From the one, to but without the other. */
    public record Span(Instant from, Instant until) {
        public static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

        public static Span before(Instant end) {
            return new Span(Instant.MIN, end);
        }

        public static Span since(Instant start) {
            return new Span(start, Instant.MAX);
        }
    }

    public KeyFilter {
        texts = List.copyOf(texts);
        fields = List.copyOf(fields);
    }

    public static KeyFilter of(TextMatch text) {
        return EVERY.with(text);
    }

    public KeyFilter with(TextMatch text) {
        return new KeyFilter(List.of(text), tags, fields, sizes, created, updated, expires, lifetime);
    }

    public KeyFilter tagged(TagMatch other) {
        return new KeyFilter(texts, other, fields, sizes, created, updated, expires, lifetime);
    }

    public KeyFilter expiring(Span other) {
        return new KeyFilter(texts, tags, fields, sizes, created, updated, other, lifetime);
    }
}
