package io.triport.storage.s3;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * A body in chunks with a checksum behind it: {@code STREAMING-UNSIGNED-PAYLOAD-TRAILER} (Amazon S3 API reference, "Uploading
 * objects using chunked transfer with trailing headers"). For one thread at a time.
 */
final class ChunkFrames {
    private static final long CHUNK = 1 << 20;
    private static final int CRLF = 2;

    private final long length;
    private final ChecksumAlgorithm algorithm;
    private long passed;

    ChunkFrames(long length, ChecksumAlgorithm algorithm) {
        this.length = length;
        this.algorithm = algorithm;
    }

    /** The length of the body as it is sent, in bytes. */
    long framedLength() {
        var whole = length / CHUNK;
        var rest = length % CHUNK;
        var framed = whole * (Long.toHexString(CHUNK).length() + CRLF + CHUNK + CRLF);
        if (rest > 0) {
            framed += Long.toHexString(rest).length() + CRLF + rest + CRLF;
        }
        var value = (algorithm.bytes() + 2) / 3 * 4;
        return framed + 1 + CRLF + Sums.field(algorithm).length() + 1 + value + CRLF + CRLF;
    }

    /** The piece with what stands between chunks. */
    List<ByteBuffer> framed(ByteBuffer piece) {
        var out = new ArrayList<ByteBuffer>();
        while (piece.hasRemaining()) {
            var within = passed % CHUNK;
            if (within == 0) {
                out.add(text(Long.toHexString(Math.min(CHUNK, length - passed)) + "\r\n"));
            }
            var size = (int) Math.min(piece.remaining(), CHUNK - within);
            out.add(piece.slice(piece.position(), size));
            piece.position(piece.position() + size);
            passed += size;
            if (passed % CHUNK == 0 || passed == length) {
                out.add(text("\r\n"));
            }
        }
        return out;
    }

    ByteBuffer end(Supplier<Checksum> checksum) {
        var value = Base64.getEncoder().encodeToString(checksum.get().value().toByteArray());
        return text("0\r\n" + Sums.field(algorithm) + ":" + value + "\r\n\r\n");
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
