package io.triport.e2e.bench;

import io.triport.domain.time.Randomness;
import io.triport.identity.hmac.CanonicalRequest;
import io.triport.identity.hmac.SigningHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/** Signs in advance, so that the load costs the client nothing but sending and receiving. */
final class RequestSigner {
    static final String NAMESPACE = "BENCH";

    private static final int RANDOM_BYTES = 8;

    private final Clock clock;
    private final String noncePrefix;
    private final Map<Operation, Bodies> bodies = new EnumMap<>(Operation.class);
    private long nonces;

    RequestSigner(Clock clock, Randomness randomness, int keys) {
        this.clock = clock;
        this.noncePrefix = HexFormat.of().formatHex(randomness.bytes(RANDOM_BYTES));
        for (var operation : Operation.values()) {
            bodies.put(operation, Bodies.of(operation, keys));
        }
    }

    /** Requests dated now, each with a nonce of its own; good for as long as the server's window. */
    SignedRequests sign(Target target, Operation operation, int count) {
        var shared = bodies.get(operation);
        if (shared == null) {
            throw new IllegalArgumentException("operation: " + operation);
        }
        var timestamp = Long.toString(clock.millis());
        var heads = new ByteArrayOutputStream();
        var ends = new int[count];
        for (var i = 0; i < count; i++) {
            var body = i % shared.bytes.length;
            heads.writeBytes(head(target, operation, timestamp, shared.bytes[body].length, shared.sha256[body])
                    .getBytes(StandardCharsets.US_ASCII));
            ends[i] = heads.size();
        }
        return new SignedRequests(heads.toByteArray(), ends, shared.bytes);
    }

    private String head(Target target, Operation operation, String timestamp, int length, String sha256) {
        var nonce = noncePrefix + HexFormat.of().toHexDigits(nonces++);
        var signature =
                target.secret().sign(new CanonicalRequest("POST", operation.path(), "", timestamp, nonce, sha256));
        return "POST " + target.basePath() + operation.path() + " HTTP/1.1\r\n"
                + "Host: " + target.address().getHostString() + ":"
                + target.address().getPort() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n"
                + SigningHeaders.KEY_ID + ": " + target.keyId() + "\r\n"
                + SigningHeaders.TIMESTAMP + ": " + timestamp + "\r\n"
                + SigningHeaders.NONCE + ": " + nonce + "\r\n"
                + SigningHeaders.BODY_SHA256 + ": " + sha256 + "\r\n"
                + SigningHeaders.SIGNATURE + ": " + signature + "\r\n\r\n";
    }

    @SuppressWarnings("ArrayRecordComponent") // written to a socket as they are, millions of times
    private record Bodies(byte[][] bytes, String[] sha256) {
        static Bodies of(Operation operation, int keys) {
            var bytes = new byte[keys][];
            var sha256 = new String[keys];
            for (var i = 0; i < keys; i++) {
                // A prime step spreads the keys: neighbours in time are no neighbours on a page.
                bytes[i] = operation.body(NAMESPACE, (int) ((i * 7_919L) % keys));
                sha256[i] = sha256(bytes[i]);
            }
            return new Bodies(bytes, sha256);
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
