package io.triport.identity.sigv4.body;

import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body in pieces, each behind a line that says how long it is and perhaps its signature ({@code aws-chunked}; Signature
 * Calculations for the Authorization Header: Transferring Payload in Multiple Chunks). Hands on what is in the frames; the end of
 * a piece only when its signature is right.
 */
final class FramedPieces implements BodyPieces {
    private static final Pattern SIGNED = Pattern.compile("([0-9a-fA-F]{1,8});chunk-signature=([0-9a-f]{64})");
    private static final Pattern PLAIN = Pattern.compile("([0-9a-fA-F]{1,8})");
    private static final int HEX = 16;

    private enum State {
        HEAD,
        DATA,
        DATA_END,
        TRAILER,
        LAST_LINE,
        ENDED
    }

    private final Frame frame;
    private final PieceSignatures signatures;
    private final FramedTrailer trailer;
    private final FrameLine line = new FrameLine();
    private final MessageDigest digest = Sha256.begun();
    private State state = State.HEAD;
    private String signature = "";
    private long left;
    private long seen;

    FramedPieces(Frame frame, PieceSignatures signatures) {
        this.frame = frame;
        this.signatures = signatures;
        this.trailer = new FramedTrailer(frame, signatures);
    }

    @Override
    public @Nullable ByteBuffer next(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            if (state == State.DATA) {
                return data(piece);
            }
            if (state == State.ENDED) {
                throw malformed("bytes behind the end");
            }
            if (line.endsIn(piece)) {
                ended(line.take());
            }
        }
        return null;
    }

    @Override
    public void finish() {
        if (state != State.ENDED || seen != frame.length()) {
            throw wrongLength();
        }
    }

    @Override
    public Map<String, String> trailers() {
        return trailer.fields();
    }

    private ByteBuffer data(ByteBuffer piece) {
        var size = (int) Math.min(left, piece.remaining());
        var data = piece.slice(piece.position(), size);
        piece.position(piece.position() + size);
        left -= size;
        if (frame.form().piecesSigned()) {
            digest.update(data.duplicate());
        }
        if (left == 0) {
            check();
            state = State.DATA_END;
        }
        return data;
    }

    private void ended(String text) {
        switch (state) {
            case HEAD -> begin(text);
            case DATA_END -> {
                expectEmpty(text);
                state = State.HEAD;
            }
            case LAST_LINE -> {
                expectEmpty(text);
                state = State.ENDED;
            }
            case TRAILER -> {
                if (text.isEmpty()) {
                    trailer.finish();
                    state = State.ENDED;
                } else {
                    trailer.add(text);
                }
            }
            case DATA, ENDED -> throw new IllegalStateException("state: " + state + " (expected: one with lines)");
        }
    }

    private void begin(String text) {
        var head = head(text);
        left = Long.parseLong(head.group(1), HEX);
        signature = frame.form().piecesSigned() ? head.group(2) : "";
        if (left > frame.mostChunk().bytes()) {
            throw malformed("a piece longer than " + frame.mostChunk());
        }
        seen += left;
        if (seen > frame.length()) {
            throw wrongLength();
        }
        state = State.DATA;
        if (left == 0) {
            check();
            state = frame.form().hasTrailer() ? State.TRAILER : State.LAST_LINE;
        }
    }

    private Matcher head(String text) {
        var head = (frame.form().piecesSigned() ? SIGNED : PLAIN).matcher(text);
        if (!head.matches()) {
            throw malformed("a piece without a size or a signature of their form");
        }
        return head;
    }

    private void check() {
        if (frame.form().piecesSigned()
                && !signatures.signsChunk(signature, HexFormat.of().formatHex(digest.digest()))) {
            throw new BodyRefused(
                    BodyRefused.Why.SIGNATURE_MISMATCH,
                    "The chunk signature we calculated does not match the signature you provided.");
        }
    }

    private static void expectEmpty(String text) {
        if (!text.isEmpty()) {
            throw malformed("a piece that does not end where it should");
        }
    }

    private static BodyRefused malformed(String what) {
        return new BodyRefused(BodyRefused.Why.MALFORMED_FRAMING, "The aws-chunked body has " + what + ".");
    }

    private static BodyRefused wrongLength() {
        return new BodyRefused(
                BodyRefused.Why.WRONG_LENGTH,
                "You did not provide the number of bytes specified by x-amz-decoded-content-length.");
    }
}
