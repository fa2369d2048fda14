package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.Alarm;
import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.memory.Memory;
import io.triport.storage.peer.PeerNodes;
import io.triport.storage.sql.SqlFiles;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns over the stores that a technology opens, each over the same state. */
public final class TurnsFixture implements DurableFixture {
    /** The class of {@link #counters}. */
    public static final String COUNTERS = "counters";

    /** The class of {@link #sleepers}. */
    public static final String SLEEPERS = "sleepers";

    private static final StateKey COUNT = StateKey.of("count");

    private final Supplier<StateStore> stores;
    private final Runnable closing;
    private final SettableTicker ticker;
    private final AtomicReference<Runnable> beforeCommit = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeNote = new AtomicReference<>(() -> {});
    private final AtomicLong besides = new AtomicLong();
    private final SettableClock clock = SettableClock.anywhere();
    private final StorageEngine queues = Memory.open(clock, Randomness.system()).engine();
    private final Path scratch = temporary();
    private int opened;
    private Runnable renewal = () -> {};
    private @Nullable PeerNodes peers;
    private @Nullable Turns open;
    private @Nullable EngineInfo info;

    /** @param ticker the one that the stores have, too @param closing removes the state */
    public TurnsFixture(Supplier<StateStore> stores, SettableTicker ticker, Runnable closing) {
        this.stores = stores;
        this.ticker = ticker;
        this.closing = closing;
    }

    public TurnsFixture renewedBy(Runnable other) {
        renewal = other;
        return this;
    }

    /** Among nodes that hand on to each other. What is opened next takes what they hand on. */
    public void among(PeerNodes others) {
        peers = others;
    }

    /** Objects that count: {@code add} one more, whatever else only tells the number. */
    public static DurableCode counters() {
        return DurableCode.of(new ObjectClass(COUNTERS), () -> (event, context) -> {
            var count = context.state()
                    .get(COUNT)
                    .map(text -> Long.parseLong(text.toUtf8()))
                    .orElse(0L);
            if (!event.operation().equals("add")) {
                return new ObjectAnswer(Bytes.utf8(Long.toString(count)));
            }
            var more = Bytes.utf8(Long.toString(count + 1));
            context.state().put(COUNT, more);
            return new ObjectAnswer(more);
        });
    }

    /** The same with a database, which must say what the state says. */
    public static DurableCode sqlCounters() {
        return DurableCode.of(new ObjectClass(COUNTERS), () -> (event, context) -> {
            var count = context.state()
                    .get(COUNT)
                    .map(text -> Long.parseLong(text.toUtf8()))
                    .orElse(0L);
            context.sql().run(new SqlScript("create table if not exists added (number integer primary key)"));
            var found = context.sql()
                    .query(Sql.of("select count(*) as n, coalesce(max(number), 0) as last from added"))
                    .rows();
            assertThat(found).containsExactly(List.of(SqlValue.of(count), SqlValue.of(count)));
            if (!event.operation().equals("add")) {
                return new ObjectAnswer(Bytes.utf8(Long.toString(count)));
            }
            var more = Bytes.utf8(Long.toString(count + 1));
            context.sql().query(Sql.of("insert into added values (?)", SqlValue.of(count + 1)));
            context.state().put(COUNT, more);
            return new ObjectAnswer(more);
        });
    }

    /** As {@link #countForEver} with a database. */
    public static void countBySqlForEver(StateStore store, PrintStream out) {
        countForEver(store, sqlCounters(), out);
    }

    /** What processes that are killed, and those that look at what they have left, work on databases in. */
    public static ScratchDatabases scratchOfKilled() {
        var directory = Path.of(System.getProperty("java.io.tmpdir"), "triport-scratch-of-killed");
        return SqlFiles.scratch(directory, SqlLimits.USUAL, Ticker.system());
    }

    /** Adds to the object {@code counter} without end, for the main method of a process that will be killed. */
    public static void countForEver(StateStore store, PrintStream out) {
        countForEver(store, counters(), out);
    }

    private static void countForEver(StateStore store, DurableCode code, PrintStream out) {
        var means = means(Clock.systemUTC(), Ticker.system()).with(scratchOfKilled());
        var turns = new Turns(store, code, name -> Optional.empty(), means);
        var objects = turns.objects(new ObjectClass(COUNTERS)).orElseThrow();
        var id = objects.named(ObjectName.of("counter"));
        var answered = Bytes.EMPTY;
        while (!answered.equals(Bytes.utf8("-1"))) {
            answered = objects.inTurn(id, new ObjectEvent("add")).body();
            out.println("written " + answered.toUtf8());
            out.flush();
        }
    }

    /** Objects whose alarm counts: {@code set} sets it to long ago, whatever else only tells the number. */
    public static DurableCode sleepers() {
        return DurableCode.of(new ObjectClass(SLEEPERS), Sleeper::new);
    }

    /** Sets alarms of the objects {@code 0}, {@code 1} and so on, for the main method of a process that will be killed. */
    public static void setAlarmsForEver(StateStore store, PrintStream out) {
        var turns = new Turns(store, sleepers(), name -> Optional.empty(), means(Clock.systemUTC(), Ticker.system()));
        var objects = turns.objects(new ObjectClass(SLEEPERS)).orElseThrow();
        for (var number = 0; number >= 0; number++) {
            objects.inTurn(objects.named(ObjectName.of(Integer.toString(number))), new ObjectEvent("set"));
            out.println("written " + number);
            out.flush();
        }
    }

    private static final class Sleeper implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            if (event.operation().equals("set")) {
                context.alarm().set(Instant.EPOCH);
                return ObjectAnswer.EMPTY;
            }
            return new ObjectAnswer(context.state().get(COUNT).orElse(Bytes.utf8("0")));
        }

        @Override
        public void alarm(Alarm alarm, ObjectContext context) {
            var before = context.state().get(COUNT).map(text -> Long.parseLong(text.toUtf8()));
            context.state().put(COUNT, Bytes.utf8(Long.toString(before.orElse(0L) + 1)));
        }
    }

    @Override
    public DurableClasses open(DurableCode code) {
        if (open != null) {
            open.close();
        }
        open = turns(code);
        return open;
    }

    @Override
    public EngineInfo info() {
        return Objects.requireNonNull(info, "nothing was opened");
    }

    @Override
    public void openBeside(DurableCode code) {
        turns(code).close();
    }

    @Override
    public void beforeCommit(Runnable hook) {
        beforeCommit.set(hook);
    }

    @Override
    public void afterCommit(Runnable hook) {
        afterCommit.set(hook);
    }

    @Override
    public SettableTicker ticker() {
        return ticker;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public void ring() {
        if (open != null) {
            open.ring();
        }
    }

    @Override
    public void deliverMessages() {
        if (open != null) {
            open.deliverMessages();
        }
    }

    @Override
    public void besides(long bytes) {
        besides.set(bytes);
    }

    @Override
    public void beforeNote(Runnable hook) {
        beforeNote.set(hook);
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return queues.queue(definition);
    }

    @Override
    public void renew() {
        renewal.run();
    }

    @Override
    public void look() {
        if (open != null) {
            open.look();
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        remove(scratch);
        closing.run();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("triport-scratch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            // It was closed before.
            return;
        }
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Queue> queue(QueueName name) {
        return Stream.of(JOBS, SMALL)
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .map(queues::queue);
    }

    private Turns turns(DurableCode code) {
        var store = new HookedStateStore(stores.get(), beforeCommit, afterCommit, beforeNote, besides);
        info = store.info();
        // Each has its own, as each node has.
        var databases = SqlFiles.scratch(scratch.resolve(Integer.toString(++opened)), SqlLimits.USUAL, ticker);
        var means = means(clock, ticker).with(databases);
        var node = peers;
        if (node == null) {
            return new Turns(store, code, this::queue, means);
        }
        var made = new Turns(store, code, this::queue, means.with(node));
        node.serve(made.handedOn());
        return made;
    }

    private static Turns.Means means(Clock clock, Ticker ticker) {
        return new Turns.Means(clock, ticker, Randomness.system(), Thread::yield);
    }
}
