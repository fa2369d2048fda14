package io.triport.storage.shared;

import io.triport.storage.object.ObjectBytes;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A run of bytes that is being put. */
final class SharedSink implements ObjectBytes.Sink {
    private final String name;
    private final Runs runs;
    private final Runnable whenGone;
    private boolean put;
    private boolean finished;
    private boolean closed;

    /** @param whenGone is told when the run was given up */
    SharedSink(String name, Runs runs, Runnable whenGone) {
        this.name = name;
        this.runs = runs;
        this.whenGone = whenGone;
    }

    @Override
    public String name() {
        return name;
    }

    /** A run is one request, whose body is read and not written. */
    @Override
    public void write(ByteBuffer piece) {
        throw new UnsupportedOperationException("run: written (expected: taken)");
    }

    @Override
    public void take(Pieces pieces, OptionalLong length) {
        try (var content = new PulledContent(pieces, length)) {
            runs.put(name, content);
            put = true;
        }
    }

    /** The answer to the put was read before, and says all that there is to know. */
    @Override
    public void finish() {
        if (!put) {
            throw new IllegalStateException("run: finished (expected: after its bytes were taken)");
        }
        finished = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!finished) {
                whenGone.run();
            }
        }
    }
}
