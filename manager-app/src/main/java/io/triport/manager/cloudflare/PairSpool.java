package io.triport.manager.cloudflare;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.key.PairSource;
import io.triport.manager.route.Call;
import io.triport.manager.transfer.ContentStream;
import io.triport.manager.transfer.PulledContent;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the pairs of a bulk write away, each checked, until all are known to be sound. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class PairSpool {
    /*
     * Memory
     *
     * Nothing may be stored before the last pair was looked at, so all of them wait somewhere: a short body in memory, a long one in a
     * file. Of a long one there are in memory the pair that arrives, and later those that are stored with one call; that much is taken
     * from the memory for bodies.
     */
    private static final ByteSize LONGEST = ByteSize.ofBytes(KvLimits.BULK_BYTES);
    private static final long SHORT = 4L * 1_048_576;
    private static final long AT_ONCE = 8L * 1_048_576;
    private static final int NAME_BYTES = 16;

    private final SystemAccess access;
    private final Clock clock;
    private final Randomness randomness;

    PairSpool(SystemAccess access, Clock clock, Randomness randomness) {
        this.access = access;
        this.clock = clock;
        this.randomness = randomness;
    }

    /**
     * Reads the body of a call and does the work with its pairs, of which nothing is left afterwards.
     *
     * @throws io.triport.manager.answer.Refused for the first thing that is wrong, before the work
     */
    <R> R with(Call call, Function<PairSource, R> work) {
        var length = call.fetch().body().length().orElse(Long.MAX_VALUE);
        if (call.fetch().body().length().orElse(0) > LONGEST.bytes()) {
            throw Problem.PAYLOAD_TOO_LARGE.refused();
        }
        return length <= SHORT ? inMemory(call, length, work) : inFile(call, work);
    }

    private <R> R inMemory(Call call, long length, Function<PairSource, R> work) {
        call.hold(2 * length);
        var all = new ByteArrayOutputStream((int) length);
        try (var checked = new Checked(call, Long.MAX_VALUE)) {
            for (var piece = checked.next(); piece != null; piece = checked.next()) {
                all.writeBytes(piece.toByteArray());
            }
            var file = all.toByteArray();
            return work.apply(new Spooled(checked.keys, () -> new ByteArrayInputStream(file)));
        }
    }

    private <R> R inFile(Call call, Function<PairSource, R> work) {
        call.hold(AT_ONCE);
        var done = new AtomicReference<@Nullable R>();
        access.under((system, storage) -> {
            var bucket = storage.objects(system, JobFiles.BUCKET);
            var file = JobFiles.pairs(Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex());
            try (var checked = new Checked(call, AT_ONCE)) {
                if (!(bucket.put(file, new PulledContent(checked), WriteOptions.PLAIN) instanceof PutOutcome.Stored)) {
                    throw Problem.STORAGE_UNAVAILABLE.refused();
                }
                done.set(work.apply(new Spooled(checked.keys, () -> open(bucket, file))));
            } finally {
                bucket.delete(List.of(ObjectRef.current(file)), Conditions.NONE);
            }
        });
        var result = done.get();
        if (result == null) {
            throw Problem.STORAGE_UNAVAILABLE.refused();
        }
        return result;
    }

    private static InputStream open(ObjectStore bucket, ObjectKey file) {
        if (bucket.get(ObjectRef.current(file), ReadOptions.WHOLE) instanceof GetOutcome.Found found) {
            return new BufferedInputStream(new ContentStream(found.content()));
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "bulk: its file is gone");
    }

    /** The pairs as they arrive, in the form in which they wait. For one thread. */
    private final class Checked implements PulledContent.Source {
        private final Call call;
        private final PairReader reader;
        private final List<KvKey> keys = new ArrayList<>();
        private final Deque<Bytes> pieces = new ArrayDeque<>();
        private long held;

        /** @param held bytes of a pair for which memory was taken already */
        private Checked(Call call, long held) {
            this.call = call;
            this.held = held;
            this.reader = new PairReader(call.stream(LONGEST), clock.instant());
        }

        @Override
        public @Nullable Bytes next() {
            if (pieces.isEmpty()) {
                var pair = reader.next();
                if (pair == null) {
                    return null;
                }
                if (pair.valueBytes() > held) {
                    call.hold(pair.valueBytes() - held);
                    held = pair.valueBytes();
                }
                keys.add(pair.key());
                pieces.addAll(pair.pieces());
            }
            return pieces.remove();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** Pairs that wait. */
    private record Spooled(List<KvKey> keys, Supplier<InputStream> file) implements PairSource {
        private Spooled {
            keys = List.copyOf(keys);
        }

        @Override
        public void each(Consumer<List<KvPair>> taker) {
            try (var in = new DataInputStream(file.get())) {
                var some = new ArrayList<KvPair>();
                var bytes = 0L;
                for (var left = keys.size(); left > 0; left--) {
                    var pair = SpooledPair.read(in);
                    if (bytes + pair.size() > AT_ONCE && !some.isEmpty()) {
                        taker.accept(List.copyOf(some));
                        some.clear();
                        bytes = 0;
                    }
                    some.add(pair);
                    bytes += pair.size();
                }
                if (!some.isEmpty()) {
                    taker.accept(List.copyOf(some));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
