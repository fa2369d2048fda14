package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times in fields, in the one form that may be sent (RFC 9110 section 5.6.7); whatever else counts as no time. */
final class HttpDate {
    private HttpDate() {}

    static Optional<Instant> of(Headers headers, String field) {
        return headers.only(field).flatMap(HttpDate::parse);
    }

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
