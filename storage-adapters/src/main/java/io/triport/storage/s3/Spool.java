package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.time.Randomness;
import io.triport.storage.piece.PiecedContent;
import io.triport.storage.piece.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bodies that are put down on the disk until it is known how long they are. Safe for many threads. */
final class Spool {
    /*
     * A file loses its name as soon as it is open, so that none outlives the process; where the system knows no files without a
     * name, it is removed when it is closed.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int PIECE = 128 * 1024;
    private static final int NAME_BYTES = 16;

    private final Path directory;
    private final Randomness randomness;

    /** @param directory is made when it is first needed */
    Spool(Path directory, Randomness randomness) {
        this.directory = directory;
        this.randomness = randomness;
    }

    /**
     * The same bytes with their length, read to their end. The content is closed in any case.
     *
     * @throws StorageFailure above 5 GiB, or when the disk does not take them; what the content fails with comes out as it is
     */
    Content measured(Content content) {
        try (var pieces = Pieces.of(new ContentReader(content))) {
            var file = create();
            try {
                var size = written(pieces, file);
                return new PiecedContent(new FilePieces(file), size);
            } catch (IOException e) {
                close(file);
                throw failed(e);
            } catch (RuntimeException e) {
                close(file);
                throw e;
            }
        }
    }

    private FileChannel create() {
        var name = Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex();
        try {
            Files.createDirectories(directory);
            return FileChannel.open(
                    directory.resolve(name),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static long written(Pieces pieces, FileChannel file) throws IOException {
        try {
            var size = 0L;
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                size += piece.remaining();
                if (size > ObjectLimits.PUT_BYTES) {
                    throw new StorageFailure.LimitExceeded(
                            FailureCode.TOO_LARGE, "object: more than 5 GiB in one write");
                }
                while (piece.hasRemaining()) {
                    file.write(piece);
                }
            }
            file.position(0);
            return size;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "spool: interrupted", e);
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("spooled body not closed", e);
        }
    }

    private static StorageFailure failed(IOException e) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "spool: body not kept", e);
    }

    /** A file from its beginning to its end. */
    private static final class FilePieces implements Pieces {
        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);

        private FilePieces(FileChannel file) {
            this.file = file;
        }

        @Override
        public @Nullable ByteBuffer next() {
            try {
                buffer.clear();
                return file.read(buffer) < 0 ? null : buffer.flip();
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            Spool.close(file);
        }
    }
}
