package io.triport.gateway.audit;

import static io.triport.testkit.AuditSinkContract.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditRecord;
import io.triport.gateway.audit.AuditSettings.OnFull;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeAuditSink;
import io.triport.testkit.FakeAuditSpill;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuditQueueTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final SettableTicker ticker = new SettableTicker();
    private final FakeAuditSink sink = new FakeAuditSink();
    private final FakeAuditSpill spill = new FakeAuditSpill();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<AuditQueue> opened = new ArrayList<>();

    @AfterEach
    void close() {
        sink.hold(false);
        spill.breakDisk(false);
        opened.forEach(AuditQueue::close);
    }

    @Test
    void records_reach_the_sink_in_their_order() {
        var queue = queue(OnFull.BLOCK, 1_000, 10);

        put(queue, 0, 500);

        assertThat(sink.await(500)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 500));
        assertThat(sink.batches()).allMatch(size -> size <= 10);
    }

    @Test
    void a_hundred_records_wait_for_no_company() {
        var queue = queue(OnFull.BLOCK, 1_000, 500, Duration.ofHours(1));

        put(queue, 0, 300);

        // Fewer than a hundred may be left.
        assertThat(sink.await(201)).hasSizeGreaterThan(200);
    }

    @Test
    void records_of_many_at_once_all_arrive() {
        var queue = queue(OnFull.BLOCK, 10_000, 100);

        AtOnce.run(8, caller -> () -> {
            put(queue, caller * 500, caller * 500 + 500);
            return caller;
        });

        assertThat(sink.await(4_000)).hasSize(4_000);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void a_record_that_has_a_place_is_kept_at_once() {
        var queue = queue(OnFull.BLOCK, 10, 10);
        sink.hold(true);
        var kept = new AtomicInteger();

        queue.reserve().orElseThrow().put(record("a", "/"), kept::incrementAndGet);

        assertThat(kept).hasValue(1);
    }

    @Test
    void no_more_requests_have_a_place_than_there_are() {
        var queue = queue(OnFull.BLOCK, 3, 1);
        sink.cut(true);
        var tickets = IntStream.range(0, 3)
                .mapToObj(i -> queue.reserve().orElseThrow())
                .toList();

        assertThat(queue.reserve()).isEmpty();
        tickets.getFirst().release();
        tickets.getFirst().release();
        assertThat(queue.reserve()).isPresent();
        assertThat(queue.reserve()).isEmpty();
    }

    @Test
    void who_waits_is_called_when_there_is_room_and_who_gave_up_is_not() throws InterruptedException {
        var queue = queue(OnFull.BLOCK, 1, 1);
        sink.cut(true);
        put(queue, 0, 1);
        var called = new ConcurrentLinkedQueue<String>();
        var room = new CountDownLatch(1);
        queue.whenRoom(() -> called.add("gave up")).run();
        queue.whenRoom(() -> {
            called.add("waited");
            room.countDown();
        });
        assertThat(called).isEmpty();

        sink.cut(false);

        assertThat(room.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(called).containsExactly("waited");
        assertThat(queue.reserve()).isPresent();
    }

    @Test
    void where_there_is_room_already_who_asks_is_called_at_once() {
        var queue = queue(OnFull.BLOCK, 1, 1);
        var called = new AtomicInteger();

        queue.whenRoom(called::incrementAndGet);

        assertThat(called).hasValue(1);
    }

    @Test
    void a_batch_that_was_refused_is_sent_again_before_all_others() {
        var queue = queue(OnFull.BLOCK, 100, 10);
        sink.cut(true);
        put(queue, 0, 30);
        sink.awaitRefused(2);
        assertThat(queue.sinkAnswers()).isFalse();

        sink.cut(false);

        assertThat(sink.await(30)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 30));
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void shedding_loses_counts_and_reports() {
        var queue = queue(OnFull.SHED, 5, 5);
        sink.hold(true);
        put(queue, 0, 25);
        assertThat(queue.dropped()).isEqualTo(20);

        sink.hold(false);
        queue.close(LONG);

        var reported = sink.records().stream()
                .filter(record -> record.text(AuditColumn.REASON).equals(Optional.of("audit-dropped")))
                .mapToInt(record -> Integer.parseInt(
                        record.text(AuditColumn.PATH).orElseThrow().substring("dropped=".length())))
                .sum();
        assertThat(reported).isEqualTo(20);
    }

    @Test
    void what_a_sink_is_too_slow_for_goes_to_the_disk_and_comes_back_in_order() {
        var queue = spilling(100, 10, false);
        sink.hold(true);

        for (var i = 0; i < 1_000; i++) {
            putWhenRoom(queue, i);
        }
        assertThat(spill.written()).isGreaterThan(0);
        sink.hold(false);

        assertThat(sink.await(1_000)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 1_000));
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void what_a_sink_refuses_goes_to_the_disk_and_comes_back_in_order() {
        var queue = spilling(100, 10, false);
        sink.cut(true);

        for (var i = 0; i < 500; i++) {
            putWhenRoom(queue, i);
        }
        sink.awaitRefused(1);
        sink.cut(false);

        assertThat(sink.await(500)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 500));
    }

    @Test
    void a_broken_disk_does_not_hold_up_what_the_sink_takes() {
        var queue = spilling(10, 2, false);
        spill.breakDisk(true);

        for (var i = 0; i < 200; i++) {
            putWhenRoom(queue, i);
        }

        assertThat(sink.await(200)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 200));
    }

    @Test
    void a_durable_record_is_kept_when_it_is_on_the_disk_and_not_before() throws InterruptedException {
        var queue = spilling(100, 10, true);
        sink.cut(true);
        spill.breakDisk(true);
        var kept = new CountDownLatch(1);
        queue.reserve().orElseThrow().put(record("a", "/"), kept::countDown);
        assertThat(kept.getCount()).isEqualTo(1);

        spill.breakDisk(false);

        assertThat(kept.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(spill.written()).isEqualTo(1);
        sink.cut(false);
        assertThat(sink.await(1)).extracting(AuditRecord::id).containsExactly("a");
    }

    @Test
    void a_stop_brings_everything_that_waits() {
        var queue = queue(OnFull.BLOCK, 10_000, 500, Duration.ofMinutes(1));
        put(queue, 0, 777);

        queue.close(LONG);

        assertThat(sink.records()).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 777));
    }

    @Test
    void a_stop_without_a_sink_leaves_what_waits_on_the_disk() {
        var queue = spilling(10_000, 500, false);
        sink.cut(true);
        put(queue, 0, 777);

        queue.close(Duration.ZERO);

        assertThat(spill.oldest(10_000)).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 777));
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void a_stop_without_sink_and_disk_ends_in_time_and_says_what_was_lost() {
        var queue = queue(OnFull.BLOCK, 10_000, 500);
        sink.cut(true);
        put(queue, 0, 777);

        queue.close(Duration.ZERO);

        assertThat(queue.dropped()).isEqualTo(777);
    }

    @Test
    void a_stop_ends_in_time_where_the_sink_is_away_and_the_disk_broken() {
        var queue = spilling(10_000, 500, false);
        sink.cut(true);
        spill.breakDisk(true);
        put(queue, 0, 777);

        queue.close(Duration.ZERO);

        assertThat(queue.dropped()).isEqualTo(777);
    }

    @Test
    void one_who_is_interrupted_brings_everything_too() {
        var queue = queue(OnFull.BLOCK, 10_000, 500, Duration.ofMinutes(1));
        put(queue, 0, 777);

        Thread.currentThread().interrupt();
        queue.close(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sink.records()).extracting(AuditRecord::id).containsExactlyElementsOf(names(0, 777));
    }

    @Test
    void what_was_lost_last_is_reported_where_records_are_durable_and_the_stop_does_not_wait_for_it() {
        var queue = spilling(1, 1, true, OnFull.SHED);
        put(queue, 0, 1);
        sink.await(1);
        var place = queue.reserve().orElseThrow();
        queue.reserve().orElseThrow().put(record("shed", "/"), () -> {});
        place.release();

        queue.close(LONG);

        assertThat(sink.records())
                .last()
                .satisfies(report -> assertThat(report.text(AuditColumn.PATH)).hasValue("dropped=1"));
    }

    @Test
    void a_record_after_the_stop_is_counted_as_lost_and_nobody_waits_for_it() {
        var queue = spilling(100, 10, true);
        var place = queue.reserve().orElseThrow();
        queue.close(LONG);
        var kept = new AtomicInteger();

        place.put(record("late", "/"), kept::incrementAndGet);

        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(kept).hasValue(1);
    }

    @Test
    void a_chain_links_the_records_in_the_order_in_which_they_arrive() {
        var settings = new AuditSettings(
                AuditSettings.Sink.SQL,
                "",
                1_000,
                50,
                Duration.ofMillis(1),
                OnFull.BLOCK,
                "",
                false,
                true,
                true,
                2_048);
        var queue = opened(new AuditQueue(settings, sink, null, source(), ticker));

        put(queue, 0, 300);

        assertThat(AuditChain.holds(sink.await(300))).isTrue();
    }

    private AuditQueue queue(OnFull onFull, int places, int batch) {
        return queue(onFull, places, batch, Duration.ofMillis(1));
    }

    private AuditQueue queue(OnFull onFull, int places, int batch, Duration flush) {
        var settings = new AuditSettings(
                AuditSettings.Sink.SQL, "", places, batch, flush, onFull, "", false, false, true, 2_048);
        return opened(new AuditQueue(settings, sink, null, source(), ticker));
    }

    private AuditQueue spilling(int places, int batch, boolean durable) {
        return spilling(places, batch, durable, OnFull.SPILL);
    }

    private AuditQueue spilling(int places, int batch, boolean durable, OnFull onFull) {
        var settings = new AuditSettings(
                AuditSettings.Sink.SQL,
                "",
                places,
                batch,
                Duration.ofMillis(1),
                onFull,
                "spill",
                durable,
                false,
                true,
                2_048);
        return opened(new AuditQueue(settings, sink, spill, source(), ticker));
    }

    private AuditQueue opened(AuditQueue queue) {
        opened.add(queue);
        return queue;
    }

    private AuditQueue.Source source() {
        return new AuditQueue.Source("node-1", () -> "own-" + ids.incrementAndGet(), SettableClock.anywhere());
    }

    private static void putWhenRoom(AuditQueue queue, int number) {
        var ticket = queue.reserve();
        while (ticket.isEmpty()) {
            var room = new CountDownLatch(1);
            queue.whenRoom(room::countDown);
            try {
                assertThat(room.await(2, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ticket = queue.reserve();
        }
        ticket.get().put(record("r" + number, "/"), () -> {});
    }

    private static void put(AuditQueue queue, int from, int to) {
        for (var i = from; i < to; i++) {
            queue.reserve().orElseThrow().put(record("r" + i, "/"), () -> {});
        }
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "r" + i).toList();
    }
}
