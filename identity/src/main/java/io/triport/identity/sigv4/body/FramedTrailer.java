package io.triport.identity.sigv4.body;

import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields behind the pieces of a body: those that were announced, each once, and over them a signature if the pieces have one. */
final class FramedTrailer {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Set<String> SIGNATURE = Set.of("x-amz-trailer-signature");
    private static final int MOST = 8_192;

    private final Frame frame;
    private final PieceSignatures signatures;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private String signature = "";
    private int size;

    FramedTrailer(Frame frame, PieceSignatures signatures) {
        this.frame = frame;
        this.signatures = signatures;
    }

    /** One line, which some signers end with a line feed more. */
    void add(String line) {
        var text = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
        var colon = text.indexOf(':');
        var name = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        var value = text.substring(colon + 1).strip();
        size += line.length();
        if (size > MOST || !NAME.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
            throw malformed();
        }
        if (SIGNATURE.contains(name)) {
            sign(value);
        } else if (!signature.isEmpty() || !frame.announced().contains(name) || fields.put(name, value) != null) {
            throw malformed();
        }
    }

    /** @throws BodyRefused when a field is missing, or the signature is, or is wrong */
    void finish() {
        if (!fields.keySet().containsAll(frame.announced()) || frame.form().piecesSigned() == signature.isEmpty()) {
            throw malformed();
        }
        if (frame.form().piecesSigned() && !signatures.signsTrailer(signature, hash())) {
            throw new BodyRefused(
                    BodyRefused.Why.SIGNATURE_MISMATCH,
                    "The trailer signature we calculated does not match the signature you provided.");
        }
    }

    Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    private void sign(String value) {
        if (!signature.isEmpty() || value.isEmpty() || !frame.form().piecesSigned()) {
            throw malformed();
        }
        signature = value;
    }

    private String hash() {
        var lines = new StringBuilder();
        fields.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static BodyRefused malformed() {
        return new BodyRefused(
                BodyRefused.Why.MALFORMED_TRAILER, "The request contained trailing data that was not well-formed.");
    }
}
