package io.triport.e2e.objectbench;

import io.triport.e2e.bench.SignedRequests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Signs in advance, so that the load costs the client nothing but sending and receiving. */
final class S3Requests {
    /** A page of a listing, of so many names. */
    private static final int PAGE = 1_000;

    private static final long STEP = 7_919;

    private final Clock clock;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(Work.MIB);

    S3Requests(Clock clock) {
        this.clock = clock;
        for (var i = 0; i < Work.MIB; i++) {
            piece.put((byte) (i * STEP >>> 5));
        }
        piece.flip();
    }

    /** What the load sends. @param count how many, over the objects in turn; good for 15 minutes */
    SignedRequests of(Endpoint endpoint, Work work, int small, int count) {
        return work.kind() == Work.Kind.PUT
                ? writing(endpoint, work, small, count)
                : reading(endpoint, work, small, count);
    }

    /** Writes each object that the load reads, once. */
    SignedRequests filling(Endpoint endpoint, Work work, int small) {
        return writing(endpoint, work, small, work.keys(small));
    }

    /** Writes one object of so many MiB. */
    SignedRequests one(Endpoint endpoint, String path, int mib) {
        var head = new S3Signature(endpoint, clock.instant())
                .put(path, (long) mib * Work.MIB)
                .getBytes(StandardCharsets.US_ASCII);
        return SignedRequests.inTurn(head, new int[] {head.length}, piece, mib, 1);
    }

    /** Reads one object so many times. */
    SignedRequests oneRead(Endpoint endpoint, String path, int count) {
        var head = new S3Signature(endpoint, clock.instant()).get(path, "").getBytes(StandardCharsets.US_ASCII);
        return SignedRequests.inTurn(head, new int[] {head.length}, piece, 0, count);
    }

    private SignedRequests reading(Endpoint endpoint, Work work, int small, int count) {
        var signature = new S3Signature(endpoint, clock.instant());
        var heads = new ByteArrayOutputStream();
        var ends = new int[Math.min(count, work.keys(small))];
        for (var i = 0; i < ends.length; i++) {
            var key = key(work, i, small);
            var head = work.kind() == Work.Kind.LIST
                    ? signature.get(
                            "/" + work.bucket(),
                            "list-type=2&max-keys=" + PAGE + "&start-after=" + key.replace("/", "%2F"))
                    : signature.get("/" + work.bucket() + "/" + key, "");
            heads.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            ends[i] = heads.size();
        }
        return SignedRequests.inTurn(heads.toByteArray(), ends, piece, 0, count);
    }

    private SignedRequests writing(Endpoint endpoint, Work work, int small, int count) {
        var signature = new S3Signature(endpoint, clock.instant());
        var heads = new ByteArrayOutputStream();
        var ends = new int[Math.min(count, work.keys(small))];
        var bytes = work.kind() == Work.Kind.LIST ? Work.GET_1K.bytes() : work.bytes();
        for (var i = 0; i < ends.length; i++) {
            heads.writeBytes(signature
                    .put("/" + work.bucket() + "/" + key(work, i, small), bytes)
                    .getBytes(StandardCharsets.US_ASCII));
            ends[i] = heads.size();
        }
        var length = Math.min(bytes, Work.MIB);
        return SignedRequests.inTurn(heads.toByteArray(), ends, piece.slice(0, length), bytes / length, count);
    }

    /** A prime step spreads the keys: neighbours in time are no neighbours on a page or in a folder. */
    private static String key(Work work, int index, int small) {
        return work.key((int) (index * STEP % work.keys(small)));
    }
}
