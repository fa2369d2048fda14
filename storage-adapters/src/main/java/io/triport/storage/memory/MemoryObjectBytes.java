package io.triport.storage.memory;

import io.triport.domain.object.Slice;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.ObjectBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Bytes in arrays of one size. */
final class MemoryObjectBytes implements ObjectBytes {
    private static final int CHUNK = 128 * 1024;
    private static final int NAME_BYTES = 16;

    private final Map<String, List<byte[]>> runs = new ConcurrentHashMap<>();
    private final Randomness randomness;

    MemoryObjectBytes(Randomness randomness) {
        this.randomness = randomness;
    }

    @Override
    public Sink create() {
        return new Writing(freshName());
    }

    @Override
    public Optional<String> duplicate(String name) {
        var run = runs.get(name);
        if (run == null) {
            return Optional.empty();
        }
        var copy = freshName();
        runs.put(copy, run);
        return Optional.of(copy);
    }

    @Override
    public Optional<Source> open(String name, long size, Slice slice) {
        return Optional.ofNullable(runs.get(name)).map(run -> new Reading(run));
    }

    @Override
    public void settled(String name) {
        // Nothing is left over in memory.
    }

    @Override
    public void remove(String name) {
        runs.remove(name);
    }

    @Override
    public int collect(Predicate<String> named) {
        return 0;
    }

    @Override
    public void close() {
        runs.clear();
    }

    private String freshName() {
        return Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex();
    }

    private final class Writing implements Sink {
        private final String name;
        private final List<byte[]> chunks = new ArrayList<>();
        private ByteBuffer last = ByteBuffer.allocate(0);

        private Writing(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void write(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                if (!last.hasRemaining()) {
                    last = ByteBuffer.allocate(CHUNK);
                    chunks.add(last.array());
                }
                var fitting = Math.min(last.remaining(), piece.remaining());
                last.put(piece.slice(piece.position(), fitting));
                piece.position(piece.position() + fitting);
            }
        }

        @Override
        public void finish() {
            if (!chunks.isEmpty()) {
                // The last one is as long as it has to be: small objects are many.
                chunks.add(Arrays.copyOf(chunks.removeLast(), last.position()));
            }
            runs.put(name, List.copyOf(chunks));
        }

        @Override
        public void close() {
            chunks.clear();
        }
    }

    private record Reading(List<byte[]> chunks) implements Source {
        @Override
        public ByteBuffer read(long offset, long most) {
            var chunk = chunks.get((int) (offset / CHUNK));
            var from = (int) (offset % CHUNK);
            return ByteBuffer.wrap(chunk, from, (int) Math.min(most, chunk.length - from))
                    .slice()
                    .asReadOnlyBuffer();
        }

        @Override
        public void done() {
            // Memory only: nothing to use again.
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
