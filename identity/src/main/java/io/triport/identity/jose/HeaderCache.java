package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Headers read before: an issuer writes the same few over and over. Safe for many threads. */
public final class HeaderCache {
    /*
     * One place per hash and no order among them, so that a look is one read without a lock or an allocation. Who fills it with
     * headers of his own makes others be read anew, which is all that happens.
     */
    private static final int PLACES = 64;
    private static final int LONGEST = 512;
    private static final StrictJson HEADER = new StrictJson(4, 20);

    private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(PLACES);

    /** The header of a token; empty when it is not an object of JSON in canonical base64url. @param end of the first segment */
    Optional<JoseHeader> read(String token, int end) {
        var place = place(token, end);
        var entry = entries.get(place);
        if (entry != null && entry.segment().length() == end && token.startsWith(entry.segment())) {
            return Optional.of(entry.header());
        }
        var segment = token.substring(0, end);
        var found = parse(segment).map(JoseHeader::new);
        if (end <= LONGEST) {
            found.ifPresent(header -> entries.set(place, new Entry(segment, header)));
        }
        return found;
    }

    private static Optional<ClaimValue.Members> parse(String segment) {
        var json = StrictBase64Url.decode(segment.getBytes(StandardCharsets.ISO_8859_1));
        return json == null ? Optional.empty() : HEADER.read(json);
    }

    private static int place(String token, int end) {
        var hash = end;
        for (var at = 0; at < end; at++) {
            hash = 31 * hash + token.charAt(at);
        }
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }

    private record Entry(String segment, JoseHeader header) {}
}
