package io.triport.objects.serve;

import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.objects.wire.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A body of several parts, read up to one boundary after the other (RFC 2046 section 5.1). For one thread at a time. */
final class FormSource implements AutoCloseable {
    /** Bytes of one field, of its head, or before the first part. */
    private static final int LONGEST = 20 * 1024;

    private final ContentReader body;
    private final byte[] delimiter;
    private byte[] held;
    private boolean begun;
    private boolean ended;

    FormSource(Content body, String boundary) {
        this.body = new ContentReader(body);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first boundary has no line before it.
        this.held = new byte[] {'\r', '\n'};
    }

    /** All up to the next boundary, which is gone then. @throws S3Refused MALFORMED_POST_REQUEST */
    byte[] part() throws InterruptedException {
        var at = indexOf(held, delimiter);
        while (at < 0) {
            if (held.length > LONGEST || !more()) {
                throw S3Error.MALFORMED_POST_REQUEST.refused();
            }
            at = indexOf(held, delimiter);
        }
        var part = Arrays.copyOf(held, at);
        held = Arrays.copyOfRange(held, at + delimiter.length, held.length);
        return part;
    }

    /** The line behind a boundary; two hyphens end the body. */
    boolean another() throws InterruptedException {
        var line = upTo(new byte[] {'\r', '\n'});
        var text = new String(line, StandardCharsets.ISO_8859_1).strip();
        if (text.equals("--")) {
            return false;
        }
        if (!text.isEmpty()) {
            throw S3Error.MALFORMED_POST_REQUEST.refused();
        }
        return true;
    }

    /** The head of a part, without the empty line behind it. */
    String head() throws InterruptedException {
        return new String(upTo(new byte[] {'\r', '\n', '\r', '\n'}), StandardCharsets.UTF_8);
    }

    private byte[] upTo(byte[] end) throws InterruptedException {
        var at = indexOf(held, end);
        while (at < 0) {
            if (held.length > LONGEST || !more()) {
                throw S3Error.MALFORMED_POST_REQUEST.refused();
            }
            at = indexOf(held, end);
        }
        var found = Arrays.copyOf(held, at);
        held = Arrays.copyOfRange(held, at + end.length, held.length);
        return found;
    }

    /** Somebody reads what is before the next boundary. @throws IllegalStateException the second time */
    void begin() {
        if (begun) {
            throw new IllegalStateException("form: read a second time (expected: once)");
        }
        begun = true;
    }

    /** Some bytes before the next boundary; null where it has come. */
    @Nullable
    ByteBuffer next() throws InterruptedException {
        while (!ended) {
            var at = indexOf(held, delimiter);
            var safe = at < 0 ? held.length - delimiter.length + 1 : at;
            if (safe > 0) {
                var given = ByteBuffer.wrap(held, 0, safe).slice().asReadOnlyBuffer();
                held = Arrays.copyOfRange(held, safe, held.length);
                return given;
            }
            if (at == 0) {
                ended = true;
            } else if (!more()) {
                throw S3Error.MALFORMED_POST_REQUEST.refused();
            }
        }
        return null;
    }

    /** Reads what follows, to its end, so that the connection can go on. */
    void drain() throws InterruptedException {
        while (more()) {
            held = new byte[0];
        }
    }

    private boolean more() throws InterruptedException {
        var piece = body.next();
        if (piece == null) {
            return false;
        }
        var joined = Arrays.copyOf(held, held.length + piece.remaining());
        piece.get(joined, held.length, piece.remaining());
        held = joined;
        return true;
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        for (var from = 0; from + wanted.length <= text.length; from++) {
            if (Arrays.equals(text, from, from + wanted.length, wanted, 0, wanted.length)) {
                return from;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        body.close();
    }
}
