package io.triport.storage.caffeine;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.piece.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of a file, block by block. The first is there from the beginning, so what cannot be read at all is known before. */
final class BodyPieces implements Pieces {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int NONE = -1;

    private final BodyFile file;
    private final FileChannel channel;
    private final int to;
    private final Runnable whenBroken;
    private final ByteBuffer block = ByteBuffer.allocate(BodyFile.BLOCK_BYTES);
    private int loaded = NONE;
    private int at;

    private BodyPieces(BodyFile file, FileChannel channel, int from, int to, Runnable whenBroken) {
        this.file = file;
        this.channel = channel;
        this.at = from;
        this.to = to;
        this.whenBroken = whenBroken;
    }

    /** @param from before the end @param whenBroken is told when the file fails later */
    static BodyPieces open(BodyFile file, int from, int to, Runnable whenBroken) throws IOException {
        var channel = file.open();
        var pieces = new BodyPieces(file, channel, from, to, whenBroken);
        var opened = false;
        try {
            file.requireLength(channel);
            pieces.load();
            opened = true;
            return pieces;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws InterruptedException {
        if (at == to) {
            return null;
        }
        try {
            load();
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (IOException e) {
            whenBroken.run();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cache: a body was not read to its end", e);
        }
        var within = at % BodyFile.BLOCK_BYTES;
        var count = Math.min(block.limit() - within, to - at);
        at += count;
        return block.slice(within, count);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("cached file={} not closed", file.name(), e);
        }
    }

    private void load() throws IOException {
        var number = at / BodyFile.BLOCK_BYTES;
        if (number != loaded) {
            file.read(channel, number, block);
            loaded = number;
        }
    }

    private static InterruptedException interrupted(ClosedByInterruptException cause) {
        // The exception says it from here on.
        var interrupted = Thread.interrupted() ? "interrupted" : "interrupted by another";
        var exception = new InterruptedException(interrupted);
        exception.initCause(cause);
        return exception;
    }
}
