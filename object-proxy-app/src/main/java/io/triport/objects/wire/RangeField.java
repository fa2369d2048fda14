package io.triport.objects.wire;

import io.triport.domain.object.ByteRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Range} as S3 does: one range of bytes, or none at all. */
public final class RangeField {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

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
            return last.isEmpty() ? Optional.empty() : Optional.of(new ByteRange.Last(Long.parseLong(last)));
        }
        var from = Long.parseLong(first);
        if (last.isEmpty()) {
            return Optional.of(new ByteRange.From(from));
        }
        var to = Long.parseLong(last);
        return to < from ? Optional.empty() : Optional.of(new ByteRange.Between(from, to));
    }
}
