package io.triport.identity.sigv4;

import io.triport.domain.request.Headers;
import java.util.regex.Pattern;

/** How long a body is without the frames around its pieces, 0 bytes to 1 PB. */
record DecodedLength(long bytes) {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,15}");

    static DecodedLength of(Headers headers) {
        if (!headers.has(AwsNames.DECODED_LENGTH)) {
            throw new Refusal(SigV4Problem.Kind.NO_DECODED_LENGTH);
        }
        return headers.only(AwsNames.DECODED_LENGTH)
                .filter(text -> FORM.matcher(text).matches())
                .map(text -> new DecodedLength(Long.parseLong(text)))
                .orElseThrow(() -> new Refusal(SigV4Problem.Kind.BAD_DECODED_LENGTH));
    }
}
