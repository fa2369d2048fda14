package io.triport.identity.sigv4;

import io.triport.domain.request.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * How signatures are judged.
 *
 * @param service the name that signers use, such as {@code s3}
 * @param regions those that signers may name, the one that they should name first; one or more
 * @param skew the largest distance between the time of a request and the clock, 1 s to 1 h
 * @param mostChunk the longest piece of a body that comes in pieces
 */
public record SigV4Settings(
        String service,
        List<String> regions,
        Duration skew,
        Normalisation normalisation,
        PayloadRule payload,
        TokenRule token,
        ByteSize mostChunk) {
    public static final Duration DEFAULT_SKEW = Duration.ofMinutes(15);
    public static final ByteSize DEFAULT_CHUNK = ByteSize.ofMiB(16);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public SigV4Settings {
        regions = List.copyOf(regions);
        if (service.isEmpty()) {
            throw new IllegalArgumentException("service: empty (expected: a name)");
        }
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("regions: none (expected: 1 or more)");
        }
        if (skew.compareTo(SHORTEST) < 0 || skew.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("skew: " + skew + " (expected: 1s .. 1h)");
        }
        if (mostChunk.bytes() < 1) {
            throw new IllegalArgumentException("most chunk: " + mostChunk + " (expected: 1 or more)");
        }
    }

    /** S3 as it is by default. @param region the one that signers should name; {@code us-east-1} and {@code auto} count too */
    public static SigV4Settings s3(String region) {
        return new SigV4Settings(
                "s3",
                regions(region),
                DEFAULT_SKEW,
                Normalisation.NONE,
                PayloadRule.DECLARED,
                TokenRule.SIGNED,
                DEFAULT_CHUNK);
    }

    /** STS as it is by default: its requests are short and held in memory. */
    public static SigV4Settings sts(String region) {
        return new SigV4Settings(
                "sts",
                regions(region),
                DEFAULT_SKEW,
                Normalisation.FULL,
                PayloadRule.HELD,
                TokenRule.SIGNED,
                DEFAULT_CHUNK);
    }

    private static List<String> regions(String region) {
        return java.util.stream.Stream.of(region, "us-east-1", "auto")
                .distinct()
                .toList();
    }
}
