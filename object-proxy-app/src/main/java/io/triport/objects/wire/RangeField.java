package io.triport.objects.wire;

import io.triport.domain.object.ByteRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Range} as S3 does: one range of bytes, or none at all. */
public final class RangeField {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

    private RangeField() {}

    /** Empty where it is malformed or of several, which asks for the whole. */
    public static Optional<ByteRange> parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var first = matcher.group(1);
        var last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(new ByteRange.Last(number(last)));
        }
        var from = number(first);
        if (last.isEmpty()) {
            return Optional.of(new ByteRange.From(from));
        }
        var to = number(last);
        return to < from ? Optional.empty() : Optional.of(new ByteRange.Between(from, to));
    }

    /** What is too large for a number is behind the end of any object. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
