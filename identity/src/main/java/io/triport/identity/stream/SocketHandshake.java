package io.triport.identity.stream;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The wish of a client to change to WebSocket, as RFC 6455 section 4.2.1 demands it. */
public final class SocketHandshake {
    /** The only version there is. */
    public static final String VERSION = "13";

    /** RFC 6455 section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;

    private final String key;

    private SocketHandshake(String key) {
        this.key = key;
    }

    /** Empty for a request that wants no WebSocket, or asks for it in another way. */
    public static Optional<SocketHandshake> of(Fetch fetch) {
        var headers = fetch.headers();
        var wanted = fetch.method().equals(Method.GET)
                && tokens(headers.all("upgrade")).anyMatch("websocket"::equals)
                && tokens(headers.all("connection")).anyMatch("upgrade"::equals)
                && headers.only("sec-websocket-version").equals(Optional.of(VERSION));
        return headers.only("sec-websocket-key")
                .filter(sent -> wanted && key(sent))
                .map(SocketHandshake::new);
    }

    List<StreamReply.Field> fields() {
        return List.of(
                new StreamReply.Field("Upgrade", "websocket"),
                new StreamReply.Field("Connection", "Upgrade"),
                new StreamReply.Field("Sec-WebSocket-Accept", accept()));
    }

    private String accept() {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 (expected: in every Java)", e);
        }
    }

    private static Stream<String> tokens(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(token -> token.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean key(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
