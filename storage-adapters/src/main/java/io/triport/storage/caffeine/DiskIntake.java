package io.triport.storage.caffeine;

import io.triport.domain.cache.CachePut;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps small bodies on the heap and lets larger ones flow to the disk as they come. @param small the most that stays on the heap */
record DiskIntake(DiskPart disk, ByteSize small, ByteSize largest) implements Intake {
    @Override
    public Taken take(Content content) {
        try (var reader = new ContentReader(content)) {
            return content.length().orElse(0) > largest.bytes() ? tooLarge() : read(reader);
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cache: interrupted while a body came", e);
        } catch (IOException e) {
            disk.failed(e);
            return new Taken.Refused(CachePut.Reason.NO_ROOM);
        }
    }

    private Taken read(ContentReader reader) throws IOException, InterruptedException {
        try (var coming = new Coming(disk, small)) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                if (coming.length + piece.remaining() > largest.bytes()) {
                    return tooLarge();
                }
                coming.add(piece);
            }
            return coming.end();
        }
    }

    private static Taken tooLarge() {
        return new Taken.Refused(CachePut.Reason.TOO_LARGE);
    }

    /** What has come so far: pieces on the heap, until there are too many, then a file. */
    private static final class Coming implements AutoCloseable {
        private final DiskPart disk;
        private final ByteSize small;
        private final List<Bytes> pieces = new ArrayList<>();
        private @Nullable ComingFile file;
        private long length;

        private Coming(DiskPart disk, ByteSize small) {
            this.disk = disk;
            this.small = small;
        }

        private void add(ByteBuffer piece) throws IOException {
            length += piece.remaining();
            if (file == null && length <= small.bytes()) {
                pieces.add(Bytes.from(piece));
                return;
            }
            begun().write(piece);
        }

        private ComingFile begun() throws IOException {
            if (file == null) {
                file = disk.create();
                for (var piece : pieces) {
                    file.write(piece.toByteBuffer());
                }
                pieces.clear();
            }
            return file;
        }

        private Taken end() throws IOException {
            if (file == null) {
                return new Taken.Held(Bytes.joined(pieces));
            }
            var whole = file.finish();
            disk.succeeded();
            return new Taken.Filed(disk, whole);
        }

        @Override
        public void close() {
            if (file != null) {
                file.close();
            }
        }
    }
}
