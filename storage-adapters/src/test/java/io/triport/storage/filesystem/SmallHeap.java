package io.triport.storage.filesystem;

import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.time.Randomness;
import io.triport.testkit.GeneratedContent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;

/** The process with the small heap: puts zeros, gets them back, and tells their MD5 as the store summed it up. */
final class SmallHeap {
    private static final int PIECE = 64 * 1024;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(Block.DATA);

    private SmallHeap() {}

    public static void main(String[] arguments) throws InterruptedException {
        var size = Long.parseLong(arguments[1]);
        try (var objects = ObjectDirectory.open(
                Path.of(arguments[0]), 0, Clock.systemUTC(), Randomness.system(), new SparseDisk())) {
            var store = objects.store(Versioning.OFF);
            var key = ObjectKey.of("large");
            store.put(key, GeneratedContent.zeros(size, PIECE), WriteOptions.PLAIN);
            var found = (GetOutcome.Found) store.get(ObjectRef.current(key), ReadOptions.WHOLE);
            if (zeros(found.content()) == size) {
                System.out.println(found.info().etag());
            }
        }
    }

    /** How many there are until the end; none where there is anything else. */
    private static long zeros(Content content) throws InterruptedException {
        var count = 0L;
        try (var reader = new ContentReader(content)) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                if (!piece.equals(ZEROS.slice(0, piece.remaining()))) {
                    return 0;
                }
                count += piece.remaining();
            }
        }
        return count;
    }
}
