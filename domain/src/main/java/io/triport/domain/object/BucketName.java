package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** The name of a bucket: 3 to 63 characters as S3 has them (bucket naming rules of Amazon S3, general purpose buckets). */
public record BucketName(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** @throws InvalidInput for a name that no bucket can have */
    public BucketName {
        if (!FORM.matcher(text).matches()
                || text.contains("..")
                || text.startsWith("xn--")
                || ADDRESS.matcher(text).matches()) {
            throw new InvalidInput(
                    "bucket",
                    "3..63 of a-z, 0-9, '.' and '-', a letter or digit at both ends, no '..', no IPv4 address, no"
                            + " 'xn--'");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
