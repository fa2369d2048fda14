package io.triport.storage.shared;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Slice;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.ContentReader;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.ObjectBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes that lie elsewhere, under names that stand in a ledger for as long as no row names them. */
final class SharedBytes implements ObjectBytes {
    /*
     * A name is among those that are being written before it is announced, and until its row is decided. What this node has
     * announced besides is left over: its write ended without a commit, or nobody knows whether with one, which the ledger does.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int NAME_BYTES = 16;
    private static final int REMOVED_PER_STEP = 200;
    /** A sweep must not take the endpoint from callers. */
    private static final int REMOVED_AT_ONCE = 8;

    private final BytesLedger ledger;
    private final Runs runs;
    private final Randomness randomness;
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();

    SharedBytes(BytesLedger ledger, Runs runs, Randomness randomness) {
        this.ledger = ledger;
        this.runs = runs;
        this.randomness = randomness;
    }

    @Override
    public Sink create() {
        var name = Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex();
        undecided.add(name);
        try {
            ledger.announce(name);
        } catch (RuntimeException e) {
            undecided.remove(name);
            throw e;
        }
        return new SharedSink(name, runs, () -> {
            remove(name);
            settled(name);
        });
    }

    /** The other side is asked for no copies. */
    @Override
    public Optional<String> duplicate(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Source> open(String name, long size, Slice slice) {
        if (slice.length() == 0) {
            return Optional.of(new SharedSource(slice, null));
        }
        return runs.get(name, size, slice).map(content -> new SharedSource(slice, new ContentReader(content)));
    }

    @Override
    public void settled(String name) {
        undecided.remove(name);
    }

    /** The ledger knows: it lets the name go with the commit, or keeps it. */
    @Override
    public void unknown(String name) {
        undecided.remove(name);
    }

    @Override
    public void remove(String name) {
        // Also for a caller who has gone: what is not said now waits for a sweep.
        var interrupted = Thread.interrupted();
        try {
            ledger.discard(name);
        } catch (StorageFailure e) {
            LOG.warn("bytes not discarded, which is tried again name={}", name, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public int collect(Predicate<String> named) {
        // In this order: what is announced later is not looked at.
        var announced = new ArrayList<>(ledger.announced());
        announced.removeAll(undecided);
        if (!announced.isEmpty()) {
            ledger.giveUp(announced);
        }
        if (!ledger.turn()) {
            return 0;
        }
        var all = 0;
        while (true) {
            var names = ledger.leftOver(REMOVED_PER_STEP);
            var gone = removed(names.stream().filter(named.negate()).toList());
            ledger.removed(gone);
            all += gone.size();
            if (names.size() < REMOVED_PER_STEP || gone.size() < names.size()) {
                return all;
            }
        }
    }

    @Override
    public void close() {
        // What is under way is its caller's.
    }

    /** Those of the names whose bytes are gone; the others are tried again at the next sweep. */
    private List<String> removed(List<String> names) {
        var gone = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(
                REMOVED_AT_ONCE, Thread.ofVirtual().name("object-remove").factory())) {
            var tasks = names.stream()
                    .<Callable<Boolean>>map(name -> () -> removedOne(name))
                    .toList();
            var results = threads.invokeAll(tasks);
            for (var i = 0; i < names.size(); i++) {
                if (told(results.get(i))) {
                    gone.add(names.get(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return gone;
    }

    private boolean removedOne(String name) {
        try {
            runs.remove(name);
            return true;
        } catch (StorageFailure e) {
            LOG.debug("bytes not removed, which is tried again name={}", name, e);
            return false;
        }
    }

    private static boolean told(Future<Boolean> removed) throws InterruptedException {
        try {
            return removed.get();
        } catch (ExecutionException e) {
            LOG.warn("bytes not removed, which is tried again", e);
            return false;
        }
    }
}
