package io.triport.identity.sigv4;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Headers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request says of a body that comes in pieces.
 *
 * @param length in bytes, without the frames
 * @param announced names of the fields behind it, in lower case
 * @param mostChunk the longest piece that is accepted
 */
record Frame(PayloadHash.Framed form, long length, Set<String> announced, ByteSize mostChunk) {
    Frame {
        announced = Set.copyOf(announced);
    }

    static Frame of(Headers headers, PayloadHash.Framed form, ByteSize mostChunk) {
        var announced = form.hasTrailer() ? announced(headers) : Set.<String>of();
        return new Frame(form, DecodedLength.of(headers).bytes(), announced, mostChunk);
    }

    private static Set<String> announced(Headers headers) {
        return headers.all(AwsNames.TRAILER).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
