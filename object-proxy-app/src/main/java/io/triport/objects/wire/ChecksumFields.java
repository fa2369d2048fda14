package io.triport.objects.wire;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes checksums as S3 has them: base64 in a field of the head, or behind the body. */
public final class ChecksumFields {
    private static final Map<ChecksumAlgorithm, String> NAMES = new EnumMap<>(Map.of(
            ChecksumAlgorithm.CRC32, "CRC32",
            ChecksumAlgorithm.CRC32C, "CRC32C",
            ChecksumAlgorithm.CRC64NVME, "CRC64NVME",
            ChecksumAlgorithm.SHA1, "SHA1",
            ChecksumAlgorithm.SHA256, "SHA256"));
    private static final String FIELD = "x-amz-checksum-";

    private ChecksumFields() {}

    /** Its name in documents; empty for one that S3 does not have. */
    public static String name(ChecksumAlgorithm algorithm) {
        return NAMES.getOrDefault(algorithm, "");
    }

    /** Its field in a head. */
    public static String field(ChecksumAlgorithm algorithm) {
        return FIELD + name(algorithm).toLowerCase(Locale.ROOT);
    }

    public static String base64(Bytes value) {
        return Base64.getEncoder().encodeToString(value.toByteArray());
    }

    /** @throws S3Refused INVALID_REQUEST for one that there is not */
    public static ChecksumAlgorithm algorithm(String name) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> S3Error.INVALID_REQUEST.refused("Checksum algorithm provided is unsupported."))
                .getKey();
    }

    /**
     * What the bytes of a write must add up to.
     *
     * @param content its trailers have the value where the head announces it there
     * @throws S3Refused INVALID_DIGEST, INVALID_REQUEST
     */
    public static List<ChecksumClaim> claims(Headers headers, Content content) {
        var claims = new ArrayList<ChecksumClaim>(2);
        headers.only("content-md5").ifPresent(text -> claims.add(ChecksumClaim.md5(md5(text))));
        var given = given(headers);
        var announced = announced(headers);
        if (given.size() + announced.size() > 1) {
            throw S3Error.INVALID_REQUEST.refused(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types" + " are not allowed.");
        }
        if (!given.isEmpty()) {
            claims.add(ChecksumClaim.of(given.getFirst()));
        } else if (!announced.isEmpty()) {
            claims.add(new Trailing(announced.getFirst(), content));
        } else {
            asked(headers).ifPresent(algorithm -> claims.add(ChecksumClaim.made(algorithm)));
        }
        return claims;
    }

    /** The one value in the head; null for none. */
    public static @Nullable Checksum value(Headers headers) {
        var given = given(headers);
        if (given.size() > 1) {
            throw S3Error.INVALID_REQUEST.refused("Expecting a single x-amz-checksum- header");
        }
        return given.isEmpty() ? null : given.getFirst();
    }

    private static List<Checksum> given(Headers headers) {
        var given = new ArrayList<Checksum>(1);
        for (var algorithm : NAMES.keySet()) {
            for (var text : headers.all(field(algorithm))) {
                given.add(parse(algorithm, text, Checksum.Scope.FULL_OBJECT));
            }
        }
        return given;
    }

    /** @throws S3Refused INVALID_REQUEST where it is no value of the algorithm */
    public static Checksum parse(ChecksumAlgorithm algorithm, String text, Checksum.Scope scope) {
        try {
            return new Checksum(algorithm, Bytes.copyOf(Base64.getDecoder().decode(text)), scope);
        } catch (IllegalArgumentException | InvalidInput e) {
            throw S3Error.INVALID_REQUEST.refused("Value for " + field(algorithm) + " header is invalid.");
        }
    }

    private static List<ChecksumAlgorithm> announced(Headers headers) {
        var names = headers.all("x-amz-trailer").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        return NAMES.keySet().stream()
                .filter(algorithm -> names.contains(field(algorithm)))
                .collect(Collectors.toList());
    }

    /** The algorithm by which the store shall make one, where the writer says no value. */
    private static Optional<ChecksumAlgorithm> asked(Headers headers) {
        return headers.only("x-amz-sdk-checksum-algorithm")
                .or(() -> headers.only("x-amz-checksum-algorithm"))
                .map(ChecksumFields::algorithm);
    }

    /** @throws S3Refused INVALID_DIGEST */
    public static Bytes md5(String text) {
        try {
            var value = Bytes.copyOf(Base64.getDecoder().decode(text));
            if (value.size() == ChecksumAlgorithm.MD5.bytes()) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // no base64
        }
        throw S3Error.INVALID_DIGEST.refused().with("Content-MD5", text);
    }

    /** One that comes behind the bytes. */
    private record Trailing(ChecksumAlgorithm algorithm, Content content) implements ChecksumClaim {
        @Override
        public Optional<Bytes> expected() {
            var text = content.trailers().get(field(algorithm));
            if (text == null) {
                throw S3Error.MALFORMED_TRAILER.refused();
            }
            return Optional.of(
                    parse(algorithm, text, Checksum.Scope.FULL_OBJECT).value());
        }

        @Override
        public boolean kept() {
            return true;
        }
    }
}
