package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.piece.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The bytes of a file that goes away with its reader. For one thread. */
final class FilePieces implements Pieces {
    private static final int PIECE_BYTES = 64 * 1024;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

    private FilePieces(SeekableByteChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static FilePieces open(Path file) {
        try {
            var channel = Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
            return new FilePieces(channel, channel.size());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    long size() {
        return size;
    }

    @Override
    public @Nullable ByteBuffer next() {
        try {
            piece.clear();
            return channel.read(piece) < 0 ? null : piece.flip();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            SqlFiles.LOG.warn("sql export not deleted", e);
        }
    }

    private static StorageFailure failed(IOException e) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: the export cannot be read", e);
    }
}
