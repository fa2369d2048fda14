package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signed text in the compact form (RFC 7515 section 7.1), taken apart and not believed: three segments of canonical
 * base64url, of which the first is an object of JSON and only the payload may be empty. Immutable.
 */
public final class CompactJws {
    /** What a token may be long at most, unless it is configured. */
    public static final int USUAL_LENGTH = 8_192;

    /** What can be configured at most. */
    public static final int MOST_LENGTH = 16_384;

    /** Large issuers write more than twenty claims; what bounds them is the length of a token. */
    private static final StrictJson PAYLOAD = new StrictJson(16, 256);

    private final byte[] text;
    private final int signed;
    private final JoseHeader header;
    private final byte[] payload;
    private final byte[] signature;

    private CompactJws(byte[] text, int signed, JoseHeader header, byte[] payload, byte[] signature) {
        this.text = text;
        this.signed = signed;
        this.header = header;
        this.payload = payload;
        this.signature = signature;
    }

    /** Empty for whatever is not of this form. @param longest in bytes */
    public static Optional<CompactJws> parse(String token, int longest) {
        return parse(token, longest, new HeaderCache());
    }

    /** The same for one of many tokens. @param headers of those before */
    public static Optional<CompactJws> parse(String token, int longest, HeaderCache headers) {
        var first = token.indexOf('.');
        var second = token.indexOf('.', first + 1);
        if (!threeSegments(token, first, second) || token.length() > longest) {
            return Optional.empty();
        }
        var text = token.getBytes(StandardCharsets.ISO_8859_1);
        var payload = StrictBase64Url.decode(Arrays.copyOfRange(text, first + 1, second));
        var signature = StrictBase64Url.decode(Arrays.copyOfRange(text, second + 1, text.length));
        if (payload == null || signature == null) {
            return Optional.empty();
        }
        return headers.read(token, first).map(header -> new CompactJws(text, second, header, payload, signature));
    }

    /** The header alone, for a decision about where to judge a token. */
    public static Optional<JoseHeader> header(String token, int longest, HeaderCache headers) {
        var first = token.indexOf('.');
        return first < 1 || token.length() > longest ? Optional.empty() : headers.read(token, first);
    }

    private static boolean threeSegments(String token, int first, int second) {
        return first >= 1 && second > first && second < token.length() - 1 && token.indexOf('.', second + 1) < 0;
    }

    public JoseHeader header() {
        return header;
    }

    /** The payload as an object of JSON, not believed; empty when it is something else. */
    public Optional<ClaimValue.Members> claims() {
        return PAYLOAD.read(payload);
    }

    boolean signedBy(SignatureCheck check, JwsAlgorithm algorithm) {
        return check.holds(algorithm, text, signed, signature);
    }

    /** The length alone: a token is a credential. */
    @Override
    public String toString() {
        return "CompactJws[" + text.length + " bytes]";
    }
}
